use super::*;
use crate::{Permissions, model::ChannelKind};

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let log = world.get(&format!("/guilds/{}/audit-logs{query}", world.guild.id())).await;
    log.body["audit_log_entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_the_bot_does_stands_there_with_its_reason() {
    let world = World::new().await;
    let request = world.request(
        "POST",
        &format!("/guilds/{}/channels", world.guild.id()),
        Some(&json!({ "name": "a" })),
    );
    let made = world.send(request.header("x-audit-log-reason", "binding%20x1")).await.unwrap().id();
    let log = entries(&world, "").await;
    let bot = json!(world.discord.application().bot_user_id);
    assert_eq!((&log[0]["target_id"], &log[0]["user_id"]), (&json!(made), &bot));
    assert_eq!((&log[0]["reason"], &log[0]["action_type"]), (&json!("binding x1"), &json!(10)));
    assert_eq!(log[0]["changes"][0], json!({ "key": "name", "new_value": "a" }));
    world.discord.assert_clean();
}

#[tokio::test]
async fn entries_come_newest_first_but_oldest_first_after_a_mark() {
    let world = World::generous().await;
    let owner = world.guild.by_hand();
    for name in ["a", "b", "c", "d"] {
        owner.create(ChannelKind::Text, name, None);
        world.channel(json!({ "name": format!("bot-{name}") })).await;
    }
    let names = |log: Vec<Value>| -> Vec<String> {
        log.iter().map(|entry| entry["changes"][0]["new_value"].as_str().unwrap().to_owned()).collect()
    };
    let all = entries(&world, "").await;
    assert_eq!(names(all.clone())[..2], ["bot-d", "d"]);
    let mark = all[4]["id"].as_str().unwrap();
    assert_eq!(names(entries(&world, &format!("?before={mark}&limit=2")).await), ["b", "bot-a"]);
    assert_eq!(names(entries(&world, &format!("?after={mark}&limit=2")).await), ["c", "bot-c"]);
    let bot = world.discord.application().bot_user_id;
    let own = entries(&world, &format!("?user_id={bot}&action_type=10&limit=3")).await;
    assert_eq!(names(own), ["bot-d", "bot-c", "bot-b"]);
    assert!(entries(&world, "?action_type=12").await.is_empty());
    let target = all[7]["target_id"].as_str().unwrap();
    assert_eq!(names(entries(&world, &format!("?target_id={target}")).await), ["a"]);
}

#[tokio::test]
async fn people_by_hand_stand_there_under_their_name_and_the_log_needs_its_permission() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    let hands = world.guild.by_hand().of(&ana);
    let message = world.say(world.general(), "hello").await.id();
    let channel = hands.create(ChannelKind::Text, "Hello World", None);
    hands.rename(channel.id, "New Name");
    hands.set_topic(channel.id, "about");
    hands.delete_message(message);
    hands.delete(channel.id);
    let log = entries(&world, &format!("?user_id={}", ana.id())).await;
    let actions: Vec<_> = log.iter().map(|entry| entry["action_type"].as_u64().unwrap()).collect();
    assert_eq!(actions, [12, 72, 11, 11, 10]);
    assert_eq!(
        log[3]["changes"][0],
        json!({ "key": "name", "old_value": "hello-world", "new_value": "new-name" })
    );
    assert_eq!(log[1]["options"]["channel_id"], json!(world.general()));
    world.guild.bot_loses(Permissions::VIEW_AUDIT_LOG);
    let refused = world.get(&format!("/guilds/{}/audit-logs", world.guild.id())).await;
    assert_eq!(refused.error(), (403, 50013));
}

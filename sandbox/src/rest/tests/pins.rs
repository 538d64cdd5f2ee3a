//! Pinned messages.

use super::*;
use crate::{Message, Permissions, model::ChannelKind};

fn pins(channel: Snowflake) -> String {
    format!("/channels/{channel}/messages/pins")
}

async fn pin(world: &World, channel: Snowflake, message: Snowflake) -> Got {
    world.call("PUT", &format!("{}/{message}", pins(channel)), None).await
}

#[tokio::test]
async fn a_message_is_pinned_once_its_channel_tells_and_the_log_says_why() {
    let world = World::generous().await;
    let channel = world.general();
    let message = world.say(channel, "the grid").await.id();
    let path = format!("{}/{message}", pins(channel));
    let request = world.request("PUT", &path, None).header("x-audit-log-reason", "card");
    assert_eq!(world.send(request).await.unwrap().status, 204);
    assert_eq!(pin(&world, channel, message).await.status, 204, "and nothing changes");
    assert_eq!(world.get(&format!("/channels/{channel}/messages/{message}")).await.body["pinned"], true);
    let told = world.guild.channel(channel).unwrap().messages();
    assert_eq!((told.len(), told[1].kind, told[1].about), (2, Message::PINNED, Some(message)));
    let got = world.get(&format!("/channels/{channel}/messages/{}", told[1].id)).await;
    assert_eq!(got.body["message_reference"]["message_id"], json!(message));
    assert_eq!(pin(&world, channel, told[1].id).await.error(), (403, 50021));
    let entry = world.guild.audit_log().pop().unwrap();
    assert_eq!((entry.action, entry.target), (74, Some(world.discord.bot())));
    assert_eq!(entry.options, json!({ "channel_id": channel, "message_id": message }));
    assert_eq!(entry.reason.as_deref(), Some("card"));
    assert!(world.get(&format!("/channels/{channel}")).await.body["last_pin_timestamp"].is_string());
    assert_eq!(world.delete(&path).await.status, 204);
    assert_eq!(world.delete(&path).await.status, 204);
    assert!(world.guild.channel(channel).unwrap().pinned().is_empty());
    assert_eq!(world.guild.audit_log().pop().unwrap().action, 75);
    world.discord.assert_clean();
}

#[tokio::test]
async fn pins_are_listed_the_last_one_first() {
    let world = World::generous().await;
    let channel = world.general();
    for text in ["a", "b", "c"] {
        let message = world.say(channel, text).await.id();
        pin(&world, channel, message).await;
    }
    let page = world.get(&format!("{}?limit=2", pins(channel))).await;
    let texts = |got: &Got| -> Vec<String> {
        let items = got.body["items"].as_array().unwrap();
        items.iter().map(|item| item["message"]["content"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((texts(&page), &page.body["has_more"]), (vec!["c".to_owned(), "b".to_owned()], &json!(true)));
    let mark = page.body["items"][1]["pinned_at"].as_str().unwrap().replace('+', "%2B");
    let rest = world.get(&format!("{}?before={mark}", pins(channel))).await;
    assert_eq!((texts(&rest), &rest.body["has_more"]), (vec!["a".to_owned()], &json!(false)));
    world.discord.assert_clean();
    world.guild.bot_loses(Permissions::READ_MESSAGE_HISTORY);
    assert!(texts(&world.get(&pins(channel)).await).is_empty());
}

#[tokio::test]
async fn pinning_takes_a_permission_of_its_own_and_a_message_that_is_there() {
    let world = World::generous().await;
    let channel = world.general();
    let message = world.say(channel, "the grid").await.id();
    assert_eq!(pin(&world, channel, Snowflake::new(7)).await.error(), (404, 10008));
    let thread = world.guild.by_hand().create_thread(channel, "Chat", ChannelKind::PublicThread).id;
    let inside = world.say(thread, "the plan").await.id();
    assert_eq!(pin(&world, channel, inside).await.error(), (404, 10008));
    assert_eq!(pin(&world, thread, inside).await.status, 204);
    world.guild.by_hand().archive(thread, true, false);
    assert_eq!(pin(&world, thread, inside).await.error(), (400, 50083));
    assert!(world.guild.channel(thread).unwrap().is_archived());
    world.guild.bot_gains(Permissions::MANAGE_MESSAGES);
    world.guild.bot_loses(Permissions::PIN_MESSAGES);
    assert_eq!(pin(&world, channel, message).await.error(), (403, 50013));
    assert_eq!(world.delete(&format!("{}/{message}", pins(channel))).await.error(), (403, 50013));
}

#[tokio::test]
async fn a_channel_has_room_for_250_pins() {
    let world = World::generous().await;
    let (channel, hands) = (world.general(), world.guild.by_hand());
    for number in 0..250 {
        hands.pin(hands.say(channel, &number.to_string()).id);
    }
    let message = world.say(channel, "one more").await.id();
    assert_eq!(pin(&world, channel, message).await.error(), (400, 30003));
    hands.unpin(world.guild.channel(channel).unwrap().pinned()[0].id);
    assert_eq!(pin(&world, channel, message).await.status, 204);
    world.delete(&format!("/channels/{channel}/messages/{message}")).await;
    assert_eq!(world.guild.channel(channel).unwrap().pinned().len(), 249);
}

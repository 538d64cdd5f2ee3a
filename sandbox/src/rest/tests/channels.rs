use super::*;
use crate::{Permissions, model::ChannelKind};

#[tokio::test]
async fn a_text_channel_gets_the_name_that_discord_makes_of_it() {
    let world = World::new().await;
    let made = world.channel(json!({ "name": "Sim Cup: Spa 24h!", "type": 0, "topic": "Grid" })).await;
    assert_eq!((made.status.as_u16(), &made.body["name"]), (201, &json!("sim-cup-spa-24h")));
    let voice = world.channel(json!({ "name": "Race Voice!", "type": 2, "user_limit": 20 })).await;
    assert_eq!((&voice.body["name"], &voice.body["user_limit"]), (&json!("Race Voice!"), &json!(20)));
    assert_eq!(made.id().timestamp(), start());
    assert_eq!(world.get(&format!("/channels/{}", made.id())).await.body["topic"], "Grid");
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_create_under_a_category_copies_its_overwrites_unless_it_brings_its_own() {
    let world = World::new().await;
    let everyone = json!({ "id": world.guild.id(), "type": 0, "allow": "0", "deny": "2048" });
    let category =
        world.channel(json!({ "name": "Cup", "type": 4, "permission_overwrites": [everyone] })).await.id();
    let copied = world.channel(json!({ "name": "a", "parent_id": category })).await;
    assert_eq!(copied.body["permission_overwrites"], json!([everyone]));
    let own = world.channel(json!({ "name": "b", "parent_id": category, "permission_overwrites": [] })).await;
    assert_eq!(own.body["permission_overwrites"], json!([]));
    assert_eq!(own.body["parent_id"], json!(category));
}

#[tokio::test]
async fn a_category_takes_fifty_channels_and_a_guild_five_hundred() {
    let world = World::generous().await;
    let owner = world.guild.by_hand();
    let category = owner.create(ChannelKind::Category, "Cup", None).id;
    for n in 0..50 {
        owner.create(ChannelKind::Text, &format!("c{n}"), Some(category));
    }
    let full = world.channel(json!({ "name": "one more", "parent_id": category })).await;
    assert_eq!(full.error(), (400, 50035));
    assert_eq!(full.fault("/parent_id"), "CHANNEL_PARENT_MAX_CHANNELS");
    let outside = world.channel(json!({ "name": "outside" })).await;
    let moved = world.patch(&format!("/channels/{}", outside.id()), json!({ "parent_id": category })).await;
    assert_eq!(moved.fault("/parent_id"), "CHANNEL_PARENT_MAX_CHANNELS");
    let renamed = world.guild.channel_named("c7").unwrap().id;
    let stays = world.patch(&format!("/channels/{renamed}"), json!({ "parent_id": category })).await;
    assert_eq!(stays.status, 200, "it is in there already");
    for n in world.guild.channels().len()..500 {
        owner.create(ChannelKind::Voice, &format!("v{n}"), None);
    }
    assert_eq!(world.channel(json!({ "name": "one more" })).await.error(), (400, 30013));
}

#[tokio::test]
async fn a_parent_is_a_category_of_this_guild() {
    let world = World::new().await;
    let text = world.channel(json!({ "name": "a" })).await.id();
    let not_a_category = world.channel(json!({ "name": "b", "parent_id": text })).await;
    assert_eq!(not_a_category.fault("/parent_id"), "CHANNEL_PARENT_INVALID_TYPE");
    let elsewhere = world.discord.guild("Other").by_hand().create(ChannelKind::Category, "Cup", None).id;
    let foreign = world.channel(json!({ "name": "b", "parent_id": elsewhere })).await;
    assert_eq!(foreign.fault("/parent_id"), "CHANNEL_PARENT_INVALID");
}

#[tokio::test]
async fn deleting_a_category_leaves_its_channels_and_deleting_a_channel_takes_its_messages() {
    let world = World::new().await;
    let category = world.channel(json!({ "name": "Cup", "type": 4 })).await.id();
    let channel = world.channel(json!({ "name": "a", "parent_id": category })).await.id();
    let message = world.say(channel, "hello").await.id();
    assert_eq!(world.delete(&format!("/channels/{category}")).await.body["id"], json!(category));
    assert_eq!(world.get(&format!("/channels/{channel}")).await.body["parent_id"], Value::Null);
    assert_eq!(world.delete(&format!("/channels/{channel}")).await.status, 200);
    assert_eq!(world.get(&format!("/channels/{channel}/messages/{message}")).await.error(), (404, 10003));
    assert_eq!(world.delete(&format!("/channels/{channel}")).await.error(), (404, 10003));
    assert!(world.guild.messages().is_empty());
}

#[tokio::test]
async fn names_and_topics_change_twice_in_ten_minutes() {
    let world = World::new().await;
    let channel = world.channel(json!({ "name": "a" })).await.id();
    let path = format!("/channels/{channel}");
    assert_eq!(world.patch(&path, json!({ "name": "b" })).await.status, 200);
    world.advance(60);
    assert_eq!(world.patch(&path, json!({ "topic": "c" })).await.status, 200);
    let refused = world.patch(&path, json!({ "name": "d" })).await;
    assert_eq!(refused.status, 429);
    assert_ne!(refused.header("x-ratelimit-remaining"), "0", "no header tells");
    assert!((539.0..=540.0).contains(&refused.body["retry_after"].as_f64().unwrap()), "{:?}", refused.body);
    assert_eq!(
        world.patch(&path, json!({ "position": 3, "name": "b" })).await.status,
        200,
        "nothing is renamed"
    );
    world.advance(540);
    assert_eq!(world.patch(&path, json!({ "name": "d" })).await.status, 200);
    assert_eq!(world.guild.channel(channel).unwrap().name, "d");
}

#[tokio::test]
async fn what_the_bot_may_not_see_or_do() {
    let world = World::generous().await;
    let owner = world.guild.by_hand();
    let (bot, everyone) = (world.discord.application().bot_user_id, world.guild.id());
    let hidden = owner.create(ChannelKind::Text, "hidden", None).id;
    owner.set_role_overwrite(hidden, everyone, Permissions::NONE, Permissions::VIEW_CHANNEL);
    let role = world.guild.snapshot().guild.role_of_bot(bot).unwrap().id;
    assert_eq!(world.get(&format!("/channels/{hidden}")).await.error(), (403, 50001));
    assert_eq!(world.delete(&format!("/channels/{hidden}")).await.error(), (403, 50001));
    let listed = world.get(&format!("/guilds/{everyone}/channels")).await;
    assert!(!listed.body.to_string().contains("hidden"));
    owner.set_role_overwrite(hidden, role, Permissions::VIEW_CHANNEL, Permissions::MANAGE_CHANNELS);
    assert_eq!(world.get(&format!("/channels/{hidden}")).await.status, 200);
    assert_eq!(
        world.patch(&format!("/channels/{hidden}"), json!({ "name": "x" })).await.error(),
        (403, 50013)
    );

    let voice = owner.create(ChannelKind::Voice, "voice", None).id;
    owner.set_role_overwrite(voice, everyone, Permissions::NONE, Permissions::CONNECT);
    assert_eq!(
        world.delete(&format!("/channels/{voice}")).await.error(),
        (403, 50001),
        "no Connect, no access"
    );
    owner.set_member_overwrite(voice, bot, Permissions::CONNECT, Permissions::NONE);
    assert_eq!(world.delete(&format!("/channels/{voice}")).await.status, 200);

    world.guild.bot_loses(Permissions::MANAGE_CHANNELS);
    assert_eq!(world.channel(json!({ "name": "x" })).await.error(), (403, 50013));
}

#[tokio::test]
async fn an_archived_thread_takes_no_edit_but_its_own_return() {
    let world = World::new().await;
    let owner = world.guild.by_hand();
    let thread = owner.create_thread(world.general(), "Team", ChannelKind::PublicThread).id;
    let message = world.say(thread, "hello").await.id();
    owner.archive(thread, true, true);
    let path = format!("/channels/{thread}");
    assert_eq!(world.get(&path).await.body["thread_metadata"]["archived"], true);
    assert_eq!(world.patch(&path, json!({ "name": "b" })).await.error(), (400, 50083));
    let edit = json!({ "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(world.patch(&format!("{path}/messages/{message}"), edit).await.error(), (400, 50083));
    assert_eq!(world.patch(&path, json!({ "archived": false, "name": "b" })).await.body["name"], "b");
    let listed = world.get(&format!("/guilds/{}/channels", world.guild.id())).await;
    assert_eq!(listed.body.as_array().unwrap().len(), 1, "a list of channels holds no threads");
    owner.archive(thread, true, false);
    world.say(thread, "a message brings it back").await;
    assert_eq!(world.get(&path).await.body["thread_metadata"]["archived"], false);
}

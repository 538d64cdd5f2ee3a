//! Who is in a thread.

use super::*;
use crate::{Channel, MembersIntent, Message, Permissions, model::ChannelKind};

/// A thread of the bot's in #general.
async fn team(world: &World, invitable: bool) -> Channel {
    let body = json!({ "name": "Team", "type": 12, "invitable": invitable });
    let id = world.post(&format!("/channels/{}/threads", world.general()), body).await.id();
    world.guild.channel(id).unwrap()
}

fn members(thread: &Channel) -> String {
    format!("/channels/{}/thread-members", thread.id)
}

fn member(thread: &Channel, user: Snowflake) -> String {
    format!("{}/{user}", members(thread))
}

#[tokio::test]
async fn somebody_is_added_once_and_removed_once() {
    let world = World::generous().await;
    let (thread, ben) = (team(&world, false).await, world.guild.member("Ben"));
    let path = member(&thread, ben.id());
    assert!(!ben.sees(&thread));
    assert_eq!(world.get(&path).await.error(), (404, 10007));
    world.advance(60);
    assert_eq!(world.call("PUT", &path, None).await.status, 204);
    assert_eq!(world.call("PUT", &path, None).await.status, 204, "and nothing changes");
    assert_eq!(thread.members(), [world.discord.bot(), ben.id()]);
    let got = world.get(&path).await;
    assert_eq!(got.body["join_timestamp"], "2026-12-05T14:01:00.000000+00:00");
    assert!(world.guild.abilities_of(&ben, &thread).send);
    let told = thread.messages();
    assert_eq!((told.len(), told[0].kind), (1, Message::RECIPIENT_ADD));
    assert_eq!(told[0].mentions.users, [ben.id()]);
    assert_eq!(world.delete(&path).await.status, 204);
    assert_eq!(world.delete(&path).await.error(), (404, 10007));
    assert_eq!(thread.last_message().unwrap().kind, Message::RECIPIENT_REMOVE);
    assert!(!world.guild.abilities_of(&ben, &thread).view);
    assert_eq!(world.get(&format!("/channels/{}/messages", thread.id)).await.status, 200);
    world.discord.assert_clean();
}

#[tokio::test]
async fn the_bot_joins_and_leaves_like_anybody() {
    let world = World::generous().await;
    let thread = world.guild.by_hand().create_thread(world.general(), "Chat", ChannelKind::PublicThread);
    let own = format!("{}/@me", members(&thread));
    assert_eq!(world.call("PUT", &own, None).await.status, 204);
    assert!(thread.members().contains(&world.discord.bot()));
    assert!(thread.messages().is_empty(), "nobody tells of that");
    assert_eq!(world.delete(&own).await.status, 204);
    assert!(!thread.members().contains(&world.discord.bot()));
    world.guild.by_hand().archive(thread.id, true, false);
    assert_eq!(world.call("PUT", &own, None).await.error(), (400, 50083));
    assert_eq!(world.delete(&own).await.error(), (400, 50083));
    let elsewhere = format!("/channels/{}/thread-members/@me", world.general());
    assert_eq!(world.call("PUT", &elsewhere, None).await.error(), (400, 50024));
}

#[tokio::test]
async fn who_can_be_added_and_by_whom() {
    let world = World::generous().await;
    let (thread, ben) = (team(&world, false).await, world.guild.member("Ben"));
    let away = world.guild.member("Away");
    away.leave();
    let hide = |user| {
        let hands = world.guild.by_hand();
        hands.set_member_overwrite(world.general(), user, Permissions::NONE, Permissions::VIEW_CHANNEL);
    };
    let blind = world.guild.member("Blind").id();
    hide(blind);
    let put = |user: Snowflake| {
        let (world, path) = (&world, member(&thread, user));
        async move { world.call("PUT", &path, None).await }
    };
    assert_eq!(put(Snowflake::new(7)).await.error(), (404, 10013));
    assert_eq!(put(away.id()).await.error(), (404, 10007));
    assert_eq!(put(blind).await.error(), (403, 50001));
    world.guild.by_hand().archive(thread.id, true, false);
    assert_eq!(put(ben.id()).await.error(), (400, 50083));
    assert_eq!(world.delete(&member(&thread, ben.id())).await.error(), (400, 50083));
    world.guild.by_hand().archive(thread.id, false, false);
    world.guild.bot_loses(Permissions::MANAGE_THREADS);
    assert_eq!(put(ben.id()).await.error(), (403, 50013), "it isn't invitable");
    let open = team(&world, true).await;
    assert_eq!(world.call("PUT", &member(&open, ben.id()), None).await.status, 204);
    assert_eq!(world.delete(&member(&open, ben.id())).await.status, 204, "its owner may");
    let public = world.guild.by_hand().create_thread(world.general(), "Chat", ChannelKind::PublicThread);
    world.guild.by_hand().add_member(public.id, ben.id());
    assert_eq!(world.delete(&member(&public, ben.id())).await.error(), (403, 50013));
    world.guild.bot_loses(Permissions::SEND_MESSAGES_IN_THREADS);
    assert_eq!(world.call("PUT", &member(&open, ben.id()), None).await.error(), (403, 50013));
}

#[tokio::test]
async fn a_thread_holds_a_thousand_members() {
    let world = World::generous().await;
    let thread = team(&world, false).await;
    let crowd = world.guild.fill((0..1_000).map(|n| format!("Driver {n}")));
    for user in &crowd[..999] {
        world.guild.by_hand().add_member(thread.id, *user);
    }
    assert_eq!(thread.members().len(), 1_000);
    assert_eq!(world.call("PUT", &member(&thread, crowd[999]), None).await.error(), (400, 30033));
    assert_eq!(world.call("PUT", &member(&thread, crowd[0]), None).await.status, 204, "they are in it");
    let got = world.get(&format!("/channels/{}", thread.id)).await;
    assert_eq!(got.body["member_count"], 50, "Discord stops counting");
}

#[tokio::test]
async fn members_are_listed_in_pages_where_the_guilds_members_come_with_them() {
    let world = World::generous().await;
    let thread = team(&world, false).await;
    let crowd = world.guild.fill(["Ann", "Ben", "Cem"]);
    for user in &crowd {
        world.guild.by_hand().add_member(thread.id, *user);
    }
    let all = world.get(&members(&thread)).await;
    assert_eq!(all.body.as_array().unwrap().len(), 4);
    assert!(all.body[0].get("member").is_none());
    let page = world.get(&format!("{}?with_member=true&limit=2&after={}", members(&thread), crowd[0])).await;
    let names =
        [&page.body[0]["member"]["user"]["global_name"], &page.body[1]["member"]["user"]["global_name"]];
    assert_eq!(names, [&json!("Ben"), &json!("Cem")]);
    let one = world.get(&format!("{}?with_member=true", member(&thread, crowd[0]))).await;
    assert_eq!(one.body["member"]["user"]["global_name"], "Ann");
    world.discord.assert_clean();
    world.get(&format!("{}?limit=2", members(&thread))).await;
    assert_eq!(world.discord.take_complaints().len(), 1);
    world.discord.members_intent(MembersIntent::Off);
    assert_eq!(world.get(&members(&thread)).await.error(), (403, 50001));
    assert_eq!(world.get(&member(&thread, crowd[0])).await.status, 200);
}

#[tokio::test]
async fn whoever_leaves_the_guild_leaves_its_threads_and_voice_channels() {
    let world = World::generous().await;
    let (thread, ben) = (team(&world, false).await, world.guild.member("Ben"));
    let voice = world.guild.by_hand().create(ChannelKind::Voice, "Race", None);
    world.guild.by_hand().add_member(thread.id, ben.id());
    ben.join_voice(&voice);
    assert_eq!(voice.connected(), [ben.id()]);
    ben.leave();
    assert!(!thread.members().contains(&ben.id()) && voice.connected().is_empty());
    ben.join();
    assert!(!ben.sees(&thread), "nobody adds them again");
    world.guild.remove_bot();
    assert!(thread.members().is_empty());
}

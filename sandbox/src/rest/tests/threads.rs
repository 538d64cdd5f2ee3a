//! Threads: making, changing, archiving and listing them, and messages in them.

use super::*;
use crate::{Channel, Message, Permissions, model::ChannelKind};

/// Makes a thread in #general as the bot.
async fn thread(world: &World, body: Value) -> Got {
    world.post(&format!("/channels/{}/threads", world.general()), body).await
}

fn private(name: &str) -> Value {
    json!({ "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10_080 })
}

fn public(name: &str) -> Value {
    json!({ "name": name, "type": 11, "auto_archive_duration": 60 })
}

fn found(world: &World, id: Snowflake) -> Channel {
    world.guild.channel(id).unwrap()
}

#[tokio::test]
async fn a_thread_belongs_to_whoever_makes_it_and_the_log_says_why() {
    let world = World::new().await;
    let request =
        world.request("POST", &format!("/channels/{}/threads", world.general()), Some(&private("Team  GT3")));
    let made = world.send(request.header("x-audit-log-reason", "team%207")).await.unwrap();
    let bot = json!(world.discord.bot());
    assert_eq!((made.status.as_u16(), &made.body["name"]), (201, &json!("Team GT3")));
    assert_eq!((&made.body["type"], &made.body["owner_id"]), (&json!(12), &bot));
    assert_eq!((&made.body["parent_id"], &made.body["member_count"]), (&json!(world.general()), &json!(1)));
    assert_eq!(made.body["member"]["user_id"], bot);
    let metadata = &made.body["thread_metadata"];
    assert_eq!((&metadata["invitable"], &metadata["auto_archive_duration"]), (&json!(false), &json!(10_080)));
    assert_eq!((&metadata["archived"], &metadata["locked"]), (&json!(false), &json!(false)));
    assert_eq!(world.get(&format!("/channels/{}", made.id())).await.body["member"]["user_id"], bot);
    let entry = world.guild.audit_log().pop().unwrap();
    assert_eq!((entry.action, entry.target), (110, Some(made.id())));
    assert_eq!(entry.reason.as_deref(), Some("team 7"));
    assert_eq!(entry.changes[0], json!({ "key": "name", "new_value": "Team GT3" }));
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_thread_without_a_type_is_private_and_worth_a_complaint() {
    let world = World::new().await;
    assert_eq!(thread(&world, json!({ "name": "Team" })).await.body["type"], 12);
    let complaints = world.discord.take_complaints();
    assert!(complaints.len() == 1 && complaints[0].what.contains("without a type"), "{complaints:?}");
    let odd = json!({ "name": "Team", "type": 11, "invitable": false });
    assert_eq!(thread(&world, odd).await.status, 201);
    assert_eq!(world.discord.take_complaints().len(), 1, "invitable is for private threads");
}

#[tokio::test]
async fn what_a_thread_may_be_made_of_and_where() {
    let world = World::generous().await;
    let bad = [
        ("name", json!(""), "/name"),
        ("name", json!("x".repeat(101)), "/name"),
        ("type", json!(0), "/type"),
        ("auto_archive_duration", json!(90), "/auto_archive_duration"),
        ("rate_limit_per_user", json!(21_601), "/rate_limit_per_user"),
        ("invitable", json!("no"), "/invitable"),
    ];
    for (field, value, pointer) in bad {
        let mut body = private("Team");
        body[field] = value.clone();
        let got = thread(&world, body).await;
        assert_eq!(got.error(), (400, 50035), "{field} {value}");
        assert!(!got.fault(pointer).is_empty(), "{field} {value}: {}", got.body);
    }
    let mut announcement = public("News");
    announcement["type"] = json!(10);
    assert_eq!(thread(&world, announcement).await.error(), (400, 50024));
    let owner = world.guild.by_hand();
    let inside = thread(&world, public("Chat")).await.id();
    for kind in [ChannelKind::Voice, ChannelKind::Category] {
        let other = owner.create(kind, "Other", None).id;
        let got = world.post(&format!("/channels/{other}/threads"), private("Team")).await;
        assert_eq!(got.error(), (400, 50024), "{kind:?}");
    }
    assert_eq!(world.post(&format!("/channels/{inside}/threads"), public("x")).await.error(), (400, 50024));
    assert_eq!(world.post("/channels/7/threads", public("x")).await.error(), (404, 10003));
}

#[tokio::test]
async fn each_kind_of_thread_takes_its_own_permission() {
    let world = World::new().await;
    world.guild.bot_loses(Permissions::CREATE_PUBLIC_THREADS);
    assert_eq!(thread(&world, public("a")).await.error(), (403, 50013));
    assert_eq!(thread(&world, private("b")).await.status, 201);
    world.guild.bot_loses(Permissions::CREATE_PRIVATE_THREADS);
    assert_eq!(thread(&world, private("c")).await.error(), (403, 50013));
    let hidden = world.guild.by_hand();
    hidden.set_role_overwrite(
        world.general(),
        world.guild.id(),
        Permissions::NONE,
        Permissions::VIEW_CHANNEL,
    );
    assert_eq!(thread(&world, private("d")).await.error(), (403, 50001));
}

#[tokio::test]
async fn a_guild_has_room_for_so_many_active_threads() {
    let options = Options { active_threads: 2, ..Options::on(Clock::manual(start())) };
    let world = World::with(options).await;
    let first = thread(&world, public("a")).await.id();
    thread(&world, public("b")).await;
    assert_eq!(thread(&world, public("c")).await.error(), (400, 160_006));
    let path = format!("/channels/{first}");
    assert_eq!(world.patch(&path, json!({ "archived": true })).await.status, 200);
    assert_eq!(thread(&world, public("c")).await.status, 201);
    assert_eq!(world.patch(&path, json!({ "archived": false })).await.error(), (400, 160_006));
    assert_eq!(world.say(first, "hello").await.error(), (400, 160_006));
}

#[tokio::test]
async fn a_thread_is_changed_archived_locked_and_deleted() {
    let world = World::generous().await;
    let id = thread(&world, private("Team")).await.id();
    let path = format!("/channels/{id}");
    let changed = json!({ "name": "Team 7", "auto_archive_duration": 1_440, "invitable": true });
    let changed = world.patch(&path, changed).await;
    assert_eq!(changed.body["name"], "Team 7");
    assert_eq!(changed.body["thread_metadata"]["invitable"], true);
    let told = found(&world, id).last_message().unwrap();
    assert_eq!((told.kind, told.content.as_str()), (Message::NAME_CHANGE, "Team 7"));
    let closed = world.patch(&path, json!({ "archived": true, "locked": true })).await;
    assert_eq!(closed.body["thread_metadata"]["locked"], true);
    assert!(found(&world, id).is_archived() && found(&world, id).is_locked());
    for refused in [json!({ "name": "x" }), json!({ "locked": false }), json!({ "invitable": true })] {
        assert_eq!(world.patch(&path, refused).await.error(), (400, 50083));
    }
    let again = json!({ "archived": true, "locked": true });
    assert_eq!(world.patch(&path, again).await.status, 200, "it is so already");
    assert_eq!(world.say(id, "hello").await.error(), (400, 50083), "a message opens no locked thread");
    let opened = world.patch(&path, json!({ "archived": false, "locked": false })).await;
    assert_eq!(opened.body["thread_metadata"]["archived"], false);
    assert_eq!(world.delete(&path).await.body["id"], json!(id));
    assert_eq!(world.get(&path).await.error(), (404, 10003));
    let actions: Vec<u64> = world.guild.audit_log().iter().map(|entry| entry.action).collect();
    assert_eq!(actions, [110, 111, 111, 111, 112]);
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_thread_is_renamed_twice_in_ten_minutes() {
    let world = World::new().await;
    let path = format!("/channels/{}", thread(&world, private("a")).await.id());
    assert_eq!(world.patch(&path, json!({ "name": "b" })).await.status, 200);
    assert_eq!(world.patch(&path, json!({ "name": "c" })).await.status, 200);
    assert_eq!(world.patch(&path, json!({ "name": "d" })).await.status, 429);
    assert_eq!(world.patch(&path, json!({ "archived": true })).await.status, 200);
}

#[tokio::test]
async fn what_takes_manage_threads_and_what_owning_one_is_enough_for() {
    let world = World::generous().await;
    let own = thread(&world, private("Own")).await.id();
    let theirs = world.guild.by_hand().create_thread(world.general(), "Theirs", ChannelKind::PublicThread).id;
    world.guild.bot_loses(Permissions::MANAGE_THREADS);
    let path = |id: Snowflake| format!("/channels/{id}");
    assert_eq!(world.patch(&path(own), json!({ "name": "Mine" })).await.status, 200);
    assert_eq!(world.patch(&path(own), json!({ "locked": true })).await.error(), (403, 50013));
    assert_eq!(world.patch(&path(own), json!({ "archived": true })).await.status, 200);
    assert_eq!(world.patch(&path(own), json!({ "archived": false })).await.status, 200);
    assert_eq!(world.delete(&path(own)).await.error(), (403, 50013));
    assert_eq!(world.patch(&path(theirs), json!({ "name": "Ours" })).await.error(), (403, 50013));
    world.guild.by_hand().archive(theirs, true, false);
    assert_eq!(world.patch(&path(theirs), json!({ "archived": false })).await.error(), (403, 50013));
    world.guild.by_hand().add_member(theirs, world.discord.bot());
    assert_eq!(world.patch(&path(theirs), json!({ "archived": false })).await.status, 200, "it is in there");
    world.guild.by_hand().archive(own, false, true);
    assert_eq!(world.patch(&path(own), json!({ "name": "x" })).await.error(), (403, 50013), "it is locked");
    assert_eq!(world.say(own, "x").await.error(), (400, 160_005));
}

#[tokio::test]
async fn a_quiet_thread_archives_itself_at_its_time() {
    let world = World::new().await;
    let id = thread(&world, public("Chat")).await.id();
    world.advance(59 * 60);
    world.say(id, "still here").await;
    world.advance(59 * 60);
    assert!(!found(&world, id).is_archived());
    world.advance(60);
    let got = world.get(&format!("/channels/{id}")).await;
    assert_eq!(got.body["thread_metadata"]["archived"], true);
    assert_eq!(got.body["thread_metadata"]["archive_timestamp"], "2026-12-05T15:59:00.000000+00:00");
    world.say(id, "back").await;
    assert!(!found(&world, id).is_archived(), "a message brings it back");
    world.advance(30 * 60);
    world.patch(&format!("/channels/{id}"), json!({ "auto_archive_duration": 1_440 })).await;
    world.advance(24 * 3_600 - 1);
    assert!(!found(&world, id).is_archived());
}

#[tokio::test]
async fn archived_threads_are_listed_the_last_one_first() {
    let world = World::generous().await;
    for name in ["a", "b", "c"] {
        let id = thread(&world, public(name)).await.id();
        world.patch(&format!("/channels/{id}"), json!({ "archived": true })).await;
        world.advance(60);
    }
    let hidden = thread(&world, private("hidden")).await.id();
    world.guild.by_hand().archive(hidden, true, false);
    thread(&world, public("active")).await;
    let names = |got: &Got| -> Vec<String> {
        let threads = got.body["threads"].as_array().unwrap();
        threads.iter().map(|thread| thread["name"].as_str().unwrap().to_owned()).collect()
    };
    let path = format!("/channels/{}/threads/archived", world.general());
    let page = world.get(&format!("{path}/public?limit=2")).await;
    assert_eq!((names(&page), &page.body["has_more"]), (vec!["c".to_owned(), "b".to_owned()], &json!(true)));
    assert_eq!(page.body["members"].as_array().unwrap().len(), 2);
    let mark = page.body["threads"][1]["thread_metadata"]["archive_timestamp"].as_str().unwrap();
    let rest = world.get(&format!("{path}/public?before={}", mark.replace('+', "%2B"))).await;
    assert_eq!((names(&rest), &rest.body["has_more"]), (vec!["a".to_owned()], &json!(false)));
    assert_eq!(names(&world.get(&format!("{path}/private")).await), ["hidden"]);
    assert_eq!(names(&world.get(&format!("/guilds/{}/threads/active", world.guild.id())).await), ["active"]);
    world.discord.assert_clean();
    assert_eq!(world.get(&format!("{path}/public?before=soon")).await.error(), (400, 50035));
    world.guild.bot_loses(Permissions::MANAGE_THREADS);
    assert_eq!(world.get(&format!("{path}/private")).await.error(), (403, 50013));
    world.guild.bot_loses(Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(world.get(&format!("{path}/public")).await.error(), (403, 50013));
}

#[tokio::test]
async fn messages_in_a_thread_take_a_permission_of_their_own_and_leave_the_archive_alone() {
    let world = World::new().await;
    let id = thread(&world, public("Chat")).await.id();
    let message = world.say(id, "hello").await.id();
    world.guild.by_hand().archive(id, true, false);
    let path = format!("/channels/{id}/messages/{message}");
    let edit = json!({ "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(world.patch(&path, edit.clone()).await.error(), (400, 50083));
    assert_eq!(world.delete(&path).await.error(), (400, 50083));
    world.guild.by_hand().archive(id, false, false);
    assert_eq!(world.patch(&path, edit).await.status, 200);
    let got = world.get(&format!("/channels/{id}")).await;
    assert_eq!((&got.body["message_count"], &got.body["total_message_sent"]), (&json!(1), &json!(1)));
    assert_eq!(world.delete(&path).await.status, 204);
    let got = world.get(&format!("/channels/{id}")).await;
    assert_eq!((&got.body["message_count"], &got.body["total_message_sent"]), (&json!(0), &json!(1)));
    world.guild.bot_loses(Permissions::SEND_MESSAGES_IN_THREADS);
    assert_eq!(world.say(id, "x").await.error(), (403, 50013));
    assert_eq!(world.say(world.general(), "x").await.status, 200);
}

#[tokio::test]
async fn a_mention_brings_somebody_into_a_thread_if_they_see_its_channel_and_may_be_mentioned() {
    let world = World::generous().await;
    let (ben, aiko, mara) =
        (world.guild.member("Ben"), world.guild.member("Aiko"), world.guild.member("Mara"));
    let crew = world.guild.role("Crew");
    mara.give(&crew);
    let away = world.guild.member("Away");
    away.leave();
    let hide = (Permissions::NONE, Permissions::VIEW_CHANNEL);
    world.guild.by_hand().set_member_overwrite(world.general(), aiko.id(), hide.0, hide.1);
    let id = thread(&world, private("Team")).await.id();
    let say = |text: String, allowed: Value| {
        let (world, path) = (&world, format!("/channels/{id}/messages"));
        async move { world.post(&path, json!({ "content": text, "allowed_mentions": allowed })).await }
    };
    let names = format!("{} {} {} <@&{}>", ben.mention(), aiko.mention(), away.mention(), crew.id);
    say(names.clone(), json!({ "parse": [] })).await;
    assert_eq!(found(&world, id).members(), [world.discord.bot()]);
    say(names.clone(), json!({ "parse": ["users"] })).await;
    assert_eq!(found(&world, id).members(), [world.discord.bot(), ben.id()]);
    let plain = say("hello".to_owned(), json!({ "parse": [] })).await.id();
    world.discord.with(|state| {
        state.guilds.get_mut(&world.guild.id()).unwrap().roles.get_mut(&crew.id).unwrap().mentionable = true;
    });
    let edit = json!({ "content": names, "allowed_mentions": { "parse": ["roles"] } });
    world.patch(&format!("/channels/{id}/messages/{plain}"), edit).await;
    assert!(found(&world, id).members().contains(&mara.id()), "an edit does too");
}

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use twilight_model::{channel::ChannelType, guild::Permissions};

use crate::discord::testing::{Reply, Server, clock, discord};
use crate::domain::overwrite::{Overwrite, OverwriteTarget};

use super::*;

async fn port(script: impl IntoIterator<Item = Value>) -> (Server, Arc<dyn ReadPort>) {
    answering(script.into_iter().map(|body| (200, body))).await
}

async fn answering(script: impl IntoIterator<Item = (u16, Value)>) -> (Server, Arc<dyn ReadPort>) {
    let script = script.into_iter().map(|(status, body)| Reply::json(status, &body));
    let server = Server::start(script).await;
    let port = Arc::new(discord(&server, &clock(), Duration::from_secs(10)));
    (server, port)
}

fn message(id: u64) -> Value {
    json!({ "id": id.to_string(), "author": { "id": "7", "bot": true }, "content": "" })
}

#[tokio::test]
async fn messages_are_read_page_by_page_into_order() {
    let since = clock().now();
    let first = snowflake::floor(since);
    // Discord gives the newest of a page first.
    let full: Vec<_> = (0..100).rev().map(|i| message(first + i)).collect();
    let rest = vec![message(first + 101), message(first + 100)];
    let (server, port) = port([json!(full), json!(rest)]).await;

    let read = port.messages_since(Id::new(10), since).await.unwrap();
    let ids: Vec<_> = read.iter().map(|message| message.id.get() - first).collect();
    assert_eq!(ids, (0..102).collect::<Vec<_>>());
    assert_eq!(read[0].created_at(), since);
    let page = |after| format!("GET /api/v10/channels/10/messages?after={after}&limit=100");
    assert_eq!(server.lines(), [page(first - 1), page(first + 99)]);
}

#[tokio::test]
async fn the_bots_guilds_are_read_page_by_page() {
    let guild = |id: u64| json!({ "id": id.to_string(), "name": "Owls" });
    let (server, port) = port([json!((1..=200).map(guild).collect::<Vec<_>>()), json!([guild(201)])]).await;
    assert_eq!(port.guilds().await.unwrap(), (1..=201).map(Id::new).collect::<Vec<_>>());
    let page = |query: &str| format!("GET /api/v10/users/@me/guilds?{query}");
    assert_eq!(server.lines(), [page("limit=200"), page("after=200&limit=200")]);
}

#[tokio::test]
async fn a_server_that_repeats_its_page_is_not_asked_for_ever() {
    let since = clock().now();
    let full: Vec<_> = (0..100).map(|i| message(snowflake::floor(since) + i)).collect();
    let (server, port) = port([json!(full)]).await;
    assert_eq!(port.messages_since(Id::new(10), since).await.unwrap().len(), 100);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn audit_entries_are_asked_for_by_user_and_kind() {
    let since = clock().now();
    let id = snowflake::floor(since);
    let entry =
        json!({ "id": id.to_string(), "target_id": "10", "user_id": "7", "action_type": 10, "reason": "r" });
    let (server, port) = port([json!({ "audit_log_entries": [entry], "users": [{ "odd": true }] })]).await;
    let action = AuditLogEventType::ChannelCreate;
    let entries = port.audit_entries(Id::new(1), Some(Id::new(7)), action, since).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].target, entries[0].reason.as_deref()), (Some(Id::new(10)), Some("r")));
    assert_eq!(entries[0].created_at(), since);
    let asked = server.lines().remove(0);
    for part in ["guilds/1/audit-logs?", "action_type=10", "user_id=7", "limit=100"] {
        assert!(asked.contains(part), "{asked}");
    }
    assert!(asked.contains(&format!("after={}", id - 1)), "{asked}");
}

#[tokio::test]
async fn a_channel_is_read_however_odd_the_rest_of_it_is() {
    let overwrites = json!([
        { "id": "1", "type": 0, "allow": "0", "deny": "1024" },
        { "id": "7", "type": 1, "allow": "1024", "deny": "0" },
        { "id": "8", "type": 9, "allow": "0", "deny": "0" },
    ]);
    let channel = json!({
        "id": "10", "type": 77, "name": "race", "topic": null, "flags": "new", "parent_id": "5",
        "permission_overwrites": overwrites
    });
    let (_server, port) = port([channel]).await;
    let channel = port.channel(Id::new(10)).await.unwrap();
    assert_eq!((channel.kind, channel.parent), (ChannelType::Unknown(77), Some(Id::new(5))));
    let view = Permissions::VIEW_CHANNEL;
    let none = Permissions::empty();
    let expected = [
        Overwrite { target: OverwriteTarget::Role(Id::new(1)), allow: none, deny: view },
        Overwrite { target: OverwriteTarget::Member(Id::new(7)), allow: view, deny: none },
    ];
    assert_eq!(channel.overwrites, expected);
}

#[tokio::test]
async fn people_and_roles_are_read_from_their_routes() {
    let member = json!({ "user": { "id": "7" }, "nick": "Ana", "roles": ["3"] });
    let role = json!({ "id": "3", "name": "Staff", "permissions": "8", "position": 2, "managed": false });
    let (server, port) = port([member, json!([role]), json!({ "id": "9", "username": "Simlane" })]).await;
    let member = port.member(Id::new(1), Id::new(7)).await.unwrap();
    assert_eq!((member.bot, member.nick.as_deref()), (false, Some("Ana")));
    let roles = port.roles(Id::new(1)).await.unwrap();
    assert_eq!(roles[0].permissions, Permissions::ADMINISTRATOR);
    assert_eq!(port.bot().await.unwrap().id, Id::new(9));
    assert_eq!(
        server.lines(),
        ["GET /api/v10/guilds/1/members/7", "GET /api/v10/guilds/1/roles", "GET /api/v10/users/@me"]
    );
}

#[tokio::test]
async fn where_a_person_is_is_read_from_its_routes() {
    let unknown = |code: u32| (404, json!({ "code": code, "message": "Unknown" }));
    let inside = json!({ "id": "5", "user_id": "7", "join_timestamp": "2026-01-01T00:00:00Z", "flags": 0 });
    let (server, port) = answering([
        (200, inside),
        unknown(10_007),
        unknown(10_003),
        (200, json!({ "channel_id": "9", "user_id": "7" })),
        unknown(10_065),
        unknown(10_004),
    ])
    .await;
    let (thread, guild, user) = (Id::new(5), Id::new(1), Id::new(7));
    assert_eq!(port.is_in_thread(thread, user).await, Ok(true));
    assert_eq!(port.is_in_thread(thread, user).await, Ok(false));
    assert_eq!(port.is_in_thread(thread, user).await.unwrap_err().class(), Class::Gone(Gone::Channel));
    assert_eq!(port.voice_channel(guild, user).await, Ok(Some(Id::new(9))));
    assert_eq!(port.voice_channel(guild, user).await, Ok(None));
    assert_eq!(port.voice_channel(guild, user).await.unwrap_err().class(), Class::Gone(Gone::Guild));
    assert_eq!(server.lines()[0], "GET /api/v10/channels/5/thread-members/7");
    assert_eq!(server.lines()[3], "GET /api/v10/guilds/1/voice-states/7");
}

#[tokio::test]
async fn who_may_not_speak_yet_is_read() {
    let member = json!({
        "user": { "id": "7" }, "nick": null, "roles": [], "pending": true,
        "communication_disabled_until": "2026-12-01T12:00:00.000000+00:00",
    });
    let (_server, port) = port([member]).await;
    let member = port.member(Id::new(1), Id::new(7)).await.unwrap();
    assert_eq!((member.pending, member.timed_out_until), (true, "2026-12-01T12:00:00Z".parse().ok()));
}

#[tokio::test]
async fn what_fills_a_guild_is_read_from_its_routes() {
    let threads = json!({ "threads": [{ "id": "10", "type": 12 }], "members": [{ "odd": true }] });
    let event = |id: u64, status: u8| json!({ "id": id.to_string(), "status": status });
    let events = json!([event(1, 1), event(2, 2), event(3, 3), event(4, 4), event(5, 9)]);
    let app = json!({ "id": "3", "verify_key": "00", "flags": 1 << 15, "event_webhooks_status": 2 });
    let bare = json!({ "id": "3", "verify_key": "00", "interactions_endpoint_url": null });
    let (server, port) = port([threads, events, app, bare]).await;
    assert_eq!(port.active_threads(Id::new(1)).await.unwrap().len(), 1);
    let events = port.scheduled_events(Id::new(1)).await.unwrap();
    let ahead: Vec<u64> =
        events.iter().filter(|event| event.is_ahead()).map(|event| event.id.get()).collect();
    assert_eq!(ahead, [1, 2, 5]);
    let app = port.application().await.unwrap();
    assert_eq!((app.may_list_members(), app.hears_events()), (true, Some(true)));
    let bare = port.application().await.unwrap();
    assert_eq!((bare.may_list_members(), bare.hears_events()), (false, None));
    let routes = ["/api/v10/guilds/1/threads/active", "/api/v10/guilds/1/scheduled-events"];
    assert_eq!(server.lines()[..2], routes.map(|route| format!("GET {route}")));
}

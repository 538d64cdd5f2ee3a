//! What each write sends, word for word.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::discord::testing::{Reply, Server, clock, discord};

use super::*;

/// Lets `call` be made against a server that agrees to everything, and gives what it was asked.
async fn sent<F>(call: impl FnOnce(Arc<dyn WritePort>) -> F) -> String
where
    F: Future<Output = ()>,
{
    let server = Server::start([Reply::json(200, &json!({ "id": "10", "name": "race", "type": 0 }))]).await;
    call(Arc::new(discord(&server, &clock(), Duration::from_secs(10)))).await;
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    let reason = seen[0].headers.get("x-audit-log-reason").map_or("-", String::as_str);
    format!("{}\n{}\n{reason}", seen[0].line, seen[0].body)
}

fn private() -> Vec<Overwrite> {
    let view = Permissions::VIEW_CHANNEL;
    vec![
        Overwrite { target: OverwriteTarget::Role(Id::new(1)), allow: Permissions::empty(), deny: view },
        Overwrite { target: OverwriteTarget::Member(Id::new(9)), allow: view, deny: Permissions::empty() },
    ]
}

#[tokio::test]
async fn a_text_channel() {
    let seen = sent(async |port| {
        let kind = ChannelKind::Text { parent: Some(Id::new(5)), topic: Some("24 h".into()) };
        let channel = NewChannel { name: "Race".into(), kind, overwrites: Vec::new() };
        let created = port.create_channel(Id::new(1), &channel, "event").await.unwrap();
        assert_eq!((created.id, created.name.as_deref()), (Id::new(10), Some("race")));
    });
    insta::assert_snapshot!(seen.await, @r#"
    POST /api/v10/guilds/1/channels
    {"name":"Race","parent_id":"5","topic":"24 h","type":0}
    event
    "#);
}

#[tokio::test]
async fn a_voice_channel_with_a_list() {
    let seen = sent(async |port| {
        let kind = ChannelKind::Voice { parent: None, user_limit: Some(12), bitrate: Some(64_000) };
        let channel = NewChannel { name: "Race".into(), kind, overwrites: private() };
        port.create_channel(Id::new(1), &channel, "event").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    POST /api/v10/guilds/1/channels
    {"bitrate":64000,"name":"Race","permission_overwrites":[{"allow":"0","deny":"1024","id":"1","type":0},{"allow":"1024","deny":"0","id":"9","type":1}],"type":2,"user_limit":12}
    event
    "#);
}

#[tokio::test]
async fn a_category() {
    let seen = sent(async |port| {
        let channel =
            NewChannel { name: "GT3 Cup".into(), kind: ChannelKind::Category, overwrites: Vec::new() };
        port.create_channel(Id::new(1), &channel, "series").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    POST /api/v10/guilds/1/channels
    {"name":"GT3 Cup","type":4}
    series
    "#);
}

#[tokio::test]
async fn an_edit_leaves_out_what_it_does_not_change() {
    let seen = sent(async |port| {
        let edit = ChannelEdit { parent: Some(Some(Id::new(6))), ..ChannelEdit::default() };
        port.edit_channel(Id::new(10), &edit, "archive").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    PATCH /api/v10/channels/10
    {"parent_id":"6"}
    archive
    "#);
    let seen = sent(async |port| {
        let edit = ChannelEdit { parent: Some(None), topic: Some(String::new()), ..ChannelEdit::default() };
        port.edit_channel(Id::new(10), &edit, "archive").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    PATCH /api/v10/channels/10
    {"parent_id":null,"topic":""}
    archive
    "#);
}

#[tokio::test]
async fn one_overwrite_at_a_time() {
    let [role, member] = [private()[0], private()[1]];
    let set = sent(async move |port| port.set_overwrite(Id::new(10), &member, "crew").await.unwrap());
    insta::assert_snapshot!(set.await, @r#"
    PUT /api/v10/channels/10/permissions/9
    {"allow":"1024","deny":"0","type":1}
    crew
    "#);
    let clear = sent(async move |port| port.clear_overwrite(Id::new(10), role.target, "crew").await.unwrap());
    insta::assert_snapshot!(clear.await, @r"
    DELETE /api/v10/channels/10/permissions/1
    null
    crew
    ");
}

#[tokio::test]
async fn a_message_carries_its_nonce() {
    let seen = sent(async |port| {
        let body = json!({ "flags": 32_768, "components": [], "allowed_mentions": { "parse": [] } });
        let id = port.send_message(Id::new(10), &body, "k1").await.unwrap();
        assert_eq!(id, Id::new(10));
    });
    insta::assert_snapshot!(seen.await, @r#"
    POST /api/v10/channels/10/messages
    {"allowed_mentions":{"parse":[]},"components":[],"enforce_nonce":true,"flags":32768,"nonce":"k1"}
    -
    "#);
}

#[tokio::test]
async fn messages_are_edited_and_deleted_by_id() {
    let edit = sent(async |port| {
        port.edit_message(Id::new(10), Id::new(20), &json!({ "components": [] })).await.unwrap();
    });
    insta::assert_snapshot!(edit.await, @r#"
    PATCH /api/v10/channels/10/messages/20
    {"components":[]}
    -
    "#);
    let delete = sent(async |port| port.delete_message(Id::new(10), Id::new(20)).await.unwrap());
    insta::assert_snapshot!(delete.await, @r"
    DELETE /api/v10/channels/10/messages/20
    null
    -
    ");
}

#[tokio::test]
async fn scheduled_events_are_made_changed_and_deleted() {
    let seen = sent(async |port| {
        let event = NewEvent {
            description: "Winter Cup".into(),
            ends: "2026-12-05T19:00:00Z".parse().unwrap(),
            location: "https://discord.com/channels/1/5".into(),
            name: "Spa 6 Hours".into(),
            starts: "2026-12-05T13:00:00Z".parse().unwrap(),
        };
        port.create_event(Id::new(1), &event, "event").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    POST /api/v10/guilds/1/scheduled-events
    {"description":"Winter Cup","entity_metadata":{"location":"https://discord.com/channels/1/5"},"entity_type":3,"name":"Spa 6 Hours","privacy_level":2,"scheduled_end_time":"2026-12-05T19:00:00Z","scheduled_start_time":"2026-12-05T13:00:00Z"}
    event
    "#);
    let seen = sent(async |port| {
        let edit = EventEdit { name: Some("Spa 8 Hours".into()), ..EventEdit::default() };
        port.edit_event(Id::new(1), Id::new(20), &edit, "event: é").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    PATCH /api/v10/guilds/1/scheduled-events/20
    {"name":"Spa 8 Hours"}
    event%3A%20%C3%A9
    "#);
    let seen = sent(async |port| {
        let edit = EventEdit {
            ends: Some("2026-12-05T21:00:00Z".parse().unwrap()),
            location: Some("https://discord.com/channels/1/6".into()),
            ..EventEdit::default()
        };
        port.edit_event(Id::new(1), Id::new(20), &edit, "event").await.unwrap();
    });
    insta::assert_snapshot!(seen.await, @r#"
    PATCH /api/v10/guilds/1/scheduled-events/20
    {"entity_metadata":{"location":"https://discord.com/channels/1/6"},"scheduled_end_time":"2026-12-05T21:00:00Z"}
    event
    "#);
    let seen = sent(async |port| port.delete_event(Id::new(1), Id::new(20), "event").await.unwrap());
    insta::assert_snapshot!(seen.await, @"
    DELETE /api/v10/guilds/1/scheduled-events/20
    null
    event
    ");
}

#[tokio::test]
async fn commands_are_replaced_as_a_whole() {
    let seen = sent(async |port| port.put_commands(Id::new(9), &json!([{ "name": "ping" }])).await.unwrap());
    insta::assert_snapshot!(seen.await, @r#"
    PUT /api/v10/applications/9/commands
    [{"name":"ping"}]
    -
    "#);
}

#[tokio::test]
async fn replies_to_an_interaction_bear_its_token_only() {
    let server = Server::start([Reply::json(200, &json!({ "id": "10" }))]).await;
    let port = discord(&server, &clock(), Duration::from_secs(10));
    let token = SecretString::from("t0k3n");
    port.edit_original(Id::new(9), &token, &json!({ "content": "a" })).await.unwrap();
    port.follow_up(Id::new(9), &token, &json!({ "content": "b" })).await.unwrap();
    assert_eq!(
        server.lines(),
        ["PATCH /api/v10/webhooks/9/t0k3n/messages/@original", "POST /api/v10/webhooks/9/t0k3n?wait=true"]
    );
    assert!(server.seen().iter().all(|seen| !seen.headers.contains_key("authorization")));
}

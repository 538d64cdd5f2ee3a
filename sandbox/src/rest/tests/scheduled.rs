//! Scheduled events.

use super::*;
use crate::{Permissions, model::EventPlace};

/// So many hours from now.
fn hours(world: &World, hours: u64) -> Timestamp {
    world.discord.now() + Duration::from_secs(3_600 * hours)
}

/// A race somewhere outside of Discord, between these hours from now.
fn race(world: &World, from: u64, to: u64) -> Value {
    json!({
        "name": "Spa", "privacy_level": 2, "entity_type": 3, "description": "Six hours.",
        "scheduled_start_time": hours(world, from).to_string(), "scheduled_end_time": hours(world, to).to_string(),
        "entity_metadata": { "location": "iRacing" },
    })
}

fn events(world: &World) -> String {
    format!("/guilds/{}/scheduled-events", world.guild.id())
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[tokio::test]
async fn an_event_is_made_changed_and_deleted() {
    let world = World::new().await;
    let made = world.post(&events(&world), race(&world, 2, 8)).await;
    assert_eq!((made.status.as_u16(), &made.body["status"]), (200, &json!(1)));
    assert_eq!(made.body["creator_id"], json!(world.discord.bot()));
    let path = format!("{}/{}", events(&world), made.id());
    let changed = world.patch(&path, json!({ "name": "Spa 24" })).await;
    assert_eq!(
        (&changed.body["name"], &changed.body["description"]),
        (&json!("Spa 24"), &json!("Six hours."))
    );
    let moved = world.patch(&path, json!({ "entity_metadata": { "location": "ACC" } })).await;
    assert_eq!(moved.body["entity_metadata"], json!({ "location": "ACC" }));
    assert_eq!(world.get(&path).await.body["name"], "Spa 24");
    assert_eq!(world.delete(&path).await.status, 204);
    for gone in [world.delete(&path).await, world.get(&path).await, world.patch(&path, json!({})).await] {
        assert_eq!(gone.error(), (404, 10070));
    }
    let actions: Vec<u64> = world.guild.audit_log().iter().map(|entry| entry.action).collect();
    assert_eq!(actions, [100, 101, 101, 102]);
    world.discord.assert_clean();
}

#[tokio::test]
async fn it_starts_and_ends_by_the_clock_and_is_not_changed_after() {
    let world = World::new().await;
    let path = format!("{}/{}", events(&world), world.post(&events(&world), race(&world, 1, 3)).await.id());
    world.discord.clock().advance(Duration::from_secs(3_600));
    assert_eq!(world.get(&path).await.body["status"], 2);
    let later = json!({ "scheduled_start_time": hours(&world, 1).to_string() });
    assert_eq!(world.patch(&path, later).await.error(), (400, 50035), "what is on has started");
    assert_eq!(world.patch(&path, json!({ "status": 4 })).await.fault("/status"), "TRANSITION_INVALID");
    assert_eq!(
        world.patch(&path, json!({ "scheduled_end_time": hours(&world, 3).to_string() })).await.status,
        200
    );
    world.discord.clock().advance(Duration::from_secs(3 * 3_600));
    assert_eq!(world.get(&path).await.body["status"], 3);
    assert_eq!(world.patch(&path, json!({ "name": "Over" })).await.error(), (400, 180_000));
    let path = format!("{}/{}", events(&world), world.post(&events(&world), race(&world, 1, 3)).await.id());
    assert_eq!(world.patch(&path, json!({ "status": 4 })).await.body["status"], 4);
    assert_eq!(world.patch(&path, json!({ "name": "Off" })).await.error(), (400, 180_000));
    assert_eq!(world.get(&events(&world)).await.body, json!([]));
}

#[tokio::test]
async fn what_an_event_may_be_made_of() {
    let world = World::generous().await;
    let bad = [
        ("name", json!("x".repeat(101)), "/name"),
        ("privacy_level", json!(1), "/privacy_level"),
        ("entity_type", json!(9), "/entity_type"),
        ("entity_type", json!(2), "/channel_id"),
        ("entity_metadata", Value::Null, "/entity_metadata"),
        ("entity_metadata", json!({ "location": "x".repeat(101) }), "/entity_metadata/location"),
        ("channel_id", json!("7"), "/channel_id"),
        ("description", json!("x".repeat(1_001)), "/description"),
        ("scheduled_start_time", json!("soon"), "/scheduled_start_time"),
        ("scheduled_start_time", json!(hours(&world, 0).to_string()), "/scheduled_start_time"),
        ("scheduled_end_time", Value::Null, "/scheduled_end_time"),
        ("scheduled_end_time", json!(hours(&world, 2).to_string()), "/scheduled_end_time"),
    ];
    for (field, value, pointer) in bad {
        let got = world.post(&events(&world), with(race(&world, 2, 8), field, value.clone())).await;
        assert_eq!(got.error(), (400, 50035), "{field} {value}");
        assert!(!got.fault(pointer).is_empty(), "{field} {value}: {}", got.body);
    }
}

#[tokio::test]
async fn own_events_take_create_events_and_those_of_others_manage_events() {
    let world = World::new().await;
    let elsewhere = EventPlace::External("iRacing".to_owned());
    let times = (hours(&world, 1), hours(&world, 2));
    let others = world.guild.by_hand().schedule(("Practice", "", elsewhere), times);
    let own = world.post(&events(&world), race(&world, 2, 8)).await.id();
    let path = |event: Snowflake| format!("{}/{event}", events(&world));
    world.guild.bot_loses(Permissions::MANAGE_EVENTS);
    assert_eq!(world.patch(&path(own), json!({ "name": "Spa 24" })).await.status, 200);
    assert_eq!(world.patch(&path(others), json!({ "name": "Ours" })).await.error(), (403, 50013));
    assert_eq!(world.delete(&path(others)).await.error(), (403, 50013));
    world.guild.bot_loses(Permissions::CREATE_EVENTS);
    assert_eq!(world.post(&events(&world), race(&world, 2, 8)).await.error(), (403, 50013));
    assert_eq!(world.delete(&path(own)).await.error(), (403, 50013));
}

#[tokio::test]
async fn a_guild_has_a_hundred_events_that_are_not_over() {
    let world = World::generous().await;
    for hour in 1..=100 {
        let place = EventPlace::External("iRacing".to_owned());
        let times = (hours(&world, hour), hours(&world, hour + 1));
        world.guild.by_hand().schedule(("Practice", "", place), times);
    }
    assert_eq!(world.post(&events(&world), race(&world, 2, 8)).await.error(), (400, 30038));
    world.discord.clock().advance(Duration::from_secs(2 * 3_600));
    assert_eq!(world.post(&events(&world), race(&world, 2, 8)).await.status, 200);
}

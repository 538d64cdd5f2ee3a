//! What fills a guild: threads and scheduled events.

use super::*;
use crate::{
    Permissions,
    model::{ChannelKind, EventPlace},
};

fn names(listed: &Value) -> Vec<&str> {
    listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn active_threads_are_those_that_the_bot_sees_and_nobody_archived() {
    let world = World::new().await;
    let hands = world.guild.by_hand();
    let (open, staff) =
        (hands.create(ChannelKind::Text, "races", None), hands.create(ChannelKind::Text, "staff", None));
    let kind = ChannelKind::PublicThread;
    let old = hands.create_thread(open.id, "old", kind);
    for name in ["setups", "stints"] {
        drop(hands.create_thread(open.id, name, kind));
    }
    drop(hands.create_thread(staff.id, "hidden", kind));
    hands.archive(old.id, true, false);
    hands.set_role_overwrite(staff.id, world.guild.id(), Permissions::NONE, Permissions::VIEW_CHANNEL);
    let listed = world.get(&format!("/guilds/{}/threads/active", world.guild.id())).await.body;
    assert_eq!(names(&listed["threads"]), ["stints", "setups"]);
    assert_eq!((&listed["members"], &listed["has_more"]), (&json!([]), &json!(false)));
    world.discord.assert_clean();
}

#[tokio::test]
async fn scheduled_events_are_listed_until_they_are_over() {
    let world = World::new().await;
    let hands = world.guild.by_hand();
    let voice = hands.create(ChannelKind::Voice, "Race", None);
    let staff = hands.create(ChannelKind::Voice, "Staff", None);
    let hours = |from: u64, to: u64| {
        let at = |hours: u64| world.discord.now() + Duration::from_secs(3_600 * hours);
        (at(from), at(to))
    };
    let elsewhere = || EventPlace::External("iRacing".to_owned());
    hands.schedule(("late", "Laps.", elsewhere()), hours(5, 6));
    hands.schedule(("soon", "", EventPlace::Voice(voice.id)), hours(1, 3));
    hands.schedule(("over", "", elsewhere()), hours(0, 1));
    hands.schedule(("hidden", "", EventPlace::Voice(staff.id)), hours(1, 2));
    hands.set_role_overwrite(staff.id, world.guild.id(), Permissions::NONE, Permissions::VIEW_CHANNEL);
    let path = format!("/guilds/{}/scheduled-events", world.guild.id());
    world.discord.clock().advance(Duration::from_secs(2 * 3_600));
    let listed = world.get(&format!("{path}?with_user_count=true")).await.body;
    assert_eq!(names(&listed), ["soon", "late"]);
    let told = |field: &str| [&listed[0][field], &listed[1][field]];
    assert_eq!(told("status"), [&json!(2), &json!(1)]);
    assert_eq!(told("entity_type"), [&json!(2), &json!(3)]);
    assert_eq!(told("user_count"), [&json!(0); 2]);
    assert_eq!(listed[1]["entity_metadata"], json!({ "location": "iRacing" }));
    assert_eq!(world.get(&path).await.body[0].get("user_count"), None);
    world.discord.assert_clean();
}

#[tokio::test]
async fn an_application_says_where_it_is_told_of_things() {
    let world = World::new().await;
    let told = async || {
        let app = world.get("/applications/@me").await.body;
        ["interactions_endpoint_url", "event_webhooks_url", "event_webhooks_status"]
            .map(|field| app[field].clone())
    };
    assert_eq!(told().await, [Value::Null, Value::Null, json!(1)]);
    world.discord.deliver_to("http://127.0.0.1:9");
    let url = |of: &str| json!(format!("http://127.0.0.1:9/{of}"));
    assert_eq!(told().await, [url("interactions"), url("webhook-events"), json!(2)]);
    world.discord.assert_clean();
}

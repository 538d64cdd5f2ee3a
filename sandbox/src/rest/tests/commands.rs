use super::*;

fn command(name: &str, description: &str) -> Value {
    json!({ "name": name, "type": 1, "description": description, "contexts": [0], "integration_types": [0] })
}

#[tokio::test]
async fn a_bulk_overwrite_replaces_all_and_keeps_ids() {
    let world = World::new().await;
    let path = format!("/applications/{}/commands", world.discord.application().id);
    let first = world.put(&path, json!([command("ping", "Pings"), command("info", "Tells")])).await;
    let second = world.put(&path, json!([command("ping", "Pings better"), command("help", "Helps")])).await;
    assert_eq!(first.body[0]["id"], second.body[0]["id"]);
    assert_ne!(first.body[0]["version"], second.body[0]["version"]);
    let third = world.put(&path, json!([command("ping", "Pings better")])).await;
    assert_eq!(third.body[0], second.body[0], "nothing changed");
    assert_eq!(world.get(&path).await.body, third.body);
    world.discord.assert_clean();
}

#[tokio::test]
async fn commands_keep_to_their_limits_and_belong_to_the_application() {
    let world = World::new().await;
    let path = format!("/applications/{}/commands", world.discord.application().id);
    let refused = world.put(&path, json!([command("ping", "Pings"), command("Not A Name", "")])).await;
    assert_eq!(refused.error(), (400, 50035));
    assert_eq!(refused.fault("/1/name"), "APPLICATION_COMMAND_INVALID_NAME");
    assert_eq!(refused.fault("/1/description"), "BASE_TYPE_BAD_LENGTH");
    assert_eq!(world.get(&path).await.body, json!([]));
    assert_eq!(world.put("/applications/7/commands", json!([])).await.error(), (403, 20012));
}

#[tokio::test]
async fn two_hundred_new_commands_a_day() {
    let world = World::generous().await;
    let path = format!("/applications/{}/commands", world.discord.application().id);
    let many = |day: usize| Value::from_iter((0..100).map(|n| command(&format!("c{day}-{n}"), "d")));
    assert_eq!(world.put(&path, many(1)).await.status, 200);
    assert_eq!(world.put(&path, many(2)).await.status, 200);
    assert_eq!(world.put(&path, many(2)).await.status, 200, "these are known");
    assert_eq!(world.put(&path, many(3)).await.error(), (400, 30034));
    world.advance(86_400);
    assert_eq!(world.put(&path, many(3)).await.status, 200);
}

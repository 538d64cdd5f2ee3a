//! How the app comes into a server.

use sandbox::interaction::RawAnswer;
use serde_json::json;
use simlane::store::guilds;
use twilight_model::id::Id;

use crate::world::{Pair, World};

async fn authorized(world: &World) -> RawAnswer {
    let owner = world.guild.owner().id();
    let guild = json!({ "id": world.guild.id(), "name": "Night Owls", "preferred_locale": "de" });
    let scopes = ["applications.commands", "bot"];
    let data = json!({ "integration_type": 0, "user": { "id": owner, "username": "owner" }, "scopes": scopes, "guild": guild });
    world.discord.webhook_event(Some(("APPLICATION_AUTHORIZED", data))).await.unwrap()
}

/// Discord tells of an installation from its App Directory, and may tell it twice.
async fn is_known(pair: Pair) {
    let world = World::new(pair).await;
    for _ in 0..2 {
        assert_eq!(authorized(&world).await.status, 204);
    }
    let guild = Id::new(world.guild.id().get());
    let known = guilds::by_id(world.service().store(), guild).await.unwrap().unwrap();
    assert_eq!(known.name.as_deref(), Some("Night Owls"));
    assert_eq!(known.locale.as_deref(), Some("de"));
    assert_eq!(known.installed_by.map(Id::get), Some(world.guild.owner().id().get()));
    assert_eq!((known.club, known.lost_at), (None, None));
    let club = world.club().await;
    assert!(club.organiser.slash("club panel").send().await.text().contains("Night Owls"));
    world.end().await;
}

#[tokio::test]
async fn an_installation_is_known_before_anybody_types_on_sqlite() {
    is_known(Pair::Sqlite).await;
}

#[tokio::test]
async fn an_installation_is_known_before_anybody_types_on_postgresql_and_redis() {
    is_known(Pair::Postgres).await;
}

//! How the app gets into a server without us, is lost from it, comes back, and is forgotten.

use sandbox::{Permissions, interaction::RawAnswer};
use serde_json::{Value, json};

use super::{DAY, on_both};
use crate::world::{EVE, Pair, World};

async fn tell(world: &World, name: &str, data: Value) -> RawAnswer {
    world.discord.webhook_event(Some((name, data))).await.unwrap()
}

#[tokio::test]
async fn from_the_app_directory_it_is_known_before_anybody_types() {
    on_both(|world| async move {
        let (home, nora) = world.elsewhere("Day Owls");
        home.install(&nora).await;
        let known = world.known(&home).await.unwrap();
        assert_eq!(known.name.as_deref(), Some("Day Owls"));
        let told = nora.slash("club panel").send().await.text();
        assert!(told.contains("/club setup"), "{told}");
        let form = nora.slash("club setup").send().await.modal();
        form.fill("Name", "Larks").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
        assert!(world.club_of(&home).await.is_some());
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_installation_to_an_account_is_no_servers() {
    let world = World::new(Pair::Sqlite).await;
    let ana = world.member("Ana");
    let user = json!({ "id": ana.id(), "username": "ana" });
    let cases = [
        json!({ "integration_type": 1, "user": user, "scopes": ["applications.commands"] }),
        json!({ "integration_type": 0, "user": user, "scopes": [], "guild": null }),
        json!({ "user": user, "guild": { "name": "no id" } }),
        json!({}),
        json!([]),
        Value::Null,
    ];
    for data in cases {
        assert_eq!(tell(&world, "APPLICATION_AUTHORIZED", data.clone()).await.status, 204, "{data}");
    }
    assert_eq!(tell(&world, "APPLICATION_DEAUTHORIZED", Value::Null).await.status, 204);
    assert_eq!(tell(&world, "SOMETHING_NEW", json!({ "guild": 1 })).await.status, 204);
    world.settle().await;
    assert!(world.known(&world.guild).await.is_none());
    world.end().await;
}

#[tokio::test]
async fn a_server_that_is_lost_rests_and_wakes_when_it_is_back() {
    on_both(|world| async move {
        let club = world.with_event().await;
        let (other, nora) = world.elsewhere("Day Owls");
        other.install(&nora).await;
        world.settle().await;
        world.guild.uninstall(&club.organiser).await;
        world.settle().await;
        let lost = world.known(&world.guild).await.unwrap();
        assert_eq!(lost.lost_at, Some(world.clock.now()), "found among all");
        assert_eq!(world.known(&other).await.unwrap().lost_at, None);
        let (mark, here) = (world.discord.mark(), world.guild.id());
        world.at(EVE).await;
        world.minute().await;
        world.day().await;
        let calls = world.discord.calls_since(mark);
        assert!(calls.iter().all(|call| call.guild != Some(here)), "not a single call");
        let page = world.browser().through("/install", &club.organiser, Some(&world.guild)).await;
        page.says(200, "Simlane is in your server", &["Night Owls", "as before"]);
        world.minute().await;
        assert_eq!(world.known(&world.guild).await.unwrap().lost_at, None);
        assert!(world.guild.channel_named("Spa 6 Hours").is_some(), "what came due meanwhile");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_month_later_it_is_forgotten() {
    on_both(|world| async move {
        let club = world.with_event().await;
        let anna = world.member("Anna");
        anna.press(&club.card(crate::world::CHANNEL), "Sign up").await;
        world.guild.uninstall(&club.organiser).await;
        world.settle().await;
        for _ in 0..29 {
            world.advance(DAY).await;
        }
        world.service().purge().await.unwrap();
        assert!(world.club_of(&world.guild).await.is_some());
        world.advance(DAY).await;
        world.service().purge().await.unwrap();
        assert!(world.known(&world.guild).await.is_none());
        let me =
            world.service().service().link_of(twilight_model::id::Id::new(anna.id().get())).await.unwrap();
        assert_eq!(me, (None, Vec::new()));
        world.guild.install_bot(Permissions::SIMLANE);
        let told = club.organiser.slash("club panel").send().await.text();
        assert!(told.contains("no club yet"), "{told}");
        let form = club.organiser.slash("club setup").send().await.modal();
        form.fill("Name", "Night Owls").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
        world.end().await;
    })
    .await;
}

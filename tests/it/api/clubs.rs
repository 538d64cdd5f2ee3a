//! Clubs.

use serde_json::json;

use super::{everything, on_both};

#[tokio::test]
async fn a_club_is_shown_to_its_site_and_to_the_operator() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}");
        let shown = json!({
            "guild_id": world.guild.id().to_string(),
            "id": club,
            "name": "Night Owls",
            "zone": "Europe/Berlin",
        });
        for site in [&site, &world.operator()] {
            assert_eq!(site.get(&path).await.ok(200), shown);
        }
        world.end().await;
    })
    .await;
}

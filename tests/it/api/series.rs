//! Series, as a club's site makes and changes them.

use reqwest::Method;
use serde_json::{Value, json};
use simlane::domain::scope::Scope;

use super::{
    events::{id, spa, with},
    everything, on_both,
    people::{each, names},
};

#[tokio::test]
async fn a_series_is_made_renamed_and_archived() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/series");
        let answer = site.post(&path, &json!({ "name": " Winter  Cup " })).await;
        let at = answer.header("location").unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        let made = answer.ok(201);
        let series = json!({
            "adopted_category_id": null, "archived": false, "archived_at": null, "club": club, "id": made["id"], "name": "Winter Cup",
        });
        assert_eq!((&made, &site.get(&at).await.ok(200)), (&series, &series));
        world.settle().await;
        assert!(world.guild.channel_named("Winter Cup").is_some());
        site.post(&path, &json!({ "name": "winter cup" })).await.is_problem(409, "conflict");
        assert_eq!(site.post(&path, &json!({ "name": "" })).await.is_problem(422, "invalid").pointers(), ["/name"]);

        let event = site.event(&world, club, &with(spa(), json!({ "series_id": made["id"] }))).await;
        assert!(world.guild.channel_named("winter-cup-spa-6-hours-2026-12-05").is_some());
        let change = async |change: Value| site.send(Method::PATCH, &at, &change).await;
        assert_eq!(change(json!({ "name": "Spring Cup" })).await.ok(200)["name"], "Spring Cup");
        world.settle().await;
        assert!(world.guild.channel_named("Spring Cup").is_some());
        change(json!({ "archived": true })).await.is_problem(409, "conflict");
        site.send(Method::PATCH, &format!("/events/{}", id(&event)), &json!({ "series_id": null })).await.ok(200);
        world.settle().await;
        let archived = change(json!({ "archived": true })).await.ok(200);
        assert_eq!((&archived["archived"], archived["archived_at"].is_string()), (&json!(true), true));
        assert_eq!(change(json!({ "archived": true })).await.ok(200), archived);
        let into = site.post(&format!("/clubs/{club}/events"), &with(spa(), json!({ "series_id": made["id"] }))).await;
        assert_eq!(into.is_problem(422, "invalid").pointers(), ["/series_id"]);
        assert_eq!(site.listed(&format!("{path}?archived=false")).await.len(), 0);
        assert_eq!(each(&site.listed(&format!("{path}?archived=true")).await, "name"), ["Spring Cup"]);
        assert_eq!(change(json!({ "archived": false })).await.ok(200)["archived_at"], Value::Null);
        world.settle().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn series_are_paged_and_each_clubs_own() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/series");
        for name in ["A", "B", "C"] {
            site.post(&path, &json!({ "name": name })).await.ok(201);
        }
        let first = site.get(&format!("{path}?limit=2")).await.ok(200);
        let rest = site.listed(&format!("{path}?limit=2&cursor={}", first["next"].as_str().unwrap())).await;
        let both = [first["data"].as_array().unwrap().as_slice(), &rest].concat();
        assert_eq!((rest.len(), names(&both)), (1, vec!["A".to_owned(), "B".to_owned(), "C".to_owned()]));
        let at = format!("/series/{}", id(&rest[0]));
        let (_, rival) = world.rival().await;
        rival.get(&at).await.is_problem(404, "not-found");
        rival.send(Method::PATCH, &at, &json!({ "name": "Mine" })).await.is_problem(404, "not-found");
        let reader = world.site_of(club, [Scope::SeriesRead]).await;
        reader.get(&at).await.ok(200);
        reader.send(Method::PATCH, &at, &json!({ "name": "Mine" })).await.is_problem(403, "forbidden");
        world.site_of(club, [Scope::EventsRead]).await.get(&path).await.is_problem(403, "forbidden");
        world.operator().send(Method::PATCH, &at, &json!({ "name": "D" })).await.ok(200);
        world.settle().await;
        world.end().await;
    })
    .await;
}

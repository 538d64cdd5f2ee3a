//! What holds for every route.

use std::{collections::BTreeSet, time::Duration};

use reqwest::Method;
use serde_json::json;
use simlane::domain::scope::Scope;
use uuid::Uuid;

use super::{Pair, everything, on_both, send};
use crate::world::World;

#[tokio::test]
async fn who_calls_is_known_or_gets_nothing() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}");
        let half = &site.token[..20];
        let flipped = format!("{}{}", &site.token[..35], if site.token.ends_with('0') { '1' } else { '0' });
        for wrong in ["", "guessed", half, &flipped, &site.token.to_lowercase()] {
            let refused = world.site(wrong).get(&path).await;
            assert_eq!(refused.is_problem(401, "unauthorized").header("www-authenticate"), Some("Bearer"));
        }
        let twice = site.request(Method::GET, &path).await.header("authorization", "Bearer other");
        send(twice).await.is_problem(401, "unauthorized");
        let basic = world.site("").request(Method::GET, &path).await.basic_auth(&site.token, Some(""));
        send(basic).await.is_problem(401, "unauthorized");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_token_sees_its_club_and_does_what_it_may() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let other = format!("/clubs/{}", Uuid::from_u128(7));
        site.get(&other).await.is_problem(404, "not-found");
        world.operator().get(&other).await.is_problem(404, "not-found");
        site.get("/clubs/owls").await.is_problem(404, "not-found");
        let narrow = world.site_of(club, [Scope::UsersRead]).await;
        let refused = narrow.get(&format!("/clubs/{club}")).await;
        assert!(refused.is_problem(403, "forbidden").body["detail"].as_str().unwrap().contains("clubs:read"));
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn whatever_is_wrong_is_a_problem() {
    let world = World::new(Pair::Sqlite).await;
    let (club, site) = world.club_with_site(everything()).await;
    for path in ["", "/", "/nothing", "/clubs/a/b/c/d", "/openapi.json/x"] {
        site.get(path).await.is_problem(404, "not-found");
        world.site("").get(path).await.is_problem(404, "not-found");
    }
    let wrong_method = site.send(Method::PUT, &format!("/clubs/{club}"), &json!({})).await;
    let allowed = wrong_method.is_problem(405, "method-not-allowed").header("allow").unwrap();
    assert!(allowed.contains("GET"), "{allowed}");
    let huge = site.request(Method::GET, &format!("/clubs/{club}")).await.body(vec![b' '; 256 * 1024 + 1]);
    send(huge).await.is_problem(413, "too-large");
    world.end().await;
}

#[tokio::test]
async fn the_document_describes_every_answer() {
    let world = World::new(Pair::Sqlite).await;
    let document = world.site("").get("/openapi.json").await.ok(200);
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let mut named = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            assert!(named.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            for status in ["401", "403", "404", "429", "500", "503"] {
                let answer = operation["responses"][status]["$ref"].as_str();
                assert_eq!(
                    answer,
                    Some(format!("#/components/responses/Problem{status}").as_str()),
                    "{method} {path}"
                );
            }
        }
    }
    world.end().await;
}

#[tokio::test]
async fn who_asks_too_fast_waits() {
    let world = World::new(Pair::Sqlite).await;
    let (club, site) = world.club_with_site(everything()).await;
    let path = format!("/clubs/{club}");
    let first = site.get(&path).await;
    assert_eq!(first.header("ratelimit"), Some("\"token\";r=59"));
    assert_eq!(first.header("ratelimit-policy"), Some("\"token\";q=60;w=12"));
    for _ in 1..60 {
        site.get(&path).await.ok(200);
    }
    let refused = site.get(&path).await;
    refused.is_problem(429, "too-many-requests");
    assert_eq!(
        (refused.header("retry-after"), refused.header("ratelimit")),
        (Some("1"), Some("\"token\";r=0"))
    );
    world.site_of(club, everything()).await.get(&path).await.ok(200);
    world.advance(Duration::from_secs(1)).await;
    site.get(&path).await.ok(200);
    let stranger = world.site(format!("slc_{}", "0".repeat(32)));
    for _ in 0..30 {
        stranger.get(&path).await.is_problem(401, "unauthorized");
    }
    stranger.get(&path).await.is_problem(429, "too-many-requests");
    site.get(&path).await.ok(200);
    world.end().await;
}

#[tokio::test]
async fn the_page_shows_the_whole_document() {
    let world = World::new(Pair::Sqlite).await;
    let document = world.site("").get("/openapi.json").await.ok(200);
    let page = world.browser().open("/api/v1/docs").await;
    page.says(200, "The API of Simlane on Discord", &["openapi.json", "id=\"problem-too-many-requests\""]);
    assert!(!page.html.contains("<script"), "{}", page.html);
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(page.html.contains(&format!("<code>{path}</code>")), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let summary = operation["summary"].as_str().unwrap();
            assert!(page.html.contains(&format!("<h3>{summary}</h3>")), "{method} {path}");
            assert!(operation["tags"][0].is_string(), "{method} {path}");
        }
    }
    for link in page.html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.html.contains(&format!("id=\"{link}\"")), "nothing is at #{link}");
    }
    let home = world.browser().open("/").await;
    assert_eq!(home.link("For programmers"), "api/v1/docs");
    world.end().await;
}

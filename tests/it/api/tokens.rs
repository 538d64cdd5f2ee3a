//! Tokens: made, used, listed and revoked.

use reqwest::Method;
use serde_json::json;
use simlane::domain::scope::Scope;

use super::{everything, on_both, send};

#[tokio::test]
async fn a_token_is_made_used_listed_and_revoked() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/tokens");
        let made = site.post(&path, &json!({ "name": " Reader ", "scopes": ["clubs:read"] })).await.ok(201);
        assert_eq!((&made["name"], &made["scopes"]), (&json!("Reader"), &json!(["clubs:read"])));
        let text = made["secret"].as_str().unwrap();
        assert!(text.starts_with("slc_") && text.len() == 36, "{text}");
        let reader = world.site(text);
        reader.get(&format!("/clubs/{club}")).await.ok(200);
        reader.get(&path).await.is_problem(403, "forbidden");
        let listed = world.operator().get(&path).await.ok(200);
        let tokens = listed["data"].as_array().unwrap();
        assert_eq!(tokens.len(), 2);
        assert!(
            tokens.iter().all(|token| token.get("secret").is_none() && token["last_used_at"].is_string())
        );
        let id = made["id"].as_str().unwrap();
        let one = format!("{path}/{id}");
        assert_eq!(site.delete(&one).await.status, 204);
        site.delete(&one).await.is_problem(404, "not-found");
        reader.get(&format!("/clubs/{club}")).await.is_problem(401, "unauthorized");
        assert_eq!(site.get(&path).await.ok(200)["data"].as_array().unwrap().len(), 1);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_token_gives_no_more_than_it_has() {
    on_both(|world| async move {
        let (club, _) = world.club_with_site(everything()).await;
        let narrow = world.site_of(club, [Scope::TokensWrite, Scope::ClubsRead]).await;
        let path = format!("/clubs/{club}/tokens");
        let wide = json!({ "name": "Wide", "scopes": ["clubs:read", "users:write"] });
        narrow.post(&path, &wide).await.is_problem(403, "forbidden");
        world.operator().post(&path, &wide).await.ok(201);
        let bad = narrow.post(&path, &json!({ "name": "\u{200b}", "scopes": [] })).await;
        assert_eq!(bad.is_problem(422, "invalid").pointers(), ["/name", "/scopes"]);
        for (body, pointer) in [
            (json!({ "name": "A", "scopes": ["clubs:all"] }), "/scopes/0"),
            (json!({ "name": 7, "scopes": [] }), "/name"),
            (json!({ "name": "A", "scopes": [], "club": 1 }), "/club"),
            (json!([]), ""),
            (json!(["A", ["clubs:read"]]), ""),
        ] {
            let bad = narrow.post(&path, &body).await;
            assert_eq!(bad.is_problem(422, "invalid").pointers(), [pointer], "{body}");
        }
        let garbled = narrow.request(Method::POST, &path).await.header("content-type", "application/json");
        send(garbled.body("{")).await.is_problem(400, "malformed");
        let text = narrow.request(Method::POST, &path).await.body(wide.to_string());
        send(text).await.is_problem(415, "unsupported-media-type");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        for _ in 0..4 {
            world.site_of(club, [Scope::ClubsRead]).await;
        }
        let path = format!("/clubs/{club}/tokens");
        let (mut seen, mut next) = (Vec::new(), format!("{path}?limit=2&x=1"));
        loop {
            let page = site.get(&next).await;
            let link = page.header("link").map(str::to_owned);
            let page = page.ok(200);
            seen.extend(page["data"].as_array().unwrap().iter().map(|token| token["id"].to_string()));
            let Some(cursor) = page["next"].as_str() else { break };
            assert_eq!(link, Some(format!("<?limit=2&x=1&cursor={cursor}>; rel=\"next\"")));
            next = format!("{path}?limit=2&x=1&cursor={cursor}");
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted());
        let first = site.get(&format!("{path}?limit=1")).await.ok(200);
        let cursor = first["next"].as_str().unwrap();
        let (other, elsewhere) = (world.site_of(club, everything()).await, "x".repeat(40));
        assert_eq!(other.get(&format!("{path}?cursor={cursor}")).await.status, 200);
        for query in [
            "limit=0",
            "limit=201",
            "limit=-1",
            "limit=x",
            "cursor=",
            "cursor=00",
            &format!("cursor={elsewhere}"),
        ] {
            site.get(&format!("{path}?{query}")).await.is_problem(400, "malformed");
        }
        world.end().await;
    })
    .await;
}

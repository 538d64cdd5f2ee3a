//! Requests that are sent again.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Site, everything, on_both, send};

impl Site<'_> {
    /// Sends JSON with an `Idempotency-Key`.
    pub(super) async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).await.header("idempotency-key", key).json(body);
        send(request).await
    }
}

#[tokio::test]
async fn the_same_request_gets_the_same_answer_and_happens_once() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (path, new) = (format!("/clubs/{club}/tokens"), json!({ "name": "A", "scopes": ["clubs:read"] }));
        let first = site.post_once("k-1", &path, &new).await;
        assert_eq!(first.header("idempotent-replayed"), None);
        let again = site.post_once("k-1", &path, &new).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        assert_eq!(again.header("content-type"), Some("application/json"));
        assert_eq!(first.clone().ok(201), again.ok(201), "the token, too");
        assert_eq!(site.get(&path).await.ok(200)["data"].as_array().unwrap().len(), 2);
        let other = site.post_once("k-1", &path, &json!({ "name": "B", "scopes": ["clubs:read"] })).await;
        other.is_problem(422, "key-reused");
        site.post_once("k-1", &format!("/clubs/{club}/discord/invite"), &new)
            .await
            .is_problem(422, "key-reused");
        let operator = world.operator().post_once("k-1", &path, &new).await;
        assert_eq!(operator.header("idempotent-replayed"), None, "keys are each bearer's own");
        operator.ok(201);
        world.advance(Duration::from_secs(24 * 3_600 + 1)).await;
        world.service().purge().await.unwrap();
        let later = site.post_once("k-1", &path, &new).await;
        assert_ne!(later.ok(201)["id"], first.body["id"], "a day later it is a new request");
        world.settle().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_came_to_nothing_may_be_mended_under_the_same_key() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/tokens");
        let refused = site.post_once("k", &path, &json!({ "name": "", "scopes": [] })).await;
        refused.is_problem(422, "invalid");
        let mended = json!({ "name": "A", "scopes": ["clubs:read"] });
        site.post_once("k", &path, &mended).await.ok(201);
        for key in ["", "a b", "ü", &"k".repeat(256)] {
            site.post_once(key, &path, &mended).await.is_problem(400, "malformed");
        }
        site.post_once(&"k".repeat(255), &path, &mended).await.ok(201);
        let twice = site.request(Method::POST, &path).await.json(&mended);
        send(twice.header("idempotency-key", "a").header("idempotency-key", "b"))
            .await
            .is_problem(400, "malformed");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn of_many_at_once_one_is_done() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (path, new) = (format!("/clubs/{club}/tokens"), json!({ "name": "A", "scopes": ["clubs:read"] }));
        let all = (0..12).map(|_| site.post_once("k", &path, &new));
        let answers = futures::future::join_all(all).await;
        assert!(answers.iter().any(|answer| answer.status == 201));
        for answer in &answers {
            if answer.status != 201 {
                answer.is_problem(409, "key-in-use");
            }
        }
        assert_eq!(site.get(&path).await.ok(200)["data"].as_array().unwrap().len(), 2);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_cut_off_is_never_done_again_unasked() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (path, new) = (format!("/clubs/{club}/tokens"), json!({ "name": "A", "scopes": ["clubs:read"] }));
        site.post_once("k", &path, &new).await.ok(201);
        world.stores.execute("UPDATE idempotency_keys SET status = 0").await;
        site.post_once("k", &path, &new).await.is_problem(409, "key-in-use");
        world.stores.execute("UPDATE idempotency_keys SET status = 201, body = '{\"sealed\": \"00\"}'").await;
        site.post_once("k", &path, &new).await.is_problem(409, "conflict");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn people_codes_and_syncs_are_made_once() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/users");
        // Without an external id, the same entry again would be told from the first by its name only.
        let people = json!([{ "name": "Ana" }, { "name": "" }]);
        let first = site.post_once("people", &path, &people).await;
        let again = site.post_once("people", &path, &people).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        let (first, again) = (first.ok(200), again.ok(200));
        assert_eq!((&first, &first["results"][0]["result"]), (&again, &json!("new")));
        let more = json!([{ "name": "Ana" }, { "name": "Bo" }]);
        site.post_once("people", &path, &more).await.is_problem(422, "key-reused");

        let code = format!("{path}/{}/link-code", first["results"][0]["user"].as_str().unwrap());
        let first = site.post_once("code", &code, &json!({})).await.ok(201);
        assert_eq!(site.post_once("code", &code, &json!({})).await.ok(201), first, "the code still works");
        let told = world.member("Ana").slash("link").option("code", first["code"].as_str().unwrap());
        assert!(told.send().await.text().contains("Ana"));
        let other = site.post_once("other", &code, &json!({})).await.ok(201);
        assert_ne!(other["code"], first["code"]);

        let sync = format!("/clubs/{club}/discord/sync");
        let first = site.post_once("sync", &sync, &json!({ "mode": "apply" })).await;
        let again = site.post_once("sync", &sync, &json!({ "mode": "apply" })).await;
        assert_eq!(first.header("location"), again.header("location"));
        assert!(again.header("location").unwrap().ends_with(again.body["id"].as_str().unwrap()));
        assert_eq!(first.ok(202), again.ok(202));
        world.settle().await;
        let syncs = site.get(&format!("/clubs/{club}/discord/syncs")).await.ok(200);
        assert_eq!(syncs["data"].as_array().unwrap().len(), 1);
        let undo = format!("/clubs/{club}/discord/syncs/{}/undo", syncs["data"][0]["id"].as_str().unwrap());
        let first = site.post_once("undo", &undo, &json!({})).await.ok(202);
        world.settle().await;
        assert_eq!(site.post_once("undo", &undo, &json!({})).await.ok(202), first, "it isn't undone twice");
        // What was refused may be sent again under its key.
        site.post_once("late", &undo, &json!({})).await.is_problem(409, "conflict");
        site.post_once("late", &undo, &json!({})).await.is_problem(409, "conflict");
        world.settle().await;
        world.end().await;
    })
    .await;
}

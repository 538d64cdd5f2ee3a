#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::convert::Infallible;

use axum::{
    Router,
    body::{Body, to_bytes},
    middleware,
    routing::{get, post},
};
use futures::stream;
use serde_json::Value;
use tower::ServiceExt as _;

use super::*;
use crate::{
    api::body,
    base::{
        config::{Config, Role},
        ids::Ids,
    },
    domain::refusal::Refusal,
    store::StoreError,
};

fn service() -> PublicUrl {
    let lookup = |name: &str| {
        let value = match name {
            "DISCORD_APPLICATION_ID" => "1174000000000000000",
            "DISCORD_BOT_TOKEN" | "DISCORD_CLIENT_SECRET" => "secret",
            "DISCORD_PUBLIC_KEY" => "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
            _ => return None,
        };
        Some(value.to_owned())
    };
    Config::parse(Role::All, lookup, &Ids::seeded(1)).unwrap().public_url
}

/// What a request to a router of such a handler gets.
async fn asked(router: Router, request: Request) -> (Response<()>, Value) {
    let router = router.layer(middleware::from_fn_with_state(service(), render));
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (Response::from_parts(parts, ()), serde_json::from_slice(&body).unwrap())
}

/// The problem that a use case's error becomes.
async fn problem(error: fn() -> ServiceError) -> (Response<()>, Value) {
    let mut request = Request::new(Body::empty());
    request.extensions_mut().insert(RequestId::new(&Ids::seeded(7)));
    asked(Router::new().route("/", get(move || async move { Problem::from(error()) })), request).await
}

#[tokio::test]
async fn a_failure_has_a_reference_and_tells_nothing_else() {
    let (response, body) =
        problem(|| ServiceError::Store(StoreError::Db("disk of db-7 is full".into()))).await;
    assert_eq!(
        (response.status().as_u16(), &body["title"]),
        (500, &Value::from("Something failed on our side"))
    );
    let name = response.headers()["x-request-id"].to_str().unwrap();
    assert!(body["detail"].as_str().unwrap().contains(name) && body["instance"] == name, "{body}");
    assert!(!body.to_string().contains("disk"), "{body}");
    assert_eq!(body["type"], "http://localhost:8080/api/v1/docs#problem-internal");
    assert_eq!(response.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn whoever_meets_a_busy_database_is_told_when_to_try_again() {
    let (response, body) = problem(|| ServiceError::Store(StoreError::Busy("locked".into()))).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (503, &"1".parse().unwrap())
    );
    assert_eq!(body["status"], 503);
}

#[tokio::test]
async fn refusals_are_problems() {
    let cases: [(fn() -> ServiceError, u16); 3] = [
        (|| Refusal::NoClub.into(), 404),
        (|| Refusal::NotOrganiser.into(), 403),
        (|| Refusal::NotOnDiscord.into(), 409),
    ];
    for (error, status) in cases {
        let (response, body) = problem(error).await;
        assert_eq!(response.status().as_u16(), status, "{body}");
    }
}

#[tokio::test]
async fn a_panic_is_a_problem() {
    async fn handler() -> StatusCode {
        panic!("the secret is 7")
    }
    let router = Router::new().route("/", get(handler));
    let (response, body) = asked(router, Request::new(Body::empty())).await;
    assert_eq!(response.status().as_u16(), 500);
    assert_eq!(response.headers()["content-type"], CONTENT_TYPE);
    assert!(!body.to_string().contains("secret"), "{body}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up() {
    let router = Router::new().route("/", post(|| async {})).layer(middleware::from_fn(body::take));
    let endless = Body::from_stream(stream::pending::<Result<Vec<u8>, Infallible>>());
    let (response, _) = asked(router, Request::post("/").body(endless).unwrap()).await;
    assert_eq!(response.status().as_u16(), 408);
}

#[test]
fn waits_are_whole_seconds_and_never_too_short() {
    let millis = [(0, 1), (1, 1), (1_000, 1), (1_001, 2)];
    for (millis, whole) in millis {
        assert_eq!(seconds(Duration::from_millis(millis)), whole);
    }
}

#[test]
fn every_kind_of_problem_has_an_anchor_of_its_own() {
    let slugs: std::collections::BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
    assert_eq!(slugs.len(), Kind::ALL.len());
    assert!(Kind::ALL.iter().map(|kind| kind.status()).is_sorted());
}

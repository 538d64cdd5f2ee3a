#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};

use super::webhooks;
use crate::{
    Discord,
    model::State,
    people::{
        ReplyKind,
        stand_in::{World, card},
    },
    rest::{Answer, ApiError, Handler, Request},
};

fn ping() -> Value {
    json!([{ "name": "ping", "type": 1 }])
}

async fn world(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> World {
    let world = World::new(answer).await;
    world.commands(ping());
    world
}

fn request(params: Vec<(&'static str, String)>, body: Option<Value>) -> Request {
    Request {
        method: "PATCH".to_owned(),
        template: "/webhooks/{webhook_id}/{webhook_token}",
        path: String::new(),
        params,
        query: Vec::new(),
        raw_query: None,
        body,
        files: Vec::new(),
        reason: None,
        authorization: None,
    }
}

/// Calls a route of the interaction that the service received last.
fn call(world: &World, handler: Handler, message: &str, body: Option<Value>) -> Result<Answer, ApiError> {
    let last = world.last();
    let text = |field: &str| last[field].as_str().unwrap().to_owned();
    let params = vec![
        ("webhook_id", text("application_id")),
        ("webhook_token", text("token")),
        ("interaction_id", text("id")),
        ("interaction_token", text("token")),
        ("message_id", message.to_owned()),
    ];
    let request = request(params, body);
    world.discord.with(|state| handler(&world.discord, state, &request))
}

fn code(result: &Result<Answer, ApiError>) -> u32 {
    result.as_ref().err().map_or(0, |error| error.code)
}

fn text(content: &str) -> Option<Value> {
    Some(json!({ "content": content, "allowed_mentions": { "parse": [] } }))
}

#[tokio::test]
async fn signatures_verify_with_the_public_key() {
    let world = world(|_| card(4, "Here", &[], 0)).await;
    let key: [u8; 32] = hex::decode(&world.discord.application().public_key_hex).unwrap().try_into().unwrap();
    let signature: [u8; 64] = hex::decode(world.discord.sign(b"body", "17")).unwrap().try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    assert!(key.verify_strict(b"17body", &Signature::from_bytes(&signature)).is_ok());
    assert_eq!(world.discord.timestamp(), "1796479200");
}

#[tokio::test]
async fn a_service_that_is_away_is_no_complaint() {
    let world = world(|_| card(4, "Here", &[], 0)).await;
    world.discord.deliver_to("http://127.0.0.1:9");
    let reply = world.member("Ana").slash("ping").send().await;
    assert_eq!(reply.kind(), ReplyKind::Failed);
    assert!(reply.failure().is_some());
    assert_eq!(world.complaints(), [""; 0]);
}

#[tokio::test]
async fn an_answer_after_three_seconds_is_lost() {
    let world = world(|_| json!("sleep")).await;
    let reply = world.member("Ana").slash("ping").send().await;
    assert_eq!(reply.kind(), ReplyKind::Failed);
    assert!(reply.took() >= Duration::from_secs(3));
    assert_eq!(world.complaints(), ["/ping: there was no answer within 3 seconds"]);
    assert_eq!(code(&call(&world, webhooks::execute, "", text("Late"))), 50027);
    assert_eq!(code(&call(&world, webhooks::callback, "", Some(card(4, "Late", &[], 0)))), 10062);
}

#[tokio::test]
async fn answers_that_break_the_rules_are_refused_with_a_complaint() {
    let broken = [
        (json!({ "type": 6 }), "there is no message to update: it was no component"),
        (json!({ "type": 8, "data": { "choices": [] } }), "choices answer an autocomplete only"),
        (json!({ "type": 3 }), "there is no answer of type 3"),
        (
            json!({ "type": 5, "data": { "flags": 32832 } }),
            "data.flags: BITFIELD_INVALID: The flags 32768 can't be set here",
        ),
        (
            json!({ "type": 9, "data": { "custom_id": "m", "title": "T", "components": [] } }),
            "data.components: BASE_TYPE_BAD_LENGTH: Must be between 1 and 5, is 0.",
        ),
        (
            json!({ "type": 4, "data": { "content": "", "allowed_mentions": {} } }),
            "Cannot send an empty message",
        ),
    ];
    for (answer, why) in broken {
        let world = world(move |_| answer.clone()).await;
        let reply = world.member("Ana").slash("ping").send().await;
        assert_eq!(reply.kind(), ReplyKind::Failed);
        let expected = format!("/ping: Discord refuses the answer: {why}");
        assert!(world.complaints().contains(&expected), "{:?}", world.complaints());
    }
}

#[tokio::test]
async fn a_form_cant_open_a_form_and_updates_only_what_opened_it() {
    let label = json!({ "type": 18, "label": "L", "component": { "type": 23, "custom_id": "c" } });
    let modal = json!({ "type": 9, "data": { "custom_id": "m", "title": "T", "components": [label] } });
    let opens = modal.clone();
    let nested = world(move |_| opens.clone()).await;
    let form = nested.member("Ana").slash("ping").send().await.modal();
    assert_eq!(
        form.submit().await.failure().unwrap(),
        "Discord refuses the answer: a modal can't be answered with another modal"
    );
    let updated = world(move |got| match got["type"].as_u64() {
        Some(2) => card(4, "Card", &["Edit"], 0),
        Some(3) => modal.clone(),
        _ => card(7, "Edited", &[], 0),
    })
    .await;
    let ana = updated.member("Ana");
    let message = ana.slash("ping").send().await.message();
    let reply = ana.press(&message, "Edit").await.modal().submit().await;
    assert_eq!((reply.kind(), reply.text().as_str()), (ReplyKind::Update, "Edited"));
    assert_eq!(updated.last()["message"]["id"], json!(message.id));
    assert_eq!(updated.complaints(), [""; 0]);
}

#[tokio::test]
async fn a_forgotten_allowed_mentions_is_a_complaint() {
    let world = world(|_| json!({ "type": 4, "data": { "content": "Hello" } })).await;
    assert_eq!(world.member("Ana").slash("ping").send().await.kind(), ReplyKind::Message);
    assert_eq!(world.complaints(), ["/ping: a message without allowed_mentions"]);
}

#[tokio::test]
async fn a_deferred_answer_settles_when_its_message_is_edited() {
    let world = world(|_| json!({ "type": 5, "data": { "flags": 64 } })).await;
    let reply = world.member("Ana").slash("ping").send().await;
    assert_eq!((reply.kind(), reply.is_ephemeral(), reply.message().flags), (ReplyKind::Deferred, true, 192));
    let waiting = {
        let reply = reply.clone();
        tokio::spawn(async move { reply.settled().await })
    };
    let body = json!({ "flags": 32768, "components": [{ "type": 10, "content": "Done" }], "allowed_mentions": { "parse": [] } });
    let answer = call(&world, webhooks::edit_message, "@original", Some(body)).unwrap().body.unwrap();
    assert_eq!((answer["flags"].as_u64(), answer["edited_timestamp"].is_null()), (Some(32832), true));
    let settled = waiting.await.unwrap();
    assert_eq!((settled.text().as_str(), settled.is_ephemeral()), ("Done", true));
}

#[tokio::test]
async fn follow_ups_can_be_edited_and_deleted_for_fifteen_minutes() {
    let world = world(|_| json!({ "type": 5 })).await;
    let reply = world.member("Ana").slash("ping").send().await;
    call(&world, webhooks::execute, "", text("First")).unwrap();
    assert_eq!(reply.settled().await.text(), "First");
    let second = call(&world, webhooks::execute, "", text("Second")).unwrap().body.unwrap();
    let id = second["id"].as_str().unwrap();
    assert_eq!(reply.followups()[0].text(), "Second");
    call(&world, webhooks::edit_message, id, text("Third")).unwrap();
    assert_eq!(call(&world, webhooks::get_message, id, None).unwrap().body.unwrap()["content"], "Third");
    call(&world, webhooks::delete_message, id, None).unwrap();
    assert_eq!(code(&call(&world, webhooks::get_message, id, None)), 10008);
    world.discord.clock().advance(Duration::from_mins(15));
    assert_eq!(code(&call(&world, webhooks::get_message, "@original", None)), 50027);
}

#[tokio::test]
async fn an_interaction_is_answered_once() {
    let world = world(|_| card(4, "Here", &[], 0)).await;
    world.member("Ana").slash("ping").send().await;
    assert_eq!(code(&call(&world, webhooks::callback, "", Some(card(4, "Again", &[], 0)))), 40060);
}

#[tokio::test]
async fn other_tokens_and_applications_are_unknown() {
    let world = world(|_| card(4, "Here", &[], 0)).await;
    world.member("Ana").slash("ping").send().await;
    let named = |webhook: &str, token: &str| {
        request(
            vec![
                ("webhook_id", webhook.to_owned()),
                ("webhook_token", token.to_owned()),
                ("message_id", "@original".to_owned()),
            ],
            None,
        )
    };
    let get = |request: Request| {
        world.discord.with(|state: &mut State| webhooks::get_message(&world.discord, state, &request))
    };
    let last = world.last();
    let (application, token) = (last["application_id"].as_str().unwrap(), last["token"].as_str().unwrap());
    assert!(get(named(application, token)).is_ok());
    assert_eq!(code(&get(named("7", token))), 10015);
    assert_eq!(code(&get(named(application, &format!("{token}0")))), 10015);
}

#[tokio::test]
async fn pings_events_and_bad_headers_arrive_as_they_are() {
    let discord: Discord = world(|_| Value::Null).await.discord;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    discord.deliver_to(&format!("http://{}", listener.local_addr().unwrap()));
    let echo = |headers: axum::http::HeaderMap, body: String| async move {
        let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        axum::Json(
            json!({ "signature": header("x-signature-ed25519"), "timestamp": header("x-signature-timestamp"), "body": body }),
        )
    };
    let router = axum::Router::new().fallback(echo);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let raw = discord.deliver_raw("{}", Some("zz"), None).await.unwrap();
    assert_eq!(raw.json(), json!({ "signature": "zz", "timestamp": null, "body": "{}" }));
    let signed = |answer: Value| {
        let (body, timestamp) =
            (answer["body"].as_str().unwrap().to_owned(), answer["timestamp"].as_str().unwrap().to_owned());
        assert_eq!(answer["signature"], json!(discord.sign(body.as_bytes(), &timestamp)));
        serde_json::from_str::<Value>(&body).unwrap()
    };
    assert_eq!(signed(discord.ping().await.unwrap().json())["type"], 1);
    assert_eq!(signed(discord.webhook_event(None).await.unwrap().json())["type"], 0);
    let event =
        discord.webhook_event(Some(("APPLICATION_DEAUTHORIZED", json!({ "user": {} })))).await.unwrap();
    assert_eq!(signed(event.json())["event"]["type"], "APPLICATION_DEAUTHORIZED");
}

#[tokio::test]
async fn the_webhook_routes_are_served_as_discord_describes_them() {
    let world = world(|_| json!({ "type": 5, "data": { "flags": 64 } })).await;
    let reply = world.member("Ana").slash("ping").send().await;
    let (application, token) = (world.last()["application_id"].take(), world.last()["token"].take());
    let path = format!("/webhooks/{}/{}", application.as_str().unwrap(), token.as_str().unwrap());
    let client = reqwest::Client::builder()
        .no_proxy()
        .user_agent("DiscordBot (https://example.org, 1)")
        .build()
        .unwrap();
    let send = async |method: &str, path: String, body: Option<Value>| {
        let url = format!("{}/api/v10{path}", world.discord.url());
        let mut request = client.request(method.parse().unwrap(), url);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body: Option<Value> = serde_json::from_slice(&response.bytes().await.unwrap()).ok();
        if let Some(openapi) = &world.discord.0.openapi {
            assert_eq!(
                openapi.check_response(method, &path, status, body.as_ref()),
                [],
                "{method}: {body:?}"
            );
        }
        (status, body.unwrap_or_default())
    };
    let card = card(4, "Done", &["Again"], 0)["data"].take();
    let (status, edited) = send("PATCH", format!("{path}/messages/@original"), Some(card.clone())).await;
    assert_eq!((status, edited["flags"].as_u64()), (200, Some(32832)));
    assert_eq!(reply.settled().await.text(), "Done");
    let (_, followup) = send("POST", path.clone(), Some(card)).await;
    let followup = format!("{path}/messages/{}", followup["id"].as_str().unwrap());
    assert_eq!(send("GET", followup.clone(), None).await.0, 200);
    assert_eq!(send("DELETE", followup.clone(), None).await.0, 204);
    assert_eq!(send("GET", followup, None).await.0, 404);
    assert_eq!(send("GET", format!("{path}0/messages/@original"), None).await.0, 404);
    assert_eq!(world.complaints(), [""; 0]);
}

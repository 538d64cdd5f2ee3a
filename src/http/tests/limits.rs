//! Whatever is sent, there is an answer and never a server error.

use std::{convert::Infallible, sync::atomic::Ordering};

use axum::{body::Body, http::StatusCode};
use futures::stream;
use proptest::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::Id;

use super::stage::{Stage, command, completion, interaction, press, submit};
use crate::{http::BODY_LIMIT, interaction::desk::Install};

#[tokio::test]
async fn a_body_beyond_the_limit_is_not_read() {
    let stage = Stage::new();
    let fits = vec![b' '; BODY_LIMIT];
    assert_eq!(stage.post("/interactions", &fits).await.0, StatusCode::OK);
    let large = vec![b' '; BODY_LIMIT + 1];
    assert_eq!(stage.post("/interactions", &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let chunks = large.chunks(1000).map(|chunk| Ok::<_, Infallible>(chunk.to_vec())).collect::<Vec<_>>();
    let streamed = stage.signed("/interactions", &large).map(|_| Body::from_stream(stream::iter(chunks)));
    assert_eq!(stage.send(streamed).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up() {
    let stage = Stage::new();
    let endless = stream::pending::<Result<Vec<u8>, Infallible>>();
    let request = stage.signed("/interactions", b"{}").map(|_| Body::from_stream(endless));
    assert_eq!(stage.send(request).await.0, StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn webhook_events_are_acknowledged_whatever_they_hold() {
    let stage = Stage::new();
    let events: [&[u8]; 6] = [
        br#"{"version":1,"application_id":"2","type":1,"event":{"type":"APPLICATION_DEAUTHORIZED","timestamp":"x","data":{}}}"#,
        br#"{"type":1,"event":{"type":"NEW"}}"#,
        br#"{"type":9}"#,
        b"[]",
        b"not json",
        b"",
    ];
    for event in events {
        assert_eq!(stage.post("/webhook-events", event).await, (StatusCode::NO_CONTENT, Vec::new()));
    }
    assert_eq!(stage.dispatcher.deps().removals.load(Ordering::SeqCst), 1, "the app was removed somewhere");
}

#[tokio::test]
async fn an_installation_is_noted_and_told_again_where_it_could_not_be() {
    let stage = Stage::new();
    let event = |data: Value| {
        json!({ "type": 1, "event": { "type": "APPLICATION_AUTHORIZED", "timestamp": "x", "data": data } })
            .to_string()
    };
    let guild = json!({ "id": "7", "name": "Night Owls", "preferred_locale": "de" });
    let installed = event(json!({ "integration_type": 0, "user": { "id": "5" }, "guild": guild }));
    let desk = stage.dispatcher.deps();
    desk.away.store(true, Ordering::SeqCst);
    let status = async |body: &str| stage.post("/webhook-events", body.as_bytes()).await.0;
    assert_eq!(status(&installed).await, StatusCode::INTERNAL_SERVER_ERROR);
    desk.away.store(false, Ordering::SeqCst);
    assert_eq!(status(&installed).await, StatusCode::NO_CONTENT);
    let noted = Install {
        by: Id::new(5),
        guild: Id::new(7),
        locale: Some("de".to_owned()),
        name: Some("Night Owls".to_owned()),
    };
    assert_eq!(*desk.installs.lock().unwrap(), [noted]);
    // To an account, or nothing that can be read: nothing is noted, and nothing comes again.
    for data in [json!({ "integration_type": 1, "user": { "id": "5" } }), json!({ "guild": guild }), json!(7)]
    {
        assert_eq!(status(&event(data)).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(desk.installs.lock().unwrap().len(), 1);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let name = prop_oneof![
            Just("type".to_owned()),
            Just("data".to_owned()),
            Just("options".to_owned()),
            Just("member".to_owned()),
            "[a-z_]{1,8}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(name, inner, 0..5).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// A good interaction with one of its parts replaced by anything.
fn mangled() -> impl Strategy<Value = Value> {
    let good = prop::sample::select(vec![
        command("event create", json!([{ "name": "series", "type": 3, "value": "GT" }])),
        completion("gt"),
        press(1, "1:signup:AAAAAAAAAAAAAAAAAAAAAA"),
        submit(1, "1:setup:1", "Simlane"),
        interaction(1, 2, json!({})),
    ]);
    (good, any::<prop::sample::Index>(), any_json()).prop_map(|(mut good, index, part)| {
        let names: Vec<String> = good.as_object().unwrap().keys().cloned().collect();
        good[index.get(&names).as_str()] = part;
        good
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn signed_json_of_any_shape_is_answered(body in prop_oneof![any_json(), mangled()]) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let stage = Stage::new();
            let callback = stage.deliver(&body).await;
            assert!(callback["type"].is_u64(), "{callback}");
            let (status, _) = stage.post("/webhook-events", body.to_string().as_bytes()).await;
            assert_eq!(status, StatusCode::NO_CONTENT);
        });
    }

    #[test]
    fn signed_bytes_of_any_kind_are_answered(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let status = runtime.block_on(async { Stage::new().post("/interactions", &body).await.0 });
        prop_assert_eq!(status, StatusCode::OK);
    }
}

//! Who is let in: every way to be nobody gets the same 401.

use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode},
};
use proptest::prelude::*;
use serde_json::json;

use super::stage::{NOW, Stage};
use crate::interaction::verify::{SIGNATURE_HEADER, TIMESTAMP_HEADER};

const PING: &[u8] = br#"{"type":1}"#;

/// What a forger does to a good request.
type Forgery = fn(&Stage, &mut Request<Body>);

fn set(request: &mut Request<Body>, header: &'static str, value: impl AsRef<[u8]>) {
    request.headers_mut().insert(header, HeaderValue::from_bytes(value.as_ref()).unwrap());
}

fn stamped(stage: &Stage, request: &mut Request<Body>, timestamp: &str) {
    set(request, TIMESTAMP_HEADER, timestamp);
    set(request, SIGNATURE_HEADER, stage.sign(timestamp, PING));
}

const FORGERIES: [(&str, Forgery); 16] = [
    ("no signature", |_, request| drop(request.headers_mut().remove(SIGNATURE_HEADER))),
    ("no timestamp", |_, request| drop(request.headers_mut().remove(TIMESTAMP_HEADER))),
    ("two signatures", |_, request| {
        let again = request.headers()[SIGNATURE_HEADER].clone();
        request.headers_mut().append(SIGNATURE_HEADER, again);
    }),
    ("two timestamps", |_, request| {
        let again = request.headers()[TIMESTAMP_HEADER].clone();
        request.headers_mut().append(TIMESTAMP_HEADER, again);
    }),
    ("an empty signature", |_, request| set(request, SIGNATURE_HEADER, "")),
    ("a signature of other digits", |_, request| set(request, SIGNATURE_HEADER, "g".repeat(128))),
    ("a short signature", |_, request| set(request, SIGNATURE_HEADER, "0".repeat(126))),
    ("an odd signature", |_, request| set(request, SIGNATURE_HEADER, "0".repeat(127))),
    ("a long signature", |_, request| set(request, SIGNATURE_HEADER, "0".repeat(130))),
    ("a signature that isn't text", |_, request| set(request, SIGNATURE_HEADER, [0xff; 128])),
    ("a signature of zeros", |_, request| set(request, SIGNATURE_HEADER, "0".repeat(128))),
    ("another timestamp's signature", |_, request| set(request, TIMESTAMP_HEADER, (NOW + 1).to_string())),
    ("a timestamp that isn't a number", |stage, request| stamped(stage, request, "soon")),
    ("a timestamp with a sign", |stage, request| stamped(stage, request, &format!("+{NOW}"))),
    ("an old timestamp", |stage, request| stamped(stage, request, &(NOW - 301).to_string())),
    ("a timestamp from the future", |stage, request| stamped(stage, request, &(NOW + 301).to_string())),
];

#[tokio::test]
async fn every_forgery_gets_the_same_401() {
    let stage = Stage::new();
    for path in ["/interactions", "/webhook-events"] {
        for (name, forge) in FORGERIES {
            let mut request = stage.signed(path, PING);
            forge(&stage, &mut request);
            assert_eq!(stage.send(request).await, (StatusCode::UNAUTHORIZED, Vec::new()), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_body_that_was_tampered_with_is_not_read() {
    let stage = Stage::new();
    let request = stage.signed("/interactions", PING).map(|_| Body::from(r#"{"type":1 }"#));
    assert_eq!(stage.send(request).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_signed_request_within_five_minutes_is_let_in() {
    let stage = Stage::new();
    for off in [-300, 0, 300] {
        let mut request = stage.signed("/interactions", PING);
        stamped(&stage, &mut request, &(NOW + off).to_string());
        let (status, body) = stage.send(request).await;
        assert_eq!((status, body.as_slice()), (StatusCode::OK, &br#"{"type":1}"#[..]), "{off}");
    }
}

#[tokio::test]
async fn digits_in_upper_case_are_digits() {
    let stage = Stage::new();
    let mut request = stage.signed("/interactions", PING);
    let upper = request.headers()[SIGNATURE_HEADER].to_str().unwrap().to_uppercase();
    set(&mut request, SIGNATURE_HEADER, upper);
    assert_eq!(stage.send(request).await.0, StatusCode::OK);
}

#[tokio::test]
async fn pings_are_answered_in_discords_own_way() {
    let stage = Stage::new();
    let ping = json!({ "type": 1, "id": "1", "token": "t", "application_id": "2" });
    assert_eq!(stage.deliver(&ping).await, json!({ "type": 1 }));
    let event_ping = br#"{"version":1,"application_id":"2","type":0}"#;
    assert_eq!(stage.post("/webhook-events", event_ping).await, (StatusCode::NO_CONTENT, Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_flipped_bit_anywhere_breaks_trust(at in 0_usize..64, bit in 0_u8..8) {
        let stage = Stage::new();
        let mut request = stage.signed("/interactions", PING);
        let mut signature = hex::decode(request.headers()[SIGNATURE_HEADER].as_bytes()).unwrap();
        signature[at] ^= 1 << bit;
        set(&mut request, SIGNATURE_HEADER, hex::encode(signature));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        prop_assert_eq!(runtime.block_on(stage.send(request)).0, StatusCode::UNAUTHORIZED);
    }
}

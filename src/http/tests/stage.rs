//! A router with its fake service, and what Discord would send to it.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use ed25519_dalek::{Signer, SigningKey};
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{
    base::{clock::Clock, ids::Ids},
    http::{Public, health::Readiness, router},
    interaction::{
        dispatch::{Dispatcher, TIME_LIMIT},
        testing::{Fake, REGISTRY},
        verify::{SIGNATURE_HEADER, TIMESTAMP_HEADER, Verifier},
    },
};

/// The instant at which every test begins.
pub(super) const NOW: i64 = 1_796_479_200;

pub(super) struct Stage {
    pub(super) clock: Clock,
    pub(super) dispatcher: Dispatcher<Fake>,
    key: SigningKey,
    pub(super) router: Router,
}

/// Database and Redis, as a test wants them; `None` hangs.
#[derive(Debug)]
pub(super) struct Up(pub(super) Option<bool>, pub(super) Option<Option<bool>>);

impl Readiness for Up {
    fn database(&self) -> BoxFuture<'_, bool> {
        Box::pin(answer(self.0))
    }

    fn redis(&self) -> BoxFuture<'_, Option<bool>> {
        Box::pin(answer(self.1))
    }
}

async fn answer<T>(answer: Option<T>) -> T {
    match answer {
        Some(answer) => answer,
        None => std::future::pending().await,
    }
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with(Up(Some(true), Some(None)))
    }

    pub(super) fn with(readiness: Up) -> Self {
        let clock = Clock::manual(Timestamp::from_second(NOW).unwrap());
        let ids = Ids::seeded(7);
        let key = SigningKey::from_bytes(&[7; 32]);
        let verifier = Verifier::new(key.verifying_key(), clock.clone());
        let dispatcher = Dispatcher::new(Fake::default(), REGISTRY, TIME_LIMIT, ids.clone());
        let public = Public { dispatcher: dispatcher.clone(), ids, readiness: Arc::new(readiness), verifier };
        Self { clock, dispatcher, key, router: router(public, Router::new(), Router::new()) }
    }

    pub(super) fn desk(&self) -> &Fake {
        self.dispatcher.deps()
    }

    pub(super) fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        hex::encode(self.key.sign(&[timestamp.as_bytes(), body].concat()).to_bytes())
    }

    /// A request as Discord sends it.
    pub(super) fn signed(&self, path: &str, body: &[u8]) -> Request<Body> {
        let timestamp = self.clock.now().as_second().to_string();
        Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(SIGNATURE_HEADER, self.sign(&timestamp, body))
            .header(TIMESTAMP_HEADER, timestamp)
            .body(Body::from(body.to_vec()))
            .unwrap()
    }

    pub(super) async fn send(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    pub(super) async fn post(&self, path: &str, body: &[u8]) -> (StatusCode, Vec<u8>) {
        self.send(self.signed(path, body)).await
    }

    /// Delivers an interaction and returns its callback.
    pub(super) async fn deliver(&self, interaction: &Value) -> Value {
        let (status, body) = self.post("/interactions", interaction.to_string().as_bytes()).await;
        assert_eq!(status, StatusCode::OK);
        serde_json::from_slice(&body).unwrap()
    }

    /// Waits for handlers that run on, and returns what they handed over late.
    pub(super) async fn late(&self) -> Vec<(Value, crate::interaction::desk::Delivery)> {
        tokio::time::sleep(Duration::from_secs(60)).await;
        let late = self.desk().late.lock().unwrap();
        late.iter().map(|late| (late.body.clone(), late.delivery)).collect()
    }

    /// What the command log says: commands and outcomes.
    pub(super) async fn log(&self) -> Vec<(String, &'static str)> {
        tokio::time::sleep(Duration::from_secs(60)).await;
        let log = self.desk().log.lock().unwrap();
        log.iter().map(|line| (line.command.clone(), line.outcome.as_str())).collect()
    }
}

pub(super) async fn read(response: Response<Body>) -> (StatusCode, Vec<u8>) {
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, body.to_vec())
}

/// An interaction by a member without special permissions.
pub(super) fn interaction(id: u64, kind: u8, data: Value) -> Value {
    json!({
        "id": id.to_string(), "application_id": "845027738276462632", "type": kind, "token": "a-token", "version": 1,
        "app_permissions": "2248473465835073", "attachment_size_limit": 10_485_760, "context": 0,
        "authorizing_integration_owners": { "0": "50" }, "entitlements": [],
        "channel": { "id": "60", "type": 0, "name": "races", "guild_id": "50" }, "channel_id": "60",
        "guild_id": "50", "guild_locale": "en-US", "guild": { "id": "50", "features": [], "locale": "en-US" }, "locale": "de",
        "member": {
            "avatar": null, "communication_disabled_until": null, "deaf": false, "flags": 0, "mute": false, "pending": false,
            "joined_at": "2024-11-16T08:31:12.250000+00:00", "nick": "Ana P", "permissions": "1024", "premium_since": null,
            "roles": ["71"],
            "user": { "id": "70", "username": "ana", "global_name": "Ana", "avatar": null, "discriminator": "0" },
        },
        "data": data,
    })
}

pub(super) fn command(path: &str, options: Value) -> Value {
    let data = match path.split_once(' ') {
        None => json!({ "id": "5", "type": 1, "name": path, "options": options }),
        Some((group, leaf)) => {
            let options = json!([{ "type": 1, "name": leaf, "options": options }]);
            json!({ "id": "5", "type": 1, "name": group, "options": options })
        }
    };
    interaction(100, 2, data)
}

pub(super) fn completion(typed: &str) -> Value {
    let option = json!({ "type": 3, "name": "series", "value": typed, "focused": true });
    let options = json!([{ "type": 1, "name": "create", "options": [option] }]);
    interaction(101, 4, json!({ "id": "5", "type": 1, "name": "event", "options": options }))
}

pub(super) fn press(id: u64, custom_id: &str) -> Value {
    let mut press = interaction(id, 3, json!({ "component_type": 2, "custom_id": custom_id, "id": 2 }));
    press["message"] = json!({
        "id": "80", "channel_id": "60", "type": 0, "content": "", "timestamp": "2026-11-10T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "flags": 32768, "components": [],
        "author": { "id": "81", "username": "simlane", "avatar": null, "discriminator": "1", "bot": true, "global_name": null },
    });
    press
}

pub(super) fn submit(id: u64, custom_id: &str, name: &str) -> Value {
    let input = json!({ "type": 4, "id": 2, "custom_id": "name", "value": name });
    let label = json!({ "type": 18, "id": 1, "component": input });
    interaction(id, 5, json!({ "custom_id": custom_id, "components": [label] }))
}

/// Makes an interaction one of somebody with Manage Server.
pub(super) fn by_admin(mut interaction: Value) -> Value {
    interaction["member"]["permissions"] = json!("32");
    interaction
}

/// Makes an interaction one in direct messages.
pub(super) fn in_private(mut interaction: Value) -> Value {
    let fields = interaction.as_object_mut().unwrap();
    let member = fields.remove("member").unwrap();
    fields.insert("user".to_owned(), member["user"].clone());
    fields.retain(|name, _| !name.starts_with("guild"));
    interaction
}

/// The text that a callback shows.
pub(super) fn text(callback: &Value) -> String {
    let parts = callback["data"]["components"].as_array().unwrap();
    parts.iter().filter_map(|part| part["content"].as_str()).collect::<Vec<_>>().join("\n")
}

/// Asserts that the callback is a message that only the person who acted sees.
pub(super) fn assert_ephemeral(callback: &Value) {
    assert_eq!(callback["type"], 4, "{callback}");
    assert_eq!(callback["data"]["flags"], 32768 + 64, "{callback}");
    assert_eq!(callback["data"]["allowed_mentions"]["parse"], json!([]), "{callback}");
}

//! The service behind its router, and people who send it what Discord would.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use ed25519_dalek::{Signer, SigningKey};
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::{Value, json};
use simlane::{
    base::{clock::Clock, config::SecretKey, digest::Digester, ids::Ids, seal::Sealer},
    http::{Public, health::Readiness, router},
    interaction::{
        deps::Deps,
        dispatch::Dispatcher,
        registry::REGISTRY,
        verify::{SIGNATURE_HEADER, TIMESTAMP_HEADER, Verifier},
    },
    service::{Doorbell, Parts, Ring, Service},
    store::Store,
};
use tempfile::TempDir;
use tower::ServiceExt;

use super::drawing::draw;

/// Longer than anything takes on a busy machine: deferrals have tests of their own.
const LIMIT: Duration = Duration::from_secs(60);

pub(super) struct Stage {
    pub(super) clock: Clock,
    _folder: TempDir,
    key: SigningKey,
    next: AtomicU64,
    router: Router,
    pub(super) store: Store,
    told: Mutex<String>,
}

/// Somebody who does something somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) channel: u64,
    pub(super) guild: u64,
    pub(super) id: u64,
    pub(super) manages: bool,
    pub(super) name: &'static str,
    pub(super) role: Option<u64>,
}

/// Runs the server of guild 50.
pub(super) const ADMIN: Person =
    Person { channel: 60, guild: 50, id: 70, manages: true, name: "Ana", role: None };
/// Has role 90, and no permissions of note.
pub(super) const STEWARD: Person = Person { id: 71, manages: false, name: "Sam", role: Some(90), ..ADMIN };
/// A member.
pub(super) const DRIVER: Person = Person { id: 72, manages: false, name: "Dee", ..ADMIN };

#[derive(Debug)]
struct Quiet;

impl Doorbell for Quiet {
    fn ring(&self, _: Ring) {}

    fn latency(&self) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async { None })
    }
}

impl Readiness for Quiet {
    fn database(&self) -> BoxFuture<'_, bool> {
        Box::pin(async { true })
    }

    fn redis(&self) -> BoxFuture<'_, Option<bool>> {
        Box::pin(async { None })
    }
}

impl Stage {
    /// A service without any club, on 10 November 2026, a Tuesday, at noon in Berlin.
    pub(super) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/simlane.db?mode=rwc", folder.path().display());
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Clock::manual("2026-11-10T11:00:00Z".parse::<Timestamp>().unwrap());
        let ids = Ids::seeded(7);
        let key = SecretKey::from_bytes([7; 32]);
        let sealer = Sealer::new(&key, "interaction tokens", ids.clone());
        let (clock_of_service, doorbell) = (clock.clone(), Arc::new(Quiet));
        let service = Service::new(Parts {
            calendars: Digester::new(&key, "calendar links"),
            clock: clock_of_service,
            doorbell,
            ids: ids.clone(),
            codes: Digester::new(&key, "link codes"),
            sealer,
            store: store.clone(),
            sync_claim: Duration::from_secs(30),
        });
        let deps = Deps { service, site: "https://simlane.example".to_owned() };
        let key = SigningKey::from_bytes(&[7; 32]);
        let public = Public {
            dispatcher: Dispatcher::new(deps, REGISTRY, LIMIT, ids.clone()),
            ids,
            readiness: Arc::new(Quiet),
            verifier: Verifier::new(key.verifying_key(), clock.clone()),
        };
        let (next, told) = (AtomicU64::new(1_000), Mutex::default());
        Self {
            clock,
            _folder: folder,
            key,
            next,
            router: router(public, axum::Router::new(), axum::Router::new()),
            store,
            told,
        }
    }

    /// A service with the club Night Owls, whose zone is Europe/Berlin and whose organisers have role 90.
    pub(super) async fn with_club() -> Self {
        let stage = Self::empty().await;
        let form = stage.send(ADMIN, command("club setup", json!([]))).await;
        stage.submit(ADMIN, &form, &[("name", "Night Owls"), ("zone", "Europe/Berlin")]).await;
        let panel = stage.send(ADMIN, command("club settings", json!([]))).await;
        let form = stage.press(ADMIN, &panel, "Edit").await;
        stage.submit(ADMIN, &form, &[("organiser_role", "90")]).await;
        stage
    }

    /// As above, with an event of these classes on 5 December at 14:00 for 24 hours; returns its card as the admin sees it.
    pub(super) async fn with_event(classes: &str) -> (Self, Value) {
        let stage = Self::with_club().await;
        stage.create_event("Spa 24 Hours", classes).await;
        let card = stage.send(ADMIN, command("event show", json!([]))).await;
        (stage, card)
    }

    pub(super) async fn create_event(&self, name: &str, classes: &str) -> Value {
        let form = self.send(ADMIN, command("event create", json!([]))).await;
        let filled = [("name", name), ("start", "2026-12-05 14:00"), ("length", "24h"), ("classes", classes)];
        self.submit(ADMIN, &form, &filled).await
    }

    /// What Discord would send; returns the callback.
    pub(super) async fn deliver(&self, interaction: &Value) -> Value {
        let timestamp = self.clock.now().as_second().to_string();
        let body = interaction.to_string();
        let signature = self.key.sign(&[timestamp.as_bytes(), body.as_bytes()].concat());
        let request = Request::post("/interactions")
            .header(SIGNATURE_HEADER, hex::encode(signature.to_bytes()))
            .header(TIMESTAMP_HEADER, timestamp)
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let callback: Value = serde_json::from_slice(&body).unwrap();
        self.tell(draw(&callback).trim_end());
        callback
    }

    /// Has somebody do something, given as type and data of the interaction and perhaps its message.
    pub(super) async fn send(&self, who: Person, what: What) -> Value {
        self.tell(format!("\n> {} {}", who.name, what.words).trim_end());
        self.deliver(&self.interaction(who, &what)).await
    }

    /// Presses the first button of that label, or chooses in the first select that offers it.
    pub(super) async fn press(&self, who: Person, on: &Value, label: &str) -> Value {
        self.send(who, press_of(on, label)).await
    }

    /// Presses a button of that label on the event's card in its channel.
    pub(super) async fn press_card(&self, who: Person, card: &Value, label: &str) -> Value {
        self.send(who, What { public: true, ..press_of(card, label) }).await
    }

    /// Submits a form with these fields filled in, the others as they were.
    pub(super) async fn submit(&self, who: Person, form: &Value, fields: &[(&str, &str)]) -> Value {
        self.send(who, submission(form, fields)).await
    }

    /// Suggestions for an option.
    pub(super) async fn suggest(&self, who: Person, path: &str, option: &str, typed: &str) -> Value {
        let option = json!([{ "type": 3, "name": option, "value": typed, "focused": true }]);
        self.send(who, What { kind: 4, ..command(path, option) }).await
    }

    /// Everything since it was last asked: what people did, and what they read.
    pub(super) fn story(&self) -> String {
        std::mem::take(&mut *self.told.lock().unwrap()).trim().to_owned()
    }

    fn tell(&self, text: &str) {
        let mut told = self.told.lock().unwrap();
        told.push_str(text);
        told.push('\n');
    }

    pub(super) fn interaction(&self, who: Person, what: &What) -> Value {
        let id = self.next.fetch_add(1, Ordering::SeqCst).to_string();
        let (guild, channel) = (who.guild.to_string(), who.channel.to_string());
        let mut interaction = json!({
            "id": id, "application_id": "30", "type": what.kind, "token": "a-token", "version": 1,
            "app_permissions": "2248473465835073", "attachment_size_limit": 10_485_760, "context": 0,
            "authorizing_integration_owners": { "0": guild }, "entitlements": [],
            "channel": { "id": channel, "type": 0, "name": "races", "guild_id": guild }, "channel_id": channel,
            "guild_id": guild, "guild_locale": "en-US", "locale": "en-GB",
            "guild": { "id": guild, "features": [], "locale": "en-US" },
            "member": {
                "avatar": null, "communication_disabled_until": null, "deaf": false, "flags": 0, "mute": false,
                "pending": false, "joined_at": "2024-11-16T08:31:12.250000+00:00", "nick": null, "premium_since": null,
                "permissions": if who.manages { "32" } else { "1024" },
                "roles": who.role.iter().map(u64::to_string).collect::<Vec<_>>(),
                "user": { "id": who.id.to_string(), "username": who.name.to_lowercase(), "global_name": who.name,
                    "avatar": null, "discriminator": "0" },
            },
            "data": what.data,
        });
        if what.kind == 3 || what.from_message {
            let flags = if what.public { 32768 } else { 32768 + 64 };
            interaction["message"] = json!({
                "id": "80", "channel_id": channel, "type": 0, "content": "", "edited_timestamp": null, "tts": false,
                "timestamp": "2026-11-10T11:00:00.000000+00:00", "mention_everyone": false, "mentions": [],
                "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "flags": flags, "components": [],
                "author": { "id": "81", "username": "simlane", "avatar": null, "discriminator": "1", "bot": true,
                    "global_name": null },
            });
        }
        interaction
    }
}

/// What somebody does.
#[derive(Clone, Debug)]
pub(super) struct What {
    data: Value,
    from_message: bool,
    kind: u8,
    public: bool,
    words: String,
}

impl What {
    fn new(kind: u8, words: String, data: Value) -> Self {
        Self { data, from_message: false, kind, public: false, words }
    }

    /// A press on a button or a select of that `custom_id`.
    pub(super) fn raw_press(custom_id: &str, values: &[&str]) -> Self {
        let kind = if values.is_empty() { 2 } else { 3 };
        let data = json!({ "component_type": kind, "custom_id": custom_id, "id": 2, "values": values });
        Self::new(3, format!("presses {custom_id}"), data)
    }
}

/// A slash command with these options.
pub(super) fn command(path: &str, options: Value) -> What {
    let given: Vec<String> = options
        .as_array()
        .unwrap()
        .iter()
        .map(|option| format!(" {}: {}", option["name"], option["value"]))
        .collect();
    let words = format!("/{path}{}", given.join("").replace('"', ""));
    let data = match path.split_once(' ') {
        None => json!({ "id": "5", "type": 1, "name": path, "options": options }),
        Some((group, leaf)) => {
            let options = json!([{ "type": 1, "name": leaf, "options": options }]);
            json!({ "id": "5", "type": 1, "name": group, "options": options })
        }
    };
    What::new(2, words, data)
}

/// An option that is a text.
pub(super) fn text(name: &str, value: &str) -> Value {
    json!([{ "name": name, "type": 3, "value": value }])
}

/// A press on the first button of that label, or the choice of that label in a select.
pub(super) fn press_of(on: &Value, label: &str) -> What {
    let (custom_id, value) = find(&on["data"], label).unwrap_or_else(|| panic!("no {label} in {on}"));
    let values: Vec<&str> = value.as_deref().into_iter().collect();
    What { words: format!("presses {label}"), ..What::raw_press(&custom_id, &values) }
}

/// The `custom_id` behind a button's label, or that of a select with the value behind an option's label.
fn find(part: &Value, label: &str) -> Option<(String, Option<String>)> {
    if part["label"] == label && part["type"] == 2 {
        assert_ne!(part["disabled"], true, "{label} can't be pressed");
        return Some((part["custom_id"].as_str()?.to_owned(), None));
    }
    if let Some(option) =
        part["options"].as_array().into_iter().flatten().find(|option| option["label"] == label)
    {
        return Some((part["custom_id"].as_str()?.to_owned(), Some(option["value"].as_str()?.to_owned())));
    }
    let below = part["components"].as_array().into_iter().flatten();
    below.chain(part.get("accessory")).find_map(|part| find(part, label))
}

/// A form, sent with these fields filled in and the others as they were.
pub(super) fn submission(form: &Value, fields: &[(&str, &str)]) -> What {
    let data = &form["data"];
    let labels = data["components"].as_array().unwrap().iter().filter(|part| part["type"] == 18);
    let filled: Vec<Value> = labels
        .map(|label| json!({ "type": 18, "id": 1, "component": fill(&label["component"], fields) }))
        .collect();
    let given: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let given = if given.is_empty() { "as it is".to_owned() } else { format!("with {}", given.join(", ")) };
    let words = format!("sends “{}” {given}", data["title"].as_str().unwrap());
    let channels = json!({ "61": { "id": "61", "name": "staff", "type": 0, "permissions": "0" } });
    let roles = json!({ "90": { "id": "90", "name": "Stewards", "color": 0, "hoist": false, "managed": false,
        "mentionable": false, "permissions": "0", "position": 1, "flags": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null } } });
    let resolved = json!({ "channels": channels, "roles": roles });
    let data = json!({ "custom_id": data["custom_id"], "components": filled, "resolved": resolved });
    What::new(5, words.replace('\n', " / "), data)
}

fn fill(field: &Value, fields: &[(&str, &str)]) -> Value {
    let given = fields.iter().find(|(name, _)| field["custom_id"] == *name).map(|(_, value)| *value);
    let mut filled = json!({ "type": field["type"], "id": 2, "custom_id": field["custom_id"] });
    match field["type"].as_u64().unwrap() {
        4 => filled["value"] = given.unwrap_or_else(|| field["value"].as_str().unwrap_or_default()).into(),
        23 => filled["value"] = given.map_or(field["default"] == true, |given| given == "true").into(),
        _ => {
            filled["values"] = given.map_or_else(|| before(field), |given| given.split_whitespace().collect())
        }
    }
    filled
}

/// What was chosen in a field when it was opened.
fn before(field: &Value) -> Value {
    let options = field["options"].as_array().into_iter().flatten();
    let chosen = options.filter(|option| option["default"] == true).map(|option| option["value"].clone());
    let picked = field["default_values"].as_array().into_iter().flatten().map(|value| value["id"].clone());
    chosen.chain(picked).collect()
}

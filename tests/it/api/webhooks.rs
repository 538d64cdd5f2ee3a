//! Webhooks: a site that hears of changes by itself, and what becomes of those that don't listen.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use simlane::{
    base::digest::sign,
    domain::{id::ClubId, scope::Scope},
    store::audit,
};
use uuid::Uuid;

use super::{
    Site,
    events::{SPA, id, spa},
    everything, on_both,
};
use crate::world::{EventForm, LEASE, Pair, World};

/// What is to be done when a message arrives.
type Act = Box<dyn Fn() + Send>;

/// A club's site that listens.
#[derive(Clone, Default)]
struct Ear {
    acts: Arc<Mutex<VecDeque<Act>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
    url: String,
}

/// A message as it came.
#[derive(Clone, Debug)]
struct Heard {
    body: String,
    headers: HeaderMap,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    fn id(&self) -> &str {
        self.header("webhook-id")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What it tells of.
    fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Asserts that it is signed with that secret, as <https://www.standardwebhooks.com> has it.
    fn is_signed(&self, secret: &str) {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let signed = format!("{}.{}.{}", self.id(), self.header("webhook-timestamp"), self.body);
        let signature = format!("v1,{}", STANDARD.encode(sign(&key, &signed)));
        assert_eq!(self.header("webhook-signature"), signature);
        assert_eq!(self.header("content-type"), "application/json");
    }
}

impl Ear {
    /// One that takes everything, until it is told otherwise.
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/simlane", listener.local_addr().unwrap());
        let ear = Self { url, ..Self::default() };
        let routes = Router::new().route("/simlane", post(Self::hear)).with_state(ear.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        ear
    }

    async fn hear(State(ear): State<Self>, headers: HeaderMap, body: String) -> StatusCode {
        ear.heard.lock().unwrap().push(Heard { body, headers });
        let act = ear.acts.lock().unwrap().pop_front();
        if let Some(act) = act {
            act();
        }
        StatusCode::from_u16(ear.answers.lock().unwrap().pop_front().unwrap_or(204)).unwrap()
    }

    /// Gives the next messages these answers.
    fn answers(&self, statuses: impl IntoIterator<Item = u16>) {
        *self.answers.lock().unwrap() = statuses.into_iter().collect();
    }

    /// What it has heard since it was asked last.
    fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    fn kinds(&self) -> Vec<String> {
        let mut kinds: Vec<String> = self.heard().iter().map(Heard::kind).collect();
        kinds.sort();
        kinds
    }
}

impl Site<'_> {
    /// Makes a webhook, and tells it with its secret.
    async fn listen(&self, club: ClubId, ear: &Ear, events: Value) -> (Value, String) {
        let wanted = json!({ "events": events, "url": ear.url });
        let mut made = self.post(&format!("/clubs/{club}/webhooks"), &wanted).await.ok(201);
        let secret = made.as_object_mut().unwrap().remove("secret").unwrap();
        (made, secret.as_str().unwrap().to_owned())
    }

    async fn webhook(&self, club: ClubId) -> Value {
        let list = self.get(&format!("/clubs/{club}/webhooks")).await.ok(200);
        list["data"][0].clone()
    }
}

/// A club whose site listens to sign-ups and teams, an event, and three people who can sign up.
async fn stage<'w>(world: &'w World, ear: &Ear) -> (ClubId, Site<'w>, Value, Vec<String>, String) {
    let (club, site) = world.club_with_site(everything()).await;
    let people = site.members(world, club, &["Ana Pereira", "Bo Lind"]).await;
    let event = site.event(world, club, &spa()).await;
    let (_, secret) = site.listen(club, ear, json!(["signup.changed", "team.changed"])).await;
    world.settle().await;
    assert!(ear.heard().is_empty(), "nothing has changed yet");
    (club, site, event, people.into_iter().map(|(user, _)| user).collect(), secret)
}

#[tokio::test]
async fn a_site_hears_of_what_changes_wherever_it_does() {
    on_both(|world| async move {
        let ear = Ear::open().await;
        let (club, site, event, people, secret) = stage(&world, &ear).await;
        site.sign_up(&event, &people[0], json!({ "state": "in" })).await.ok(200);
        world.settle().await;
        let heard = ear.heard();
        let [first] = heard.as_slice() else { panic!("{heard:?}") };
        first.is_signed(&secret);
        let told = json!({
            "data": { "club_id": club, "event_id": event["id"], "sequence": 1 },
            "timestamp": "2026-11-10T11:00:00Z", "type": "signup.changed",
        });
        assert_eq!(first.json(), told);
        assert_eq!(first.header("webhook-timestamp"), "1794308400");
        site.sign_up(&event, &people[0], json!({ "state": "in" })).await.ok(200);
        world.settle().await;
        assert_eq!(ear.kinds(), [""; 0], "the same again changes nothing");

        // Somebody presses a button.
        let there = world.member("Bo Lind");
        there.press(&crate::world::Club::of(&world).card(SPA), "Sign up").await.settled().await;
        world.settle().await;
        assert_eq!(ear.kinds(), ["signup.changed"]);
        let red = json!([{ "name": "Red", "members": [{ "user_id": people[0], "duty": "driver" }] }]);
        site.put_teams(&event, red).await.ok(200);
        world.settle().await;
        assert_eq!(ear.kinds(), ["team.changed"]);
        site.post(&format!("/events/{}/teams/finalize", id(&event)), &json!({})).await.ok(200);
        world.settle().await;
        assert_eq!(ear.kinds(), ["signup.changed", "team.changed"], "they are in a team now");
        let webhook = site.webhook(club).await;
        let fields =
            ["delivered_at", "failing_since", "last_error", "disabled_at", "disabled_reason", "secret"];
        assert_eq!(
            fields.map(|field| webhook[field].clone())[1..],
            [Value::Null, Value::Null, Value::Null, Value::Null, Value::Null]
        );
        assert_eq!(webhook["delivered_at"], "2026-11-10T11:00:00Z");

        site.delete(&format!("/clubs/{club}/webhooks/{}", id(&webhook))).await.ok(204);
        site.sign_up(&event, &people[1], json!({ "state": "withdrawn" })).await.ok(200);
        world.settle().await;
        assert_eq!(ear.kinds(), [""; 0]);
        let log = audit::of_club(world.service().store(), club, 200).await.unwrap();
        let mut deeds: Vec<_> = log
            .iter()
            .filter(|entry| entry.subject_kind == "webhook")
            .map(|entry| entry.action.as_str())
            .collect();
        // Those of one instant may stand either way.
        deeds.sort_unstable();
        assert_eq!(deeds, ["webhook.create", "webhook.delete"]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_site_that_fails_is_told_again_and_once() {
    on_both(|world| async move {
        let ear = Ear::open().await;
        let (club, site, event, people, secret) = stage(&world, &ear).await;
        ear.answers([500, 302]);
        site.sign_up(&event, &people[0], json!({ "state": "in" })).await.ok(200);
        world.settle().await;
        let webhook = site.webhook(club).await;
        assert_eq!(
            (&webhook["last_error"], &webhook["failing_since"]),
            (&json!("status 500"), &json!("2026-11-10T11:00:00Z"))
        );
        world.pass(Duration::from_secs(3)).await;
        let first = ear.heard();
        assert_eq!(first.len(), 1, "not yet again");
        world.pass(Duration::from_secs(4)).await;
        let second = ear.heard();
        second[0].is_signed(&secret);
        assert_eq!((second[0].id(), &second[0].body), (first[0].id(), &first[0].body));
        assert_ne!(second[0].header("webhook-timestamp"), first[0].header("webhook-timestamp"));
        // What changes while it waits makes one message of it all, which waits as long.
        for state in ["tentative", "in", "late"] {
            site.sign_up(&event, &people[0], json!({ "state": state })).await.ok(200);
        }
        world.settle().await;
        assert!(ear.heard().is_empty());
        world.pass(Duration::from_secs(20)).await;
        let third = ear.heard();
        assert_eq!((third.len(), &third[0].json()["data"]["sequence"]), (1, &json!(4)));
        assert_ne!(third[0].id(), first[0].id());
        let webhook = site.webhook(club).await;
        assert_eq!((&webhook["last_error"], &webhook["failing_since"]), (&Value::Null, &Value::Null));
        world.pass(Duration::from_secs(3_600)).await;
        assert!(ear.heard().is_empty());
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_is_gone_or_fails_for_days_is_switched_off() {
    on_both(|world| async move {
        let ear = Ear::open().await;
        let (club, site, event, people, _) = stage(&world, &ear).await;
        ear.answers([410]);
        site.sign_up(&event, &people[0], json!({ "state": "in" })).await.ok(200);
        world.settle().await;
        let webhook = site.webhook(club).await;
        assert_eq!(
            (&webhook["disabled_reason"], &webhook["disabled_at"]),
            (&json!("gone"), &json!("2026-11-10T11:00:00Z"))
        );
        site.sign_up(&event, &people[0], json!({ "state": "tentative" })).await.ok(200);
        world.pass(Duration::from_secs(3_600)).await;
        assert_eq!(ear.heard().len(), 1);
        site.delete(&format!("/clubs/{club}/webhooks/{}", id(&webhook))).await.ok(204);

        site.listen(club, &ear, json!(["signup.changed"])).await;
        ear.answers([500; 200]);
        let mut tries = Vec::new();
        for state in ["in", "late", "in", "late", "in"] {
            site.sign_up(&event, &people[0], json!({ "state": state })).await.ok(200);
            world.settle().await;
            for _ in 0..8 {
                world.pass(Duration::from_secs(3 * 3_600 - 120)).await;
            }
            tries.push(ear.heard().len());
        }
        assert!(tries.iter().all(|tries| (2..12).contains(tries)), "{tries:?}");
        let webhook = site.webhook(club).await;
        assert!(webhook["disabled_at"].is_null() && webhook["failing_since"].is_string(), "{webhook}");
        site.sign_up(&event, &people[0], json!({ "state": "late" })).await.ok(200);
        for _ in 0..2 {
            world.pass(Duration::from_secs(4 * 3_600)).await;
        }
        assert!(!ear.heard().is_empty());
        let webhook = site.webhook(club).await;
        let told = (&webhook["disabled_reason"], &webhook["last_error"]);
        assert_eq!(told, (&json!("failing"), &json!("status 500")));
        site.sign_up(&event, &people[0], json!({ "state": "in" })).await.ok(200);
        world.pass(Duration::from_secs(24 * 3_600)).await;
        assert!(ear.heard().is_empty());
        world.end().await;
    })
    .await;
}

/// Is killed once a site has heard a message, before its answer is written down.
async fn killed_while_it_tells(pair: Pair) {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "GT3 x 4", ..EventForm::default() }).await;
    world.settle().await;
    let (operator, ear) = (world.operator(), Ear::open().await);
    let id = operator.get("/clubs").await.ok(200)["data"][0]["id"].as_str().unwrap().parse().unwrap();
    let (_, secret) = operator.listen(ClubId::new(id), &ear, json!(["signup.changed"])).await;
    ear.acts.lock().unwrap().push_back(Box::new(kill));
    world.member("Anna").press(&club.card(SPA), "Sign up").await;
    while ear.heard.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(world.serve_apart().await);
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    world.minute().await;
    let heard = ear.heard();
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert_eq!((heard[0].id(), &heard[0].body), (heard[1].id(), &heard[1].body));
    heard.iter().for_each(|one| one.is_signed(&secret));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_outlives_the_process_on_sqlite() {
    killed_while_it_tells(Pair::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_outlives_the_process_on_postgresql_and_redis() {
    killed_while_it_tells(Pair::Postgres).await;
}

#[tokio::test]
async fn a_webhook_is_made_by_whoever_may() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/webhooks");
        let good = json!({ "events": ["team.changed", "team.changed", "result.changed"], "url": "https://club.example/simlane" });
        let made = site.post(&path, &good).await.ok(201);
        assert_eq!((&made["events"], &made["url"]), (&json!(["result.changed", "team.changed"]), &good["url"]));
        let secret = made["secret"].as_str().unwrap();
        assert_eq!(STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap().len(), 32);
        let listed = site.webhook(club).await;
        assert!(listed["secret"].is_null() && listed["id"] == made["id"], "{listed}");
        for (body, pointer) in [
            (json!({ "events": [], "url": "https://club.example" }), "/events"),
            (json!({ "events": ["all"], "url": "https://club.example" }), "/events/0"),
            (json!({ "events": ["team.changed"], "url": "club.example" }), "/url"),
            (json!({ "events": ["team.changed"], "url": "https://me:pw@club.example" }), "/url"),
            (json!({ "events": ["team.changed"], "url": "https://club.example", "secret": "x" }), "/secret"),
        ] {
            assert_eq!(site.post(&path, &body).await.is_problem(422, "invalid").pointers(), [pointer], "{body}");
        }
        for _ in 1..10 {
            site.post(&path, &good).await.ok(201);
        }
        site.post(&path, &good).await.is_problem(409, "conflict");
        let page = site.get(&format!("{path}?limit=4")).await.ok(200);
        assert_eq!(page["data"].as_array().unwrap().len(), 4);
        let one = format!("{path}/{}", id(&made));
        let narrow = world.site_of(club, [Scope::TeamsWrite]).await;
        for refused in [narrow.get(&path).await, narrow.post(&path, &good).await, narrow.delete(&one).await] {
            refused.is_problem(403, "forbidden");
        }
        let (_, rival) = world.rival().await;
        rival.delete(&one).await.is_problem(404, "not-found");
        site.delete(&one).await.ok(204);
        site.delete(&one).await.is_problem(404, "not-found");
        site.delete(&format!("{path}/{}", Uuid::nil())).await.is_problem(404, "not-found");
        world.end().await;
    })
    .await;
}

//! A process against a Discord that knows a few routes and can be away.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use tempfile::TempDir;
use twilight_model::id::Id;

use super::*;
use crate::{
    domain::{id::OwnerId, owner::Rank},
    service::desk::{FollowUpKind, LateAnswer},
    store::{bot_settings, guilds, owners},
};

/// The far end: what it was asked, and how it answers.
#[derive(Clone, Default)]
struct Far {
    asked: Arc<Mutex<Vec<String>>>,
    /// How many requests it still refuses with a 500.
    broken: Arc<AtomicU32>,
    /// How many requests about interactions it still knows nothing of.
    unknown: Arc<AtomicU32>,
}

impl Far {
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

async fn answer(State(far): State<Far>, request: Request) -> Response {
    let line = format!("{} {}", request.method(), request.uri().path().trim_start_matches("/api/v10"));
    far.asked.lock().unwrap().push(line.clone());
    let counts_down =
        |left: &AtomicU32| left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
    if counts_down(&far.broken).is_ok() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if line.contains("/webhooks/") && counts_down(&far.unknown).is_ok() {
        let unknown = json!({ "code": 10015, "message": "Unknown Webhook" });
        return (StatusCode::NOT_FOUND, axum::Json(unknown)).into_response();
    }
    axum::Json(json!({ "id": "9", "username": "Simlane" })).into_response()
}

struct Stage {
    clock: Clock,
    far: Far,
    folder: TempDir,
    url: String,
}

impl Stage {
    async fn new() -> Self {
        let far = Far::default();
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        Self { clock, url: far.start().await, far, folder: tempfile::tempdir().unwrap() }
    }

    fn config(&self, role: Role) -> Config {
        let database = format!("sqlite://{}/simlane.db?mode=rwc", self.folder.path().display());
        let lookup = |name: &str| {
            let value = match name {
                "DATABASE_URL" => database.as_str(),
                "DISCORD_API_URL" => self.url.as_str(),
                "DISCORD_APPLICATION_ID" => "1174",
                "DISCORD_BOT_TOKEN" => "a.bot.token",
                "DISCORD_CLIENT_SECRET" => "a-client-secret",
                "DISCORD_PUBLIC_KEY" => "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
                "LISTEN_ADDR" | "OPERATOR_ADDR" => "127.0.0.1:0",
                "SECRET_KEY" => "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2",
                _ => return None,
            };
            Some(value.to_owned())
        };
        // A role alone is told apart by the parser only in what it must share with others.
        Config { role, ..Config::parse(Role::All, lookup, &Ids::system()).unwrap() }
    }

    fn parts(&self) -> Parts {
        let timings = Timings { sweep: None, ..Timings::default() };
        Parts { clock: self.clock.clone(), ids: Ids::system(), timings }
    }

    async fn start(&self) -> Running {
        App::start(self.config(Role::All), self.parts()).await.unwrap()
    }
}

/// A late answer is owed.
async fn owe(running: &Running, kind: FollowUpKind) {
    let answer = LateAnswer {
        body: json!({ "content": "done" }),
        kind,
        request_id: "test".to_owned(),
        token: "token".into(),
    };
    running.core.service.late(answer).await.unwrap();
}

/// Something is due in a guild, by the database alone.
async fn due(running: &Running) {
    let (store, now) = (running.store(), running.parts.clock.now());
    let tx = store.begin().await.unwrap();
    guilds::see(&tx, Id::new(7), guilds::Sighting::default(), now).await.unwrap();
    owners::request(&tx, &[OwnerId::of_guild(Id::new(7))], Rank::People, now).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn commands_are_written_once_for_as_long_as_they_stay_the_same() {
    let stage = Stage::new().await;
    let running = stage.start().await;
    running.settle().await.unwrap();
    assert_eq!(stage.far.asked(), ["PUT /applications/1174/commands"]);
    running.stop().await.unwrap();

    let running = stage.start().await;
    running.settle().await.unwrap();
    assert_eq!(stage.far.asked(), [""; 0]);
    let known = bot_settings::get(running.store()).await.unwrap();
    assert_eq!((known.commands_at, known.commands_error), (Some(stage.clock.now()), None));
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_failed_registration_is_remembered_and_stops_nothing() {
    let stage = Stage::new().await;
    stage.far.broken.store(1, Ordering::SeqCst);
    let running = stage.start().await;
    running.settle().await.unwrap();
    let known = bot_settings::get(running.store()).await.unwrap();
    assert!(known.commands_error.unwrap().contains("500"));
    running.core.registrar.register().await.unwrap();
    let known = bot_settings::get(running.store()).await.unwrap();
    assert_eq!(known.commands_error, None);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn what_nobody_rang_for_is_found_by_the_sweep() {
    let stage = Stage::new().await;
    let running = stage.start().await;
    running.settle().await.unwrap();
    due(&running).await;
    assert!(!running.idle().await);
    assert_eq!(running.tick().await.unwrap().guilds, 1);
    running.settle().await.unwrap();
    let known = bot_settings::get(running.store()).await.unwrap();
    assert!(known.bot_user == Some(Id::new(9)) && known.commands_hash.is_some(), "{known:?}");
    running.stop().await.unwrap();
}

/// What it was for was done by then: a ring that waits is nothing that is left to do.
#[tokio::test]
async fn a_ring_that_comes_late_leaves_nothing_to_do() {
    let stage = Stage::new().await;
    let running = App::start(stage.config(Role::Web), stage.parts()).await.unwrap();
    let late = Job::Wake { guild: 7, request_id: "late".to_owned() };
    running.core.queue.push(late).await.unwrap();
    assert_eq!(running.core.queue.depth().await, Ok(1));
    assert!(running.idle().await, "{:?}", running.left().await);
    due(&running).await;
    let left = running.left().await.unwrap().unwrap();
    assert!(left.contains("1 owners due"), "{left}");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_late_answer_waits_until_discord_knows_its_interaction() {
    let stage = Stage::new().await;
    let running = stage.start().await;
    running.settle().await.unwrap();
    stage.far.asked();
    stage.far.unknown.store(1, Ordering::SeqCst);
    owe(&running, FollowUpKind::Original).await;
    running.settle().await.unwrap();
    assert_eq!(stage.far.asked(), ["PATCH /webhooks/1174/token/messages/@original"; 2]);
    owe(&running, FollowUpKind::Message).await;
    running.settle().await.unwrap();
    assert_eq!(stage.far.asked(), ["POST /webhooks/1174/token"]);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_late_answer_that_discord_never_heard_of_is_given_up() {
    let stage = Stage::new().await;
    let running = stage.start().await;
    running.settle().await.unwrap();
    stage.far.asked();
    stage.far.unknown.store(u32::MAX, Ordering::SeqCst);
    owe(&running, FollowUpKind::Original).await;
    running.settle().await.unwrap();
    assert_eq!(stage.far.asked().len(), 4);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn one_that_was_killed_leaves_everything_to_its_successor() {
    let stage = Stage::new().await;
    let killed = stage.start().await;
    killed.settle().await.unwrap();
    let address = killed.public();
    due(&killed).await;
    owe(&killed, FollowUpKind::Message).await;
    killed.kill().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());

    let running = stage.start().await;
    running.settle().await.unwrap();
    assert!(running.idle().await);
    assert_eq!(stage.far.asked().iter().filter(|line| line.starts_with("POST")).count(), 1);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_tick_does_what_is_due_and_returns() {
    let stage = Stage::new().await;
    let web = App::start(stage.config(Role::Web), stage.parts()).await.unwrap();
    due(&web).await;
    owe(&web, FollowUpKind::Message).await;
    web.stop().await.unwrap();
    assert_eq!(stage.far.asked(), [""; 0], "who answers people calls nobody");

    App::tick(&stage.config(Role::All), &stage.parts(), CancellationToken::new()).await.unwrap();
    let mut asked = stage.far.asked();
    asked.sort();
    assert_eq!(asked, ["GET /users/@me", "POST /webhooks/1174/token"]);
}

#[tokio::test]
async fn a_worker_says_that_it_lives_and_nothing_else() {
    let stage = Stage::new().await;
    let running = App::start(stage.config(Role::Worker), stage.parts()).await.unwrap();
    let client = discord::client().unwrap();
    for (path, status) in [("/healthz", 200), ("/readyz", 404), ("/interactions", 404)] {
        let answer = client.get(format!("http://{}{path}", running.public())).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
    tokio::time::timeout(Duration::from_secs(5), running.stop()).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let stage = Stage::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = stage.config(Role::All);
    config.listeners.listen = taken.local_addr().unwrap();
    let error = App::start(config, stage.parts()).await.err().unwrap();
    assert_eq!(error.to_string(), format!("can't listen on {}", taken.local_addr().unwrap()));
}

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{
    Mutex,
    atomic::{AtomicU16, Ordering},
};

use axum::{Router, body::Bytes, extract::State as Shared, http::HeaderMap, http::StatusCode, routing::post};
use simlane::base::clock::Clock;

use super::*;
use crate::Options;

/// A service that answers as it is told.
#[derive(Clone, Default)]
struct Service {
    status: Arc<AtomicU16>,
    told: Arc<Mutex<Vec<Value>>>,
}

impl Service {
    fn told(&self) -> Vec<Value> {
        self.told.lock().unwrap().clone()
    }

    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }
}

async fn take(Shared(service): Shared<Service>, headers: HeaderMap, body: Bytes) -> StatusCode {
    assert!(headers.contains_key("x-signature-ed25519") && headers.contains_key("x-signature-timestamp"));
    service.told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
    StatusCode::from_u16(service.status.load(Ordering::Relaxed)).unwrap()
}

async fn world() -> (Discord, Guild, Service) {
    let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
    let discord = Discord::start(Options::on(clock)).await.unwrap();
    let service = Service::default();
    service.answers(204);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    discord.deliver_to(&format!("http://{}", listener.local_addr().unwrap()));
    let router = Router::new().route("/webhook-events", post(take)).with_state(service.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let guild = discord.guild("Club");
    (discord, guild, service)
}

/// Waits until an event was told so often.
async fn told(discord: &Discord, times: usize) -> WebhookEvent {
    for _ in 0..500 {
        let event = discord.webhook_events().pop().unwrap();
        if event.attempts.len() >= times {
            return event;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    unreachable!("it was never told {times} times: {:?}", discord.webhook_events())
}

#[tokio::test]
async fn an_installation_names_guild_and_user_and_a_removal_only_the_user() {
    let (discord, guild, service) = world().await;
    let ana = guild.organiser("Ana");
    guild.uninstall(&ana).await;
    guild.install(&ana).await;
    ana.deauthorize().await;
    let told: Vec<_> = service.told().iter().map(|told| told["event"].clone()).collect();
    let names: Vec<_> = told.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(names, ["APPLICATION_DEAUTHORIZED", "APPLICATION_AUTHORIZED", "APPLICATION_DEAUTHORIZED"]);
    assert_eq!(told[0]["data"].as_object().unwrap().keys().collect::<Vec<_>>(), ["user"]);
    assert_eq!(told[0]["data"]["user"]["id"], json!(ana.id()));
    let data = &told[1]["data"];
    assert_eq!((&data["guild"]["id"], &data["user"]["id"]), (&json!(guild.id()), &json!(ana.id())));
    assert_eq!(
        (&data["integration_type"], &data["scopes"]),
        (&json!(0), &json!(["applications.commands", "bot"]))
    );
    assert_eq!(guild.bot_permissions(), Permissions::SIMLANE);
    let actions: Vec<_> = guild.audit_log().iter().map(|entry| entry.action).collect();
    assert_eq!(actions[1..], [20, 28]);
    // A kick is told nobody.
    guild.remove_bot();
    assert_eq!(discord.webhook_events().len(), 3);
    assert!(discord.webhook_events().iter().all(WebhookEvent::is_taken));
    discord.assert_clean();
}

#[tokio::test]
async fn the_authorize_page_tells_too() {
    let (discord, guild, service) = world().await;
    let ana = guild.organiser("Ana");
    let address = |scope: &str| {
        format!("{}/oauth2/authorize?client_id={}&scope={scope}", discord.url(), discord.application().id)
    };
    ana.authorize(&address("bot")).await;
    discord.register_redirect("http://127.0.0.1:9/");
    let login = address("identify") + "&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2F";
    ana.authorize(&login).await;
    ana.decline(&login).await;
    let told = service.told();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0]["event"]["data"]["guild"]["id"], json!(guild.id()));
    let data = &told[1]["event"]["data"];
    assert_eq!((data.get("guild"), data.get("integration_type")), (None, None));
    assert_eq!(data["scopes"], json!(["identify"]));
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_for_ten_minutes_ever_more_slowly() {
    let (discord, guild, service) = world().await;
    service.answers(500);
    let ana = guild.organiser("Ana");
    guild.install(&ana).await;
    assert_eq!(told(&discord, 1).await.attempts[0].status, Some(500));
    discord.clock().advance(Duration::from_secs(3));
    told(&discord, 3).await;
    service.answers(204);
    discord.clock().advance(Duration::from_secs(4));
    assert!(told(&discord, 4).await.is_taken());
    let bodies = service.told();
    assert!(bodies.iter().all(|body| *body == bodies[0]), "it is the same event");

    service.answers(503);
    guild.uninstall(&ana).await;
    discord.clock().advance(Duration::from_secs(3_600));
    assert!(!told(&discord, 1 + AGAIN.len()).await.is_taken());
    assert_eq!(AGAIN.iter().filter(|seconds| **seconds > 600).count(), 0);
    discord.assert_clean();
}

#[tokio::test]
async fn a_service_that_is_nowhere_is_told_nothing_and_one_that_answers_otherwise_is_complained_about() {
    let discord =
        Discord::start(Options::on(Clock::manual("2026-12-05T14:00:00Z".parse().unwrap()))).await.unwrap();
    let guild = discord.guild("Club");
    guild.install(&guild.owner()).await;
    assert!(discord.webhook_events().is_empty());
    let (discord, guild, service) = world().await;
    service.answers(200);
    guild.install(&guild.owner()).await;
    assert!(discord.take_complaints()[0].what.contains("not 204"));
}

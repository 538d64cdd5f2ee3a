//! The rules of sending, each against a server that misbehaves in its own way.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use crate::base::clock::Clock;
use crate::discord::{
    ChannelEdit, Class, Discord, Error, Gone, Outcome, ReadPort as _, Stop, WritePort as _,
    testing::{Reply, Server, TOKEN, at, clock, discord},
};

const GUILD: Id<GuildMarker> = Id::new(1);
const CHANNEL: Id<ChannelMarker> = Id::new(10);
const OTHER: Id<ChannelMarker> = Id::new(11);

/// Long enough for a busy machine.
const PATIENT: Duration = Duration::from_secs(10);

fn ok() -> Reply {
    Reply::json(200, &json!({ "id": "10", "name": "race", "type": 0 }))
}

fn limited(retry_after: f64, global: bool) -> Reply {
    Reply::json(429, &json!({ "message": "limited", "retry_after": retry_after, "global": global }))
}

async fn rename(discord: &Discord, channel: Id<ChannelMarker>) -> Result<(), Error> {
    let edit = ChannelEdit { name: Some("race".into()), ..ChannelEdit::default() };
    discord.edit_channel(channel, &edit, "why").await.map(drop)
}

fn in_seconds(clock: &Clock, seconds: f64) -> Timestamp {
    clock.now() + Duration::from_secs_f64(seconds)
}

#[tokio::test]
async fn a_request_bears_token_agent_and_reason() {
    let server = Server::start([ok()]).await;
    let discord = discord(&server, &clock(), PATIENT);
    discord.delete_channel(CHANNEL, "putting away: Nürburgring").await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.line, "DELETE /api/v10/channels/10");
    assert_eq!(seen.headers["authorization"], format!("Bot {TOKEN}"));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(seen.headers["user-agent"], format!("DiscordBot (https://club.example/, {version})"));
    assert_eq!(seen.headers["x-audit-log-reason"], "putting%20away%3A%20N%C3%BCrburgring");
}

#[tokio::test]
async fn a_refused_connection_is_not_done() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let discord = at(&format!("http://{address}"), &clock(), PATIENT);
    let error = discord.channel(CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::NotDone), "{error}");
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_the_call_is_made_once() {
    for reply in [Reply::Drop, Reply::CutShort] {
        let server = Server::start([reply.clone(), ok()]).await;
        let discord = discord(&server, &clock(), PATIENT);
        let error = rename(&discord, CHANNEL).await.unwrap_err();
        assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::Unknown), "{error}");
        assert_eq!(server.seen().len(), 1, "{reply:?}");
    }
}

#[tokio::test]
async fn a_server_error_is_unknown_and_an_unreadable_success_too() {
    let broken = Reply::Whole(502, Vec::new(), "<html>bad gateway".into());
    let odd = Reply::json(200, &json!({ "id": "not an id" }));
    let server = Server::start([broken, odd]).await;
    let discord = discord(&server, &clock(), PATIENT);
    for _ in 0..2 {
        let error = rename(&discord, CHANNEL).await.unwrap_err();
        assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::Unknown), "{error}");
    }
}

#[tokio::test]
async fn a_call_ends_at_its_deadline() {
    let server = Server::start([Reply::Hang]).await;
    let discord = discord(&server, &clock(), Duration::from_millis(100));
    let error = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::Unknown));
    insta::assert_snapshot!(error, @"PATCH /channels/10: no answer within the deadline");
}

/// An answer after which the bucket is empty.
fn last_of_bucket(reset_after: &str) -> Reply {
    ok().with("x-ratelimit-bucket", "b")
        .with("x-ratelimit-limit", "1")
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-reset-after", reset_after)
}

#[tokio::test]
async fn the_deadline_includes_the_wait_for_a_turn() {
    let server = Server::start([last_of_bucket("1.0"), Reply::Hang]).await;
    let discord = discord(&server, &Clock::system(), Duration::from_millis(1_200));
    rename(&discord, CHANNEL).await.unwrap();
    let start = tokio::time::Instant::now();
    let error = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((server.seen().len(), error.outcome()), (2, Outcome::Unknown), "it waited, then hung");
    assert!(start.elapsed() < Duration::from_secs(2), "one deadline for both");
}

#[tokio::test]
async fn a_call_that_gets_no_turn_is_not_done() {
    let slow = Reply::Slow(Duration::from_millis(200), Box::new(last_of_bucket("30")));
    let server = Server::start([slow]).await;
    let clock = Clock::system();
    let discord = discord(&server, &clock, Duration::from_millis(500));
    // The second one queues up before anyone knows that the bucket holds one.
    let (first, second) = tokio::join!(rename(&discord, CHANNEL), rename(&discord, CHANNEL));
    first.unwrap();
    let error = second.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone);
    assert!(matches!(error.class(), Class::RetryAt(at) if at > clock.now()), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_empty_bucket_that_resets_too_late_is_not_waited_for() {
    let server = Server::start([last_of_bucket("30")]).await;
    for clock in [clock(), Clock::system()] {
        let discord = discord(&server, &clock, Duration::from_secs(5));
        let (before, sent) = (clock.now(), server.seen().len());
        rename(&discord, CHANNEL).await.unwrap();
        // The limiter hears of the answer in a task of its own.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let error = rename(&discord, CHANNEL).await.unwrap_err();
        let Class::RetryAt(at) = error.class() else { panic!("{error}") };
        assert!((25..=31).contains(&at.duration_since(before).as_secs()), "{error}");
        assert_eq!(error.outcome(), Outcome::NotDone);
        assert_eq!(server.seen().len(), sent + 1);
    }
}

#[tokio::test]
async fn a_short_wait_for_the_bucket_is_made_within_the_call() {
    let server = Server::start([last_of_bucket("0.3")]).await;
    let discord = discord(&server, &Clock::system(), PATIENT);
    let start = tokio::time::Instant::now();
    rename(&discord, CHANNEL).await.unwrap();
    rename(&discord, CHANNEL).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn no_more_than_fifty_requests_go_out_in_a_second() {
    let server = Server::start([ok()]).await;
    let discord = discord(&server, &Clock::system(), PATIENT);
    let start = tokio::time::Instant::now();
    let reads = (1..=51).map(|id| discord.channel(Id::new(id)));
    for read in futures::future::join_all(reads).await {
        read.unwrap();
    }
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_429_parks_its_bucket_and_nothing_else_until_its_instant() {
    let server = Server::start([limited(424.5, false).with("x-ratelimit-scope", "user"), ok()]).await;
    let clock = clock();
    let discord = discord(&server, &clock, PATIENT);
    let until = in_seconds(&clock, 424.5);

    let error = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::RetryAt(until), Outcome::NotDone));
    clock.advance(Duration::from_secs(424));
    for _ in 0..100 {
        let error = rename(&discord, CHANNEL).await.unwrap_err();
        assert_eq!(error.class(), Class::RetryAt(until), "{error}");
    }
    assert_eq!(server.seen().len(), 1, "a parked call makes no request");

    rename(&discord, OTHER).await.unwrap();
    discord.channel(CHANNEL).await.unwrap();
    discord.delete_channel(CHANNEL, "why").await.unwrap();
    clock.set(until);
    rename(&discord, CHANNEL).await.unwrap();
}

#[tokio::test]
async fn calls_that_queue_behind_a_429_are_parked_with_it() {
    let server =
        Server::start([Reply::Slow(Duration::from_millis(100), Box::new(limited(60.0, false)))]).await;
    for clock in [clock(), Clock::system()] {
        let sent = server.seen().len();
        let discord = discord(&server, &clock, PATIENT);
        let calls = futures::future::join_all((0..20).map(|_| rename(&discord, CHANNEL))).await;
        assert!(
            calls.iter().flat_map(|call| call.as_ref().err()).all(|e| matches!(e.class(), Class::RetryAt(_)))
        );
        assert_eq!(server.seen().len(), sent + 1);
    }
}

#[tokio::test]
async fn a_global_429_parks_everything_but_replies_to_interactions() {
    let server = Server::start([limited(3.0, true), ok()]).await;
    let clock = clock();
    let discord = discord(&server, &clock, PATIENT);
    let until = in_seconds(&clock, 3.0);
    assert_eq!(rename(&discord, CHANNEL).await.unwrap_err().class(), Class::RetryAt(until));
    assert_eq!(rename(&discord, OTHER).await.unwrap_err().class(), Class::RetryAt(until));
    assert_eq!(discord.guild_channels(GUILD).await.unwrap_err().class(), Class::RetryAt(until));
    assert_eq!(server.seen().len(), 1);
    discord.edit_original(Id::new(9), &SecretString::from("t"), &json!({})).await.unwrap();
    clock.set(until);
    rename(&discord, CHANNEL).await.unwrap();
}

#[tokio::test]
async fn a_429_from_before_discord_parks_replies_too() {
    let blocked = Reply::Whole(429, Vec::new(), "error code: 1015".into()).with("retry-after", "60");
    let server = Server::start([blocked]).await;
    let clock = clock();
    let discord = discord(&server, &clock, PATIENT);
    let until = in_seconds(&clock, 60.0);
    assert_eq!(rename(&discord, CHANNEL).await.unwrap_err().class(), Class::RetryAt(until));
    let reply = discord.edit_original(Id::new(9), &SecretString::from("t"), &json!({})).await;
    assert_eq!(reply.unwrap_err().class(), Class::RetryAt(until));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn write_and_edit_limits_wait_whatever_their_status() {
    for (status, code) in [(429, 30_046), (400, 30_046), (403, 20_028), (400, 20_029)] {
        let body = json!({ "message": "m", "code": code, "retry_after": 20.0 });
        let server = Server::start([Reply::json(status, &body)]).await;
        let clock = clock();
        let discord = discord(&server, &clock, PATIENT);
        for _ in 0..2 {
            let error = discord.edit_message(CHANNEL, Id::new(5), &json!({})).await.unwrap_err();
            assert_eq!(error.class(), Class::RetryAt(in_seconds(&clock, 20.0)), "{error}");
        }
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_refused_token_stops_everything_until_it_is_tried_again() {
    let refused = Reply::json(401, &json!({ "message": "401: Unauthorized", "code": 0 }));
    let server = Server::start([refused, ok()]).await;
    let discord = discord(&server, &clock(), PATIENT);
    let first = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((first.class(), first.outcome()), (Class::Broken, Outcome::NotDone));
    let second = discord.guild_channels(GUILD).await.unwrap_err();
    assert!(first.token_refused() && second.token_refused());
    let reply = discord.edit_original(Id::new(9), &SecretString::from("t"), &json!({})).await;
    assert!(reply.unwrap_err().token_refused());
    assert_eq!(discord.stopped(), Some(Stop::TokenRefused));
    assert_eq!(server.seen().len(), 1);

    discord.retry_token();
    rename(&discord, CHANNEL).await.unwrap();
    assert_eq!(discord.stopped(), None);
}

#[tokio::test]
async fn an_expired_interaction_token_is_gone_and_stops_nothing() {
    let body = json!({ "message": "Invalid Webhook Token", "code": 50_027 });
    let server = Server::start([Reply::json(401, &body), ok()]).await;
    let discord = discord(&server, &clock(), PATIENT);
    let reply = discord.edit_original(Id::new(9), &SecretString::from("t0k3n"), &json!({})).await;
    let error = reply.unwrap_err();
    assert_eq!(error.class(), Class::Gone(Gone::Webhook));
    insta::assert_snapshot!(
        error,
        @"PATCH /webhooks/9/…/messages/@original: Invalid Webhook Token (status 401, code 50027)"
    );
    assert_eq!(discord.stopped(), None);
}

#[tokio::test]
async fn a_thousand_invalid_answers_stop_all_sending() {
    let forbidden = Reply::json(403, &json!({ "message": "Missing Permissions", "code": 50_013 }));
    let server = Server::start([forbidden]).await;
    let clock = clock();
    let discord = discord(&server, &clock, PATIENT);
    let now = clock.now();
    let error = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.code()), (Class::Forbidden, Some(50_013)));
    for _ in 1..1_000 {
        discord.transport.guard.count_invalid(now);
    }
    let until = in_seconds(&clock, 600.0);
    let error = discord.channel(CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::RetryAt(until), Outcome::NotDone));
    assert_eq!(discord.stopped(), Some(Stop::TooManyInvalid { until }));
    assert_eq!(server.seen().len(), 1);
    clock.set(until);
    assert_eq!(rename(&discord, CHANNEL).await.unwrap_err().class(), Class::Forbidden);
}

#[tokio::test]
async fn a_403_from_before_discord_says_nothing_about_permissions() {
    let server = Server::start([Reply::Whole(403, Vec::new(), "<html>blocked".into())]).await;
    let discord = discord(&server, &clock(), PATIENT);
    let error = rename(&discord, CHANNEL).await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::NotDone), "{error}");
}

#[tokio::test]
async fn what_discord_counts_is_counted_and_nothing_else() {
    let shared = limited(0.1, false).with("x-ratelimit-scope", "shared");
    let gone = Reply::json(404, &json!({ "message": "Unknown Channel", "code": 10_003 }));
    let forbidden = Reply::json(403, &json!({ "message": "Missing Access", "code": 50_001 }));
    for (reply, counted) in [(shared, 0), (gone, 0), (limited(0.1, false), 1), (forbidden, 1)] {
        let server = Server::start([reply.clone()]).await;
        let clock = clock();
        let discord = discord(&server, &clock, PATIENT);
        rename(&discord, CHANNEL).await.unwrap_err();
        for _ in 1..1_000 {
            discord.transport.guard.count_invalid(clock.now());
        }
        assert_eq!(discord.stopped().is_some(), counted == 1, "{reply:?}");
    }
}

#[tokio::test]
async fn no_error_shows_a_token() {
    let bodies = [format!("you sent {TOKEN}"), "/webhooks/9/t0k3n is not yours".into()];
    let leaky = bodies.map(|message| Reply::json(400, &json!({ "message": message, "code": 50_035 })));
    for reply in leaky.into_iter().chain([Reply::Drop, Reply::Hang, Reply::CutShort]) {
        let server = Server::start([reply]).await;
        let discord = discord(&server, &clock(), Duration::from_millis(200));
        let token = SecretString::from("t0k3n");
        let errors = [
            discord.edit_original(Id::new(9), &token, &json!({})).await.unwrap_err(),
            discord.follow_up(Id::new(9), &token, &json!({})).await.unwrap_err(),
        ];
        for error in errors {
            let text = format!("{error} {error:?} {discord:?}");
            assert!(!text.contains("t0k3n") && !text.contains("secret"), "{text}");
        }
    }
    let nowhere = at("http://127.0.0.1:1", &clock(), PATIENT);
    let error =
        nowhere.edit_original(Id::new(9), &SecretString::from("t0k3n"), &json!({})).await.unwrap_err();
    assert!(!format!("{error:?}").contains("t0k3n"), "{error}");
}

#[tokio::test]
async fn what_breaks_a_rule_of_discords_is_never_sent() {
    let server = Server::start([ok()]).await;
    let discord = discord(&server, &clock(), PATIENT);
    let edit = ChannelEdit { name: Some("x".repeat(101)), ..ChannelEdit::default() };
    let error = discord.edit_channel(CHANNEL, &edit, "why").await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::NotDone), "{error}");
    let error = discord.send_message(CHANNEL, &Value::from(3), "nonce").await.unwrap_err();
    assert_eq!((error.class(), error.outcome()), (Class::Broken, Outcome::NotDone), "{error}");
    assert!(server.seen().is_empty());
}

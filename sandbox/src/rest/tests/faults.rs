use std::sync::{Arc, Mutex};

use super::*;
use crate::{
    Fault, FaultKind, Match, Moment, Times,
    faults::{FaultId, Gate},
};

const CREATE: &str = "POST /guilds/{guild_id}/channels";

fn inject(world: &World, on: Match, times: Times, kind: FaultKind) -> FaultId {
    world.discord.faults().inject(Fault { on, times, kind })
}

async fn try_create(world: &World, name: &str) -> reqwest::Result<Got> {
    let body = json!({ "name": name });
    world.send(world.request("POST", &format!("/guilds/{}/channels", world.guild.id()), Some(&body))).await
}

fn made(world: &World, name: &str) -> bool {
    world.guild.channel_named(name).is_some()
}

#[tokio::test]
async fn a_connection_is_dropped_before_or_after_the_effect() {
    let world = World::new().await;
    inject(&world, Match::route(CREATE), Times::Once, FaultKind::DropBefore);
    inject(&world, Match::route(CREATE).nth(2), Times::Once, FaultKind::DropAfter);
    assert!(try_create(&world, "a").await.unwrap_err().is_request());
    assert!(!made(&world, "a"));
    assert!(try_create(&world, "b").await.unwrap_err().is_request());
    assert!(made(&world, "b"));
    assert_eq!(try_create(&world, "c").await.unwrap().status, 201);
    let seen: Vec<_> = world.discord.calls().iter().map(|call| (call.status, call.took_effect)).collect();
    assert_eq!(seen, [(None, false), (None, true), (Some(201), true)]);
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_fault_counts_its_own_calls_from_when_it_was_injected() {
    let world = World::new().await;
    world.channel(json!({ "name": "before" })).await;
    let broken = FaultKind::Status { status: 500, code: 0 };
    let id = inject(&world, Match::route(CREATE).nth(2), Times::N(2), broken);
    let mut statuses = Vec::new();
    for n in 0..4 {
        world.get("/users/@me").await;
        statuses.push(try_create(&world, &format!("c{n}")).await.unwrap().status.as_u16());
    }
    assert_eq!(statuses, [201, 500, 500, 201]);
    assert_eq!(world.discord.faults().fired(id), 2);
    let forever =
        inject(&world, Match::any(), Times::UntilCleared, FaultKind::Status { status: 403, code: 50013 });
    for _ in 0..3 {
        assert_eq!(world.get("/users/@me").await.error(), (403, 50013));
    }
    world.discord.faults().clear(forever);
    assert_eq!(world.get("/users/@me").await.status, 200);
}

#[tokio::test]
async fn an_injected_429_lasts_as_long_as_it_says() {
    let world = World::new().await;
    let general = world.general();
    let limited =
        |global| FaultKind::RateLimited { retry_after: Duration::from_secs(30), global, scope: "shared" };
    inject(&world, Match::route("POST /channels/{channel_id}/messages"), Times::Once, limited(false));
    let refused = world.say(general, "x").await;
    assert_eq!(
        (refused.body["retry_after"].as_f64(), refused.header("x-ratelimit-scope")),
        (Some(30.0), "shared")
    );
    assert_eq!(refused.header("x-ratelimit-remaining"), "0");
    world.advance(29);
    assert_eq!(world.say(general, "x").await.status, 429);
    assert_eq!(world.get("/users/@me").await.status, 200);
    world.advance(1);
    assert_eq!(world.say(general, "x").await.status, 200);
    inject(&world, Match::any(), Times::Once, limited(true));
    assert_eq!(world.get("/users/@me").await.body["global"], true);
    assert_eq!(world.say(general, "x").await.body["global"], true);
    world.advance(30);
    assert_eq!(world.say(general, "x").await.status, 200);
    world.discord.assert_clean();
}

#[tokio::test]
async fn what_hangs_takes_effect_after_the_client_has_gone() {
    let world = World::new().await;
    let lasting = Duration::from_secs(60);
    inject(&world, Match::route(CREATE), Times::Once, FaultKind::Hang { before_effect: true, lasting });
    let url = format!("{}/api/v10/guilds/{}/channels", world.discord.url(), world.guild.id());
    let token = format!("Bot {}", world.discord.application().bot_token);
    let hanging = world.client.post(url).header("authorization", token).json(&json!({ "name": "late" }));
    let gone = hanging.timeout(Duration::from_millis(200)).send().await;
    assert!(gone.unwrap_err().is_timeout());
    assert!(!made(&world, "late"));
    world.discord.clock().advance(lasting);
    for _ in 0..100 {
        if made(&world, "late") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    unreachable!("the effect never landed");
}

#[tokio::test]
async fn a_gate_holds_a_call_until_it_is_opened() {
    let world = World::new().await;
    let gate = Gate::closed();
    let kind = FaultKind::Hold { before_effect: false, gate: gate.clone() };
    inject(&world, Match::route(CREATE), Times::Once, kind);
    let test = async {
        gate.arrived(1).await;
        assert!(made(&world, "held"), "it is done, but not answered");
        assert_eq!(world.discord.calls()[0].status, None);
        gate.open();
    };
    let (answer, ()) = tokio::join!(try_create(&world, "held"), test);
    assert_eq!(answer.unwrap().status, 201);
}

#[tokio::test]
async fn errors_after_the_effect_and_pages_that_are_no_json() {
    let world = World::new().await;
    inject(&world, Match::route(CREATE), Times::Once, FaultKind::StatusAfter { status: 502, code: 0 });
    let answer = try_create(&world, "a").await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (502, "text/html"));
    assert!(made(&world, "a"));
}

#[tokio::test]
async fn hooks_run_around_the_effect_of_the_calls_they_are_for() {
    let world = World::new().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (log, guild) = (Arc::clone(&seen), world.guild.clone());
    let on = Match::route(CREATE).in_guild(world.guild.id()).when(|call| call.body.is_some()).nth(2);
    world.discord.faults().on_call(on, move |moment, call| {
        let name = call.body.as_ref().unwrap()["name"].as_str().unwrap().to_owned();
        log.lock().unwrap().push((moment, guild.channel_named(&name).is_some(), name));
    });
    for name in ["a", "b", "c"] {
        try_create(&world, name).await.unwrap();
    }
    let expected =
        [(Moment::BeforeEffect, false, "b".to_owned()), (Moment::AfterEffect, true, "b".to_owned())];
    assert_eq!(*seen.lock().unwrap(), expected);
}

//! The service is killed with SIGKILL at calls in an event's life, by default at the first and the last of every route, at night at
//! each: before Discord has done what it asks for, and after. A successor takes over, and a minute later exactly one of everything
//! exists, and what should exist does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{StreamExt, stream};
use sandbox::{Fault, FaultKind, Match, Moment, Times};

use crate::{
    life::{Act, Spot, Undisturbed},
    world::{Dead, LEASE, Pair, World, be_the_service, difference, picture},
};

/// How many lives are lived at once: most of their time they wait for a lease to run out.
const AT_ONCE: usize = 8;

/// When the service dies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Death {
    /// Before Discord has received the call: it never happens.
    Unheard,
    /// Once Discord has received the call and before it is done: it happens all the same.
    Heard,
    /// Once it is done, before the answer arrives.
    Done,
}

#[tokio::test]
async fn a_process_does_as_it_is_told_and_dies() {
    if be_the_service().await {
        return;
    }
    let world = World::before(Pair::Sqlite).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    world.club().await;
    kill();
    assert_eq!(world.try_settle().await, Err(Dead));
    let reply = world.guild.organiser("Olivia").slash("ping").send().await;
    assert!(reply.failure().is_some(), "{}", reply.text());
    drop(world.serve_apart().await);
    world.end().await;
}

/// Lives until the call at `spot`, is killed there, and compares the guild with how it should look.
async fn live(pair: Pair, life: &Undisturbed, (spot, death): (&Spot, Death)) -> Result<(), String> {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let killed = arm(&world, (spot, death), kill);
    for act in Act::ALL {
        act.play(&world).await;
        if world.try_settle().await.is_err() {
            drop(world.serve_apart().await);
            tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
            world.minute().await;
        }
        let (is, should_be) = (picture(&world.guild), life.picture(act));
        if is != should_be {
            return Err(format!("after {act:?}:\n{}", difference(should_be, &is)));
        }
        if killed.load(Ordering::SeqCst) {
            world.end().await;
            return Ok(());
        }
    }
    Err("it was never killed".to_owned())
}

/// Has the service killed at that call; says whether it was.
fn arm(
    world: &World,
    (spot, death): (&Spot, Death),
    kill: impl Fn() + Send + Sync + 'static,
) -> Arc<AtomicBool> {
    let at = Match::route(&spot.route).nth(spot.nth);
    if death == Death::Unheard {
        let fault = Fault { on: at.clone(), times: Times::Once, kind: FaultKind::DropBefore };
        world.discord.faults().inject(fault);
    }
    let killed = Arc::new(AtomicBool::new(false));
    let when = if death == Death::Done { Moment::AfterEffect } else { Moment::BeforeEffect };
    let seen = Arc::clone(&killed);
    world.discord.faults().on_call(at, move |moment, _| {
        if moment == when {
            kill();
            seen.store(true, Ordering::SeqCst);
        }
    });
    killed
}

/// Is killed at each of these calls of a life.
async fn at(spots: impl Fn(&Undisturbed) -> Vec<Spot>, pair: Pair, death: Death) {
    let world = World::new(pair).await;
    let life = Undisturbed::live(&world).await;
    world.end().await;
    let spots = spots(&life);
    let lives = stream::iter(&spots).map(async |spot| {
        let ended = live(pair, &life, (spot, death)).await;
        ended.err().map(|wrong| format!("{:?} {}, call {}: {wrong}", spot.act, spot.route, spot.nth))
    });
    let wrong: Vec<String> = lives.buffer_unordered(AT_ONCE).filter_map(async |wrong| wrong).collect().await;
    eprintln!("{} calls: {death:?}", spots.len());
    assert!(wrong.is_empty(), "{} lives went wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_discord_heard_of_a_call() {
    at(Undisturbed::outermost, Pair::Sqlite, Death::Unheard).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn during_a_call_that_then_happens() {
    at(Undisturbed::outermost, Pair::Sqlite, Death::Heard).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_answer_to_a_call_arrives() {
    at(Undisturbed::outermost, Pair::Sqlite, Death::Done).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn at_every_call_on_sqlite() {
        at_every_call(Pair::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn at_every_call_on_postgresql_and_redis() {
        at_every_call(Pair::Postgres).await;
    }

    async fn at_every_call(pair: Pair) {
        for death in [Death::Unheard, Death::Heard, Death::Done] {
            at(Undisturbed::spots, pair, death).await;
        }
    }
}

//! Calls in an event's life fail in every way, by default the first and the last of every route, at night each. A minute after the
//! fault has ended the guild looks as if nothing had happened: exactly one of everything exists, and what should exist does.
//!
//! The calls are those of an undisturbed life, so a new kind of call is tried by itself.

use std::{fmt::Write as _, time::Duration};

use futures::{StreamExt, stream};
use sandbox::{Fault, FaultKind, Match, Times, people::Person};

use crate::{
    life::{Act, Spot, Undisturbed},
    world::{Pair, World, difference, picture},
};

/// How many lives are lived at once: most of their time they wait.
const AT_ONCE: usize = 4;
/// While Discord forbids something, fewer calls than this are made.
const FEW: usize = 10;
/// How long Discord forbids it.
const FORBIDDEN_FOR: Duration = Duration::from_secs(600);

/// A way to fail.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    DroppedBefore,
    DroppedAfter,
    Limited,
    LimitedEverywhere,
    Broken,
    BrokenAfter,
    Unknown,
    Forbidden,
}

impl Way {
    fn fault(self, spot: &Spot) -> Fault {
        let limited =
            |global, scope| FaultKind::RateLimited { retry_after: Duration::from_secs(7), global, scope };
        let kind = match self {
            Self::DroppedBefore => FaultKind::DropBefore,
            Self::DroppedAfter => FaultKind::DropAfter,
            Self::Limited => limited(false, "user"),
            Self::LimitedEverywhere => limited(true, "global"),
            Self::Broken => FaultKind::Status { status: 500, code: 0 },
            Self::BrokenAfter => FaultKind::StatusAfter { status: 502, code: 0 },
            Self::Unknown => FaultKind::Status { status: 404, code: unknown_code(&spot.route) },
            Self::Forbidden => FaultKind::Status { status: 403, code: 50013 },
        };
        let times = if self == Self::Forbidden { Times::UntilCleared } else { Times::Once };
        Fault { on: Match::route(&spot.route).nth(spot.nth), times, kind }
    }
}

/// What Discord says it doesn't know: the message, the scheduled event, the guild, the user or the channel.
fn unknown_code(route: &str) -> u32 {
    if route.contains("{message_id}") {
        10008
    } else if route.contains("{guild_scheduled_event_id}") {
        10070
    } else if route.contains("/guilds/") {
        10004
    } else if route.contains("/users/") {
        10013
    } else {
        10003
    }
}

/// Lives until the call at `spot`, has it fail, and compares the guild with how it should look: after the minute in which
/// everything heals, and if it goes on after every act that comes then as well. Returns what is wrong.
async fn live(case: Case, life: &Undisturbed, spot: &Spot) -> Result<(), String> {
    let Case { goes_on, pair, way } = case;
    let mut world = World::before(pair).await;
    let fault = world.discord.faults().inject(way.fault(spot));
    world.serve().await;
    world.settle().await;
    let mut healed = false;
    for act in Act::ALL {
        act.play(&world).await;
        world.settle().await;
        if !healed && world.discord.faults().fired(fault) > 0 {
            if way == Way::Forbidden {
                stays_calm(&world).await?;
                world.discord.faults().clear(fault);
                retry(&world.guild.organiser("Olivia"), &world).await;
            }
            world.attempts_over().await;
            world.minute().await;
            healed = true;
        }
        let (is, should_be) = (picture(&world.guild), life.picture(act));
        if is != should_be {
            let log = calls(&world);
            return Err(format!("after {act:?}:\n{}\n{log}", difference(should_be, &is)));
        }
        if healed && !goes_on {
            break;
        }
    }
    let complaints = world.discord.take_complaints();
    if !complaints.is_empty() {
        return Err(format!("{complaints:?}"));
    }
    world.end().await;
    if healed { Ok(()) } else { Err("the fault never happened".to_owned()) }
}

/// While Discord forbids it, next to nothing is tried.
async fn stays_calm(world: &World) -> Result<(), String> {
    let mark = world.discord.mark();
    let step = Duration::from_secs(5);
    for _ in 0..FORBIDDEN_FOR.as_secs() / step.as_secs() {
        world.pass(step).await;
    }
    let calls = world.routes_since(mark);
    if calls.len() < FEW { Ok(()) } else { Err(format!("{} calls while forbidden: {calls:#?}", calls.len())) }
}

/// An organiser presses every **Retry** in the panel.
async fn retry(organiser: &Person, world: &World) {
    let panel = organiser.slash("club panel").send().await;
    let buttons: Vec<_> =
        panel.message().buttons().into_iter().filter(|button| button.label == "Retry").collect();
    for button in buttons {
        let pressed = organiser.press_custom_id(&panel.message(), &button.custom_id.unwrap()).await;
        assert!(pressed.failure().is_none(), "{}", pressed.text());
    }
    world.settle().await;
}

fn calls(world: &World) -> String {
    world.discord.calls().iter().fold(String::new(), |mut log, call| {
        let _ = writeln!(log, "    {} {} {:?} {:?}", call.at, call.route, call.status, call.code);
        log
    })
}

/// What is tried with the calls.
#[derive(Clone, Copy, Debug)]
struct Case {
    goes_on: bool,
    pair: Pair,
    way: Way,
}

async fn outermost(way: Way) {
    calls_fail(Case { goes_on: false, pair: Pair::Sqlite, way }).await;
}

/// The calls of a life, in one way: each where lives are lived to their end.
async fn calls_fail(case: Case) {
    let Case { goes_on, pair, way } = case;
    let world = World::new(pair).await;
    let life = Undisturbed::live(&world).await;
    world.end().await;
    let spots = if goes_on { life.spots() } else { life.outermost() };
    let lives = stream::iter(&spots).map(async |spot| {
        let ended = live(case, &life, spot).await;
        ended.err().map(|wrong| format!("{:?} {}, call {}: {wrong}", spot.act, spot.route, spot.nth))
    });
    let wrong: Vec<String> = lives.buffer_unordered(AT_ONCE).filter_map(async |wrong| wrong).collect().await;
    eprintln!("{} calls: {way:?}", spots.len());
    assert!(wrong.is_empty(), "{} lives went wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test]
async fn a_connection_dropped_before_anything_happened() {
    outermost(Way::DroppedBefore).await;
}

#[tokio::test]
async fn an_answer_lost() {
    outermost(Way::DroppedAfter).await;
}

#[tokio::test]
async fn a_rate_limit() {
    outermost(Way::Limited).await;
}

#[tokio::test]
async fn a_global_rate_limit() {
    outermost(Way::LimitedEverywhere).await;
}

#[tokio::test]
async fn an_internal_error() {
    outermost(Way::Broken).await;
}

#[tokio::test]
async fn an_error_though_it_happened() {
    outermost(Way::BrokenAfter).await;
}

#[tokio::test]
async fn something_unknown_for_a_moment() {
    outermost(Way::Unknown).await;
}

#[tokio::test]
async fn something_forbidden_for_ten_minutes() {
    outermost(Way::Forbidden).await;
}

/// Tests that take their time: for every call a life is lived to its end, on both pairs of stores.
mod long {
    use super::*;

    async fn to_the_end(way: Way) {
        for pair in [Pair::Sqlite, Pair::Postgres] {
            calls_fail(Case { goes_on: true, pair, way }).await;
        }
    }

    #[tokio::test]
    async fn a_connection_dropped_before_anything_happened() {
        to_the_end(Way::DroppedBefore).await;
    }

    #[tokio::test]
    async fn an_answer_lost() {
        to_the_end(Way::DroppedAfter).await;
    }

    #[tokio::test]
    async fn a_rate_limit() {
        to_the_end(Way::Limited).await;
    }

    #[tokio::test]
    async fn a_global_rate_limit() {
        to_the_end(Way::LimitedEverywhere).await;
    }

    #[tokio::test]
    async fn an_internal_error() {
        to_the_end(Way::Broken).await;
    }

    #[tokio::test]
    async fn an_error_though_it_happened() {
        to_the_end(Way::BrokenAfter).await;
    }

    #[tokio::test]
    async fn something_unknown_for_a_moment() {
        to_the_end(Way::Unknown).await;
    }

    #[tokio::test]
    async fn something_forbidden_for_ten_minutes() {
        to_the_end(Way::Forbidden).await;
    }
}

//! A lease that runs out while its holder's call hangs: the successor waits until the attempt is over for certain, the late writer
//! is fenced off, and nothing is made twice.

use std::time::Duration;

use futures::{StreamExt, stream};
use sandbox::{Fault, FaultKind, Match, Times, faults::Gate};
use simlane::{app::Timings, reconcile};

use crate::{
    life::{Act, Spot, Undisturbed},
    world::{Pair, Setting, World, difference, picture, timings},
};

const AT_ONCE: usize = 6;
/// A call hangs for longer than its lease lasts, which the service's own timings rule out.
const LEASE: Duration = Duration::from_secs(1);
const HANGS: Duration = Duration::from_secs(2);
const CALL: Duration = Duration::from_secs(3);
const EXAMINE_AFTER: Duration = Duration::from_secs(4);

#[test]
fn by_its_own_timings_a_lease_outlasts_a_call() {
    let Timings { call, reconcile, .. } = Timings::default();
    assert!(call < reconcile.lease && reconcile.lease < reconcile.examine_after);
}

fn setting() -> Setting {
    let reconcile = reconcile::Timings { examine_after: EXAMINE_AFTER, lease: LEASE };
    Setting { timings: Timings { call: CALL, reconcile, ..timings() }, ..Setting::default() }
}

/// Lives until the call at `spot` hangs, has a second process take over, and compares the guild with how it should look.
async fn live(life: &Undisturbed, spot: &Spot, before_effect: bool) -> Result<(), String> {
    let mut world = World::with(Pair::Postgres, setting()).await;
    let gate = Gate::closed();
    let kind = FaultKind::Hold { before_effect, gate: gate.clone() };
    let on = Match::route(&spot.route).nth(spot.nth);
    world.discord.faults().inject(Fault { on, times: Times::Once, kind });
    for act in Act::ALL {
        act.play(&world).await;
        let hangs = tokio::select! {
            () = gate.arrived(1) => true,
            () = world.settle() => false,
        };
        if hangs {
            world.serve().await;
            tokio::join!(world.settle(), async {
                tokio::time::sleep(HANGS).await;
                gate.open();
            });
            tokio::time::sleep(EXAMINE_AFTER).await;
            world.minute().await;
        }
        let (is, should_be) = (picture(&world.guild), life.picture(act));
        if is != should_be {
            return Err(format!("after {act:?}:\n{}", difference(should_be, &is)));
        }
        if hangs {
            world.end().await;
            return Ok(());
        }
    }
    Err("no call hung".to_owned())
}

/// Hangs at each of these calls of a life that make or say something.
async fn at(spots: impl Fn(&Undisturbed) -> Vec<Spot>, before_effect: bool) {
    let world = World::new(Pair::Postgres).await;
    let life = Undisturbed::live(&world).await;
    world.end().await;
    let spots: Vec<Spot> = spots(&life).into_iter().filter(|spot| spot.route.starts_with("POST ")).collect();
    let lives = stream::iter(&spots).map(async |spot| {
        let ended = live(&life, spot, before_effect).await;
        ended.err().map(|wrong| format!("{:?} {}, call {}: {wrong}", spot.act, spot.route, spot.nth))
    });
    let wrong: Vec<String> = lives.buffer_unordered(AT_ONCE).filter_map(async |wrong| wrong).collect().await;
    assert!(wrong.is_empty(), "{} lives went wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test]
async fn before_it_happens() {
    at(Undisturbed::outermost, true).await;
}

#[tokio::test]
async fn after_it_has_happened() {
    at(Undisturbed::outermost, false).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    #[tokio::test]
    async fn at_everything_that_is_made_or_said() {
        for before_effect in [true, false] {
            at(Undisturbed::spots, before_effect).await;
        }
    }
}

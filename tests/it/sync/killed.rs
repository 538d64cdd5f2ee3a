//! A sync whose process is killed goes on where it was.

use std::{cell::Cell, collections::BTreeMap, time::Duration};

use sandbox::{
    Mark, Match, Moment,
    people::{Person, ReplyKind},
};
use simlane::{
    domain::{roster::RosterEntry, sync::SyncState},
    store::Store,
};

use super::{MEMBERS, crowd, people, quick};
use crate::world::{CHANNEL, Club, Dead, LEASE, Pair, World};

/// Somebody who presses buttons while others sync. No name is like theirs.
const DRIVER: &str = "Zed Zxw";

/// A sync that is killed with SIGKILL in the middle of a page, before one, and while its changes are made goes on where it was, and
/// comes to what an undisturbed one comes to.
async fn killed(pair: Pair, size: usize) {
    let (crowd, roster) = crowd(size);
    let undisturbed = undisturbed(pair, (crowd.clone(), roster.clone())).await;
    let world = World::asleep_with(pair, quick()).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    world.member(DRIVER);
    world.guild.fill(crowd);
    let store = Store::connect(&world.stores.database_url()).await.unwrap();
    let people = people(&world, &store).await;
    people.enter(roster).await;
    let mark = world.discord.mark();
    kill_at(&world, size / 3_000, Moment::AfterEffect, kill);
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    assert_eq!(world.try_settle().await, Err(Dead));
    kill_at(&world, 2, Moment::BeforeEffect, successor(&world).await);
    assert_eq!(world.try_settle().await, Err(Dead));
    let kill = successor(&world).await;
    let while_applying = async {
        while people.runs().await[0].results.done == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill();
    };
    let (died, ()) = tokio::join!(world.try_settle(), while_applying);
    assert_eq!(died, Err(Dead));
    drop(successor(&world).await);
    world.settle().await;
    let run = people.runs().await.remove(0);
    assert_eq!(run.state, SyncState::Done, "{run:?}");
    let (read, pages) = (pages_read(&world, mark), run.pages as usize);
    assert!(
        pages > size / 1_000 && read <= pages + 2,
        "{read} pages were read of {pages}, killed twice meanwhile"
    );
    assert!(run.results.counts.likely as usize > size / 6, "of the fifth on the roster: {run:?}");
    assert_eq!(people.picture().await, undisturbed);
    store.close().await.unwrap();
    world.end().await;
}

/// What a sync comes to that nobody disturbs, who presses buttons meanwhile.
async fn undisturbed(
    pair: Pair,
    (crowd, roster): (Vec<String>, Vec<RosterEntry>),
) -> BTreeMap<String, Vec<String>> {
    let world = World::with(pair, quick()).await;
    let club = world.with_event().await;
    let driver = world.member(DRIVER);
    world.guild.fill(crowd);
    world.enter(roster).await;
    let is_over = Cell::new(false);
    let sync = async {
        club.sync("apply").await;
        is_over.set(true);
    };
    let ((), presses) = tokio::join!(sync, press_until(&club, &driver, &is_over));
    let run = world.runs().await.remove(0);
    assert!(presses as u32 >= run.pages, "{presses} presses were answered: {run:?}");
    world.pass(Duration::from_secs(20)).await;
    let picture = people(&world, world.store()).await.picture().await;
    world.end().await;
    picture
}

/// Has somebody sign up and withdraw again and again. Every press is answered at once. Says how many were.
async fn press_until(club: &Club<'_>, driver: &Person, is_over: &Cell<bool>) -> usize {
    let mut took = Vec::new();
    while !is_over.get() {
        for button in ["Sign up", "Withdraw"] {
            let pressed = driver.press(&club.card(CHANNEL), button).await;
            assert_eq!(pressed.kind(), ReplyKind::Update, "{:?}", pressed.failure());
            took.push(pressed.took());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    took.sort_unstable();
    println!("{} presses, half within {:?}, the slowest {:?}", took.len(), took[took.len() / 2], took.last());
    took.len()
}

/// Has the service killed at the page with that number from now on.
fn kill_at(world: &World, page: usize, when: Moment, kill: impl Fn() + Send + Sync + 'static) {
    let at = Match::route(MEMBERS).nth(u32::try_from(page).unwrap());
    world.discord.faults().on_call(at, move |moment, _| {
        if moment == when {
            kill();
        }
    });
}

/// A process that goes on once the claims of the one before have run out.
async fn successor(world: &World) -> impl Fn() + Send + Sync + use<> {
    let kill = world.serve_apart().await;
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    kill
}

fn pages_read(world: &World, mark: Mark) -> usize {
    world.routes_since(mark).iter().filter(|route| *route == MEMBERS).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_that_is_killed_goes_on_where_it_was() {
    killed(Pair::Sqlite, 3_400).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sixty_thousand_members_on_sqlite() {
        killed(Pair::Sqlite, 60_000).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sixty_thousand_members_on_postgresql_and_redis() {
        killed(Pair::Postgres, 60_000).await;
    }
}

//! Teams become real: what that costs, and that a process may be killed at any point of it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{StreamExt, stream};
use insta::assert_snapshot;
use sandbox::{Fault, FaultKind, Match, Moment, Times, people::Person};

use crate::world::{Club, EVE, EventForm, LEASE, OVER, Pair, World, difference, picture};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
/// How many lives are lived at once.
const AT_ONCE: usize = 8;

/// An event with so many teams of so many people each, none of them settled.
async fn crews<'w>(world: &'w World, teams: usize, size: usize) -> Club<'w> {
    let club = world.club().await;
    let classes = format!("GT3 x {}", teams * size);
    club.event(None, EventForm { classes: &classes, ..EventForm::default() }).await;
    world.try_settle().await.unwrap();
    let people: Vec<Person> = (0..teams * size).map(|n| world.member(&format!("Driver {n}"))).collect();
    for (at, people) in people.chunks(size).enumerate() {
        // Teams stand in the order in which they were made.
        world.advance(Duration::from_secs(1)).await;
        let mut page = club.organiser.slash("team create").option("name", format!("Team {at}")).send().await;
        for who in people {
            page =
                club.organiser.select(&page.message(), "Add a driver from the server", &[who.name()]).await;
            assert!(page.failure().is_none(), "{}", page.text());
        }
    }
    world.try_settle().await.unwrap();
    world.advance(Duration::from_secs(60)).await;
    world.try_settle().await.unwrap();
    club
}

async fn finalize(club: &Club<'_>) {
    let reply = club.organiser.slash("team finalize").send().await;
    assert!(reply.failure().is_none(), "{}", reply.text());
}

/// Lets time pass, as Discord wants its calls paced, until nothing has been asked of it for a while.
async fn until_quiet(world: &World) {
    let mut still = 0;
    while still < 4 {
        let mark = world.discord.mark();
        world.advance(Duration::from_secs(5)).await;
        if world.try_settle().await.is_err() {
            return;
        }
        still = if world.routes_since(mark).is_empty() { still + 1 } else { 0 };
    }
}

/// Twelve teams of six: per team a thread, a role, a room, a card and its pin; per person a thread and a role. Nothing else.
async fn bill(pair: Pair) -> String {
    let world = World::new(pair).await;
    let club = crews(&world, 12, 6).await;
    let mark = world.discord.mark();
    finalize(&club).await;
    world.settle().await;
    until_quiet(&world).await;
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    // What Discord asked to wait for is asked for again.
    let answered = world.discord.calls_since(mark).into_iter().filter(|call| call.status != Some(429));
    answered.for_each(|call| *counted.entry(call.route).or_default() += 1);
    let mark = world.discord.mark();
    finalize(&club).await;
    world.settle().await;
    until_quiet(&world).await;
    assert_eq!(world.routes_since(mark), [""; 0], "settled again, nothing is asked of Discord");
    // Archived by a quiet week, a thread that is told something is un-archived first: one call more for each.
    for thread in club.channel(CHANNEL).threads() {
        world.guild.by_hand().archive(thread.id, true, false);
    }
    let mark = world.discord.mark();
    world.at(EVE).await;
    until_quiet(&world).await;
    let unarchived =
        world.routes_since(mark).iter().filter(|route| *route == "PATCH /channels/{channel_id}").count();
    assert_eq!(unarchived, 12);
    world.at(OVER).await;
    until_quiet(&world).await;
    world.end().await;
    let total: usize = counted.values().sum();
    let lines: Vec<String> = counted.into_iter().map(|(route, n)| format!("{n:>3}× {route}")).collect();
    format!("{total} calls\n{}", lines.join("\n"))
}

#[tokio::test]
async fn twelve_teams_of_six_cost_no_more_than_they_must() {
    let sqlite = bill(Pair::Sqlite).await;
    assert_snapshot!(sqlite, @"
    205 calls
      1× PATCH /channels/{channel_id}/messages/{message_id}
     12× POST /channels/{channel_id}/messages
     12× POST /channels/{channel_id}/threads
     12× POST /guilds/{guild_id}/channels
     12× POST /guilds/{guild_id}/roles
     12× PUT /channels/{channel_id}/messages/pins/{message_id}
     72× PUT /channels/{channel_id}/thread-members/{user_id}
     72× PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}
    ");
    assert_eq!(bill(Pair::Postgres).await, sqlite);
}

/// The guild, its rooms by name: which was made first says nothing.
fn looks(world: &World) -> String {
    let picture = picture(&world.guild);
    let (mut rooms, mut lines): (Vec<&str>, Vec<&str>) =
        picture.lines().partition(|line| line.starts_with("voice "));
    rooms.sort_unstable();
    lines.extend(rooms);
    lines.join("\n")
}

/// The guild once so many teams were settled undisturbed, and how many calls that took.
async fn undisturbed(pair: Pair, teams: usize, size: usize) -> (String, usize) {
    let world = World::new(pair).await;
    let club = crews(&world, teams, size).await;
    let mark = world.discord.mark();
    finalize(&club).await;
    world.settle().await;
    until_quiet(&world).await;
    let calls = world.routes_since(mark).len();
    let looks = looks(&world);
    world.end().await;
    (looks, calls)
}

/// Settles teams with the process killed at the call of that number, which Discord has done or, where it is lost, never heard of.
async fn killed_at(
    pair: Pair,
    (teams, size): (usize, usize),
    (nth, is_lost): (usize, bool),
    should_be: &str,
) -> Result<(), String> {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = crews(&world, teams, size).await;
    let at = Match::any().nth(u32::try_from(nth).unwrap());
    if is_lost {
        let fault = Fault { on: at.clone(), times: Times::Once, kind: FaultKind::DropBefore };
        world.discord.faults().inject(fault);
    }
    let killed = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&killed);
    let when = if is_lost { Moment::BeforeEffect } else { Moment::AfterEffect };
    world.discord.faults().on_call(at, move |moment, _| {
        if moment == when {
            seen.store(true, Ordering::SeqCst);
            kill();
        }
    });
    let _ = club.organiser.slash("team finalize").send().await;
    let _ = world.try_settle().await;
    until_quiet(&world).await;
    if killed.load(Ordering::SeqCst) {
        drop(world.serve_apart().await);
        tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
        world.minute().await;
        until_quiet(&world).await;
    }
    if !killed.load(Ordering::SeqCst) {
        return Err("it was never killed".to_owned());
    }
    let is = looks(&world);
    world.end().await;
    if is == should_be { Ok(()) } else { Err(difference(should_be, &is)) }
}

/// Every prefix of the calls, followed by SIGKILL, ends in the same place; the last call was done, or, where it is lost, never heard of.
async fn killed_after_every_prefix(pair: Pair, (teams, size): (usize, usize), is_lost: bool) {
    let (should_be, calls) = undisturbed(pair, teams, size).await;
    let deaths = (1..=calls).map(|nth| (nth, is_lost));
    let lives = stream::iter(deaths).map(async |death| {
        let ended = killed_at(pair, (teams, size), death, &should_be).await;
        ended.err().map(|wrong| format!("call {death:?}: {wrong}"))
    });
    let wrong: Vec<String> = lives.buffer_unordered(AT_ONCE).filter_map(async |wrong| wrong).collect().await;
    eprintln!("{calls} calls, killed at each");
    assert!(wrong.is_empty(), "{} went wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_after_any_call_ends_in_the_same_place() {
    killed_after_every_prefix(Pair::Sqlite, (2, 2), false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_before_any_call_is_heard_ends_in_the_same_place() {
    killed_after_every_prefix(Pair::Sqlite, (2, 2), true).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_after_any_call_for_twelve_teams_of_six() {
        killed_after_every_prefix(Pair::Sqlite, (12, 6), false).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_before_any_call_is_heard_for_twelve_teams_of_six() {
        killed_after_every_prefix(Pair::Sqlite, (12, 6), true).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_at_every_call_on_postgresql_and_redis() {
        killed_after_every_prefix(Pair::Postgres, (2, 2), false).await;
        killed_after_every_prefix(Pair::Postgres, (2, 2), true).await;
    }
}

//! Events that come again, with their channels: whoever makes them and whatever happens to who does, each is made once. And what moves
//! with a series.

use std::{collections::BTreeMap, time::Duration};

use sandbox::model::ChannelKind;
use simlane::app::Timings;

use crate::world::{Club, EventForm, LEASE, Pair, SERIES, Setting, World, timings};

/// An hour before the clocks in Berlin have gone forward by one, on a Saturday; the event starts at 20:00 there.
const START: &str = "2027-03-20 20:00";
/// When the first occurrence starts: still an hour ahead of UTC.
const FIRST: &str = "2027-03-27T19:00:00Z";
/// When the second starts, by the same clock.
const SECOND: &str = "2027-04-03T18:00:00Z";

impl Club<'_> {
    /// Has the only event ahead repeat every week, so many times.
    async fn repeat_weekly(&self, times: &str) {
        let form = self.manage("Repeat").await.modal();
        let form = form.fill("Every how many weeks", "1").fill("Until", times);
        let reply = form.submit().await.settled().await;
        assert!(reply.text().contains("repeats every week"), "{}", reply.text());
    }
}

/// The text channels of the event, by name, with how many there are of each.
fn channels(world: &World) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    let texts = world.guild.channels().into_iter().filter(|channel| channel.kind == ChannelKind::Text);
    for channel in texts.filter(|channel| channel.name.starts_with("sprint")) {
        *counted.entry(channel.name.clone()).or_default() += 1;
    }
    counted
}

fn days(days: &[&str]) -> BTreeMap<String, usize> {
    days.iter().map(|day| (format!("sprint-{day}"), 1)).collect()
}

async fn weekly(world: &World) -> Club<'_> {
    let club = world.club().await;
    let sprint = EventForm { length: "2h", name: "Sprint", start: START, ..EventForm::default() };
    club.event(None, sprint).await;
    club.repeat_weekly("6").await;
    world.settle().await;
    club
}

const MADE: [&str; 4] = ["2027-03-20", "2027-03-27", "2027-04-03", "2027-04-10"];

async fn comes_again(pair: Pair) {
    let world = World::new(pair).await;
    let club = weekly(&world).await;
    assert_eq!(channels(&world), days(&MADE));
    assert!(club.card("sprint-2027-04-03").text().contains("<t:1806775200:F>"), "20:00 in Berlin");
    world.at("2027-03-27T18:59:59Z").await;
    assert!(!channels(&world).contains_key("sprint-2027-04-17"), "the first hasn't started");
    world.at(FIRST).await;
    assert!(channels(&world).contains_key("sprint-2027-04-17"));
    world.at(SECOND).await;
    assert!(channels(&world).contains_key("sprint-2027-04-24"));
    world.at("2027-04-24T18:00:00Z").await;
    world.at("2027-06-01T12:00:00Z").await;
    let all: Vec<&str> = MADE.into_iter().chain(["2027-04-17", "2027-04-24", "2027-05-01"]).collect();
    assert_eq!(channels(&world), days(&all), "six more times, and each once");
    world.end().await;
}

#[tokio::test]
async fn an_event_comes_again_by_the_clock_on_sqlite() {
    comes_again(Pair::Sqlite).await;
}

#[tokio::test]
async fn an_event_comes_again_by_the_clock_on_postgresql_and_redis() {
    comes_again(Pair::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_make_each_occurrence_once() {
    let ticking = Timings { sweep: Some("* * * * * *"), ..timings() };
    let mut world = World::with(Pair::Postgres, Setting { timings: ticking, ..Setting::default() }).await;
    world.serve().await;
    weekly(&world).await;
    world.at(FIRST).await;
    world.at(SECOND).await;
    world.minute().await;
    let all: Vec<&str> = MADE.into_iter().chain(["2027-04-17", "2027-04-24"]).collect();
    assert_eq!(channels(&world), days(&all));
    world.end().await;
}

/// Kills the service that long after it began to make an occurrence; a successor goes on.
async fn killed_after(pair: Pair, pause: Duration) {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    weekly(&world).await;
    world.set_clock(SECOND).await;
    let killer = async {
        tokio::time::sleep(pause).await;
        kill();
    };
    let (_, ()) = tokio::join!(world.try_settle(), killer);
    drop(world.serve_apart().await);
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    world.minute().await;
    let all: Vec<&str> = MADE.into_iter().chain(["2027-04-17", "2027-04-24"]).collect();
    let made = channels(&world);
    assert_eq!(made, days(&all), "killed after {pause:?}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_killed_loses_and_doubles_nothing_on_sqlite() {
    for millis in [0, 3, 8, 20, 60] {
        killed_after(Pair::Sqlite, Duration::from_millis(millis)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_killed_loses_and_doubles_nothing_on_postgresql_and_redis() {
    for millis in [3, 20, 60] {
        killed_after(Pair::Postgres, Duration::from_millis(millis)).await;
    }
}

/// An event moves to another series, and that to another category; the channels go along.
async fn moves(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    club.series("Summer Cup").await;
    world.settle().await;
    let (name, moved) = ("winter-cup-spa-6-hours-2026-12-05", "summer-cup-spa-6-hours-2026-12-05");
    let category = |name: &str| club.channel(name).id;
    assert_eq!(club.channel(name).parent, Some(category(SERIES)));

    let ask = club.manage("Move to series").await.message();
    let reply = club.organiser.select(&ask, "Choose a series", &["Summer Cup"]).await.settled().await;
    assert!(reply.text().contains("Summer Cup"), "{}", reply.text());
    world.settle().await;
    assert_eq!(club.channel(moved).parent, Some(category("Summer Cup")));
    assert!(world.guild.channel_named(name).is_none());

    let races = world.guild.by_hand().create(ChannelKind::Category, "Races", None);
    world.settle().await;
    let panel = club.organiser.slash("series edit").option("series", "Summer Cup").send().await.message();
    let form = club.organiser.press(&panel, "Edit").await.modal();
    let form = form.fill("Name", "Sun Cup").choose("Category", &["Races"]);
    let reply = form.submit().await.settled().await;
    assert!(reply.text().contains("Saved"), "{}", reply.text());
    world.settle().await;
    assert_eq!(
        club.channel(moved).parent,
        Some(races.id),
        "its name stays, as the club's pattern is for new events"
    );
    assert!(club.card(moved).text().contains("Sun Cup"));
    assert_eq!(club.channel("Races").name, "Races", "an adopted category is never renamed");
    club.channel("Summer Cup");
    world.end().await;
}

#[tokio::test]
async fn channels_move_with_their_series_on_sqlite() {
    moves(Pair::Sqlite).await;
}

#[tokio::test]
async fn channels_move_with_their_series_on_postgresql_and_redis() {
    moves(Pair::Postgres).await;
}

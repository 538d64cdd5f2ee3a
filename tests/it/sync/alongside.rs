//! A sync holds nobody up: while it reads, while it applies and while it gives roles, clicks are answered and events get what they need.

use std::time::{Duration, Instant};

use sandbox::{Channel, Fault, FaultKind, Match, Moment, Times, faults::Gate};
use simlane::{
    app::Timings,
    domain::sync::{Run, SyncState, Trouble},
    reconcile,
};

use super::{MEMBERS, crowd, quick, set_member_role};
use crate::world::{CHANNEL, Club, EventForm, Pair, SERIES, Setting, World, timings};

/// The call that shows how far a sync is, before each of its steps.
const SHOW: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";
/// The call that gives a role.
const GRANT: &str = "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}";
/// How long what has nothing to do with the sync may take, which is held longer than that.
const SOON: Duration = Duration::from_secs(30);
/// How long a call of the sync may be held, with the claim that outlasts it.
const HELD: Duration = Duration::from_secs(120);

/// A call at which a sync is held, and how far it is there.
struct Held {
    call: (&'static str, u32),
    /// An event that is created meanwhile, and where.
    event: (&'static str, &'static str),
    is_there: fn(&Run) -> bool,
}

/// The second of four pages, the third batch of changes, and the first role.
const MOMENTS: [Held; 3] = [
    Held {
        call: (MEMBERS, 2),
        event: ("Imola 6 Hours", "winter-cup-imola-6-hours-2026-12-05"),
        is_there: |run| run.state == SyncState::Reading && run.pages == 1,
    },
    Held {
        call: (SHOW, 8),
        event: ("Monza 6 Hours", "winter-cup-monza-6-hours-2026-12-05"),
        is_there: |run| run.state == SyncState::Applying && (1..3_000).contains(&run.results.done),
    },
    Held {
        call: (GRANT, 1),
        event: ("Zolder 6 Hours", "winter-cup-zolder-6-hours-2026-12-05"),
        is_there: |run| run.state == SyncState::Applying && run.results.done >= 3_000,
    },
];

async fn holds_nobody_up(pair: Pair) {
    let reconcile = reconcile::Timings { lease: HELD * 2, ..timings().reconcile };
    let timings = Timings { call: HELD, reconcile, ..timings() };
    let world = World::with(pair, Setting { timings, ..quick() }).await;
    let club = world.with_event().await;
    let (crowd, roster) = crowd(3_100);
    world.guild.fill(crowd);
    world.enter(roster).await;
    world.guild.bot_role_position(1_000);
    set_member_role(&world, &world.guild.role("Members")).await;
    show_each_step(&world);
    let gates = MOMENTS.map(|held| hold(&world, held.call));
    refuse_roles(&world);
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    for (held, gate) in MOMENTS.iter().zip(&gates) {
        assert!(tokio::time::timeout(SOON, gate.arrived(1)).await.is_ok(), "{:?} doesn't come", held.call);
        let before = world.runs().await.remove(0);
        assert!((held.is_there)(&before), "{before:?}");
        goes_on(&club, held.event).await;
        assert_eq!(world.runs().await.remove(0), before, "it was held meanwhile");
        gate.open();
    }
    world.settle().await;
    let run = world.runs().await.remove(0);
    assert_eq!((run.state, run.trouble), (SyncState::Done, Some(Trouble::MayNotGrant)), "{run:?}");
    assert!(run.results.done > 3_000, "{run:?}");
    world.pass(Duration::from_secs(20)).await;
    world.end().await;
}

#[tokio::test]
async fn a_sync_holds_nobody_up_on_sqlite() {
    holds_nobody_up(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_sync_holds_nobody_up_on_postgresql_and_redis() {
    holds_nobody_up(Pair::Postgres).await;
}

/// Lets two seconds pass at each call that shows how far a sync is, so that each of its steps is shown.
fn show_each_step(world: &World) {
    let clock = world.clock.clone();
    world.discord.faults().on_call(Match::route(SHOW), move |moment, _| {
        if moment == Moment::AfterEffect {
            clock.advance(Duration::from_secs(2));
        }
    });
}

fn hold(world: &World, (route, nth): (&str, u32)) -> Gate {
    let gate = Gate::closed();
    let kind = FaultKind::Hold { before_effect: true, gate: gate.clone() };
    world.discord.faults().inject(Fault { on: Match::route(route).nth(nth), times: Times::Once, kind });
    gate
}

/// Has every role refused but the one that is held: three thousand would take their time.
fn refuse_roles(world: &World) {
    let kind = FaultKind::Status { status: 403, code: 50_013 };
    let on = Match::route(GRANT);
    world.discord.faults().inject(Fault { on, times: Times::UntilCleared, kind });
}

/// Somebody signs up and finds themselves on the card; an event is created and gets its channel and its card.
async fn goes_on(club: &Club<'_>, (name, channel): (&str, &str)) {
    let driver = club.world.member(&format!("Driver for {name}"));
    let signed_up = driver.press(&club.card(CHANNEL), "Sign up").await;
    assert_eq!(signed_up.failure(), None);
    assert!(club.card(CHANNEL).text().contains(&driver.mention()), "{}", club.card(CHANNEL).text());
    club.event(Some(SERIES), EventForm { name, ..EventForm::default() }).await;
    let guild = &club.world.guild;
    let has_card = |made: Channel| made.messages().iter().any(|one| one.button("Sign up").is_some());
    let began = Instant::now();
    while !guild.channel_named(channel).is_some_and(has_card) {
        let there = || guild.snapshot().channels.into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert!(began.elapsed() < SOON, "{channel} and its card wait for the sync: {:?}", there());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

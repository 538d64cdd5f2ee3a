//! Two faults in a row: an answer that is lost, and then a call that certainly does nothing. What the first has done is not
//! forgotten, and nothing is posted twice.

use std::time::Duration;

use sandbox::{Fault, FaultKind, Match, Times};

use crate::world::{Club, EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
const EVE: &str = "2026-12-04T13:00:00Z";
const POST: &str = "POST /channels/{channel_id}/messages";
const READ: &str = "GET /channels/{channel_id}/messages";

/// What goes wrong once the answer was lost, each for as long as given.
fn second() -> Vec<(FaultKind, Duration)> {
    let limited = |global| {
        let scope = if global { "global" } else { "user" };
        FaultKind::RateLimited { retry_after: Duration::from_secs(9), global, scope }
    };
    let (short, long) = (Duration::from_secs(20), Duration::from_secs(300));
    vec![
        (FaultKind::DropBefore, short),
        (FaultKind::DropBefore, long),
        (limited(false), short),
        (limited(true), short),
        (FaultKind::Status { status: 403, code: 50013 }, short),
        (FaultKind::Status { status: 403, code: 50013 }, long),
        (FaultKind::Status { status: 404, code: 10003 }, short),
        (FaultKind::Status { status: 500, code: 0 }, long),
    ]
}

/// The answer to the next message is lost, then messages fail in that way for that long; in the end everything is tried again.
async fn lose_and_fail(
    world: &World,
    club: &Club<'_>,
    (kind, lasting): (FaultKind, Duration),
    act: impl AsyncFn(),
) {
    let faults = world.discord.faults();
    faults.inject(Fault { on: Match::route(POST), times: Times::Once, kind: FaultKind::DropAfter });
    let again = Fault { on: Match::route(POST).nth(2), times: Times::UntilCleared, kind: kind.clone() };
    let again = faults.inject(again);
    let reads = faults.inject(Fault { on: Match::route(READ), times: Times::Once, kind });
    act().await;
    world.settle().await;
    for _ in 0..lasting.as_secs() / 5 {
        world.pass(Duration::from_secs(5)).await;
    }
    faults.clear(again);
    faults.clear(reads);
    let panel = club.organiser.slash("club panel").send().await.message();
    if panel.button("Retry").is_some() {
        club.organiser.press(&panel, "Retry").await;
    }
    world.minute().await;
}

#[tokio::test]
async fn the_card_is_posted_once() {
    for second in second() {
        let world = World::new(Pair::Sqlite).await;
        let club = world.club().await;
        let act = async || drop(club.event(None, EventForm::default()).await);
        lose_and_fail(&world, &club, second.clone(), act).await;
        let cards = club.channel(CHANNEL).messages();
        assert_eq!(cards.len(), 1, "{second:?}");
        world.member("Anna").press(&cards[0], "Sign up").await;
        world.end().await;
    }
}

#[tokio::test]
async fn an_announcement_is_made_once() {
    for second in second() {
        let world = World::new(Pair::Sqlite).await;
        let club = world.club().await;
        club.event(None, EventForm::default()).await;
        world.settle().await;
        lose_and_fail(&world, &club, second.clone(), async || world.set_clock(EVE).await).await;
        let said = club.channel(CHANNEL).messages();
        let said = said.iter().filter(|message| message.text().contains("Race voice is open")).count();
        assert_eq!(said, 1, "{second:?}");
        world.end().await;
    }
}

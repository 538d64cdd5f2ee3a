//! Syncs that fail, are held up, or end late.

use std::time::Duration;

use sandbox::{Fault, FaultKind, Match, Message, Times, model::ChannelKind};
use simlane::domain::sync::SyncState;

use super::{MEMBERS, quick};
use crate::world::{Pair, World};

/// One runs at a time; a page that fails is read again; a guild that is left in between ends it.
async fn lives_with_what_goes_wrong(pair: Pair) {
    let setting = quick();
    let world = World::with(pair, setting).await;
    let club = world.club().await;
    world.guild.fill((0..3_500).map(|number| format!("Racer {number}")));
    for kind in [
        FaultKind::Status { status: 500, code: 0 },
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::StatusAfter { status: 502, code: 0 },
    ] {
        let fault = Fault { kind, on: Match::route(MEMBERS).nth(3), times: Times::Once };
        world.discord.faults().inject(fault);
        let reply = club.organiser.slash("club sync").option("mode", "preview").send().await;
        let twice = club.organiser.slash("club sync").send().await;
        world.minute().await;
        assert!(twice.text().contains("running already"), "{}", twice.text());
        let reply = reply.settled().await;
        assert!(reply.text().contains("Member sync: preview"), "{}", reply.text());
        let run = world.runs().await.remove(0);
        assert_eq!((run.pages, run.results.counts.seen), (4, 3_502), "{run:?}");
        club.press(&reply.message(), "Cancel").await;
    }
    let fault = Fault {
        kind: FaultKind::Status { status: 404, code: 10_004 },
        on: Match::route(MEMBERS).nth(3),
        times: Times::UntilCleared,
    };
    let id = world.discord.faults().inject(fault);
    let lost = club.sync("apply").await;
    assert!(lost.text().contains("isn't in the server any more"), "{}", lost.text());
    world.discord.faults().clear(id);
    assert_eq!(world.runs().await[0].state, SyncState::Failed);
    world.end().await;
}

#[tokio::test]
async fn a_sync_lives_with_what_goes_wrong_on_sqlite() {
    lives_with_what_goes_wrong(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_sync_lives_with_what_goes_wrong_on_postgresql_and_redis() {
    lives_with_what_goes_wrong(Pair::Postgres).await;
}

/// What can't be told in the reply any more is told in the organiser channel, once, with counts and one mention.
#[tokio::test]
async fn a_result_that_comes_late_waits_in_the_organiser_channel() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    world.member("Ana Pereira");
    world.guild.by_hand().create(ChannelKind::Text, "office", None);
    club.choose("General", "Organiser channel", "office").await;
    let fault = Fault {
        kind: FaultKind::RateLimited {
            global: false,
            retry_after: Duration::from_secs(1_200),
            scope: "user",
        },
        on: Match::route(MEMBERS).nth(1),
        times: Times::Once,
    };
    world.discord.faults().inject(fault);
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    world.settle().await;
    world.pass(Duration::from_secs(1_201)).await;
    let said: Vec<Message> = world.guild.messages();
    let late: Vec<&Message> =
        said.iter().filter(|one| one.text().contains("the member sync is done")).collect();
    assert_eq!(late.len(), 1, "{:?}", said.iter().map(Message::text).collect::<Vec<_>>());
    assert!(late[0].text().contains(&club.organiser.mention()), "{}", late[0].text());
    assert!(!late[0].text().contains("Ana"), "{}", late[0].text());
    world.end().await;
}

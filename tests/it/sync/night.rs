//! Syncs that nobody started.

use std::time::Duration;

use sandbox::people::Person;
use simlane::{
    domain::sync::{SyncKind, SyncState},
    store::{audit::Doer, clubs},
};
use twilight_model::id::Id;

use crate::world::{Pair, World};

/// A club that wants it is synced in its own night, once.
#[tokio::test]
async fn a_club_is_synced_at_night_once() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let mut settings =
        clubs::of_guild(world.store(), Id::new(world.guild.id().get())).await.unwrap().unwrap();
    settings.settings.nightly_sync = true;
    let tx = world.store().begin().await.unwrap();
    clubs::save(&tx, &settings, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let service = world.service().service();
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 0, "it is noon");
    world.set_clock("2026-11-11T03:00:00Z").await;
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 1);
    world.settle().await;
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 0);
    let runs = world.runs().await;
    assert_eq!((runs.len(), runs[0].kind, runs[0].state), (1, SyncKind::Nightly, SyncState::Done));
    assert!(
        club.organiser.slash("club sync").option("mode", "status").send().await.text().contains("nightly")
    );
    world.end().await;
}

/// A night's sync in which many would leave waits for a yes, for a day, and the answer is given where it is asked.
#[tokio::test]
async fn a_nights_sync_waits_for_a_yes_until_the_next() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let people: Vec<Person> = (0..10).map(|number| world.member(&format!("Racer {number}"))).collect();
    club.sync("apply").await;
    people.iter().take(5).for_each(Person::leave);
    let id = super::people(&world, world.store()).await.club;
    let service = world.service().service();
    service.start_sync(id, SyncKind::Nightly, Doer::Operator, "test").await.unwrap();
    world.pass(Duration::from_secs(5 * 3_600)).await;
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("waits for a yes"), "{}", panel.text());
    club.organiser.press(&panel.message(), "Allow").await;
    world.settle().await;
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 5);
    let panel = club.organiser.slash("club panel").send().await;
    assert!(!panel.text().contains("waits for a yes"), "{}", panel.text());
    world.end().await;
}

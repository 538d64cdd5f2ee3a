//! When people can drive: asked once for their zone, answered page by page, and kept when the event is moved.

use sandbox::people::Reply;

use crate::world::{Club, EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

async fn open(club: &Club<'_>, name: &str) -> Reply {
    club.world.member(name).press(&club.card(CHANNEL), "Availability").await
}

async fn hours_are_asked_answered_and_kept(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.event(None, EventForm::default()).await;
    world.settle().await;
    let anna = world.member("Anna");
    let refused = open(&club, "Anna").await;
    assert!(refused.text().contains("You aren't signed up"), "{}", refused.text());
    anna.press(&club.card(CHANNEL), "Sign up").await;
    let asked = open(&club, "Anna").await;
    assert!(asked.text().contains("In which time zone do you live?"), "{}", asked.text());
    let form = anna.press(&asked.message(), "Another zone").await.modal();
    let hours = form.fill("Time zone", "Pacific/Auckland").submit().await;
    assert!(hours.text().contains("times in Pacific/Auckland"), "{}", hours.text());
    assert!(hours.text().contains("0 of 6 hours answered"), "{}", hours.text());
    let hours = anna.press(&hours.message(), "All hours").await;
    assert!(hours.text().contains("6 of 6 hours answered"), "{}", hours.text());
    let liked = anna.select(&hours.message(), "Hours that you would like most", &["1", "2"]).await;
    assert!(liked.text().contains("⭐"), "{}", liked.text());
    // The zone isn't asked again.
    assert!(open(&club, "Anna").await.text().contains("6 of 6 hours answered"));

    let form = club.manage("Edit").await.modal();
    form.fill("Start", "2026-12-05 16:00").submit().await.settled().await;
    world.settle().await;
    let old = anna.press(&liked.message(), "None").await;
    assert!(old.text().contains("The event was moved"), "{}", old.text());
    assert!(old.text().contains("4 of 6 hours answered"), "{}", old.text());
    world.member("Bela").press(&club.card(CHANNEL), "Sign up").await;
    let without = club.manage("Without availability").await;
    assert!(without.text().contains("0 of 2 have said for every hour"), "{}", without.text());
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn hours_are_asked_answered_and_kept_on_sqlite() {
    hours_are_asked_answered_and_kept(Pair::Sqlite).await;
}

#[tokio::test]
async fn hours_are_asked_answered_and_kept_on_postgresql_and_redis() {
    hours_are_asked_answered_and_kept(Pair::Postgres).await;
}

//! Answers that take too long: Discord waits three seconds, so after two the service defers by itself, in the manner that the
//! handler declared, and what was asked for happens all the same.

use std::time::Duration;

use sandbox::people::ReplyKind;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use crate::world::{EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

/// Longer than a handler may take, and shorter than the service waits for its database.
const TOO_LONG: Duration = Duration::from_millis(3_500);

/// Keeps every writer of the database waiting until it is dropped or committed.
async fn lock(world: &World) -> DatabaseConnection {
    let mut one = ConnectOptions::new(world.stores.database_url());
    one.max_connections(1);
    let database = Database::connect(one).await.unwrap();
    database.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    database
}

async fn unlock_later(database: DatabaseConnection) {
    tokio::time::sleep(TOO_LONG).await;
    database.execute_unprepared("COMMIT").await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_click_that_waits_for_the_database_changes_the_card_later() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    club.event(None, EventForm::default()).await;
    world.settle().await;
    let (anna, card) = (world.member("Anna"), club.card(CHANNEL));
    let lock = lock(&world).await;
    let mark = world.discord.mark();
    let (reply, ()) = tokio::join!(anna.press(&card, "Sign up"), unlock_later(lock));
    assert_eq!(reply.kind(), ReplyKind::UpdateDeferred, "{}", reply.text());
    assert!(reply.took() < Duration::from_secs(3), "{:?}", reply.took());
    world.settle().await;
    world.pass(Duration::from_secs(10)).await;
    let edit = "PATCH /channels/{channel_id}/messages/{message_id}";
    assert_eq!(world.routes_since(mark), [edit], "the card is drawn anew, once");
    assert!(club.card(CHANNEL).text().contains(&anna.mention()), "{}", club.card(CHANNEL).text());
    world.end().await;
}

#[tokio::test]
async fn a_form_that_waits_for_the_database_is_answered_to_its_sender_alone() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let form = club.organiser.slash("event create").send().await.modal();
    let form = form.fill("Name", "Spa 6 Hours").fill("Start", "2026-12-05 14:00").fill("Length", "6h");
    let lock = lock(&world).await;
    let (reply, ()) = tokio::join!(form.submit(), unlock_later(lock));
    assert_eq!(reply.kind(), ReplyKind::Deferred, "{}", reply.text());
    world.settle().await;
    let settled = reply.settled().await;
    assert!(settled.is_ephemeral() && settled.text().contains("is created"), "{}", settled.text());
    assert!(world.guild.channel_named(CHANNEL).is_some());
    world.end().await;
}

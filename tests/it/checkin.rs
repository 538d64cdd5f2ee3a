//! Check-in before the start, and attendance after it.

use std::time::Duration;

use sandbox::{
    Message,
    people::{Person, Reply},
};

use crate::world::{CHANNEL, Club, Pair, World};

const OPENS: &str = "2026-12-05T12:30:00Z";
const START: &str = "2026-12-05T13:00:00Z";

/// A club whose event has two places, taken by Anna and Ben; Cleo waits.
async fn signed_up(world: &World) -> Club<'_> {
    let club = world.with_event().await;
    for name in ["Anna", "Ben", "Cleo"] {
        pressed(&world.member(name), &club.card(CHANNEL), "Sign up").await;
        world.pass(Duration::from_secs(10)).await;
    }
    world.at("2026-12-05T12:28:00Z").await;
    club
}

async fn pressed(who: &Person, message: &Message, button: &str) -> Reply {
    let reply = who.press(message, button).await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    reply
}

/// The messages that ask people to check in.
fn asked(club: &Club<'_>) -> Vec<Message> {
    let messages = club.channel(CHANNEL).messages().into_iter();
    messages.filter(|message| message.button("Check in").is_some()).collect()
}

/// The panel of the event in whose channel it is asked for.
async fn manage(club: &Club<'_>) -> Message {
    let slash = club.organiser.slash("event manage").in_channel(&club.channel(CHANNEL));
    slash.send().await.message()
}

async fn checks_in(pair: Pair) {
    let world = World::new(pair).await;
    let club = signed_up(&world).await;
    let (anna, ben, cleo) = (world.member("Anna"), world.member("Ben"), world.member("Cleo"));
    assert!(asked(&club).is_empty());
    world.at(OPENS).await;
    assert_eq!(asked(&club).len(), 1, "one message, however many people");
    let asked_for = asked(&club).remove(0);
    assert_eq!(asked_for.mentions.users, [anna.id(), ben.id()], "those with a place, and nobody else");

    let mark = world.discord.mark();
    let reply = pressed(&anna, &asked_for, "Check in").await;
    assert!(reply.is_ephemeral() && reply.text().contains("You're checked in"), "{}", reply.text());
    assert!(pressed(&anna, &asked_for, "Check in").await.text().contains("already"));
    let waits = pressed(&cleo, &asked_for, "Check in").await;
    assert!(waits.text().contains("You have no place"), "{}", waits.text());
    world.pass(Duration::from_secs(60)).await;
    assert_eq!(world.routes_since(mark), [""; 0], "a click costs no call");

    world.at(START).await;
    let late = pressed(&ben, &asked_for, "Check in").await;
    assert!(late.text().contains("You're checked in"), "whoever arrives late can still: {}", late.text());
    world.at("2026-12-05T19:00:00Z").await;
    let over = pressed(&cleo, &asked_for, "Check in").await;
    assert!(over.text().contains("is over"), "{}", over.text());
    assert_eq!(asked(&club).len(), 1);
    world.end().await;
}

#[tokio::test]
async fn those_with_a_place_are_asked_once_and_a_click_costs_nothing_on_sqlite() {
    checks_in(Pair::Sqlite).await;
}

#[tokio::test]
async fn those_with_a_place_are_asked_once_and_a_click_costs_nothing_on_postgresql_and_redis() {
    checks_in(Pair::Postgres).await;
}

#[tokio::test]
async fn for_another_start_they_are_asked_anew() {
    let world = World::new(Pair::Sqlite).await;
    let club = signed_up(&world).await;
    world.at(OPENS).await;
    pressed(&world.member("Anna"), &asked(&club)[0], "Check in").await;
    let form = club.manage("Edit").await.modal();
    form.fill("Start", "2026-12-05 18:00").submit().await.settled().await;
    world.settle().await;
    let early = pressed(&world.member("Anna"), &asked(&club)[0], "Check in").await;
    assert!(early.text().contains("opens"), "{}", early.text());
    world.at("2026-12-05T16:30:00Z").await;
    let both = asked(&club);
    assert_eq!(both.len(), 2);
    let again = pressed(&world.member("Anna"), both.last().unwrap(), "Check in").await;
    assert!(again.text().contains("You're checked in"), "{}", again.text());
    world.end().await;
}

#[tokio::test]
async fn a_club_may_do_without() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let form = club.settings("Race voice").await.fill("Check-in before the start (minutes)", "2000");
    let refused = form.submit().await.settled().await;
    assert!(refused.text().contains("from 5 to 1440, or 0 for never"), "{}", refused.text());
    let form = club.settings("Race voice").await.fill("Check-in before the start (minutes)", "0");
    let saved = form.submit().await.settled().await;
    assert!(saved.text().contains("**Check-in:** off"), "{}", saved.text());
    pressed(&world.member("Anna"), &club.card(CHANNEL), "Sign up").await;
    world.at(OPENS).await;
    assert!(asked(&club).is_empty());
    world.end().await;
}

async fn attends(pair: Pair) {
    let world = World::new(pair).await;
    let club = signed_up(&world).await;
    world.at(OPENS).await;
    pressed(&world.member("Anna"), &asked(&club)[0], "Check in").await;
    assert!(manage(&club).await.button("Attendance").is_none(), "not before the start");
    world.at(START).await;
    let stranger =
        world.member("Cleo").press_custom_id(&club.card(CHANNEL), &press_of(&manage(&club).await)).await;
    assert!(stranger.text().contains("Only the club's organisers"), "{}", stranger.text());
    let list = pressed(&club.organiser, &manage(&club).await, "Attendance").await;
    assert!(list.text().contains("**1** took part, **0** didn't come, **1** not noted"), "{}", list.text());
    let noted = club.organiser.select(&list.message(), "Who didn't come?", &["Ben"]).await;
    assert!(noted.text().contains("**1** took part, **1** didn't come"), "{}", noted.text());
    let nobody: [&str; 0] = [];
    let taken_back = club.organiser.select(&noted.message(), "Who didn't come?", &nobody).await;
    assert!(taken_back.text().contains("**0** didn't come, **1** not noted"), "{}", taken_back.text());
    let noted = club.organiser.select(&taken_back.message(), "Who didn't come?", &["Anna"]).await;
    let all = pressed(&club.organiser, &noted.message(), "All others took part").await;
    assert!(all.text().contains("**1** took part, **1** didn't come, **0** not noted"), "{}", all.text());

    world.at("2026-12-06T19:00:00Z").await;
    let digest = club.channel(CHANNEL).last_message().unwrap().text();
    assert!(digest.contains("**Attendance:** 1 took part, 1 checked in, 1 didn't come"), "{digest}");
    assert!(digest.contains(&format!("**Didn't come**: {}", world.member("Anna").mention())), "{digest}");
    world.end().await;
}

/// What a panel's **Attendance** asks for.
fn press_of(panel: &Message) -> String {
    panel.button("Attendance").unwrap().custom_id.clone().unwrap()
}

#[tokio::test]
async fn organisers_note_who_did_not_come_and_the_digest_counts_them_on_sqlite() {
    attends(Pair::Sqlite).await;
}

#[tokio::test]
async fn organisers_note_who_did_not_come_and_the_digest_counts_them_on_postgresql_and_redis() {
    attends(Pair::Postgres).await;
}

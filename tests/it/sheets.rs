//! Sheets from end to end: offers close to the start, cars, roles, notes, and what organisers do for others.

use std::time::Duration;

use sandbox::people::{Person, Reply};

use crate::world::{Club, EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
const HOUR: Duration = Duration::from_secs(3_600);

async fn press(club: &Club<'_>, who: &Person, button: &str) -> Reply {
    let reply = who.press(&club.card(CHANNEL), button).await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    reply
}

async fn with_event(world: &World, classes: &str) {
    world.club().await.event(None, EventForm { classes, ..EventForm::default() }).await;
    world.settle().await;
}

/// The message in the event's channel that offers somebody a place.
fn offer(club: &Club<'_>, who: &Person) -> Option<sandbox::Message> {
    let messages = club.channel(CHANNEL).messages();
    messages
        .into_iter()
        .find(|message| message.button("Accept").is_some() && message.text().contains(&who.mention()))
}

async fn offers_go_down_the_list(pair: Pair) {
    let world = World::new(pair).await;
    with_event(&world, "GT3 x 1").await;
    let club = Club::of(&world);
    let [anna, bela, cleo] = ["Anna", "Bela", "Cleo"].map(|name| world.member(name));
    for who in [&anna, &bela, &cleo] {
        press(&club, who, "Sign up").await;
        world.pass(Duration::from_secs(10)).await;
    }
    // Eight hours before the start an offer holds for one.
    world.at("2026-12-05T05:00:00Z").await;
    club.withdraw(CHANNEL, &anna).await;
    world.pass(Duration::from_secs(10)).await;
    let first = offer(&club, &bela).unwrap();
    assert!(offer(&club, &cleo).is_none(), "one after the other");
    world.pass(HOUR).await;
    let late = bela.press(&first, "Accept").await;
    assert!(late.text().contains("is kept for you, or not any more"), "{}", late.text());
    let second = offer(&club, &cleo).unwrap();
    let taken = cleo.press(&second, "Accept").await;
    assert!(taken.text().contains("is in for"), "{}", taken.text());
    world.pass(Duration::from_secs(10)).await;
    let card = club.card(CHANNEL).text();
    assert!(card.contains(&format!("**In**: {}", cleo.mention())), "{card}");
    assert!(card.contains("1 of 1") && card.contains(&bela.mention()), "{card}");
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn offers_go_down_the_list_on_sqlite() {
    offers_go_down_the_list(Pair::Sqlite).await;
}

#[tokio::test]
async fn offers_go_down_the_list_on_postgresql_and_redis() {
    offers_go_down_the_list(Pair::Postgres).await;
}

#[tokio::test]
async fn cars_roles_and_notes_go_with_a_sign_up() {
    let world = World::new(Pair::Sqlite).await;
    with_event(&world, "GT3 x 2").await;
    let club = Club::of(&world);
    let licence = world.guild.role("GT3 licence");
    let form = club.manage("Classes and cars").await.modal();
    let form = form.fill("Cars", "Ferrari 296\nBMW M4").choose("Needed roles", &["GT3 licence"]);
    let saved = form.submit().await.settled().await;
    assert!(saved.text().contains("is changed"), "{}", saved.text());
    world.settle().await;

    let anna = world.member("Anna");
    let refused = press(&club, &anna, "Sign up").await;
    assert!(refused.text().contains("The class **GT3** needs the role"), "{}", refused.text());
    anna.give(&licence);
    let asked = press(&club, &anna, "Sign up").await;
    assert!(asked.text().contains("Which car do you want to drive"), "{}", asked.text());
    let mine = anna.select(&asked.message(), "Choose a car", &["BMW M4"]).await;
    assert!(mine.text().contains("GT3 · BMW M4"), "{}", mine.text());
    let late = anna.press(&mine.message(), "I'll be late").await;
    assert!(late.text().contains("come late"), "{}", late.text());
    let form = anna.press(&late.message(), "Add a note").await.modal();
    let noted = form.fill("Note", "After the school run").submit().await;
    assert!(noted.text().contains("After the school run"), "{}", noted.text());
    world.pass(Duration::from_secs(10)).await;
    let card = club.card(CHANNEL).text();
    assert!(card.contains("⏰") && card.contains("(BMW M4)"), "{card}");
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn the_terms_of_a_sheet_are_set_and_hold() {
    let world = World::new(Pair::Sqlite).await;
    with_event(&world, "GT3 x 20").await;
    let club = Club::of(&world);
    let form = club.manage("Terms").await.modal();
    let bad = form.fill("Places altogether", "many").fill("Sign-ups close", "soon").submit().await;
    assert!(
        bad.text().contains("Places altogether") && bad.text().contains("Sign-ups close"),
        "{}",
        bad.text()
    );
    let form = club.organiser.press(&bad.message(), "Edit again").await.modal();
    let form = form.fill("Places altogether", "1").fill("Entries needed", "3").fill("Sign-ups close", "2h");
    form.fill("Requirements", "iRating *2000*").submit().await.settled().await;
    world.settle().await;
    let card = club.card(CHANNEL).text();
    assert!(card.contains("**Altogether:** 0 of 1") && card.contains("3 missing"), "{card}");
    press(&club, &world.member("Anna"), "Sign up").await;
    let second = press(&club, &world.member("Bela"), "Sign up").await;
    assert!(second.text().contains("Waiting list"), "{}", second.text());
    world.at("2026-12-05T11:30:00Z").await;
    let card = club.card(CHANNEL);
    assert!(card.text().contains("Sign-ups are closed"), "{}", card.text());
    assert!(card.button("Sign up").is_some_and(|button| button.disabled));
    world.day().await;
    world.end().await;
}

async fn organisers_add_move_and_remove(pair: Pair) {
    let world = World::new(pair).await;
    with_event(&world, "GT3 x 1\nGT4").await;
    let club = Club::of(&world);
    let (anna, bela) = (world.member("Anna"), world.member("Bela"));
    let people = club.manage("People").await;
    let asked = club.organiser.select(&people.message(), "Add somebody", &["Anna"]).await;
    assert!(asked.text().contains("Which class"), "{}", asked.text());
    let added = club.organiser.select(&asked.message(), "Choose a class", &["GT3"]).await;
    assert!(added.text().contains("In · GT3"), "{}", added.text());
    press(&club, &bela, "Tentative").await;
    world.settle().await;
    let people = club.manage("People").await;
    let chosen =
        club.organiser.select(&people.message(), "Choose somebody to move or remove", &["Bela"]).await;
    let moved = club.organiser.select(&chosen.message(), "Move to a class", &["GT3"]).await;
    assert!(moved.text().contains("Number 1 on the waiting list"), "caps hold: {}", moved.text());
    let people = club.manage("People").await;
    let chosen =
        club.organiser.select(&people.message(), "Choose somebody to move or remove", &["Anna"]).await;
    let removed = club.organiser.press(&chosen.message(), "Remove").await;
    assert!(removed.text().contains("Withdrawn"), "{}", removed.text());
    world.pass(Duration::from_secs(10)).await;
    let card = club.card(CHANNEL).text();
    assert!(card.contains(&bela.mention()) && !card.contains(&anna.mention()), "{card}");
    let audit = club.organiser.slash("event manage").send().await;
    assert!(audit.text().contains("1 in"), "{}", audit.text());
    let silent = club.manage("Who never answered").await;
    assert!(silent.text().contains("/club sync"), "{}", silent.text());
    let file = club.manage("Sheet as CSV").await.settled().await;
    assert!(file.text().contains("on the sheet"), "{}", file.text());
    let file = club.manage("For calendars").await.settled().await;
    assert!(file.text().contains("for a calendar"), "{}", file.text());
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn organisers_add_move_and_remove_on_sqlite() {
    organisers_add_move_and_remove(Pair::Sqlite).await;
}

#[tokio::test]
async fn organisers_add_move_and_remove_on_postgresql_and_redis() {
    organisers_add_move_and_remove(Pair::Postgres).await;
}

#[tokio::test]
async fn what_was_driven_last_takes_one_press() {
    let world = World::new(Pair::Sqlite).await;
    with_event(&world, "GT3\nGT4").await;
    let club = Club::of(&world);
    let anna = world.member("Anna");
    let asked = press(&club, &anna, "Sign up").await;
    anna.select(&asked.message(), "Choose a class", &["GT4"]).await;
    world.settle().await;
    let next = EventForm {
        classes: "GT3\nGT4",
        name: "Monza 4 Hours",
        start: "2026-12-12 14:00",
        ..EventForm::default()
    };
    club.event(None, next).await;
    world.settle().await;
    let card = club.card("monza-4-hours-2026-12-12");
    let asked = anna.press(&card, "Sign up").await;
    let signed_up = anna.press(&asked.message(), "GT4, as last time").await;
    assert!(signed_up.text().contains("in GT4"), "{}", signed_up.text());
    world.day().await;
    world.end().await;
}

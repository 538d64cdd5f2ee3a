//! Crews: proposed from sign-ups, moved by hand, accepted, and what is said where they can't be built.

use std::time::Duration;

use sandbox::{
    Message,
    people::{Person, Reply},
};
use simlane::{app::Timings, domain::crew::Budget};

use crate::world::{Club, EventForm, Pair, Setting, World, timings};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

/// Has so many people sign up in a class, whose names begin with it.
async fn sign_up(club: &Club<'_>, class: &str, people: usize) {
    for number in 1..=people {
        let who = club.world.member(&format!("{class} driver {number}"));
        let asked = who.press(&club.card(CHANNEL), "Sign up").await;
        if asked.text().contains("Which class") {
            who.select(&asked.message(), "Choose a class", &[class]).await;
        }
    }
    club.world.pass(Duration::from_secs(30)).await;
}

/// Has somebody say in which hours of the race they can drive.
async fn can_drive(club: &Club<'_>, name: &str, hours: &[&str]) {
    let who = club.world.member(name);
    let mut page = who.press(&club.card(CHANNEL), "Availability").await;
    if page.text().contains("In which time zone") {
        let label =
            page.message().button_labels().into_iter().find(|label| label.contains("Berlin")).unwrap();
        page = who.press(&page.message(), &label).await;
    }
    let page = who.select(&page.message(), "Hours that you can drive", hours).await;
    assert!(page.failure().is_none(), "{}", page.text());
}

/// Waits for crews that are searched for in place of that reply.
async fn found(club: &Club<'_>, reply: &Reply) -> Message {
    assert!(reply.failure().is_none(), "{}", reply.text());
    club.world.settle().await;
    let message = reply.settled().await.message();
    assert!(message.text().contains("# Crews for Spa 6 Hours"), "{}", message.text());
    message
}

async fn propose(club: &Club<'_>) -> Message {
    let asked = club.organiser.slash("team propose").send().await;
    found(club, &asked).await
}

fn mention(club: &Club<'_>, name: &str) -> String {
    club.world.member(name).mention()
}

/// The team in whose line of a list somebody stands.
fn team_of(list: &str, who: &str) -> String {
    let mut team = String::new();
    for line in list.lines() {
        if let Some((name, _)) = line.strip_prefix("**").and_then(|line| line.split_once("**")) {
            name.clone_into(&mut team);
        }
        if line.contains(who) {
            return team;
        }
    }
    panic!("{who} is in no team of {list}")
}

async fn say(who: &Person, club: &Club<'_>, partner: &str) {
    // What Sign up answers on the card is the card; the choice of a class answers with one's own page.
    let pressed = who.press(&club.card(CHANNEL), "Sign up").await;
    let own = match pressed.text().contains("Which class") {
        true => who.select(&pressed.message(), "Choose a class", &["GT3"]).await,
        false => pressed,
    };
    let page = who.press(&own.message(), "Drive with…").await;
    let named = who.select(&page.message(), "Choose whom you would like to drive with", &[partner]).await;
    assert!(named.text().contains("You would like to drive with"), "{}", named.text());
}

async fn crews_are_proposed_moved_and_accepted(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "GT3\nGTP", ..EventForm::default() }).await;
    world.settle().await;
    sign_up(&club, "GT3", 25).await;
    sign_up(&club, "GTP", 15).await;
    let anna = world.member("GT3 driver 1");
    say(&anna, &club, "GT3 driver 17").await;
    let form = anna.slash("profile edit").send().await.modal();
    let wrong = form.fill("iRating", "2.4k").submit().await;
    assert!(wrong.text().contains("whole number from 0 to 12000"), "{}", wrong.text());
    let form = anna.press(&wrong.message(), "Edit again").await.modal();
    assert!(form.fill("iRating", "2450").submit().await.text().contains("your iRating is **2450**"));
    assert!(anna.slash("profile show").send().await.text().contains("**iRating:** 2450"));

    let old = propose(&club).await;
    let first = propose(&club).await;
    let outdated = club.organiser.press(&old, "Accept").await;
    assert!(outdated.text().contains("changed since this was drawn"), "{}", outdated.text());
    assert!(first.text().contains("25 of 25 drivers in legal crews"), "{}", first.text());
    assert!(first.text().contains(&format!("{} (2450)", anna.mention())), "{}", first.text());
    let second = club.organiser.press(&first, "Next ▶").await.message();
    let mut last = second.clone();
    while last.button("Next ▶").is_some_and(|button| !button.disabled) {
        last = club.organiser.press(&last, "Next ▶").await.message();
    }
    assert!(
        last.text().contains("15 of 15 drivers in legal crews") || last.text().contains("GTP"),
        "{}",
        last.text()
    );

    // Other rules, then somebody is moved.
    let form = club.organiser.press(&last, "Change rules").await.modal();
    let wrong =
        form.fill("Drivers of a crew, at least", "5").fill("Drivers of a crew, at most", "4").submit().await;
    assert!(wrong.text().contains("whole number from 5 to 16"), "{}", wrong.text());
    let form = club.organiser.press(&wrong.message(), "Edit again").await.modal();
    let form = form.fill("Drivers of a crew, at least", "5").fill("Drivers of a crew, at most", "5");
    let page = found(&club, &form.submit().await).await;
    assert!(page.text().contains("5 drivers a crew"), "{}", page.text());
    let asked = club.organiser.select(&page, "Move somebody", &["GT3 driver 1"]).await;
    assert!(asked.text().contains("# Move somebody"), "{}", asked.text());
    let moved = club.organiser.select(&asked.message(), "Where to?", &["A new crew"]).await;
    assert!(
        moved.text().contains("**Worse:**") && moved.text().contains("1 driver, 5 at least"),
        "{}",
        moved.text()
    );
    let again = club.organiser.press(&moved.message(), "Search again").await;
    let page = found(&club, &again).await;
    assert!(page.text().contains("📌") && page.text().contains("25 of 25"), "{}", page.text());

    // Somebody withdraws: it is said, and refused until it is searched again.
    club.withdraw(CHANNEL, &world.member("GTP driver 3")).await;
    world.pass(Duration::from_secs(30)).await;
    let shown = propose(&club).await;
    assert!(shown.text().contains("The event has changed since the search"), "{}", shown.text());
    let refused = club.organiser.press(&shown, "Accept").await;
    assert!(refused.text().contains(&mention(&club, "GTP driver 3")), "{}", refused.text());
    assert!(refused.text().contains("**Search again**"), "{}", refused.text());
    assert!(club.organiser.slash("team list").send().await.text().contains("Nobody is in a team yet"));
    let again = club.organiser.press(&shown, "Search again").await;
    let page = found(&club, &again).await;
    assert!(!page.text().contains("has changed"), "{}", page.text());

    let accepted = club.organiser.press(&page, "Accept").await;
    assert!(accepted.text().contains("`/team finalize`"), "{}", accepted.text());
    let repeated = world.discord.redeliver(&accepted).await;
    assert_eq!(repeated.text(), accepted.text(), "a repeat gets the first answer");
    let late = club.organiser.press(&old, "Accept").await;
    assert!(late.text().contains("aren't proposed any more"), "{}", late.text());
    let list = club.organiser.slash("team list").send().await.text();
    let (one, other) = (anna.mention(), mention(&club, "GT3 driver 17"));
    assert_eq!(team_of(&list, &one), team_of(&list, &other), "as wanted");
    assert!(list.contains("7 teams"), "{list}");
    world.settle().await;
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn crews_are_proposed_moved_and_accepted_on_sqlite() {
    crews_are_proposed_moved_and_accepted(Pair::Sqlite).await;
}

#[tokio::test]
async fn crews_are_proposed_moved_and_accepted_on_postgresql_and_redis() {
    crews_are_proposed_moved_and_accepted(Pair::Postgres).await;
}

async fn what_cannot_be_done_is_said_with_what_would_help(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "GT3 x 4", ..EventForm::default() }).await;
    world.settle().await;
    sign_up(&club, "GT3", 6).await;
    for number in 1..=4 {
        can_drive(&club, &format!("GT3 driver {number}"), &["0", "1", "4", "5"]).await;
    }
    for number in 5..=6 {
        can_drive(&club, &format!("GT3 driver {number}"), &["0", "1", "2", "3", "4", "5"]).await;
    }
    let page = propose(&club).await;
    let text = page.text();
    assert!(text.contains("Nobody in GT3 can drive <t:"), "{text}");
    let waiting = ["GT3 driver 5", "GT3 driver 6"].map(|name| mention(&club, name));
    assert!(
        text.contains(&format!("2 on the waiting list can: {} and {}", waiting[0], waiting[1])),
        "{text}"
    );
    assert!(page.button("Accept").unwrap().disabled);
    let other = world.member("GT3 driver 1").slash("team propose").send().await;
    assert!(other.text().contains("Only the club's organisers"), "{}", other.text());
    let dropped = club.organiser.press(&page, "Discard").await;
    assert!(dropped.text().contains("Discarded"), "{}", dropped.text());
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said_with_what_would_help_on_sqlite() {
    what_cannot_be_done_is_said_with_what_would_help(Pair::Sqlite).await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said_with_what_would_help_on_postgresql_and_redis() {
    what_cannot_be_done_is_said_with_what_would_help(Pair::Postgres).await;
}

#[tokio::test]
async fn a_search_that_is_killed_goes_on_elsewhere() {
    // The claim of a search lasts three calls.
    let call = Duration::from_millis(300);
    let search = Budget { steps: 100_000, ..Budget::default() };
    let setting = Setting { timings: Timings { call, search, ..timings() }, ..Setting::default() };
    let mut world = World::with(Pair::Sqlite, setting).await;
    {
        let club = world.club().await;
        club.event(None, EventForm { classes: "GT3", ..EventForm::default() }).await;
        world.settle().await;
        sign_up(&club, "GT3", 24).await;
    }
    let asked = Club::of(&world).organiser.slash("team propose").send().await;
    world.kill_oldest().await;
    world.serve().await;
    tokio::time::sleep(call * 4).await;
    let club = Club::of(&world);
    world.minute().await;
    let page = found(&club, &asked).await;
    assert!(page.text().contains("24 of 24 drivers in legal crews"), "{}", page.text());
    let accepted = club.organiser.press(&page, "Accept").await;
    assert!(accepted.text().contains("made: **GT3 1**"), "{}", accepted.text());
    world.end().await;
}

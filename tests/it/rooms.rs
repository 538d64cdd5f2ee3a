//! Rooms to practise and to race in, and teams' roles.

use std::time::Duration;

use sandbox::{Channel, model::ChannelKind, people::Person};
use serde_json::json;

use crate::world::{Club, EVE, EventForm, OVER, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

/// What every club's teams get.
async fn choose(club: &Club<'_>, teams: serde_json::Value) {
    club.world.stores.execute(&format!("UPDATE club_settings SET teams = '{teams}'")).await;
}

/// An event with a settled team of Anna and Bela, Cleo beside them.
async fn settled(club: &Club<'_>, name: &str) {
    for name in ["Anna", "Bela", "Cleo"] {
        club.world.member(name).press(&club.card(CHANNEL), "Sign up").await;
        club.world.pass(Duration::from_secs(10)).await;
    }
    let made = club.organiser.slash("team create").option("name", name).in_channel(&club.channel(CHANNEL));
    let mut page = made.send().await;
    for name in ["Anna", "Bela"] {
        page = club.organiser.select(&page.message(), "Add somebody of the sheet", &[name]).await;
    }
    let done = club.organiser.slash("team finalize").in_channel(&club.channel(CHANNEL)).send().await;
    assert!(done.failure().is_none(), "{}", done.text());
    club.world.settle().await;
}

fn voices(world: &World) -> Vec<Channel> {
    let mut voices: Vec<Channel> =
        world.guild.channels().into_iter().filter(|channel| channel.kind == ChannelKind::Voice).collect();
    voices.sort_by(|a, b| a.name.cmp(&b.name));
    voices
}

fn names(world: &World) -> Vec<String> {
    voices(world).into_iter().map(|channel| channel.name.clone()).collect()
}

async fn say(club: &Club<'_>, who: &Person, command: &str) -> String {
    let reply = who.slash(command).in_channel(&club.channel(CHANNEL)).send().await;
    club.world.settle().await;
    reply.text()
}

async fn a_practice_room_has_a_lease(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    choose(&club, json!({ "practice_at_finalize": false, "user_limit": 7, "bitrate": 64 })).await;
    club.event(None, EventForm::default()).await;
    world.settle().await;
    settled(&club, "Red").await;
    assert_eq!(names(&world), [""; 0]);
    let [anna, cleo] = ["Anna", "Cleo"].map(|name| world.member(name));
    assert!(say(&club, &cleo, "voice open").await.contains("You're in no team"));
    let opened = say(&club, &anna, "voice open").await;
    assert!(opened.contains("The practice room of **Red** is open. It closes"), "{opened}");
    let room = voices(&world).remove(0);
    assert_eq!(
        (room.name.as_str(), room.user_limit, room.bitrate),
        ("Red · practice · Spa 6 Hours", 7, 64_000)
    );
    let again = say(&club, &anna, "voice open").await;
    assert!(again.contains(&format!("<#{}>", room.id)), "{again}");

    // A quarter of an hour before it closes, its people are asked.
    world.pass(Duration::from_secs(2 * 3_600 + 46 * 60)).await;
    let thread = club.channel(CHANNEL).threads().remove(0);
    let asked = thread.messages().pop().unwrap();
    assert!(asked.text().contains("Still practising?"), "{}", asked.text());
    let longer = anna.press(&asked, "3 hours from now").await;
    assert!(longer.text().contains("is open"), "{}", longer.text());
    let refused = cleo.press(&asked, "Close now").await;
    assert!(refused.text().contains("Only the people of **Red** and organisers"), "{}", refused.text());
    world.pass(Duration::from_secs(2 * 3_600)).await;
    assert_eq!(names(&world).len(), 1, "it was extended");
    world.pass(Duration::from_secs(3_600 + 60)).await;
    assert_eq!(names(&world), [""; 0], "nobody extended it again");

    say(&club, &anna, "voice open").await;
    let closed = say(&club, &anna, "voice close").await;
    assert!(closed.contains("is closed"), "{closed}");
    assert_eq!(names(&world), [""; 0]);
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn a_practice_room_has_a_lease_on_sqlite() {
    a_practice_room_has_a_lease(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_practice_room_has_a_lease_on_postgresql_and_redis() {
    a_practice_room_has_a_lease(Pair::Postgres).await;
}

/// Rooms for everybody and for each team, of two events that overlap: nothing is shared, and all of it goes in the end.
#[tokio::test]
async fn each_team_has_its_own_rooms() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    choose(&club, json!({ "practice": "both", "race_rooms": "team", "access": "team" })).await;
    club.event(None, EventForm::default()).await;
    world.settle().await;
    settled(&club, "Red").await;
    assert_eq!(names(&world), ["Red · practice · Spa 6 Hours", "Spa 6 Hours · practice"]);
    let thread = club.channel(CHANNEL).threads().remove(0);
    assert_eq!(thread.kind, ChannelKind::PrivateThread);
    world.at(EVE).await;
    assert_eq!(
        names(&world),
        ["Red · practice · Spa 6 Hours", "Red · race · Spa 6 Hours", "Spa 6 Hours · practice"]
    );
    let race = voices(&world).remove(1);
    let said = thread.messages().pop().unwrap();
    assert!(said.text().contains(&format!("Race voice is open:** <#{}>", race.id)), "{}", said.text());
    let [anna, bela] = ["Anna", "Bela"].map(|name| world.member(name));
    assert_eq!(said.mentions.users, [anna.id(), bela.id()]);
    world.at(OVER).await;
    assert_eq!(names(&world), [""; 0]);
    world.end().await;
}

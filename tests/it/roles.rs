//! Teams' roles: shared where they can be, given to those in a team, and gone when nothing needs them.

use std::time::Duration;

use sandbox::{Fault, FaultKind, Match, Role, Snowflake, Times};

use crate::world::{Club, EventForm, Pair, SERIES, World};

const FIRST: &str = "winter-cup-spa-6-hours-2026-12-05";
const SECOND: &str = "winter-cup-spa-6-hours-2026-12-12";

fn known(world: &World, name: &str) -> Option<Snowflake> {
    world.guild.snapshot().guild.roles.values().find(|role| role.name == name).map(|role| role.id)
}

/// The names of those who have a role.
fn holders(world: &World, name: &str) -> Vec<String> {
    let Some(role) = known(world, name) else { return Vec::new() };
    let people = ["Anna", "Bela", "Cleo"].map(|name| (name, world.member(name).id()));
    let snapshot = world.guild.snapshot();
    let has = |(_, user): &&(&str, Snowflake)| snapshot.guild.members[user].roles.contains(&role);
    people.iter().filter(has).map(|(name, _)| (*name).to_owned()).collect()
}

/// Settles a team of these people in the event of that channel.
async fn team(club: &Club<'_>, channel: &str, name: &str, people: &[&str]) {
    for name in people {
        club.world.member(name).press(&club.card(channel), "Sign up").await;
        club.world.pass(Duration::from_secs(10)).await;
    }
    let here = || club.channel(channel);
    let mut page = club.organiser.slash("team create").option("name", name).in_channel(&here()).send().await;
    for name in people {
        page = club.organiser.select(&page.message(), "Add somebody of the sheet", &[name]).await;
    }
    let done = club.organiser.slash("team finalize").in_channel(&here()).send().await;
    assert!(done.failure().is_none(), "{}", done.text());
    club.world.settle().await;
}

async fn a_series_with_two_events(world: &World) -> Club<'_> {
    let club = world.club().await;
    club.series(SERIES).await;
    for start in ["2026-12-05 14:00", "2026-12-12 14:00"] {
        club.event(Some(SERIES), EventForm { start, ..EventForm::default() }).await;
        world.settle().await;
    }
    club
}

async fn a_team_keeps_its_role_from_race_to_race(pair: Pair) {
    let world = World::new(pair).await;
    let club = a_series_with_two_events(&world).await;
    team(&club, FIRST, "Red", &["Anna", "Bela"]).await;
    assert_eq!(holders(&world, "Red"), ["Anna", "Bela"]);
    let role = known(&world, "Red").unwrap();
    let state = world.guild.snapshot().guild.roles[&role].clone();
    assert_eq!((state.permissions.bits(), state.hoist, state.mentionable), (0, false, false));
    assert_ne!(state.colour, 0);
    team(&club, SECOND, "RED", &["Bela", "Cleo"]).await;
    assert_eq!(known(&world, "Red"), Some(role), "they share it");
    assert_eq!(holders(&world, "Red"), ["Anna", "Bela", "Cleo"]);

    // The first race is over: Anna races no more with them.
    world.at("2026-12-07T20:00:00Z").await;
    assert_eq!(holders(&world, "RED"), ["Bela", "Cleo"]);
    assert_eq!(known(&world, "RED"), Some(role));
    // Whoever gives their place up loses it.
    club.withdraw(SECOND, &world.member("Cleo")).await;
    world.pass(Duration::from_secs(10)).await;
    assert_eq!(holders(&world, "RED"), ["Bela"]);
    world.at("2026-12-14T20:00:00Z").await;
    assert_eq!(known(&world, "RED"), None, "given back with the last race that needed it");
    world.end().await;
}

#[tokio::test]
async fn a_team_keeps_its_role_from_race_to_race_on_sqlite() {
    a_team_keeps_its_role_from_race_to_race(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_team_keeps_its_role_from_race_to_race_on_postgresql_and_redis() {
    a_team_keeps_its_role_from_race_to_race(Pair::Postgres).await;
}

#[tokio::test]
async fn what_people_do_with_a_role_by_hand_stays() {
    let world = World::new(Pair::Sqlite).await;
    let club = a_series_with_two_events(&world).await;
    team(&club, FIRST, "Red", &["Anna", "Bela"]).await;
    let role: Role = world.guild.role("Red");
    let [anna, cleo] = ["Anna", "Cleo"].map(|name| world.member(name));
    anna.take(&role);
    cleo.give(&role);
    team(&club, SECOND, "Blue", &["Cleo"]).await;
    assert_eq!(holders(&world, "Red"), ["Bela", "Cleo"]);

    // Deleted by hand, it is made once more.
    world.guild.by_hand().delete_role(role.id);
    let page = club.organiser.slash("team manage").option("team", "Red").in_channel(&club.channel(FIRST));
    let page = page.send().await;
    club.organiser.select(&page.message(), "Add a spotter from the server", &["Cleo"]).await;
    world.day().await;
    assert_eq!(holders(&world, "Red"), ["Anna", "Bela", "Cleo"]);
    world.end().await;
}

/// A role above the bot's own can't be given: the organisers are asked, and the rest of the team comes all the same.
#[tokio::test]
async fn a_role_that_cannot_be_given_holds_nothing_up() {
    let world = World::new(Pair::Sqlite).await;
    let club = a_series_with_two_events(&world).await;
    world.discord.faults().inject(Fault {
        on: Match::route("PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}"),
        times: Times::UntilCleared,
        kind: FaultKind::Status { status: 403, code: 50_013 },
    });
    team(&club, FIRST, "Red", &["Anna", "Bela"]).await;
    let thread = club.channel(FIRST).threads().remove(0);
    assert_eq!(thread.pinned().len(), 1);
    assert_eq!(holders(&world, "Red"), [""; 0]);
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("A team's role"), "{}", panel.text());
    world.end().await;
}

/// A server that has nearly as many roles as Discord allows keeps room for its own.
#[tokio::test]
async fn a_server_full_of_roles_has_teams_without() {
    let world = World::new(Pair::Sqlite).await;
    for at in 0..240 {
        let _ = world.guild.role(&format!("Role {at}"));
    }
    let club = a_series_with_two_events(&world).await;
    world.day().await;
    team(&club, FIRST, "Red", &["Anna", "Bela"]).await;
    assert_eq!(known(&world, "Red"), None);
    let said = club.organiser.slash("team finalize").in_channel(&club.channel(FIRST)).send().await;
    assert!(said.text().contains("of the 250 that Discord allows"), "{}", said.text());
    world.end().await;
}

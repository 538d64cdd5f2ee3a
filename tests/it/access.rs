//! Who may see, write and hear what: people × channels × what the club chose, by the permissions that Discord computes.

use std::{fmt::Write as _, time::Duration};

use insta::assert_snapshot;
use sandbox::{Channel, model::ChannelKind, people::Person};

use crate::world::{Club, EVE, EventForm, OVER, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

/// An event with two settled teams on its eve: Anna races with Red, Bela with Blue; Cleo has a place and no team, Dora none.
async fn eve(world: &World, access: &str) {
    let club = world.club().await;
    let teams = format!(r#"{{"access":"{access}","practice":"both","race_rooms":"team"}}"#);
    let race = format!(
        "UPDATE club_settings SET teams = '{teams}', race_voice_access = '{access}', organiser_role_id = {}",
        world.guild.role("Stewards").id
    );
    world.stores.execute(&race).await;
    club.event(None, EventForm { classes: "GT3 x 4", ..EventForm::default() }).await;
    world.settle().await;
    for name in ["Anna", "Bela", "Cleo"] {
        world.member(name).press(&club.card(CHANNEL), "Sign up").await;
        world.pass(Duration::from_secs(10)).await;
    }
    for (team, driver) in [("Red", "Anna"), ("Blue", "Bela")] {
        let page = club.organiser.slash("team create").option("name", team).send().await;
        club.organiser.select(&page.message(), "Add somebody of the sheet", &[driver]).await;
    }
    club.organiser.slash("team finalize").send().await;
    world.settle().await;
    world.at(EVE).await;
}

fn channels(club: &Club<'_>) -> Vec<Channel> {
    let mut channels = vec![club.channel(CHANNEL)];
    channels.extend(club.channel(CHANNEL).threads());
    let all = club.world.guild.channels();
    channels.extend(all.into_iter().filter(|channel| channel.kind == ChannelKind::Voice));
    channels.sort_by_key(|channel| (channel.kind == ChannelKind::Voice, channel.name.clone()));
    channels
}

/// What one may do in a channel, in a word.
fn may(world: &World, who: &Person, channel: &Channel) -> &'static str {
    let abilities = world.guild.abilities_of(who, channel);
    let is_voice = channel.kind == ChannelKind::Voice;
    match (abilities.view, is_voice, abilities.send, abilities.connect && abilities.speak) {
        (false, ..) => "–",
        (true, true, _, true) => "joins",
        (true, true, _, false) => "sees",
        (true, false, true, _) => "writes",
        (true, false, false, _) => "reads",
    }
}

/// A line for each channel, a column for each person.
fn table(world: &World) -> String {
    let club = Club::of(world);
    let steward = world.member("Stella");
    steward.give(&world.guild.role("Stewards"));
    let people =
        [world.member("Anna"), world.member("Bela"), world.member("Cleo"), world.member("Dora"), steward];
    let names: Vec<&str> = people.iter().map(Person::name).collect();
    let mut table = format!("{:<30}", "");
    for name in names {
        let _ = write!(table, "{name:<8}");
    }
    for channel in channels(&club) {
        let _ = write!(table, "\n{:<30}", channel.name);
        for who in &people {
            let _ = write!(table, "{:<8}", may(world, who, &channel));
        }
    }
    table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

async fn of(access: &str) -> String {
    let world = World::new(Pair::Sqlite).await;
    eve(&world, access).await;
    let table = table(&world);
    world.at(OVER).await;
    world.end().await;
    table
}

#[tokio::test]
async fn open_rooms_take_everybody() {
    assert_snapshot!(of("open").await, @"
                                  Anna    Bela    Cleo    Dora    Stella
    Blue                          writes  writes  writes  writes  writes
    Red                           writes  writes  writes  writes  writes
    spa-6-hours-2026-12-05        writes  writes  writes  writes  writes
    Blue · practice · Spa 6 Hours joins   joins   joins   joins   joins
    Blue · race · Spa 6 Hours     joins   joins   joins   joins   joins
    Red · practice · Spa 6 Hours  joins   joins   joins   joins   joins
    Red · race · Spa 6 Hours      joins   joins   joins   joins   joins
    Spa 6 Hours · practice        joins   joins   joins   joins   joins
    ");
}

#[tokio::test]
async fn rooms_for_participants_take_who_has_a_place() {
    assert_snapshot!(of("participants").await, @"
                                  Anna    Bela    Cleo    Dora    Stella
    Blue                          writes  writes  writes  writes  writes
    Red                           writes  writes  writes  writes  writes
    spa-6-hours-2026-12-05        writes  writes  writes  writes  writes
    Blue · practice · Spa 6 Hours joins   joins   joins   sees    joins
    Blue · race · Spa 6 Hours     joins   joins   joins   sees    joins
    Red · practice · Spa 6 Hours  joins   joins   joins   sees    joins
    Red · race · Spa 6 Hours      joins   joins   joins   sees    joins
    Spa 6 Hours · practice        joins   joins   joins   sees    joins
    ");
}

#[tokio::test]
async fn rooms_of_teams_take_their_people() {
    assert_snapshot!(of("team").await, @"
                                  Anna    Bela    Cleo    Dora    Stella
    Blue                          –       writes  –       –       –
    Red                           writes  –       –       –       –
    spa-6-hours-2026-12-05        writes  writes  writes  writes  writes
    Blue · practice · Spa 6 Hours sees    joins   sees    sees    joins
    Blue · race · Spa 6 Hours     sees    joins   sees    sees    joins
    Red · practice · Spa 6 Hours  joins   sees    sees    sees    joins
    Red · race · Spa 6 Hours      joins   sees    sees    sees    joins
    Spa 6 Hours · practice        joins   joins   sees    sees    joins
    ");
}

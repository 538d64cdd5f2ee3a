//! What the views' tests share: facts to draw, a readable rendering, and a check against Discord's limits.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod gallery;
mod limits;
mod render;

use jiff::Timestamp;
use twilight_model::id::Id;
use uuid::Uuid;

pub(crate) use self::{
    limits::{check, check_modal},
    render::render,
};
use super::card::CardFacts;
use crate::domain::{
    channel_name::{NameParts, NamePattern, channel_name},
    class_list::Classes,
    club::{Club, Series},
    duration::RaceLength,
    event::{Class, Event, EventState, Fate},
    id::Key,
    locale::Locale,
    name::{ClubName, Description, EventName, SeriesName, TrackName},
    series_defaults::SeriesDefaults,
    settings::ClubSettings,
    signup::{Sheet, Signup, SignupState},
    team::Teams,
    terms::Terms,
    zone::Zone,
};

/// An identifier that is the same in every run.
pub(crate) fn key<K>(number: u128) -> Key<K> {
    Key::new(Uuid::from_u128(number))
}

/// An instant.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A day in the week before the event.
pub(crate) fn before() -> Timestamp {
    at("2026-12-01T12:00:00Z")
}

/// A club in Berlin.
pub(crate) fn club() -> Club {
    Club {
        guild: Id::new(1),
        id: key(1),
        name: ClubName::parse("Night Owls").unwrap(),
        settings: ClubSettings::default(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
    }
}

/// A series.
pub(crate) fn series() -> Series {
    Series {
        adopted_category: None,
        archived_at: None,
        club: key(1),
        defaults: SeriesDefaults::default(),
        id: key(2),
        name: SeriesName::parse("Winter Cup").unwrap(),
    }
}

/// An open event of 24 hours from 5 December 2026, 14:00 in Berlin, with the classes typed.
pub(crate) fn event(classes: &str) -> Event {
    let name = EventName::parse("Spa 24 Hours").unwrap();
    let parts =
        NameParts { event: &name, series: None, start: "2026-12-05T14:00".parse().unwrap(), track: None };
    Event {
        channel_name: channel_name(&NamePattern::default(), &parts, Locale::En),
        channels_wanted: true,
        classes: classes_of(classes),
        club: key(1),
        created_at: at("2026-11-22T10:00:00Z"),
        created_by: Some(Id::new(100)),
        description: Description::parse("").unwrap(),
        external_id: None,
        fate: Fate::default(),
        id: key(3),
        length: RaceLength::parse("24h").unwrap(),
        name,
        revision: 1,
        series: Some(key(2)),
        signup_url: None,
        start: at("2026-12-05T13:00:00Z"),
        state: EventState::Open,
        terms: Terms::default(),
        track: TrackName::parse("Spa-Francorchamps").ok(),
    }
}

/// The classes as typed, with ids from 10 on.
pub(crate) fn classes_of(typed: &str) -> Vec<Class> {
    let classes = Classes::parse(typed).unwrap();
    let class = |(at, draft): (u128, &crate::domain::class_list::ClassDraft)| Class {
        capacity: draft.capacity,
        cars: Vec::new(),
        id: key(10 + at),
        name: draft.name.clone(),
        roles: Vec::new(),
    };
    (0..).zip(classes.as_slice()).map(class).collect()
}

/// A sheet with so many people in each of these states of the event's classes, whose Discord ids count up from 1001.
pub(crate) fn sheet(event: &Event, people: &[(usize, SignupState, usize)]) -> Sheet {
    let places = people.iter().flat_map(|(class, state, count)| vec![(*class, *state); *count]);
    let line = |(order, (class, state)): (u64, (usize, SignupState))| Signup {
        class: Some(event.classes[class].id),
        order,
        state,
        ..Signup::blank(key(1000 + u128::from(order)), Id::new(1000 + order))
    };
    Sheet::new((1..).zip(places).map(line).collect())
}

/// The same people where those tentative haven't chosen a class.
pub(crate) fn undecided(sheet: &Sheet) -> Sheet {
    let free = |line: &Signup| match line.state {
        SignupState::Tentative => Signup { class: None, ..line.clone() },
        _ => line.clone(),
    };
    Sheet::new(sheet.lines().iter().map(free).collect())
}

/// The same people with Discord ids as long as real ones.
pub(crate) fn with_real_ids(sheet: &Sheet) -> Sheet {
    let real = |line: &Signup| Signup {
        discord: Id::new(1_000_000_000_000_000_000 + line.discord.get()),
        ..line.clone()
    };
    Sheet::new(sheet.lines().iter().map(real).collect())
}

/// No teams.
static NO_TEAMS: Teams = Teams::none();

/// What a card shows, without a series and without teams.
pub(crate) const fn facts<'f>(
    event: &'f Event,
    sheet: &'f Sheet,
    settings: &'f ClubSettings,
) -> CardFacts<'f> {
    CardFacts { event, series: None, settings, sheet, teams: &NO_TEAMS }
}

//! Whatever people do, and whoever turns out to be whom: nobody is on a sheet twice, or lost from it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use super::decide::*;
use super::*;
use crate::domain::{
    channel_name::{NameParts, channel_name},
    class_list::Capacity,
    duration::RaceLength,
    event::{EventState, Fate},
    id::{ClubId, EventId},
    locale::Locale,
    name::{Description, EventName},
    settings::ClubSettings,
    terms::Terms,
};

mod brought;
mod history;
mod wishes;

const PEOPLE: u64 = 8;

fn start() -> Timestamp {
    "2026-12-05T14:00:00Z".parse().unwrap()
}

fn user(number: u64) -> UserId {
    UserId::new(Uuid::from_u64_pair(1, number))
}

fn class(number: u64) -> ClassId {
    ClassId::new(Uuid::from_u64_pair(2, number))
}

/// An event with a class of each capacity.
fn event(capacities: &[Option<u64>]) -> Event {
    let name: EventName = "Spa".parse().unwrap();
    let parts = NameParts {
        event: &name,
        series: None,
        start: jiff::civil::date(2026, 12, 5).at(14, 0, 0, 0),
        track: None,
    };
    let classes = (0..).zip(capacities).map(|(number, capacity)| Class {
        capacity: capacity.map(|places| Capacity::new(places).unwrap()),
        cars: Vec::new(),
        id: class(number),
        name: None,
        roles: Vec::new(),
    });
    Event {
        channel_name: channel_name(&ClubSettings::default().channel_naming_pattern, &parts, Locale::En),
        channels_wanted: true,
        classes: classes.collect(),
        club: ClubId::new(Uuid::nil()),
        created_at: start() - SignedDuration::from_hours(99),
        created_by: Some(Id::new(1)),
        description: Description::parse("").unwrap(),
        external_id: None,
        fate: Fate::default(),
        id: EventId::new(Uuid::nil()),
        length: RaceLength::parse("24h").unwrap(),
        name,
        revision: 1,
        series: None,
        signup_url: None,
        start: start(),
        state: EventState::Open,
        terms: Terms::default(),
        track: None,
    }
}

fn applicant(number: u64) -> Applicant<'static> {
    Applicant { behalf: Behalf::Own(&[]), discord: Id::new(number), user: user(number) }
}

fn at(hours: i64) -> Timestamp {
    start() + SignedDuration::from_hours(hours)
}

/// The sheet after one after the other has wished for something.
fn play(event: &Event, wishes: &[(u64, Wish)]) -> Sheet {
    let mut sheet = Sheet::default();
    for (number, wish) in wishes {
        let decided = sheet.decide(event, &applicant(*number), wish, at(-48));
        if let Ok(Decision::Change(lines)) = decided {
            sheet = lines.into_iter().fold(sheet, |sheet, line| sheet.with(line));
        }
    }
    sheet
}

/// The sheet once `from` has turned out to be `into`.
fn merged(sheet: &Sheet, event: &Event, (from, into): (u64, u64), now: Timestamp) -> Sheet {
    let lines = sheet.merge(event, (user(from), user(into)), now);
    let people: BTreeSet<UserId> = lines.iter().map(|line| line.user).collect();
    assert_eq!(people.len(), lines.len(), "no line is written twice");
    lines.into_iter().fold(sheet.without(user(from)), |sheet, line| sheet.with(line))
}

fn a_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        4 => select(vec![0, 1]).prop_map(|number| Wish::sign_up(Some(class(number)))),
        1 => Just(Wish::Tentative),
        1 => Just(Wish::Withdraw { sure: true }),
    ]
}

fn people(sheet: &Sheet) -> BTreeSet<UserId> {
    sheet.lines().iter().map(|line| line.user).collect()
}

#[test]
fn of_two_lines_the_better_place_is_left() {
    let event = event(&[Some(1), Some(1)]);
    let sign_up = |number, of| (number, Wish::sign_up(Some(class(of))));
    // One is in for the first class and waits with a second account for the other.
    let sheet = play(&event, &[sign_up(1, 0), sign_up(2, 1), sign_up(3, 1), sign_up(4, 0)]);
    let after = merged(&sheet, &event, (3, 1), at(-48));
    let one = after.of(user(1)).unwrap();
    assert_eq!((one.state, one.class, one.discord), (SignupState::In, Some(class(0)), Id::new(1)));
    assert_eq!(after.of(user(4)).unwrap().state, SignupState::Waiting);
    // The driver of the second class is the same person: that place goes to nobody, for nobody waits there.
    let after = merged(&after, &event, (1, 2), at(-48));
    assert_eq!(after.of(user(2)).unwrap().class, Some(class(0)), "the earlier of two places");
    assert_eq!(after.lines().len(), 2);
}

proptest! {
    #[test]
    fn merging_loses_nobody_doubles_nobody_and_overfills_nothing(
        capacities in [option::of(1..4_u64), option::of(1..4_u64)],
        wishes in vec((1..=PEOPLE, a_wish()), 0..40),
        pairs in vec((1..=PEOPLE, 1..=PEOPLE), 1..5),
        hours in select(vec![-48, -30, 30]),
    ) {
        let event = event(&capacities);
        let mut sheet = play(&event, &wishes);
        for (from, into) in pairs {
            let before = sheet.clone();
            if from == into {
                continue;
            }
            sheet = merged(&before, &event, (from, into), at(hours));
            let mut expected = people(&before);
            if expected.remove(&user(from)) {
                expected.insert(user(into));
            }
            prop_assert_eq!(sheet.lines().len(), expected.len());
            prop_assert_eq!(people(&sheet), expected);
            for of in &event.classes {
                let places = of.capacity.map_or(usize::MAX, |capacity| usize::from(capacity.get()));
                let count = |state| sheet.in_state(of.id, state).count();
                prop_assert!(count(SignupState::In) <= places);
                let waits_in_vain = count(SignupState::In) < places && count(SignupState::Waiting) > 0;
                prop_assert!(!waits_in_vain || at(hours) >= event.end());
            }
            for line in before.lines().iter().filter(|line| line.user != user(from) && line.user != user(into)) {
                let now = sheet.of(line.user).unwrap();
                prop_assert!(now == line || line.state == SignupState::Waiting && now.state == SignupState::In);
            }
            let orders: BTreeSet<u64> = sheet.lines().iter().map(|line| line.order).collect();
            prop_assert_eq!(orders.len(), sheet.lines().len());
        }
    }
}

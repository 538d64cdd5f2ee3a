#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{domain::duration::RaceLength, view::testing::event};

fn race(length: &str) -> Event {
    Event { length: RaceLength::parse(length).unwrap(), ..event("GT3") }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

#[test]
fn an_event_has_an_hour_after_the_other() {
    let hours = blocks(&race("2h40"));
    assert_eq!(hours.len(), 3);
    assert_eq!(hours[2].to.duration_since(hours[2].from), SignedDuration::from_mins(40));
    assert_eq!(hours[0].from, race("2h40").start);
    assert_eq!(blocks(&race("24h")).len(), 24);
}

#[test]
fn days_and_nights_are_the_persons_own() {
    let hours = blocks(&race("24h"));
    for (name, first) in
        [("Europe/Berlin", "2026-12-05T21:00:00Z"), ("Pacific/Auckland", "2026-12-05T13:00:00Z")]
    {
        let nights: Vec<_> = hours.iter().filter(|hour| Pick::Nights.takes(**hour, &zone(name))).collect();
        assert_eq!(nights.len(), 8, "{name}");
        assert_eq!(nights[0].from, first.parse().unwrap(), "{name}");
    }
}

#[test]
fn what_is_preferred_can_be_driven() {
    let hours = blocks(&race("3h"));
    let said = Availability::default().with_available(&hours, at(0), |hour| hour == hours[0]);
    assert_eq!(
        hours.iter().map(|hour| said.of(*hour)).collect::<Vec<_>>(),
        [Some(Answer::Available), Some(Answer::No), Some(Answer::No)]
    );
    let said = said.with_preferred(&hours, at(0), |hour| hour == hours[1]);
    assert_eq!(said.of(hours[0]), Some(Answer::Available));
    assert_eq!(said.of(hours[1]), Some(Answer::Preferred));
    let said = said.with_available(&hours, at(0), |hour| hour != hours[2]);
    assert_eq!(said.of(hours[1]), Some(Answer::Preferred), "what is preferred stays so");
    assert_eq!(said.with_preferred(&hours, at(0), |_| false).of(hours[1]), Some(Answer::Available));
}

#[test]
fn a_moved_event_keeps_what_still_overlaps() {
    let before = race("3h");
    let hours = blocks(&before);
    let said = Availability::default().with_available(&hours, at(0), |hour| hour != hours[1]);
    let hour_later = Event { start: before.start + BLOCK, ..before.clone() };
    let later: Vec<_> = blocks(&hour_later).iter().map(|hour| said.of(*hour)).collect();
    assert_eq!(later, [Some(Answer::No), Some(Answer::Available), None]);
    let half_later = Event { start: before.start + SignedDuration::from_mins(30), ..before };
    let later: Vec<_> = blocks(&half_later).iter().map(|hour| said.of(*hour)).collect();
    assert_eq!(
        later,
        [Some(Answer::No), Some(Answer::No), None],
        "the worst of both, and half an hour is new"
    );
}

#[test]
fn an_event_made_longer_asks_for_what_is_new_of_its_last_hour() {
    let said = Availability::default().with_available(&blocks(&race("2h30")), at(0), |_| true);
    let longer = blocks(&race("3h"));
    assert_eq!(said.of(longer[2]), None, "half of the third hour was never asked about");
    assert_eq!(said.answered(&longer), 2);
    let shorter = blocks(&race("2h15"));
    assert_eq!(said.answered(&shorter), 3);
}

#[test]
fn an_answer_leaves_what_was_said_about_other_instants() {
    let early = race("2h");
    let said = Availability::default().with_available(&blocks(&early), at(0), |_| false);
    let late = Event { start: early.start + SignedDuration::from_mins(30), ..race("1h") };
    let said = said.with_available(&blocks(&late), at(1), |_| true);
    let halves: Vec<_> = (0..4)
        .map(|half| early.start + SignedDuration::from_mins(30) * half)
        .map(|from| said.of(Block { from, to: from + SignedDuration::from_mins(30) }))
        .collect();
    let (no, yes) = (Some(Answer::No), Some(Answer::Available));
    assert_eq!(halves, [no, yes, yes, no]);
}

#[test]
fn of_two_people_what_was_said_last_counts() {
    let hours = blocks(&race("3h"));
    let one = Availability::default().with_available(&hours[..2], at(1), |_| true);
    let other = Availability::default().with_available(&hours[1..], at(2), |_| false);
    let expected = [Some(Answer::Available), Some(Answer::No), Some(Answer::No)];
    for both in [one.clone().joined_by(other.clone()), other.joined_by(one)] {
        assert_eq!(hours.iter().map(|hour| both.of(*hour)).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn of_what_was_said_at_once_the_one_who_stays_counts() {
    let hours = blocks(&race("1h"));
    let said = |chosen: bool| Availability::default().with_available(&hours, at(0), |_| chosen);
    assert_eq!(said(true).joined_by(said(false)).of(hours[0]), Some(Answer::Available));
}

proptest! {
    #[test]
    fn whatever_is_picked_and_moved_every_hour_shown_says_what_was_last_said(
        moves in vec((select(vec![-90, -60, -30, 0, 15, 60, 120]), any::<u8>(), any::<bool>()), 1..12),
    ) {
        let mut race = race("6h");
        let (mut now, mut said) = (at(0), Availability::default());
        for (minutes, chosen, prefers) in moves {
            race.start += SignedDuration::from_mins(minutes);
            now += SignedDuration::from_secs(1);
            let hours = blocks(&race);
            let is_chosen = |hour: Block| {
                let at = hours.iter().position(|other| *other == hour).unwrap();
                chosen & (1 << at) != 0
            };
            let before = said.clone();
            said = if prefers {
                said.with_preferred(&hours, now, is_chosen)
            } else {
                said.with_available(&hours, now, is_chosen)
            };
            for hour in &hours {
                let answer = said.of(*hour);
                prop_assert!(answer.is_some(), "every hour that was shown is answered");
                let expected = match (prefers, is_chosen(*hour), before.of(*hour)) {
                    (true, true, _) | (false, true, Some(Answer::Preferred)) => Answer::Preferred,
                    (false, true, _) | (true, false, Some(Answer::Preferred)) => Answer::Available,
                    (false, false, _) => Answer::No,
                    (true, false, before) => before.unwrap_or(Answer::No),
                };
                prop_assert_eq!(answer, Some(expected));
            }
            for step in -24..36 {
                let from = race.start + SignedDuration::from_mins(15) * step;
                let quarter = Block { from, to: from + SignedDuration::from_mins(15) };
                if !hours.iter().any(|hour| hour.from < quarter.to && hour.to > quarter.from) {
                    prop_assert_eq!(said.of(quarter), before.of(quarter), "what wasn't shown stands");
                }
            }
            let json = serde_json::to_string(&said).unwrap();
            prop_assert_eq!(serde_json::from_str::<Availability>(&json).unwrap(), said.clone());
        }
    }
}

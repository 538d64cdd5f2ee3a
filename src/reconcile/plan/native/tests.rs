#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    domain::{
        event::EventState,
        panel::Failure,
        settings::{ClubSettings, RaceVoice},
    },
    reconcile::{
        facts::EventFacts,
        plan::{Plan, Said},
        slot::Slot,
        testing::{built, fresh, planned},
    },
    store::{bindings::BindingKind, fault::Fault},
    view::testing::at,
};

/// Two weeks ahead of the start.
fn early() -> Timestamp {
    at("2026-11-22T10:00:00Z")
}

/// The race is on.
fn racing() -> Timestamp {
    at("2026-12-05T18:00:00Z")
}

/// What is left to do about the scheduled event alone.
fn plan_at(facts: &EventFacts, now: Timestamp) -> Plan {
    let mut plan = planned(facts, &Said::new(), now);
    plan.steps.retain(|step| step.slot() == Some(Slot::Native));
    plan
}

fn print(facts: &EventFacts, now: Timestamp) -> String {
    plan_at(facts, now).to_string()
}

/// An event with everything made early, of a club without race voice.
fn standing() -> EventFacts {
    let mut facts = built(early());
    facts.club.settings = ClubSettings { race_voice: RaceVoice::Off, ..facts.club.settings };
    facts
}

fn moved(facts: &mut EventFacts, by: SignedDuration) {
    facts.event.start = facts.event.start.saturating_add(by).unwrap();
}

#[test]
fn it_is_made_once_there_is_a_channel_to_lead_to() {
    assert_snapshot!(print(&fresh(), early()), @"nothing to do");
    let mut facts = built(early());
    assert_snapshot!(print(&facts, early()), @"nothing to do");
    facts.bindings.0.remove(&Slot::Native);
    assert_snapshot!(print(&facts, early()), @r#"schedule native "Spa 24 Hours" 2026-12-05T13:00:00Z until 2026-12-06T13:00:00Z"#);
    assert_snapshot!(print(&facts, racing()), @"nothing to do");
}

#[test]
fn an_edit_says_only_what_changed() {
    let mut facts = standing();
    facts.event.name = "Spa 25 Hours".parse().unwrap();
    assert_snapshot!(print(&facts, early()), @r#"edit native name "Spa 25 Hours""#);
    let mut facts = standing();
    moved(&mut facts, SignedDuration::from_hours(1));
    assert_snapshot!(print(&facts, early()), @"edit native start 2026-12-05T14:00:00Z, end 2026-12-06T14:00:00Z");
    facts.event.track = None;
    assert!(print(&facts, early()).contains("description"));
}

#[test]
fn its_place_is_race_voice_once_that_is_open() {
    let eve = at("2026-12-05T10:00:00Z");
    let mut facts = built(early());
    crate::reconcile::testing::apply(&mut facts, eve);
    assert_snapshot!(print(&facts, eve), @"edit native location https://discord.com/channels/1/603");
}

#[test]
fn it_goes_when_the_event_is_cancelled_and_stays_when_it_is_over() {
    let mut facts = standing();
    assert_snapshot!(print(&facts, at("2026-12-07T10:00:00Z")), @"release native");
    facts.event.state = EventState::Cancelled { at: early(), reason: String::new() };
    assert_snapshot!(print(&facts, early()), @"delete native 602");
    assert_snapshot!(print(&facts, racing()), @"delete native 602");
}

#[test]
fn switched_off_those_that_are_ahead_go_and_those_that_are_on_stay() {
    let mut facts = standing();
    facts.club.settings.native_events = false;
    assert_snapshot!(print(&facts, early()), @"delete native 602");
    assert_snapshot!(print(&facts, racing()), @"nothing to do");
    facts.bindings.0.remove(&Slot::Native);
    assert_snapshot!(print(&facts, early()), @"nothing to do");
}

#[test]
fn what_has_begun_for_discord_begins_no_more() {
    let mut facts = standing();
    facts.event.name = "Spa 25 Hours".parse().unwrap();
    moved(&mut facts, SignedDuration::from_hours(1));
    // A start that is past isn't sent.
    assert_snapshot!(print(&facts, racing()), @r#"edit native name "Spa 25 Hours", end 2026-12-06T14:00:00Z"#);
    moved(&mut facts, SignedDuration::from_hours(24));
    // To be made anew.
    assert_snapshot!(print(&facts, racing()), @"delete native 602");
    moved(&mut facts, SignedDuration::from_hours(24 * 14));
    let over = at("2026-12-07T10:00:00Z");
    assert_snapshot!(print(&facts, over), @"release native");
}

#[test]
fn a_start_that_is_moved_into_the_past_takes_it_away() {
    let mut facts = standing();
    moved(&mut facts, SignedDuration::from_hours(-24 * 14));
    assert_snapshot!(print(&facts, early()), @"delete native 602");
}

#[test]
fn without_its_channel_it_stays_as_it_is() {
    let mut facts = standing();
    facts.bindings.0.remove(&Slot::Channel);
    assert_snapshot!(print(&facts, early()), @"nothing to do");
}

#[test]
fn what_is_refused_is_looked_at_again_and_holds_nothing_up() {
    let mut facts = standing();
    let later = early().saturating_add(SignedDuration::from_hours(6)).unwrap();
    let native = facts.bindings.0.get_mut(&Slot::Native).unwrap();
    native.state = State::Wanted;
    native.row.kind = BindingKind::Native;
    native.row.not_before = Some(later);
    for (class, done_without) in [(Failure::Forbidden, true), (Failure::Full, true), (Failure::Broken, false)]
    {
        let native = facts.bindings.0.get_mut(&Slot::Native).unwrap();
        native.row.fault = Some(Fault { class, message: String::new() });
        let plan = plan_at(&facts, early());
        let waits = if done_without { (None, Some(later)) } else { (Some(later), None) };
        assert_eq!((plan.retry_at, plan.revisit_at), waits, "{class:?}");
    }
}

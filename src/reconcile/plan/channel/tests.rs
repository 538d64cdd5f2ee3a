#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::Timestamp;
use twilight_model::id::Id;

use super::*;
use crate::{
    reconcile::{
        binding::Category,
        facts::EventFacts,
        plan::Said,
        testing::{apply, built, planned},
    },
    view::testing::{at, key},
};

/// The race voice channel is open.
fn eve() -> Timestamp {
    at("2026-12-05T10:00:00Z")
}

/// An event with its channels, moved to another series whose categories are these.
fn moved(categories: Vec<Category>) -> EventFacts {
    let mut facts = built(eve());
    apply(&mut facts, eve());
    let series = facts.series.as_mut().unwrap();
    series.id = key(77);
    series.name = "Summer Cup".parse().unwrap();
    facts.event.series = Some(series.id);
    facts.shelves.0[0] = (Shelf::Series(series.id), categories);
    facts
}

fn print(facts: &EventFacts) -> String {
    let plan = planned(facts, &Said::new(), eve());
    let steps = plan.steps.iter().filter(|step| matches!(step, Step::Edit { .. } | Step::Want { .. }));
    steps.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_event_of_another_series_moves_its_channels_with_one_call_each() {
    let there = Category { n: 1, state: State::Bound(Id::new(510)) };
    assert_snapshot!(print(&moved(vec![there])), @r#"
    edit channel parent 510, topic "Summer Cup · Spa-Francorchamps · 24 h"
    edit voice/race parent 510
    "#);
}

#[test]
fn they_wait_for_a_category_where_there_is_none_with_room() {
    let full = Category { n: 1, state: State::Full(Id::new(510)) };
    assert_snapshot!(print(&moved(vec![full])), @r#"
    want category/2
    edit channel topic "Summer Cup · Spa-Francorchamps · 24 h"
    "#);
    assert_snapshot!(print(&moved(Vec::new())), @r#"
    want category/1
    edit channel topic "Summer Cup · Spa-Francorchamps · 24 h"
    "#);
}

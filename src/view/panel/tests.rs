//! The panel, as organisers read it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::{
        name::EventName,
        panel::{Resource, Subject, Topic},
    },
    view::testing::{at, before, check, club, key, render, series},
};

fn shown(facts: &PanelFacts<'_>) -> String {
    let body = panel(facts);
    check(&body);
    render(body.components())
}

/// A panel with nothing on it.
fn facts(club: &Club) -> PanelFacts<'_> {
    let fix_permissions = "https://simlane.example/install?server=1";
    let missing = Permissions::empty();
    PanelFacts {
        club,
        conflicts: 0,
        failing: &[],
        fix_permissions,
        headroom: None,
        last_sync: None,
        missing,
        questions: &[],
    }
}

#[test]
fn missing_permissions_are_asked_for_again() {
    let missing = Permissions::CONNECT | Permissions::SPEAK;
    assert_snapshot!(shown(&PanelFacts { missing, ..facts(&club()) }), @"
    # Night Owls
    ⚠️ **Permissions:** Connect and Speak missing here.
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]
    ");
}

#[test]
fn nothing_waits() {
    let club = club();
    let headroom = Some(Headroom { channels: 120, roles: 30 });
    assert_snapshot!(shown(&PanelFacts { headroom, ..facts(&club) }), @"
    # Night Owls
    ✅ **All is well.** Nothing waits for you.
    ────
    **Last sync:** none yet
    **Channels:** 120 of 500
    **Roles:** 30 of 250
    [Refresh] [Check health] [Sync preview]
    ");
}

#[test]
fn everything_waits() {
    let club = club();
    let resource = Resource::Channel;
    let question = |number| Question {
        about: Subject::Series(series().name),
        asked_at: before(),
        id: key(number),
        topic: Topic::Deleted { resource },
    };
    let failing = |number, failure| FailingOwner {
        failure,
        owner: key(number),
        subject: EventName::parse("Spa 24 Hours").map_or(Subject::Club, Subject::Event),
        tries: 3,
        retry_at: (failure == Failure::Later).then(|| at("2026-12-01T12:10:00Z")),
    };
    let questions: Vec<Question> = (0..6).map(question).collect();
    let failures = [Failure::Broken, Failure::Forbidden, Failure::Full, Failure::Later, Failure::Gone];
    let failing: Vec<FailingOwner> = (10..).zip(failures).map(|(number, why)| failing(number, why)).collect();
    let headroom = Some(Headroom { channels: 480, roles: 30 });
    let missing = Permissions::CONNECT | Permissions::SPEAK;
    let facts = PanelFacts {
        conflicts: 50_000,
        failing: &failing,
        headroom,
        missing,
        questions: &questions,
        ..facts(&club)
    };
    assert_snapshot!(shown(&facts), @"
    # Night Owls
    ⚠️ **Permissions:** Connect and Speak missing here.
    ────
    **The channel of the series Winter Cup was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **The channel of the series Winter Cup was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **The channel of the series Winter Cup was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **The channel of the series Winter Cup was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    Answer these to see 2 more.
    ────
    ⚠️ **Spa 24 Hours:** something went wrong between us and Discord. Tried 3 times; waits for you. [Retry]
    ⚠️ **Spa 24 Hours:** the bot lacks a permission, which `/info` names. Give it to the bot's role, then press Retry. Tried 3 times; waits for you. [Retry]
    Once these work you see 3 more.
    ────
    ⚠️ **In doubt:** 50000 accounts may be one of several people
    **Last sync:** none yet
    ⚠️ **Channels:** 480 of 500
    **Roles:** 30 of 250
    [Refresh] [Check health] [Sync preview] [Who is who] [Fix permissions]
    ");
}

#[test]
fn what_a_question_tells_is_not_told_twice() {
    let club = club();
    let event = |name| Subject::Event(EventName::parse(name).unwrap());
    let failing = |number, name| FailingOwner {
        failure: Failure::Forbidden,
        owner: key(number),
        subject: event(name),
        tries: 1,
        retry_at: None,
    };
    let question = |topic| Question { about: event("Spa"), asked_at: before(), id: key(1), topic };
    let told = |topic| {
        let (failing, questions) = ([failing(10, "Spa"), failing(11, "Monza")], [question(topic)]);
        shown(&PanelFacts { failing: &failing, questions: &questions, ..facts(&club) })
    };
    let asked = told(Topic::Forbidden { resource: Resource::Channel });
    assert!(!asked.contains("**Spa:**") && asked.contains("⚠️ **Monza:**"), "{asked}");
    let another = told(Topic::Deleted { resource: Resource::Channel });
    assert!(another.contains("⚠️ **Spa:**"), "{another}");
}

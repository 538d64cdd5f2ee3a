#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        id::{ClubId, SyncId},
        sync::Results,
    },
    view::testing::{check, render},
};

fn shown_of(run: &Run, samples: &Samples<'_>) -> String {
    written(&shown(&SyncFacts::of(run, samples)))
}

fn written(body: &Body) -> String {
    check(body);
    render(body.components())
}

fn run(state: SyncState) -> Run {
    let at: Timestamp = "2026-12-05T14:00:00Z".parse().unwrap();
    let counts = Counts {
        ambiguous: 3,
        certain: 2,
        granted: 40,
        known: 30,
        left: 4,
        likely: 11,
        members: 44,
        new: 5,
        seen: 60,
        unmatched: 1,
        ..Counts::default()
    };
    Run {
        applied_at: Some(at),
        calls: 3,
        club: ClubId::new(Uuid::nil()),
        cursor: 0,
        expected: Some(60_000),
        finished_at: None,
        guild: Id::new(1),
        id: SyncId::new(Uuid::nil()),
        kind: SyncKind::Preview,
        pages: 21,
        planned_at: Some(at),
        results: Results { counts, done: 20, skipped: 0, total: 60 },
        started_at: at,
        started_by: Some(Id::new(7)),
        state,
        trouble: None,
        undoes: None,
        undone_at: None,
    }
}

#[test]
fn progress_is_a_bar_and_words() {
    for state in [SyncState::Reading, SyncState::Comparing, SyncState::Applying] {
        assert_snapshot!(format!("{state:?}"), shown_of(&run(state), &Samples::default()));
    }
    assert_eq!(
        (bar(-1.0), bar(0.5), bar(f64::NAN).chars().count()),
        ("░".repeat(12), format!("{}{}", "█".repeat(6), "░".repeat(6)), 12)
    );
}

#[test]
fn a_preview_shows_the_counted_difference_with_examples() {
    let (ana, ben) = ("Ana Pereira".parse().unwrap(), "Ben *Okafor*".parse().unwrap());
    let doubt = [ana, ben];
    let [ana, _] = &doubt;
    let samples = Samples {
        ambiguous: vec![(Id::new(3), &doubt)],
        left: &[Id::new(8), Id::new(9)],
        linked: vec![(Id::new(2), ana, &Grounds::Roster), (Id::new(4), ana, &Grounds::Answer)],
        new: &[Id::new(5)],
    };
    assert_snapshot!("preview", shown_of(&run(SyncState::Planned), &samples));
}

#[test]
fn many_who_leave_have_to_be_said_yes_to() {
    let mut many = run(SyncState::Asking);
    many.results.counts.left = 12;
    assert_snapshot!("asking", shown_of(&many, &Samples::default()));
}

#[test]
fn nothing_to_change_has_no_button() {
    let mut nothing = run(SyncState::Planned);
    nothing.results.counts = Counts { known: 30, seen: 30, ..Counts::default() };
    assert_snapshot!("nothing", shown_of(&nothing, &Samples::default()));
}

#[test]
fn the_end_is_told_with_the_way_on() {
    let mut done = run(SyncState::Done);
    assert_snapshot!("done", shown_of(&done, &Samples::default()));
    done.results.skipped = 1;
    done.trouble = Some(Trouble::MayNotGrant);
    done.results.counts.ambiguous = 0;
    assert_snapshot!("done_in_part", shown_of(&done, &Samples::default()));
    done.trouble = Some(Trouble::NoIntent);
    assert_snapshot!("done_without_intent", shown_of(&done, &Samples::default()));
    assert_snapshot!(
        "undone",
        shown_of(&Run { kind: SyncKind::Undo, trouble: None, ..done }, &Samples::default())
    );
    for trouble in [Trouble::Gone, Trouble::Unavailable] {
        let failed = Run { trouble: Some(trouble), ..run(SyncState::Failed) };
        assert_snapshot!(format!("failed_{trouble:?}"), shown_of(&failed, &Samples::default()));
    }
    assert_snapshot!("stopped", shown_of(&run(SyncState::Stopped), &Samples::default()));
}

#[test]
fn an_undo_asks_first() {
    assert_snapshot!(written(&ask_undo(&run(SyncState::Done), "2026-12-06T14:00:00Z".parse().unwrap())));
}

#[test]
fn the_last_runs_are_listed() {
    assert_snapshot!("none", written(&status(&[])));
    let states = [
        SyncState::Reading,
        SyncState::Asking,
        SyncState::Planned,
        SyncState::Done,
        SyncState::Failed,
        SyncState::Stopped,
    ];
    let mut runs: Vec<Run> = states.map(run).to_vec();
    let undone =
        Run { undone_at: runs[3].planned_at, finished_at: runs[3].planned_at, ..run(SyncState::Done) };
    let kinds = [SyncKind::Api, SyncKind::Manual, SyncKind::Nightly, SyncKind::Undo];
    runs.extend(kinds.map(|kind| Run { kind, started_by: None, ..run(SyncState::Done) }));
    runs[0] = undone;
    assert_snapshot!("status", written(&status(&runs)));
}

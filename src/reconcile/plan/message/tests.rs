#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::Timestamp;
use twilight_model::id::Id;

use crate::{
    reconcile::{
        binding::{Applied, Bindings, Shelves, State},
        desired::desired,
        facts::{BoardFacts, Facts, GuildFacts, RoleFacts},
        plan::{Known, Said, plan},
        slot::Slot,
        testing::bound,
    },
    view::{
        board::Entry,
        testing::{at, club, event},
    },
};

const HERE: u64 = 70;
const THERE: u64 = 71;

/// Two weeks ahead of the start.
fn early() -> Timestamp {
    at("2026-11-22T10:00:00Z")
}

fn facts(channel: Option<u64>) -> GuildFacts {
    let entries = vec![Entry { channel: None, event: event(""), series: None }];
    let board = channel.map(|channel| BoardFacts { all: 1, channel: Id::new(channel), entries });
    GuildFacts {
        bindings: Bindings::default(),
        board,
        club: club(),
        questions: Vec::new(),
        roles: RoleFacts::default(),
    }
}

/// The same, with the board posted in a channel.
fn posted(facts: &GuildFacts, channel: u64) -> GuildFacts {
    let wanted = desired(&Facts::Guild(Box::new(facts.clone())), early());
    let hash = wanted.resources.into_iter().find_map(|resource| match resource.spec {
        crate::reconcile::desired::Spec::Board { body, .. } => Some(body.hash()),
        _ => None,
    });
    let mut facts = facts.clone();
    facts.bindings.0.insert(
        Slot::Board,
        bound(Slot::Board, 600, Applied::Card { channel: Id::new(channel), pinned: false }, hash),
    );
    facts
}

fn print(facts: &GuildFacts, now: Timestamp) -> String {
    let known = Known { bindings: &facts.bindings, said: &Said::new(), shelves: &Shelves::default() };
    plan(&desired(&Facts::Guild(Box::new(facts.clone())), now), known, now).to_string()
}

#[test]
fn a_board_is_posted_and_left_alone_until_something_on_it_changes() {
    assert_snapshot!(print(&facts(None), early()), @"nothing to do");
    assert_snapshot!(print(&facts(Some(HERE)), early()), @"post board");
    let mut facts = posted(&facts(Some(HERE)), HERE);
    assert_snapshot!(print(&facts, early()), @"nothing to do");
    assert_snapshot!(print(&facts, at("2026-12-05T18:00:00Z")), @"edit board");
    facts.board.as_mut().unwrap().entries[0].channel = Some(Id::new(5));
    assert_snapshot!(print(&facts, early()), @"edit board");
}

#[test]
fn it_changes_by_itself_when_an_event_starts_and_is_over() {
    let facts = Facts::Guild(Box::new(posted(&facts(Some(HERE)), HERE)));
    let start = event("").start;
    let next = |now| desired(&facts, now).next_change.map(|change| change.at);
    assert_eq!(next(early()), Some(start));
    assert_eq!(next(start), Some(event("").end()));
    assert_eq!(next(event("").end()), None);
}

#[test]
fn in_another_channel_or_none_the_old_one_goes_first() {
    assert_snapshot!(print(&posted(&facts(Some(THERE)), HERE), early()), @"delete board");
    assert_snapshot!(print(&posted(&facts(None), HERE), early()), @"delete board");
}

#[test]
fn what_an_attempt_may_have_posted_elsewhere_is_looked_into_first() {
    for channel in [Some(THERE), None] {
        let mut facts = posted(&facts(channel), HERE);
        let board = facts.bindings.0.get_mut(&Slot::Board).unwrap();
        board.state = State::Creating;
        board.row.channel = Some(Id::new(HERE));
        assert_eq!(print(&facts, early()), "examine board");
    }
}

//! What a guild should have: the shared categories that events asked for, the board of coming events, and its organisers' questions
//! posted.

use std::time::Duration;

use jiff::Timestamp;

use super::{Cause, Change, Channel, Desired, Resource, Saying, Spec, Surplus, Text, roles};
use crate::{
    domain::{channel_name::category_name, owner::Rank, panel::Question},
    reconcile::{
        facts::{BoardFacts, GuildFacts},
        slot::{Shelving, Slot},
    },
    view,
};

/// How long a question is worth posting; it stays in the club's panel for as long as it is open.
const QUESTION_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);

/// The categories that somebody asked for, all of which stay; the board where the club has a channel for it; a role for each team of events
/// of no series; and a message for each open question where the club has an organiser channel.
pub(super) fn desired(facts: &GuildFacts, now: Timestamp) -> Desired {
    let board = facts.board.as_ref();
    let categories = facts.bindings.0.keys().filter_map(|slot| category(*slot));
    let board_shown = board.map(|board| posted_board(facts, board, now));
    let roles = roles::roles(&facts.roles, &facts.bindings, now);
    let resources = categories.chain(board_shown).chain(roles).collect();
    let sayings = facts.questions.iter().filter_map(|question| posted(facts, question, now)).collect();
    let next_change = board.and_then(|board| next_change(board, now));
    let next_change = next_change.into_iter().chain(roles::next_change(&facts.roles, now)).min();
    let surplus = Surplus::Delete(Cause::Explicit);
    Desired { next_change, resources, sayings, surplus, ..Desired::default() }
}

fn posted_board(facts: &GuildFacts, board: &BoardFacts, now: Timestamp) -> Resource {
    let body = view::board::board(&facts.club, &board.entries, board.all, now);
    Resource { make: true, slot: Slot::Board, spec: Spec::Board { body, channel: board.channel } }
}

/// An event on the board starts, or is over.
fn next_change(board: &BoardFacts, now: Timestamp) -> Option<Change> {
    let times = board.entries.iter().flat_map(|entry| [entry.event.start, entry.event.end()]);
    let at = times.filter(|at| *at > now).min()?;
    Some(Change { at, expires: None, rank: Rank::Bulk })
}

fn category(slot: Slot) -> Option<Resource> {
    let Slot::Category(shelving, n) = slot else { return None };
    let name = match (shelving, n) {
        (Shelving::Archive, 1) => "Archive".to_owned(),
        (Shelving::Archive, n) => format!("Archive {n}"),
        (Shelving::Events | Shelving::Series, n) => category_name(None, n.into()),
    };
    Some(Resource { make: true, slot, spec: Spec::Category { adopted: None, name } })
}

fn posted(facts: &GuildFacts, question: &Question, now: Timestamp) -> Option<Saying> {
    let channel = facts.club.settings.organiser_channel?;
    let expires = question.asked_at.saturating_add(QUESTION_LIFE).ok()?;
    (now < expires).then(|| Saying {
        expires,
        key: format!("question/{}", question.id),
        rank: Rank::People,
        text: Text::Body(view::announce::question(question)),
        to: Channel::Known(channel),
    })
}

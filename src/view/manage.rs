//! An event's panel for its organisers.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{Id, marker::ChannelMarker},
};

use super::{
    card::{self, CardFacts},
    custom_id::Press,
    markup::{self, name, relative},
    message::{Body, button, enabled, row, text},
};
use crate::domain::{
    event::{EventState, Phase},
    signup::SignupState,
};

/// The panel: where the event stands, and what an organiser can do about it. `channel` is its text channel on Discord.
#[must_use]
pub fn panel(facts: &CardFacts<'_>, channel: Option<Id<ChannelMarker>>, now: Timestamp) -> Body {
    let event = facts.event;
    let phase = event.phase(facts.settings, now);
    Body::new(vec![
        text(format!("# Manage {}", name(&event.name))),
        text(card::times(event)),
        text(format!("{}\n{}\n{}", standing(facts, phase), people(facts), place(facts, channel, phase))),
        row(buttons(facts, phase)),
    ])
}

fn standing(facts: &CardFacts<'_>, phase: Phase) -> String {
    match phase {
        Phase::Open => "**Sign-ups:** open until the start".to_owned(),
        Phase::Closed => "**Sign-ups:** closed".to_owned(),
        Phase::Running => "**The race is on.**".to_owned(),
        Phase::Finished => "**The race is over.**".to_owned(),
        Phase::Cancelled => card::cancelled(facts.event),
        Phase::PutAway => "**Put away.** Nothing more can be changed.".to_owned(),
    }
}

fn people(facts: &CardFacts<'_>) -> String {
    let of = |state| facts.sheet.lines().iter().filter(|line| line.state == state).count();
    format!(
        "**People:** {} in, {} waiting, {} tentative, {} absent",
        of(SignupState::In),
        of(SignupState::Waiting),
        of(SignupState::Tentative),
        of(SignupState::Absent),
    )
}

fn place(facts: &CardFacts<'_>, channel: Option<Id<ChannelMarker>>, phase: Phase) -> String {
    match channel {
        Some(channel) if phase != Phase::PutAway => {
            let until = relative(facts.event.put_away_at(facts.settings));
            format!("**Channel:** {}, put away {until}", markup::channel(channel))
        }
        Some(channel) => format!("**Channel:** {}", markup::channel(channel)),
        None if facts.event.channels_wanted && is_ahead(phase) => "**Channel:** being made".to_owned(),
        None => "**Channel:** none".to_owned(),
    }
}

fn buttons(facts: &CardFacts<'_>, phase: Phase) -> [Button; 4] {
    let event = facts.event;
    let cancel = button(ButtonStyle::Danger, "Cancel event", &Press::CancelEvent(event.id));
    let edit = button(ButtonStyle::Primary, "Edit", &Press::EditEvent(event.id));
    let ahead = is_ahead(phase);
    [
        enabled(edit, ahead),
        enabled(signups(facts), matches!(phase, Phase::Open | Phase::Closed)),
        enabled(card::create_channel(event), ahead && !event.channels_wanted),
        enabled(cancel, ahead),
    ]
}

fn signups(facts: &CardFacts<'_>) -> Button {
    let id = facts.event.id;
    match facts.event.state {
        EventState::Closed => button(ButtonStyle::Secondary, "Open sign-ups", &Press::OpenSignups(id)),
        EventState::Open | EventState::Cancelled { .. } => {
            button(ButtonStyle::Secondary, "Close sign-ups", &Press::CloseSignups(id))
        }
    }
}

const fn is_ahead(phase: Phase) -> bool {
    matches!(phase, Phase::Open | Phase::Closed | Phase::Running)
}

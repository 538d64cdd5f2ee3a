//! An event's card: what it is, who comes, and the buttons to sign up.

use jiff::Timestamp;
use twilight_model::channel::message::{
    Component,
    component::{Button, ButtonStyle},
};

use super::{
    custom_id::Press,
    fate,
    markup::{self, ended, name, relative, sentence, typed, when},
    message::{self, Body, MAX_TEXT, container, enabled, row, separator, text},
    people::{self, ClassPeople},
};
use crate::domain::{
    club::Series,
    event::{Event, EventState, Phase},
    settings::ClubSettings,
    signup::Sheet,
    team::Teams,
    text::length,
};

/// The most characters of a description on a card; the rest is in the organisers' form only.
const MAX_DESCRIPTION: usize = 1_200;
/// The most characters of what people need, on a card.
const MAX_REQUIREMENTS: usize = 400;
/// The most characters of a cancellation's reason on a card.
const MAX_REASON: usize = 300;

/// Everything that a card shows.
#[derive(Clone, Copy, Debug)]
pub struct CardFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// Its series.
    pub series: Option<&'f Series>,
    /// Its club's settings.
    pub settings: &'f ClubSettings,
    /// Who signed up.
    pub sheet: &'f Sheet,
    /// Its teams, with those of their people who are there.
    pub teams: &'f Teams,
}

/// The card in the event's channel. It depends on nothing but the facts and the event's phase at `now`.
#[must_use]
pub fn card(facts: &CardFacts<'_>, now: Timestamp) -> Body {
    let phase = facts.event.phase(facts.settings, now);
    let (mut parts, hides) = parts(facts, phase);
    parts.extend(buttons(facts, phase));
    parts.extend(more(facts, hides));
    Body::new(vec![container(accent(facts.event, phase), parts)])
}

/// The card for one person alone, as `/event show` gives it. An organiser of an event without a channel can ask for one.
#[must_use]
pub fn copy(facts: &CardFacts<'_>, now: Timestamp, organiser: bool) -> Body {
    let phase = facts.event.phase(facts.settings, now);
    let ahead = matches!(phase, Phase::Open | Phase::Closed | Phase::Running);
    let (mut parts, hides) = parts(facts, phase);
    parts.extend(buttons(facts, phase));
    parts.extend(more(facts, hides));
    if organiser && ahead && !facts.event.channels_wanted {
        parts.push(row([create_channel(facts.event)]));
    }
    Body::new(vec![container(accent(facts.event, phase), parts)])
}

/// The button that asks for an event's channel.
pub(super) fn create_channel(event: &Event) -> Button {
    message::button(ButtonStyle::Primary, "Create channel", &Press::CreateChannel(event.id))
}

/// What the card tells, and whether it leaves somebody unnamed.
fn parts(facts: &CardFacts<'_>, phase: Phase) -> (Vec<Component>, bool) {
    let event = facts.event;
    let mut classes = ClassPeople::of(event, facts.sheet, facts.teams);
    let (title, times, terms) = (title(event, facts.series), times(event), terms(event, facts.sheet));
    let (absent, standing) = (people::absent(facts.sheet), standing(facts, phase, &classes));
    let used: usize = [&title, &times, &terms, &absent, &standing].into_iter().map(|text| length(text)).sum();
    let room = MAX_TEXT.saturating_sub(used);
    let spare = room.saturating_sub(people::unnamed(&classes));
    let description = typed(event.description.as_str(), MAX_DESCRIPTION.min(spare / 2));
    let people = people::within(&mut classes, room.saturating_sub(length(&description)));

    let mut parts = vec![text(title), text(times), text(terms), text(description), separator()];
    parts.extend(people.into_iter().map(text));
    parts.extend([text(absent), separator(), text(standing)]);
    (parts, classes.iter().any(ClassPeople::hides_somebody))
}

/// What people need, and how many come altogether of how many; empty where the event asks for nothing.
fn terms(event: &Event, sheet: &Sheet) -> String {
    let terms = &event.terms;
    let coming = sheet.everybody_in().count();
    let roles: Vec<String> = terms.roles.iter().copied().map(markup::role).collect();
    let needs = (!roles.is_empty()).then(|| format!("🔑 **Needs:** {}", sentence(&roles, "or")));
    let words = terms.requirements.as_ref();
    let words =
        words.map(|words| format!("📋 **Requirements:** {}", typed(words.as_str(), MAX_REQUIREMENTS)));
    let limit = terms.limit.map(|limit| format!("👥 **Altogether:** {coming} of {limit}"));
    let minimum = terms.minimum.map(|minimum| match usize::from(minimum.get()).saturating_sub(coming) {
        0 => format!("🏁 **Entries needed:** {minimum}, reached"),
        missing => format!("🏁 **Entries needed:** {minimum}, {missing} missing"),
    });
    [needs, words, limit, minimum].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Who isn't named on the card, and where else people can sign up.
fn more(facts: &CardFacts<'_>, hides: bool) -> Option<Component> {
    let id = facts.event.id;
    let list = hides.then(|| {
        let list = Press::FullList { event: id, page: 0 };
        message::button(ButtonStyle::Secondary, "Full list", &list)
    });
    let site = facts.event.signup_url.as_ref().map(|url| message::link("Sign up on the site", url));
    let buttons: Vec<Button> = list.into_iter().chain(site).collect();
    (!buttons.is_empty()).then(|| row(buttons))
}

fn title(event: &Event, series: Option<&Series>) -> String {
    let heading = format!("# {}", name(&event.name));
    let of: Vec<String> =
        series.map(|series| name(&series.name)).into_iter().chain(event.track.as_ref().map(name)).collect();
    if of.is_empty() { heading } else { format!("{heading}\n{}", of.join(" · ")) }
}

/// Start, length and end of an event, each in the reader's own zone.
pub(super) fn times(event: &Event) -> String {
    format!(
        "**Start:** {} ({})\n**Length:** {}, until {}",
        when(event.start),
        relative(event.start),
        event.length,
        when(event.end()),
    )
}

fn standing(facts: &CardFacts<'_>, phase: Phase, classes: &[ClassPeople<'_>]) -> String {
    match phase {
        Phase::Open => {
            let full = classes.iter().any(ClassPeople::is_full);
            let open = match facts.event.terms.cutoff.as_minutes() {
                0 => "🟢 **Sign-ups are open** until the start.".to_owned(),
                _ => format!(
                    "🟢 **Sign-ups are open**. They close {}.",
                    relative(facts.event.signups_close_at())
                ),
            };
            join(&open, if full { "A full class puts you on its waiting list." } else { "" })
        }
        Phase::Closed => "🔒 **Sign-ups are closed.** You can still withdraw.".to_owned(),
        Phase::Running => "🏎️ **The race is on.** If you can't make it, withdraw.".to_owned(),
        Phase::Finished => join("🏁 **The race is over.**", &fate(facts)),
        Phase::Cancelled => join(&cancelled(facts.event), &fate(facts)),
        Phase::PutAway if facts.event.is_cancelled() => join(&cancelled(facts.event), "Put away."),
        Phase::PutAway => "📦 **Put away.** The race is over.".to_owned(),
    }
}

/// That an event is cancelled, and why.
pub(super) fn cancelled(event: &Event) -> String {
    let reason = match &event.state {
        EventState::Cancelled { reason, .. } => ended(&typed(reason, MAX_REASON)),
        EventState::Closed | EventState::Open => String::new(),
    };
    join("❌ **Cancelled.**", &reason)
}

/// What becomes of the event's channel, and when.
fn fate(facts: &CardFacts<'_>) -> String {
    if facts.event.channels_wanted { fate::sentence(facts.event, facts.settings) } else { String::new() }
}

fn join(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first} {second}") }
}

fn buttons(facts: &CardFacts<'_>, phase: Phase) -> Option<Component> {
    let id = facts.event.id;
    let manage = message::button(ButtonStyle::Secondary, "Manage", &Press::Manage(id));
    let joining = phase == Phase::Open;
    match phase {
        Phase::Open | Phase::Closed | Phase::Running => Some(row([
            enabled(message::button(ButtonStyle::Success, "Sign up", &Press::SignUp(id)), joining),
            enabled(message::button(ButtonStyle::Secondary, "Tentative", &Press::Tentative(id)), joining),
            message::button(ButtonStyle::Secondary, "Withdraw", &Press::Withdraw(id)),
            message::button(ButtonStyle::Secondary, "Availability", &Press::Hours { event: id, page: 0 }),
            manage,
        ])),
        Phase::Finished => Some(row([manage])),
        Phase::Cancelled | Phase::PutAway => None,
    }
}

/// The colour beside the card: it only repeats what the card says in words.
const fn accent(event: &Event, phase: Phase) -> u32 {
    match phase {
        Phase::Open => 0x2d_9d_5c,
        Phase::Closed => 0xd9_8e_04,
        Phase::Running => 0x2b_6c_d4,
        Phase::Cancelled => 0xc0_39_2b,
        Phase::PutAway if event.is_cancelled() => 0xc0_39_2b,
        Phase::Finished | Phase::PutAway => 0x6b_72_80,
    }
}

#[cfg(test)]
mod tests;

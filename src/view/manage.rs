//! An event's panel for its organisers.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{Id, marker::ChannelMarker},
};

use super::{
    card::{self, CardFacts},
    custom_id::Press,
    fate,
    markup::{self, count, name, relative},
    message::{Body, button, enabled, row, separator, text},
    repeat::{self, RepeatFacts},
};
use crate::domain::{
    event::{EventState, Phase},
    id::EventId,
    signup::SignupState,
};

/// What stands around an event's sheet.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Around {
    /// How many people are asked when they can drive.
    pub asked: usize,
    /// The event's text channel, once made.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whether it can't be made because the server holds as many channels as Discord allows.
    pub lacks_room: bool,
    /// How many of those asked haven't answered all hours.
    pub unanswered: usize,
}

/// The panel: where the event stands, and what an organiser can do about it. `repeats` is what repeats it.
#[must_use]
pub fn panel(
    facts: &CardFacts<'_>,
    around: Around,
    repeats: Option<&RepeatFacts<'_>>,
    now: Timestamp,
) -> Body {
    let event = facts.event;
    let phase = event.phase(facts.settings, now);
    let mut lines = vec![standing(facts, phase), people(facts)];
    lines.extend(availability(around));
    lines.push(place(facts, around, phase));
    lines.extend(repeats.map(repeat::line));
    let (ahead, id) = (is_ahead(phase), event.id);
    let mut parts = vec![
        text(format!("# Manage {}", name(&event.name))),
        text(card::times(event)),
        text(lines.join("\n")),
        row(buttons(facts, phase)),
        row(people_buttons(id, ahead)),
        row(more_buttons(id, repeats.is_some(), ahead)),
        row(file_buttons(facts, ahead)),
        row(afterwards(facts, now)),
    ];
    parts.insert(3, separator());
    Body::new(parts)
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
    let of = |state| facts.sheet.count(state);
    let late = match of(SignupState::Late) {
        0 => String::new(),
        late => format!(" ({late} late)"),
    };
    let coming = facts.sheet.everybody_in().count();
    let counts = format!(
        "**People:** {coming} in{late}, {} waiting, {} tentative, {} absent, {} withdrawn",
        of(SignupState::Waiting),
        of(SignupState::Tentative),
        of(SignupState::Absent),
        of(SignupState::Withdrawn),
    );
    let missing =
        facts.event.terms.minimum.map_or(0, |least| usize::from(least.get()).saturating_sub(coming));
    let over = facts.event.terms.limit.map_or(0, |most| coming.saturating_sub(usize::from(most.get())));
    match (missing, over) {
        (0, 0) => counts,
        (0, over) => format!("{counts}\n**Over the limit:** {over}; nobody loses their place"),
        (missing, _) => format!("{counts}\n**Missing:** {}", count(missing, "entry", "entries")),
    }
}

fn availability(around: Around) -> Option<String> {
    let Around { asked, unanswered, .. } = around;
    (asked > 0).then(|| format!("**Availability:** {} of {asked} answered", asked.saturating_sub(unanswered)))
}

fn place(facts: &CardFacts<'_>, around: Around, phase: Phase) -> String {
    match around.channel {
        Some(channel) if phase != Phase::PutAway => {
            let until = facts.event.put_away_at(facts.settings).map(relative);
            let until = until.map_or_else(|| "kept".to_owned(), |until| format!("put away {until}"));
            format!("**Channel:** {}, {until}", markup::channel(channel))
        }
        Some(channel) => format!("**Channel:** {}", markup::channel(channel)),
        None if facts.event.channels_wanted && around.lacks_room => {
            "⚠️ **Channel:** can't be made: the server holds 500 channels, the most that Discord allows. Put events away, or \
             delete archived channels; then it is made within the hour, or at once with **Retry** in `/club panel`."
                .to_owned()
        }
        None if facts.event.channels_wanted && is_ahead(phase) => "**Channel:** being made".to_owned(),
        None => "**Channel:** none".to_owned(),
    }
}

/// What the event itself is.
fn buttons(facts: &CardFacts<'_>, phase: Phase) -> [Button; 4] {
    let event = facts.event;
    let edit = button(ButtonStyle::Primary, "Edit", &Press::EditEvent(event.id));
    let terms = button(ButtonStyle::Secondary, "Terms", &Press::EditTerms(event.id));
    let classes = match event.only_class() {
        Some(class) => Press::EditClass { event: event.id, class: class.id },
        None => Press::Classes(event.id),
    };
    let ahead = is_ahead(phase);
    [
        enabled(edit, ahead),
        enabled(terms, ahead),
        enabled(button(ButtonStyle::Secondary, "Classes and cars", &classes), ahead),
        enabled(signups(facts), matches!(phase, Phase::Open | Phase::Closed)),
    ]
}

/// Who is on its sheet, and who isn't.
fn people_buttons(event: EventId, ahead: bool) -> [Button; 4] {
    let people = button(ButtonStyle::Secondary, "People", &Press::Entries { event, page: 0 });
    let silent = button(ButtonStyle::Secondary, "Who never answered", &Press::Silent { event, page: 0 });
    let unanswered =
        button(ButtonStyle::Secondary, "Without availability", &Press::Unanswered { event, page: 0 });
    let remind = button(ButtonStyle::Secondary, "Remind now", &Press::RemindNow(event));
    [enabled(people, ahead), enabled(silent, ahead), enabled(unanswered, ahead), enabled(remind, ahead)]
}

/// What is taken away from it: files, and the event itself.
fn file_buttons(facts: &CardFacts<'_>, ahead: bool) -> [Button; 4] {
    let event = facts.event;
    let cancel = button(ButtonStyle::Danger, "Cancel event", &Press::CancelEvent(event.id));
    [
        button(ButtonStyle::Secondary, "Sheet as CSV", &Press::ExportSheet(event.id)),
        button(ButtonStyle::Secondary, "For calendars", &Press::ExportCalendar(event.id)),
        enabled(card::create_channel(event), ahead && !event.channels_wanted),
        enabled(cancel, ahead),
    ]
}

/// What makes more events of this one, or another of it.
fn more_buttons(event: EventId, repeats: bool, ahead: bool) -> [Button; 4] {
    let repeat = match repeats {
        true => button(ButtonStyle::Secondary, "Stop repeating", &Press::StopRepeating(event)),
        false => enabled(button(ButtonStyle::Secondary, "Repeat", &Press::RepeatEvent(event)), ahead),
    };
    let to_series = Press::MoveToSeries { event, page: 0 };
    [
        button(ButtonStyle::Secondary, "Duplicate", &Press::DuplicateEvent(event)),
        button(ButtonStyle::Secondary, "Save as template", &Press::SaveTemplate(event)),
        repeat,
        enabled(button(ButtonStyle::Secondary, "Move to series", &to_series), ahead),
    ]
}

/// What can be done from the start on, and with the channel once the race is over: **Attendance**, **Keep** or **Let it go**, and
/// **Put away now**.
#[must_use]
pub fn afterwards(facts: &CardFacts<'_>, now: Timestamp) -> Vec<Button> {
    let event = facts.event;
    let attendance = Press::Attendance { event: event.id, page: 0 };
    let has_started = now >= event.start && !event.is_cancelled();
    let attendance = has_started.then(|| button(ButtonStyle::Secondary, "Attendance", &attendance));
    attendance.into_iter().chain(fate::buttons(event, facts.settings, now)).collect()
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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            settings::ClubSettings,
            signup::SignupState::{Absent, In, Tentative, Waiting},
        },
        view::testing::{before, check, event, facts, render, sheet},
    };

    #[test]
    fn buttons_that_do_not_apply_are_disabled() {
        let mut event = event("2");
        let people = [(0, In, 2), (0, Waiting, 3), (0, Tentative, 1), (0, Absent, 4)];
        let (sheet, settings) = (sheet(&event, &people), ClubSettings::default());
        let mut shown = Vec::new();
        let mut show = |event: &crate::domain::event::Event, channel| {
            let around = Around { asked: 5, channel, lacks_room: false, unanswered: 2 };
            let body = panel(&facts(event, &sheet, &settings), around, None, before());
            check(&body);
            shown.push(render(body.components()));
        };
        show(&event, Some(Id::new(5)));
        event.state = EventState::Closed;
        event.channels_wanted = false;
        show(&event, None);
        event.state = EventState::Cancelled { at: before(), reason: "No track".to_owned() };
        show(&event, None);
        assert_snapshot!(shown.join("\n\n"), @"
        # Manage Spa 24 Hours
        **Start:** <t:1796475600:F> (<t:1796475600:R>)
        **Length:** 24 h, until <t:1796562000:F>
        **Sign-ups:** open until the start
        **People:** 2 in, 3 waiting, 1 tentative, 4 absent, 0 withdrawn
        **Availability:** 3 of 5 answered
        **Channel:** <#5>, put away <t:1796648400:R>
        ────
        [Edit] [Terms] [Classes and cars] [Close sign-ups]
        [People] [Who never answered] [Without availability] [Remind now]
        [Duplicate] [Save as template] [Repeat] [Move to series]
        [Sheet as CSV] [For calendars] (Create channel) [Cancel event!]
        [Keep]

        # Manage Spa 24 Hours
        **Start:** <t:1796475600:F> (<t:1796475600:R>)
        **Length:** 24 h, until <t:1796562000:F>
        **Sign-ups:** closed
        **People:** 2 in, 3 waiting, 1 tentative, 4 absent, 0 withdrawn
        **Availability:** 3 of 5 answered
        **Channel:** none
        ────
        [Edit] [Terms] [Classes and cars] [Open sign-ups]
        [People] [Who never answered] [Without availability] [Remind now]
        [Duplicate] [Save as template] [Repeat] [Move to series]
        [Sheet as CSV] [For calendars] [Create channel] [Cancel event!]

        # Manage Spa 24 Hours
        **Start:** <t:1796475600:F> (<t:1796475600:R>)
        **Length:** 24 h, until <t:1796562000:F>
        ❌ **Cancelled.** No track.
        **People:** 2 in, 3 waiting, 1 tentative, 4 absent, 0 withdrawn
        **Availability:** 3 of 5 answered
        **Channel:** none
        ────
        (Edit) (Terms) (Classes and cars) (Close sign-ups)
        (People) (Who never answered) (Without availability) (Remind now)
        [Duplicate] [Save as template] (Repeat) (Move to series)
        [Sheet as CSV] [For calendars] (Create channel) (Cancel event!)
        ");
    }
}

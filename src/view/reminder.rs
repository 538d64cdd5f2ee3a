//! Reminders: in an event's channel, and what organisers and people read about them.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{
    markup::{self, count, mention, name, relative, when},
    message::{Body, MAX_TEXT, text},
};
use crate::domain::{event::Event, signup::Concerned, text::length};

/// The most people whom a message may list as those to ping. See Discord Docs/Allowed Mentions Object.
const MAX_LISTED: usize = 100;
/// As much room as " and 500 more" takes.
const MORE: usize = 16;

/// That an event starts soon, to those whom it concerns; with a link to its `channel` where that is another one.
#[must_use]
pub fn reminder(event: &Event, concerned: &Concerned, channel: Option<Id<ChannelMarker>>) -> Body {
    let place = channel.map(|channel| format!(" More in {}.", markup::channel(channel))).unwrap_or_default();
    let heading = format!(
        "⏰ **{}** starts {}: {}.{place}",
        name(&event.name),
        relative(event.start),
        when(event.start)
    );
    let asked = "🤔 **Still tentative:** ";
    let please = ", please decide: **Sign up** or **Withdraw** on the card.";
    let room = MAX_TEXT.saturating_sub(length(&heading) + length(asked) + length(please) + 2 * MORE);
    let coming = mentions(&concerned.coming, room);
    let undecided = mentions(&concerned.undecided, room.saturating_sub(length(&coming)));
    let mut parts = vec![text(heading)];
    if !coming.is_empty() {
        parts.push(text(coming));
    }
    if !undecided.is_empty() {
        parts.push(text(format!("{asked}{undecided}{please}")));
    }
    let body = Body::new(parts);
    if concerned.len() > MAX_LISTED {
        return body.pinging_all();
    }
    body.pinging(concerned.coming.iter().chain(&concerned.undecided).copied())
}

/// As many of these people as there is room for, and how many more there are.
fn mentions(people: &[Id<UserMarker>], room: usize) -> String {
    let (mut text, mut named) = (String::new(), 0);
    for person in people {
        let next = mention(*person);
        if length(&text) + length(&next) + 1 > room {
            break;
        }
        if named > 0 {
            text.push(' ');
        }
        text.push_str(&next);
        named += 1;
    }
    match people.len() - named {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

/// People are being reminded because an organiser asked.
#[must_use]
pub fn reminding(event: &Event, concerned: &Concerned) -> Body {
    let coming = count(concerned.coming.len(), "person who comes", "people who come");
    let undecided = match concerned.undecided.len() {
        0 => String::new(),
        many => format!(" and {many} tentative"),
    };
    Body::plain(format!("⏰ A reminder of **{}** is on its way, to {coming}{undecided}.", name(&event.name)))
}

/// Why people aren't reminded again so soon after the last time.
#[must_use]
pub(super) fn too_soon(event: &impl ToString, at: Timestamp) -> String {
    format!(
        "The people of **{}** were reminded {}. Wait until ten minutes have passed; more often would only annoy them.",
        name(event),
        relative(at)
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::signup::SignupState::{In, Tentative, Waiting},
        view::{
            message::Audience,
            testing::{check, event, render, sheet, with_real_ids},
        },
    };

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn those_whom_it_concerns_are_mentioned() {
        let event = event("GT3");
        let sheet = sheet(&event, &[(0, In, 2), (0, Waiting, 1), (0, Tentative, 2)]);
        let concerned = sheet.concerned(&HashSet::new());
        let body = reminder(&event, &concerned, None);
        assert_eq!(body.mentions(), [1001, 1002, 1004, 1005].map(Id::new));
        assert_snapshot!(shown(&body), @"
        ⏰ **Spa 24 Hours** starts <t:1796475600:R>: <t:1796475600:F>.
        <@1001> <@1002>
        🤔 **Still tentative:** <@1004> <@1005>, please decide: **Sign up** or **Withdraw** on the card.
        ");
        let undecided = Concerned { coming: Vec::new(), ..concerned.clone() };
        assert_snapshot!(shown(&reminder(&event, &undecided, Some(Id::new(5)))), @"
        ⏰ **Spa 24 Hours** starts <t:1796475600:R>: <t:1796475600:F>. More in <#5>.
        🤔 **Still tentative:** <@1004> <@1005>, please decide: **Sign up** or **Withdraw** on the card.
        ");
        assert_snapshot!(shown(&reminding(&event, &concerned)), @"⏰ A reminder of **Spa 24 Hours** is on its way, to 2 people who come and 2 tentative.");
    }

    #[test]
    fn more_than_a_list_holds_are_pinged_as_they_are_mentioned() {
        let event = event("GT3");
        let people = with_real_ids(&sheet(&event, &[(0, In, 150), (0, Tentative, 10)]));
        let body = reminder(&event, &people.concerned(&HashSet::new()), None);
        let text = shown(&body);
        assert!(!text.contains("more") && text.contains("Still tentative"), "{text}");
        assert_eq!(body.json(Audience::Public)["allowed_mentions"]["parse"][0], "users");
        let crowd = with_real_ids(&sheet(&event, &[(0, In, 300), (0, Tentative, 200)]));
        let text = shown(&reminder(&event, &crowd.concerned(&HashSet::new()), None));
        assert!(text.contains(" and 200 more, please decide"), "{text}");
    }
}

//! What becomes of an event's channel once the event is over, and the buttons that decide it.

use jiff::Timestamp;
use twilight_model::channel::message::component::{Button, ButtonStyle};

use super::{
    custom_id::Press,
    markup::{channel, name, relative},
    message::{Body, button, row, text},
};
use crate::domain::{
    event::{Event, Fate},
    notice::Where,
    settings::{ClubSettings, PutAway},
};

/// **Keep** or **Let it go**, and **Put away now** once the event is over: for the message that says so, and the event's panel.
/// None once the channel is put away at `now`, or without one.
#[must_use]
pub fn buttons(event: &Event, settings: &ClubSettings, now: Timestamp) -> Vec<Button> {
    if !event.channels_wanted || event.put_away_at(settings).is_some_and(|at| at <= now) {
        return Vec::new();
    }
    let mut buttons = vec![keep(event)];
    if event.is_over(now) {
        buttons.push(put_away_now(event));
    }
    buttons
}

/// The buttons on the message that an event is over.
pub(super) fn buttons_when_over(event: &Event) -> [Button; 2] {
    [keep(event), put_away_now(event)]
}

fn keep(event: &Event) -> Button {
    match event.fate {
        Fate::Kept => button(ButtonStyle::Secondary, "Let it go", &Press::LetGo(event.id)),
        Fate::Grace | Fate::Now(_) => button(ButtonStyle::Secondary, "Keep", &Press::Keep(event.id)),
    }
}

fn put_away_now(event: &Event) -> Button {
    button(ButtonStyle::Secondary, "Put away now", &Press::PutAwayNow(event.id))
}

/// `archived` or `deleted`, as the club chose.
const fn participle(settings: &ClubSettings) -> &'static str {
    match settings.put_away {
        PutAway::Archive => "archived",
        PutAway::Delete => "deleted",
    }
}

/// What becomes of the channel, and when, in a line; still true once it has: the message stays in the archive.
pub(super) fn line(event: &Event, settings: &ClubSettings) -> String {
    match event.put_away_at(settings) {
        Some(at) => format!("**Channel {}:** {}", participle(settings), relative(at)),
        None => "**Channel kept** until an organiser lets it go.".to_owned(),
    }
}

/// The same in a sentence.
pub(super) fn sentence(event: &Event, settings: &ClubSettings) -> String {
    match event.put_away_at(settings) {
        Some(at) => format!("The channel is {} {}.", participle(settings), relative(at)),
        None => "The channel is kept until an organiser lets it go.".to_owned(),
    }
}

/// Asks whether the channel is to be put away at once.
#[must_use]
pub fn ask_put_away(event: &Event, settings: &ClubSettings) -> Body {
    let (what, label) = match settings.put_away {
        PutAway::Archive => (
            "is archived now: it moves to the archive, where everybody who saw it can read it and nobody can write",
            "Archive it now",
        ),
        PutAway::Delete => ("is **deleted** now, with everything written in it", "Delete it now"),
    };
    Body::new(vec![
        text(format!(
            "The channel of **{}** {what}.{} To leave it as it is, dismiss this message.",
            name(&event.name),
            digest(event, settings),
        )),
        row([button(ButtonStyle::Danger, label, &Press::PutAwaySurely(event.id))]),
    ])
}

/// Whether and where a digest is posted first.
fn digest(event: &Event, settings: &ClubSettings) -> String {
    let place = settings.announcement_channel.or(settings.organiser_channel);
    match (settings.put_away, place) {
        _ if event.is_cancelled() || settings.notification_preferences.put_away == Where::Off => {
            String::new()
        }
        (PutAway::Archive, _) => " A digest of the race is posted first.".to_owned(),
        (PutAway::Delete, Some(place)) => {
            format!(" A digest of the race is posted in {} first.", channel(place))
        }
        (PutAway::Delete, None) => {
            " No digest of the race stays: the club has no announcement channel.".to_owned()
        }
    }
}

/// What an organiser just decided.
#[must_use]
pub fn decided(event: &Event, settings: &ClubSettings) -> Body {
    let event_name = name(&event.name);
    Body::plain(match (event.fate, settings.put_away) {
        (Fate::Kept, _) => format!(
            "✅ The channel of **{event_name}** is kept. **Let it go** in `/event manage` has it put away after all."
        ),
        (Fate::Grace, _) => format!("✅ **{event_name}**: {}", sentence(event, settings)),
        (Fate::Now(_), PutAway::Archive) => {
            format!("✅ The channel of **{event_name}** is being archived. It stays readable in the archive.")
        }
        (Fate::Now(_), PutAway::Delete) => {
            format!("✅ The channel of **{event_name}** is being deleted.")
        }
    })
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{at, before, check, event, render};

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn what_is_decided_says_what_follows() {
        let (mut event, mut settings) = (event("20"), ClubSettings::default());
        let mut all = Vec::new();
        for put_away in [PutAway::Archive, PutAway::Delete] {
            settings.put_away = put_away;
            all.push(shown(&ask_put_away(&event, &settings)));
            settings.announcement_channel = Some(twilight_model::id::Id::new(7));
            for fate in [Fate::Grace, Fate::Kept, Fate::Now(at("2026-12-06T14:00:00Z"))] {
                event.fate = fate;
                all.push(shown(&decided(&event, &settings)));
            }
        }
        assert_snapshot!(all.join("\n"), @"
        The channel of **Spa 24 Hours** is archived now: it moves to the archive, where everybody who saw it can read it and nobody can write. A digest of the race is posted first. To leave it as it is, dismiss this message.
        [Archive it now!]
        ✅ **Spa 24 Hours**: The channel is archived <t:1796648400:R>.
        ✅ The channel of **Spa 24 Hours** is kept. **Let it go** in `/event manage` has it put away after all.
        ✅ The channel of **Spa 24 Hours** is being archived. It stays readable in the archive.
        The channel of **Spa 24 Hours** is **deleted** now, with everything written in it. A digest of the race is posted in <#7> first. To leave it as it is, dismiss this message.
        [Delete it now!]
        ✅ **Spa 24 Hours**: The channel is deleted <t:1796648400:R>.
        ✅ The channel of **Spa 24 Hours** is kept. **Let it go** in `/event manage` has it put away after all.
        ✅ The channel of **Spa 24 Hours** is being deleted.
        ");
    }

    #[test]
    fn buttons_come_and_go_with_the_events_life() {
        let (mut event, settings) = (event("20"), ClubSettings::default());
        let labels = |event: &Event, now| {
            let buttons = buttons(event, &settings, now).into_iter();
            buttons.filter_map(|button| button.label).collect::<Vec<_>>()
        };
        let (over, away) = (at("2026-12-06T14:00:00Z"), at("2026-12-07T13:00:00Z"));
        assert_eq!(labels(&event, before()), ["Keep"]);
        assert_eq!(labels(&event, over), ["Keep", "Put away now"]);
        assert!(labels(&event, away).is_empty());
        event.fate = Fate::Kept;
        assert_eq!(labels(&event, away), ["Let it go", "Put away now"]);
        event.fate = Fate::Now(over);
        assert!(labels(&event, over).is_empty());
        event.fate = Fate::Kept;
        event.channels_wanted = false;
        assert!(labels(&event, over).is_empty());
    }
}

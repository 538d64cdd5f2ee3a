//! Links to calendars: how to subscribe to one, and how to replace it.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::{CalendarOf, Press},
    markup::name,
    message::{Body, button, row, separator, text},
};
use crate::domain::name::ClubName;

/// A calendar's link, as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct CalendarFacts<'f> {
    /// Its whole address.
    pub address: &'f str,
    /// The club, where it is a club's.
    pub club: Option<&'f ClubName>,
    /// How many links were replaced before this one.
    pub serial: u32,
}

impl CalendarFacts<'_> {
    const fn of(&self) -> CalendarOf {
        match self.club {
            Some(_) => CalendarOf::Club,
            None => CalendarOf::Me,
        }
    }
}

/// The link, and how to subscribe.
#[must_use]
pub fn link(facts: &CalendarFacts<'_>) -> Body {
    let (heading, what, whoever) = match facts.club {
        Some(club) => (
            format!("# Calendar of {}", name(club)),
            "All coming events of the club, and those of the last 90 days. Give the link to whom you like.",
            "Whoever has the link reads the club's events.",
        ),
        None => (
            "# Your calendar".to_owned(),
            "Every event that you are signed up for, in every club. Changes come by themselves, with Google within a day, and \
             times are shown in your own zone.",
            "Whoever has the link reads your events: keep it to yourself.",
        ),
    };
    Body::new(vec![
        text(format!("{heading}\n{what}\n```\n{}\n```", facts.address)),
        text(
            "**Google:** on the web, *Other calendars* → **+** → *From URL*\n\
             **Apple:** *Add Subscription Calendar*\n\
             **Outlook:** *Add calendar* → *Subscribe from web*",
        ),
        separator(),
        text(format!("{whoever} **New link** makes another one and stops this one; it asks first.")),
        row([button(
            ButtonStyle::Secondary,
            "New link",
            &Press::AskNewLink { of: facts.of(), serial: facts.serial },
        )]),
    ])
}

/// Asks whether to replace the link of that serial.
#[must_use]
pub fn ask_new(of: CalendarOf, serial: u32) -> Body {
    let whose = match of {
        CalendarOf::Club => "Every calendar that uses the club's link, whoever's it is,",
        CalendarOf::Me => "Every calendar that uses your link",
    };
    Body::new(vec![
        text(format!(
            "# Make a new link?\nThe old one stops at once and for good. {whose} gets no more changes until the new one is put there.",
        )),
        row([button(ButtonStyle::Danger, "Make a new link", &Press::NewLink { of, serial })]),
    ])
}

/// The link that replaced the former one.
#[must_use]
pub fn renewed(facts: &CalendarFacts<'_>) -> Body {
    let mut parts = vec![text("✅ **The old link doesn't work any more.** Put this one in its place.")];
    parts.extend(link(facts).components().iter().cloned());
    Body::new(parts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{check, render};

    const ADDRESS: &str =
        "https://owls.example/calendar/pAAAAAAAAAAAAAAAAAAAAAB0123456789abcdef0123456789abcdef.ics";

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn a_link_says_how_to_use_and_how_to_replace_it() {
        let club = "Night *Owls*".parse().unwrap();
        let mine = CalendarFacts { address: ADDRESS, club: None, serial: 0 };
        let clubs = CalendarFacts { club: Some(&club), ..mine };
        assert_snapshot!("mine", shown(&link(&mine)));
        assert_snapshot!("clubs", shown(&link(&clubs)));
        assert_snapshot!("ask_mine", shown(&ask_new(CalendarOf::Me, 7)));
        assert_snapshot!("ask_clubs", shown(&ask_new(CalendarOf::Club, u32::MAX)));
        assert_snapshot!("renewed", shown(&renewed(&clubs)));
    }
}

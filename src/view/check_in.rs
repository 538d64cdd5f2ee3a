//! Checking in before the start.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{mention, name, relative, when},
    message::{Body, button, row, text},
};
use crate::domain::{event::Event, signup::Sheet, text::length};

/// The most characters of the people in the message; whoever doesn't fit is counted.
const MAX_NAMED: usize = 3_400;

/// Asks everybody with a place to check in; pings them.
#[must_use]
pub fn asked(event: &Event, sheet: &Sheet) -> Body {
    let words = format!(
        "☑️ **Check in for {}**\nStart: {}, {}.\nYou have a place: press **Check in** so that your club knows you are there. If \
         you can't make it, press **Withdraw** on the card.",
        name(&event.name),
        when(event.start),
        relative(event.start),
    );
    let check_in = button(ButtonStyle::Success, "Check in", &Press::CheckIn(event.id));
    Body::new(vec![text(words), text(named(sheet)), row([check_in])]).pinging_all()
}

/// As many of those with a place as there is room for.
fn named(sheet: &Sheet) -> String {
    let all: Vec<String> = sheet.everybody_in().map(|line| mention(line.discord)).collect();
    let mut used = 0;
    let fits = |person: &&String| {
        used += length(person) + 1;
        used <= MAX_NAMED
    };
    let shown = all.iter().take_while(fits).count();
    let named = all[..shown].join(" ");
    match all.len() - shown {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What somebody reads who has checked in, or had already.
#[must_use]
pub fn checked_in(event: &Event, anew: bool) -> Body {
    let event_name = name(&event.name);
    Body::plain(if anew {
        format!(
            "☑️ You're checked in for **{event_name}**. If you can't make it after all, press **Withdraw** on the card."
        )
    } else {
        format!("☑️ You had checked in for **{event_name}** already. Nothing changed.")
    })
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::signup::SignupState::{In, Late, Tentative, Waiting},
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
    fn those_with_a_place_are_asked() {
        let event = event("GT3\nGTP");
        let sheet = sheet(&event, &[(0, In, 2), (1, Late, 1), (1, Waiting, 1), (0, Tentative, 1)]);
        let body = asked(&event, &sheet);
        assert_eq!(
            body.json(Audience::Public)["allowed_mentions"],
            serde_json::json!({ "parse": ["users"] })
        );
        let all = [body, checked_in(&event, true), checked_in(&event, false)];
        assert_snapshot!(all.iter().map(shown).collect::<Vec<_>>().join("\n"), @"
        ☑️ **Check in for Spa 24 Hours**
        Start: <t:1796475600:F>, <t:1796475600:R>.
        You have a place: press **Check in** so that your club knows you are there. If you can't make it, press **Withdraw** on the card.
        <@1001> <@1002> <@1003>
        [Check in]
        ☑️ You're checked in for **Spa 24 Hours**. If you can't make it after all, press **Withdraw** on the card.
        ☑️ You had checked in for **Spa 24 Hours** already. Nothing changed.
        ");
    }

    #[test]
    fn two_hundred_people_are_asked_in_one_message() {
        let event = event("200");
        let sheet = with_real_ids(&sheet(&event, &[(0, In, 200)]));
        let shown = shown(&asked(&event, &sheet));
        let named = shown.matches("<@").count();
        assert!(named > 140 && shown.contains(&format!(" and {} more", 200 - named)), "{shown}");
    }
}

//! Everybody on an event's sheet, page by page, for one reader.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{count, name},
    message::{Body, button, enabled, row, text},
    people::person,
};
use crate::domain::{
    event::Event,
    signup::{Sheet, Signup, SignupState},
};

/// How many people are on a page.
const A_PAGE: usize = 20;

/// A page of the list, from 1: class by class, those who are in first. Whoever asks for none gets the first, past the end the last.
#[must_use]
pub fn page(event: &Event, sheet: &Sheet, page: u16) -> Body {
    let lines = lines(event, sheet);
    let pages = lines.len().div_ceil(A_PAGE).max(1);
    let page = usize::from(page.saturating_sub(1)).min(pages - 1);
    let shown = &lines[page * A_PAGE..lines.len().min((page + 1) * A_PAGE)];
    let mut blocks = Vec::new();
    let mut heading = String::new();
    for (at, line) in shown {
        if *at != heading {
            heading.clone_from(at);
            blocks.push(format!("### {at}"));
        }
        blocks.push(line.clone());
    }
    if blocks.is_empty() {
        blocks.push("Nobody has said anything yet.".to_owned());
    }
    let title = format!("# {}\n{} on the list", name(&event.name), count(lines.len(), "person", "people"));
    let turn = |to: usize, label: &str, can: bool| {
        let press = Press::FullList { event: event.id, page: u16::try_from(to + 1).unwrap_or(u16::MAX) };
        enabled(button(ButtonStyle::Secondary, label, &press), can)
    };
    let mut parts = vec![text(title), text(blocks.join("\n"))];
    if pages > 1 {
        parts.push(row([
            turn(page.saturating_sub(1), "◀ Back", page > 0),
            turn(page + 1, "Next ▶", page + 1 < pages),
        ]));
        parts.push(text(format!("Page {} of {pages}", page + 1)));
    }
    Body::new(parts)
}

/// Every line with the heading that it stands under.
fn lines(event: &Event, sheet: &Sheet) -> Vec<(String, String)> {
    let several = event.classes.len() > 1;
    let mut place = 0;
    let of = |line: &Signup| line.class.and_then(|id| event.class(id)).and_then(|class| class.name.as_ref());
    sorted(event, sheet)
        .into_iter()
        .map(|line| {
            let class = of(line).filter(|_| several).map(|class| format!("{} · ", name(class)));
            let class = class.unwrap_or_default();
            place = if line.state == SignupState::Waiting { place + 1 } else { 0 };
            match line.state {
                SignupState::In | SignupState::Late => (format!("{class}In"), entry(line)),
                SignupState::Waiting => (format!("{class}Waiting list"), format!("{place}. {}", entry(line))),
                SignupState::Tentative => ("Tentative".to_owned(), entry(line)),
                SignupState::Absent => ("Absent".to_owned(), entry(line)),
                SignupState::Withdrawn => ("Withdrawn".to_owned(), entry(line)),
            }
        })
        .collect()
}

/// Every line: class by class those who are in and those who wait, then the others by what they said.
pub(super) fn sorted<'s>(event: &Event, sheet: &'s Sheet) -> Vec<&'s Signup> {
    let mut lines = Vec::new();
    for class in &event.classes {
        lines.extend(sheet.drivers(class.id));
        lines.extend(sheet.in_state(class.id, SignupState::Waiting));
    }
    for state in [SignupState::Tentative, SignupState::Absent, SignupState::Withdrawn] {
        lines.extend(sheet.lines().iter().filter(|line| line.state == state));
    }
    lines
}

fn entry(line: &Signup) -> String {
    let checked = match (line.attended, line.checked_in_at) {
        (Some(false), _) => " · ❌ didn't come",
        (Some(true) | None, Some(_)) => " · ☑️ checked in",
        (Some(true), None) => " · ✅ took part",
        (None, None) => "",
    };
    let note = line.note.as_ref().map(|note| format!(" · 📝 {}", name(note))).unwrap_or_default();
    format!("{}{checked}{note}", person(line))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            name::Note,
            signup::SignupState::{Absent, In, Tentative, Waiting},
        },
        view::testing::{check, event, render, sheet, with_real_ids},
    };

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn classes_come_one_after_the_other() {
        let event = event("GTP x 2\nGT3");
        let sheet =
            sheet(&event, &[(0, In, 2), (0, Waiting, 1), (1, In, 1), (1, Tentative, 1), (1, Absent, 1)]);
        let mut noted = sheet.lines()[0].clone();
        noted.note = Note::parse("Can drive *nights*").ok();
        assert_snapshot!(shown(&page(&event, &sheet.with(noted), 0)), @r"
        # Spa 24 Hours
        6 people on the list
        ### GTP · In
        <@1001> · 📝 Can drive \*nights\*
        <@1002>
        ### GTP · Waiting list
        1. <@1003>
        ### GT3 · In
        <@1004>
        ### Tentative
        <@1005>
        ### Absent
        <@1006>
        ");
    }

    #[test]
    fn two_hundred_people_have_ten_pages() {
        let event = event("60");
        let sheet = with_real_ids(&sheet(&event, &[(0, In, 60), (0, Waiting, 140)]));
        for number in 1..=10 {
            let shown = shown(&page(&event, &sheet, number));
            assert_eq!(shown.matches("<@").count(), 20, "{shown}");
        }
        assert_eq!(shown(&page(&event, &sheet, 99)), shown(&page(&event, &sheet, 10)));
    }
}

//! Who took part, as organisers note it page by page.

use std::collections::HashMap;

use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{Id, marker::UserMarker},
};

use super::{
    custom_id::Press,
    markup::{count, name},
    message::{Body, button, enabled, multi_select, option, row, text},
    people,
};
use crate::domain::{
    event::Event,
    signup::{Attendance, AttendancePage, Sheet, Signup},
};

/// What people are called, by their account.
pub type Names = HashMap<Id<UserMarker>, String>;

/// A page of the list, with a select of those who didn't come.
#[must_use]
pub fn page(event: &Event, sheet: &Sheet, names: &Names, page: u16) -> Body {
    let AttendancePage { number, pages, people } = sheet.attendance_page(event, page);
    let mut parts = vec![text(heading(event, sheet))];
    if people.is_empty() {
        parts.push(text("Nobody has a place."));
        return Body::new(parts);
    }
    parts.push(text(people.iter().map(|line| entry(line)).collect::<Vec<_>>().join("\n")));
    let options = people.iter().map(|line| {
        let mut option = option(&called(line, names), line.user.short(), class_of(event, line));
        option.default = line.attendance() == Some(Attendance::NoShow);
        option
    });
    let press = Press::NoShows { event: event.id, page: number };
    parts.push(multi_select(&press, "Who didn't come?", options.collect()));
    parts.push(row(buttons(event, sheet, number, pages)));
    if pages > 1 {
        parts.push(text(format!("Page {number} of {pages}")));
    }
    Body::new(parts)
}

fn buttons(event: &Event, sheet: &Sheet, number: u16, pages: u16) -> Vec<Button> {
    let rest = button(ButtonStyle::Secondary, "All others took part", &Press::RestAttended(event.id));
    let turn = |to: u16, label: &str, can: bool| {
        let press = Press::Attendance { event: event.id, page: to };
        enabled(button(ButtonStyle::Secondary, label, &press), can)
    };
    let mut buttons = vec![enabled(rest, !sheet.with_the_rest_attended().is_empty())];
    if pages > 1 {
        buttons.push(turn(number.saturating_sub(1).max(1), "◀ Back", number > 1));
        buttons.push(turn(number + 1, "Next ▶", number < pages));
    }
    buttons
}

fn heading(event: &Event, sheet: &Sheet) -> String {
    let found = sheet.attendance();
    let all = found.attended + found.no_shows + found.unknown;
    format!(
        "# Attendance of {}\n{} with a place: **{}** took part, **{}** didn't come, **{}** not noted. {} checked in.",
        name(&event.name),
        count(all, "person", "people"),
        found.attended,
        found.no_shows,
        found.unknown,
        found.checked_in,
    )
}

fn entry(line: &Signup) -> String {
    let mark = match line.attendance() {
        Some(Attendance::Attended) => "✅",
        Some(Attendance::NoShow) => "❌",
        Some(Attendance::Unknown) | None => "❔",
    };
    let words = match (line.attendance(), line.checked_in_at) {
        (Some(Attendance::NoShow), _) => " · didn't come",
        (_, Some(_)) => " · ☑️ checked in",
        (Some(Attendance::Attended), None) => " · took part",
        (_, None) => "",
    };
    format!("{mark} {}{words}", people::driver(line))
}

fn called(line: &Signup, names: &Names) -> String {
    names.get(&line.discord).cloned().unwrap_or_else(|| format!("Account {}", line.discord))
}

fn class_of<'e>(event: &'e Event, line: &Signup) -> Option<&'e str> {
    let class = line.class.and_then(|id| event.class(id))?;
    class.name.as_ref().map(|class| class.as_str())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::signup::SignupState::{In, Late, Waiting},
        view::testing::{before, check, event, render, sheet, with_real_ids},
    };

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn those_with_a_place_are_listed_with_what_is_known() {
        let event = event("GT3\nGTP");
        let sheet = sheet(&event, &[(1, In, 1), (0, In, 2), (0, Late, 1), (0, Waiting, 1)]);
        let line = |at: usize| sheet.lines()[at].clone();
        let noted = [
            Signup { attended: Some(true), ..line(0) },
            Signup { checked_in_at: Some(before()), ..line(1) },
            Signup { attended: Some(false), ..line(2) },
        ];
        let sheet = noted.into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line));
        let names = HashMap::from([(Id::new(1001), "Anna".to_owned()), (Id::new(1002), "Bela".to_owned())]);
        assert_snapshot!(shown(&page(&event, &sheet, &names, 0)), @"
        # Attendance of Spa 24 Hours
        4 people with a place: **2** took part, **1** didn't come, **1** not noted. 1 checked in.
        ✅ <@1002> · ☑️ checked in
        ❌ <@1003> · didn't come
        ❔ <@1004>
        ✅ <@1001> · took part
        <Who didn't come?>
        ◦ Bela (GT3)
        • Account 1003 (GT3)
        ◦ Account 1004 (GT3)
        ◦ Anna (GTP)
        [All others took part]
        ");
        assert_snapshot!(shown(&page(&event, &Sheet::default(), &names, 7)), @"
        # Attendance of Spa 24 Hours
        0 people with a place: **0** took part, **0** didn't come, **0** not noted. 0 checked in.
        Nobody has a place.
        ");
    }

    #[test]
    fn two_hundred_people_have_eight_pages() {
        let event = event("200");
        let sheet = with_real_ids(&sheet(&event, &[(0, In, 200)]));
        let names = Names::default();
        for number in 1..=8 {
            let shown = shown(&page(&event, &sheet, &names, number));
            assert_eq!(shown.matches("<@").count(), 25, "{shown}");
        }
        assert_eq!(shown(&page(&event, &sheet, &names, 0)), shown(&page(&event, &sheet, &names, 1)));
        assert_eq!(shown(&page(&event, &sheet, &names, 99)), shown(&page(&event, &sheet, &names, 8)));
    }
}

//! An event's people for its organisers: who is on the sheet, what can be changed for each, and who never said anything.

use twilight_model::{
    channel::message::{
        Component,
        component::{Button, ButtonStyle},
    },
    id::{Id, marker::UserMarker},
};

use super::{
    custom_id::Press,
    everybody,
    markup::{count, mention, name},
    message::{Body, MAX_OPTIONS, button, enabled, option, row, select, text, user_select},
    signup::words,
};
use crate::domain::{
    event::Event,
    id::UserId,
    signup::{Sheet, Signup},
};

/// How many people are on a page of mentions.
const MENTIONS_A_PAGE: usize = 40;

/// An event's people.
#[derive(Clone, Copy, Debug)]
pub struct CrowdFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// Those who lack a role that is needed now.
    pub lacking: &'f [UserId],
    /// What the server calls them, by their accounts.
    pub names: &'f [(Id<UserMarker>, String)],
    /// The sheet.
    pub sheet: &'f Sheet,
}

/// A page of the people, from 0, with the choice of one to change and of one to add.
#[must_use]
pub fn people(facts: &CrowdFacts<'_>, page: u16) -> Body {
    let CrowdFacts { event, sheet, .. } = *facts;
    let lines = everybody::sorted(event, sheet);
    let pages = lines.len().div_ceil(MAX_OPTIONS).max(1);
    let page = usize::from(page).min(pages - 1);
    let shown: Vec<&Signup> = lines.iter().skip(page * MAX_OPTIONS).take(MAX_OPTIONS).copied().collect();
    let heading = format!(
        "# People of {}\n{} on the sheet{}",
        name(&event.name),
        count(lines.len(), "person is", "people are"),
        lacking(facts),
    );
    let mut parts = vec![text(heading)];
    if !shown.is_empty() {
        let options = shown.iter().map(|line| {
            option(&called(facts, line), line.user.short(), Some(&words::state_in(event, sheet, line)))
        });
        parts.push(select(
            &Press::PickEntry(event.id),
            "Choose somebody to move or remove",
            options.collect(),
        ));
    }
    parts.push(user_select(&Press::AddEntry(event.id), "Add somebody"));
    if pages > 1 {
        parts.push(row(turns(page, pages, |page| Press::Entries { event: event.id, page })));
    }
    parts.push(row([back(event)]));
    Body::new(parts)
}

fn lacking(facts: &CrowdFacts<'_>) -> String {
    let people =
        facts.lacking.iter().filter_map(|user| facts.sheet.of(*user)).map(|line| mention(line.discord));
    let people: Vec<String> = people.take(10).collect();
    match (people.is_empty(), facts.lacking.len().saturating_sub(people.len())) {
        (true, _) => String::new(),
        (false, 0) => format!("\n⚠️ **Without a role that is needed:** {}", people.join(", ")),
        (false, more) => {
            format!("\n⚠️ **Without a role that is needed:** {} and {more} more", people.join(", "))
        }
    }
}

fn called(facts: &CrowdFacts<'_>, line: &Signup) -> String {
    let known = facts.names.iter().find(|(account, _)| *account == line.discord);
    known.map_or_else(|| line.discord.to_string(), |(_, name)| name.clone())
}

/// One person of the sheet, and what an organiser can do about them.
#[must_use]
pub fn one(event: &Event, sheet: &Sheet, user: UserId) -> Body {
    let Some(line) = sheet.of(user) else {
        return Body::new(vec![text("They aren't on the sheet any more."), row([back(event)])]);
    };
    let note = line.note.as_ref().map(|note| format!("\n📝 {}", name(note))).unwrap_or_default();
    let stands = format!("{}: {}{note}", mention(line.discord), words::state_in(event, sheet, line));
    let mut parts = vec![text(format!("# {}\n{stands}", name(&event.name)))];
    parts.push(class_select(
        event,
        user,
        if line.state.is_signed_up() { "Move to a class" } else { "Put in a class" },
    ));
    parts.push(row([
        button(ButtonStyle::Secondary, "Tentative", &Press::EntryTentative { event: event.id, user }),
        enabled(
            button(ButtonStyle::Danger, "Remove", &Press::RemoveEntry { event: event.id, user }),
            line.state.is_signed_up(),
        ),
        button(ButtonStyle::Secondary, "People", &Press::Entries { event: event.id, page: 0 }),
    ]));
    Body::new(parts)
}

/// Asks in which class somebody is put who isn't on the sheet yet.
#[must_use]
pub fn ask_class(event: &Event, user: UserId, account: Id<UserMarker>) -> Body {
    Body::new(vec![
        text(format!("Which class of **{}** does {} drive?", name(&event.name), mention(account))),
        class_select(event, user, "Choose a class"),
        row([back(event)]),
    ])
}

fn class_select(event: &Event, user: UserId, placeholder: &str) -> Component {
    let options = event.classes.iter().map(|class| {
        let label = class.name.as_ref().map_or("Drivers", |class| class.as_str());
        option(label, class.id.short(), None)
    });
    select(&Press::MoveEntry { event: event.id, user }, placeholder, options.collect())
}

/// A page of those who never said anything, from 0.
#[must_use]
pub fn silent(event: &Event, people: &[Id<UserMarker>], is_synced: bool, page: u16) -> Body {
    let known = if is_synced {
        ""
    } else {
        "\nOnly those who have used the app are known. `/club sync` reads all members of the server."
    };
    let heading = format!(
        "# Who never answered\n**{}:** {}{known}",
        name(&event.name),
        count(people.len(), "person", "people")
    );
    let turn = |page| Press::Silent { event: event.id, page };
    mentions(event, (heading, "Everybody known has answered."), (people, page), turn)
}

/// A page of those who haven't said when they can drive, from 0, of so many who were asked.
#[must_use]
pub fn unanswered(event: &Event, people: &[Id<UserMarker>], asked: usize, page: u16) -> Body {
    let answered = asked.saturating_sub(people.len());
    let heading = format!(
        "# Without availability\n**{}:** {answered} of {asked} have said for every hour when they can drive",
        name(&event.name),
    );
    let turn = |page| Press::Unanswered { event: event.id, page };
    mentions(event, (heading, "Nobody is missing."), (people, page), turn)
}

/// A page of people, from 0, under a heading; `nobody` is said where there are none.
fn mentions(
    event: &Event,
    (heading, nobody): (String, &str),
    (people, page): (&[Id<UserMarker>], u16),
    turn: impl Fn(u16) -> Press,
) -> Body {
    let pages = people.len().div_ceil(MENTIONS_A_PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let shown = people.iter().skip(page * MENTIONS_A_PAGE).take(MENTIONS_A_PAGE);
    let shown: Vec<String> = shown.map(|person| mention(*person)).collect();
    let list = if shown.is_empty() { nobody.to_owned() } else { shown.join(", ") };
    let mut parts = vec![text(heading), text(list)];
    if pages > 1 {
        parts.push(row(turns(page, pages, turn)));
    }
    parts.push(row([back(event)]));
    Body::new(parts)
}

/// The buttons that turn pages, counted from 0.
pub(super) fn turns(page: usize, pages: usize, press: impl Fn(u16) -> Press) -> [Button; 2] {
    let to = |page: usize| press(u16::try_from(page).unwrap_or(u16::MAX));
    [
        enabled(button(ButtonStyle::Secondary, "◀ Back", &to(page.saturating_sub(1))), page > 0),
        enabled(button(ButtonStyle::Secondary, "Next ▶", &to(page + 1)), page + 1 < pages),
    ]
}

fn back(event: &Event) -> Button {
    button(ButtonStyle::Secondary, "Manage", &Press::Manage(event.id))
}

#[cfg(test)]
mod tests;

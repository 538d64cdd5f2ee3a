//! The digest of a race: what stays of it once its channel is put away.

use super::{
    markup::{count, mention, name, when},
    message::{Body, MAX_TEXT, container, link, row, separator, text},
    people,
};
use crate::domain::{
    club::Series,
    event::{Class, Event},
    signup::{Attendance, Sheet, Signup},
    text::length,
};

/// The colour beside it, that of an event put away.
const ACCENT: u32 = 0x6b_72_80;
/// The most people who are named of a class, and of those who didn't take part.
const MAX_NAMED: usize = 20;
/// What the end of a list takes at most: ` and 1000 more`.
const MORE: usize = 16;

/// Everything that a digest shows.
#[derive(Clone, Copy, Debug)]
pub struct DigestFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// Whether its channel is deleted; else it is archived.
    pub is_deleted: bool,
    /// Its series.
    pub series: Option<&'f Series>,
    /// Who signed up.
    pub sheet: &'f Sheet,
}

/// A list of people under a heading.
struct Group<'f> {
    heading: String,
    people: Vec<&'f Signup>,
    shown: usize,
}

/// The digest; names people without pinging them.
#[must_use]
pub fn digest(facts: &DigestFacts<'_>) -> Body {
    let event = facts.event;
    let (title, attendance, place) = (title(facts), attendance(facts.sheet), place(facts));
    let mut groups = groups(event, facts.sheet);
    let used: usize = [title.as_str(), &attendance, place].into_iter().map(length).sum();
    name_people(&mut groups, MAX_TEXT.saturating_sub(used));

    let mut parts = vec![text(title), separator()];
    parts.extend(groups.iter().map(|group| text(group.block())));
    parts.extend([text(attendance), separator(), text(place)]);
    let page = event.signup_url.as_ref().map(|url| row([link("Event page", url)]));
    parts.extend(page);
    Body::new(vec![container(ACCENT, parts)])
}

fn title(facts: &DigestFacts<'_>) -> String {
    let event = facts.event;
    let of = [facts.series.map(|series| name(&series.name)), event.track.as_ref().map(name)];
    let of: Vec<String> = of.into_iter().flatten().chain([event.length.to_string()]).collect();
    format!("# 🏁 {}\n{}\n**Raced:** {}", name(&event.name), of.join(" · "), when(event.start))
}

const fn place(facts: &DigestFacts<'_>) -> &'static str {
    if facts.is_deleted {
        "🗑️ The event's channel is deleted. This digest stays."
    } else {
        "📦 This channel moves to the archive: everything stays readable, and nothing more can be written."
    }
}

/// How many took part, where anything is known of it.
fn attendance(sheet: &Sheet) -> String {
    let found = sheet.attendance();
    let all = [
        (found.attended, "took part"),
        (found.checked_in, "checked in"),
        (found.no_shows, "didn't come"),
        (found.unknown, "not noted"),
    ];
    if found.attended + found.no_shows == 0 {
        return String::new();
    }
    let all = all.iter().filter(|(many, _)| *many > 0).map(|(many, what)| format!("{many} {what}"));
    format!("**Attendance:** {}", all.collect::<Vec<_>>().join(", "))
}

/// Who drove, class by class, and who had a place and didn't come.
fn groups<'f>(event: &Event, sheet: &'f Sheet) -> Vec<Group<'f>> {
    let drove = |class: &Class| {
        let came = |line: &&Signup| line.attendance() != Some(Attendance::NoShow);
        let people: Vec<_> = sheet.drivers(class.id).filter(came).collect();
        let drivers = count(people.len(), "driver", "drivers");
        let heading = match &class.name {
            Some(class) => format!("### {}\n**{drivers}**", name(class)),
            None => format!("**{drivers}**"),
        };
        Group { heading, people, shown: 0 }
    };
    let mut groups: Vec<Group<'_>> = event.classes.iter().map(drove).collect();
    let absent: Vec<_> = sheet.of_attendance(Attendance::NoShow).collect();
    if !absent.is_empty() {
        groups.push(Group { heading: "**Didn't come**".to_owned(), people: absent, shown: 0 });
    }
    groups
}

/// Has as many named as there is room for, evenly in all groups.
fn name_people(groups: &mut [Group<'_>], room: usize) {
    let unnamed: usize = groups.iter().map(|group| length(&group.heading) + MORE).sum();
    let mut room = room.saturating_sub(unnamed);
    for _ in 0..MAX_NAMED {
        for group in groups.iter_mut() {
            let Some(next) = group.people.get(group.shown) else { continue };
            let Some(left) = room.checked_sub(length(&entry(next)) + 2) else { continue };
            room = left;
            group.shown += 1;
        }
    }
}

impl Group<'_> {
    fn block(&self) -> String {
        let named: Vec<String> = self.people.iter().take(self.shown).map(|line| entry(line)).collect();
        match (named.is_empty(), self.people.len() - self.shown) {
            (true, _) => self.heading.clone(),
            (false, 0) => format!("{}: {}", self.heading, named.join(", ")),
            (false, more) => format!("{}: {} and {more} more", self.heading, named.join(", ")),
        }
    }
}

/// Somebody with what they drove; whoever didn't come drove nothing.
fn entry(line: &Signup) -> String {
    match line.attendance() {
        Some(Attendance::NoShow) | None => mention(line.discord),
        Some(Attendance::Attended | Attendance::Unknown) => people::driver(line),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            name::CarName,
            signup::SignupState::{In, Late, Tentative, Waiting},
        },
        view::testing::{before, check, event, render, series, sheet, with_real_ids},
    };

    fn shown(event: &Event, sheet: &Sheet, is_deleted: bool) -> String {
        let series = series();
        let body = digest(&DigestFacts { event, is_deleted, series: Some(&series), sheet });
        check(&body);
        assert!(body.mentions().is_empty(), "nobody is pinged");
        render(body.components())
    }

    #[test]
    fn who_drove_and_who_came() {
        let mut event = event("GTP x 2\nGT3");
        event.signup_url = Some("https://club.example/events/3".to_owned());
        let people = [(0, In, 2), (0, Waiting, 1), (1, In, 1), (1, Late, 1), (1, Tentative, 1)];
        let sheet = sheet(&event, &people);
        let line = |at: usize| sheet.lines()[at].clone();
        let driven = Signup { car: CarName::parse("Porsche 963").ok(), ..line(0) };
        let came = Signup { checked_in_at: Some(before()), ..line(3) };
        let missed = Signup { attended: Some(false), ..line(1) };
        let noted = [driven, came, missed].into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line));
        assert_snapshot!(shown(&event, &noted, false), @"
        │ # 🏁 Spa 24 Hours
        │ Winter Cup · Spa-Francorchamps · 24 h
        │ **Raced:** <t:1796475600:F>
        │ ────
        │ ### GTP
        │ **1 driver**: <@1001> (Porsche 963)
        │ ### GT3
        │ **2 drivers**: <@1004>, <@1005>
        │ **Didn't come**: <@1002>
        │ **Attendance:** 1 took part, 1 checked in, 1 didn't come, 2 not noted
        │ ────
        │ 📦 This channel moves to the archive: everything stays readable, and nothing more can be written.
        │ [Event page]
        ");
        event.signup_url = None;
        assert_snapshot!(shown(&event, &sheet, true), @"
        │ # 🏁 Spa 24 Hours
        │ Winter Cup · Spa-Francorchamps · 24 h
        │ **Raced:** <t:1796475600:F>
        │ ────
        │ ### GTP
        │ **2 drivers**: <@1001>, <@1002>
        │ ### GT3
        │ **2 drivers**: <@1004>, <@1005>
        │ ────
        │ 🗑️ The event's channel is deleted. This digest stays.
        ");
    }

    #[test]
    fn two_hundred_people_in_many_classes_fit() {
        let classes: Vec<String> =
            ('A'..='H').map(|letter| format!("Class with quite a long name {letter}")).collect();
        let event = event(&classes.join("\n"));
        let people: Vec<_> = (0..8).map(|class| (class, In, 25)).collect();
        let car = CarName::parse("A car whose name is as long as they come").ok();
        let driven = with_real_ids(&sheet(&event, &people));
        let lines = driven.lines().iter().map(|line| Signup { car: car.clone(), ..line.clone() });
        let shown = shown(&event, &Sheet::new(lines.collect()), false);
        assert!(
            shown.contains("Class with quite a long name H") && shown.contains("moves to the archive"),
            "{shown}"
        );
        assert!(shown.matches(" more\n").count() == 8 && shown.matches("<@").count() > 24, "{shown}");
    }
}

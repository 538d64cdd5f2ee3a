//! Crews that are proposed to an organiser: who drives with whom and why, who is left out, and what would help.

mod moving;
mod pages;
mod words;

use twilight_model::{
    channel::message::component::ButtonStyle,
    id::{Id, marker::UserMarker},
};

pub use self::moving::{ask_where, moved, read_target};
use self::pages::Page;
use super::{
    custom_id::{CrewPress, Press, TeamPress},
    entries::turns,
    markup::{count, mention, name, sentence},
    message::{Body, MAX_OPTIONS, button, enabled, option, row, select, text},
    team::TeamsView,
};
use crate::domain::{
    crew::{Class, Person, Place, Preview},
    event::Event,
    id::TeamId,
    team::Teams,
};

/// Crews that are proposed to an organiser.
#[derive(Clone, Copy, Debug)]
pub struct CrewsView<'f> {
    /// The event.
    pub event: &'f Event,
    /// What people are called, by their accounts.
    pub names: &'f [(Id<UserMarker>, String)],
    /// What there is to say about them.
    pub preview: &'f Preview,
    /// Counts their changes.
    pub revision: u64,
    /// The event's teams.
    pub teams: &'f Teams,
}

impl CrewsView<'_> {
    fn account(&self, person: Person) -> Option<Id<UserMarker>> {
        self.preview.pool.people.get(person).map(|member| member.discord)
    }

    fn who(&self, person: Person) -> String {
        self.account(person).map_or_else(|| "somebody".to_owned(), mention)
    }

    fn called(&self, person: Person) -> String {
        let account = self.account(person);
        let known = self.names.iter().find(|(known, _)| Some(*known) == account);
        known.map_or_else(|| account.map_or_else(String::new, |id| id.to_string()), |(_, name)| name.clone())
    }

    fn place(&self, person: Person) -> Option<Place> {
        self.preview.problem.drivers().get(person).map(|driver| driver.place)
    }

    fn class_name(&self, class: Class) -> String {
        let class = self.event.classes.get(usize::from(class.0)).and_then(|class| class.name.as_ref());
        class.map_or_else(|| "Drivers".to_owned(), name)
    }

    fn class_of(&self, person: Person) -> Option<Class> {
        self.preview.pool.drivers.get(person).map(|driver| driver.class)
    }

    /// What a crew is called, by its place in the evaluation: as its team, where there is one.
    fn crew_name(&self, at: usize) -> String {
        let class = self.preview.evaluation.crews.get(at).map(|crew| crew.class);
        let cells = class.map_or_else(Vec::new, |class| self.preview.crews(class));
        let Some((_, cell)) = cells.into_iter().find(|(crew, _)| *crew == at) else { return String::new() };
        let team = cell.team.and_then(|team| self.teams.get(team)).map(|team| team.name.to_string());
        let crew = || Some(self.preview.draft.crews.get(cell.crew?)?.name.to_string());
        team.or_else(crew).unwrap_or_default()
    }

    /// Whether an organiser can move somebody: whoever has a place and is in no team yet.
    fn may_move(&self, person: Person) -> bool {
        let is_in = matches!(self.place(person), Some(Place::In | Place::Aside));
        let in_team = self.preview.pool.teams.iter().any(|team| team.drivers.contains(&person));
        is_in && !in_team
    }

    fn was_moved(&self, person: Person) -> bool {
        let user = self.preview.pool.people.get(person).map(|member| member.user);
        self.preview.draft.moved.iter().any(|moved| Some(moved.user) == user)
    }
}

/// A page of the crews, from 0: whoever asks past the end gets the last.
#[must_use]
pub fn preview(view: &CrewsView<'_>, page: u16) -> Body {
    page_of(view, usize::from(page), None)
}

/// A page of the crews, below what was just done.
fn page_of(view: &CrewsView<'_>, page: usize, done: Option<String>) -> Body {
    let pages = pages::pages(view);
    let number = page.min(pages.len().saturating_sub(1));
    let mut parts: Vec<_> = done.map(text).into_iter().collect();
    parts.push(text(heading(view)));
    if let Some(page) = pages.get(number) {
        parts.extend(page.blocks.iter().map(text));
        parts.extend(selects(view, page));
    } else {
        parts.push(text("Nobody has signed up yet, so there is nobody to build crews of."));
    }
    parts.push(row(buttons(view)));
    if pages.len() > 1 {
        let turn = |page| Press::Crew(CrewPress::Page { event: view.event.id, page });
        parts.push(row(turns(number, pages.len(), turn)));
    }
    Body::new(parts)
}

fn heading(view: &CrewsView<'_>) -> String {
    let preview = view.preview;
    let rules = preview.draft.rules;
    let sizes = match (rules.min, rules.max) {
        (min, max) if min == max => count(usize::from(min), "driver", "drivers"),
        (min, max) => format!("{min}–{max} drivers"),
    };
    let limit =
        rules.limit.map(|limit| format!(", {} a class at most", count(usize::from(limit), "crew", "crews")));
    let blocks = match preview.pool.hours_a_block {
        1 => String::new(),
        hours => format!(", counted in blocks of {hours} hours"),
    };
    let mut lines = vec![
        format!("# Crews for {}", name(&view.event.name)),
        format!("-# {sizes} a crew, {} awake at any time{}{blocks}", rules.awake, limit.unwrap_or_default()),
    ];
    if preview.is_stale {
        lines.push("⚠️ **The event has changed since the search.** **Search again** takes in who signed up, left or answered.".to_owned());
    } else if preview.draft.is_by_hand {
        lines.push(
            "✋ Moved by hand. 📌 stay where they are; **Search again** arranges the others around them."
                .to_owned(),
        );
    }
    lines.join("\n")
}

fn buttons(view: &CrewsView<'_>) -> Vec<twilight_model::channel::message::component::Button> {
    let (event, revision) = (view.event.id, view.revision);
    let press = |press| Press::Crew(press);
    let proposes = view.preview.draft.crews.iter().any(|crew| !crew.people.is_empty());
    let accept = button(ButtonStyle::Success, "Accept", &press(CrewPress::Accept { event, revision }));
    vec![
        enabled(accept, proposes),
        button(ButtonStyle::Secondary, "Search again", &press(CrewPress::Again(event))),
        button(ButtonStyle::Secondary, "Change rules", &press(CrewPress::Rules(event))),
        button(ButtonStyle::Danger, "Discard", &press(CrewPress::Discard(event))),
    ]
}

/// Whom of a page the organiser can move, 25 a select.
fn selects(view: &CrewsView<'_>, page: &Page) -> Vec<twilight_model::channel::message::Component> {
    let parts = page.people.chunks(MAX_OPTIONS).zip(0_u16..);
    let select_of = |(people, part): (&[Person], u16)| {
        let options = people.iter().filter_map(|person| {
            let user = view.preview.pool.people.get(*person)?.user;
            let crews = &view.preview.evaluation.crews;
            let at = crews.iter().position(|crew| crew.people.contains(person));
            let place = at.map_or_else(|| "In no crew".to_owned(), |at| view.crew_name(at));
            Some(option(&view.called(*person), user.short(), Some(&place)))
        });
        let press = CrewPress::AskMove { event: view.event.id, part };
        select(&Press::Crew(press), "Move somebody", options.collect())
    };
    parts.map(select_of).collect()
}

/// What stands there while crews are searched for.
#[must_use]
pub fn searching() -> Body {
    Body::plain("🔎 Searching for crews. That takes a few seconds.")
}

/// Says that a proposal was dropped.
#[must_use]
pub fn discarded() -> Body {
    Body::plain("Discarded; no team was made. `/team propose` starts anew.")
}

/// Says which teams were made of the crews, and what comes next.
#[must_use]
pub fn accepted(view: &TeamsView<'_>, made: &[TeamId], filled: &[TeamId]) -> Body {
    let names = |ids: &[TeamId]| -> Vec<String> {
        let found = ids.iter().filter_map(|id| view.teams.get(*id));
        found.map(|team| format!("**{}**", name(&team.name))).collect()
    };
    let (made, filled) = (names(made), names(filled));
    let mut lines = vec![format!("# Teams of {}", name(&view.event.name))];
    if !made.is_empty() {
        let many = count(made.len(), "team is", "teams are");
        lines.push(format!("✅ {many} made: {}.", sentence(&made, "and")));
    }
    if !filled.is_empty() {
        let verb = if filled.len() == 1 { "has" } else { "have" };
        lines.push(format!("✅ {} {verb} more drivers.", sentence(&filled, "and")));
    }
    lines.push(
        "**Next:** `/team manage` for captains and numbers, then `/team finalize` gives each its thread."
            .to_owned(),
    );
    let list = Press::Team(TeamPress::List { event: view.event.id, page: 0 });
    Body::new(vec![text(lines.join("\n")), row([button(ButtonStyle::Secondary, "All teams", &list)])])
}

#[cfg(test)]
mod tests;

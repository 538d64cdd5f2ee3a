//! The boards: how ready a team's people are, and how ready all teams are.

use std::collections::HashMap;

use twilight_model::channel::message::{
    Component,
    component::{Button, ButtonStyle},
};

use super::words::{Reader, fix};
use crate::{
    domain::{
        id::{TeamId, UserId},
        readiness::{Obstacle, Point, Readiness, Standing, State, standing},
        team::{Mate, Team},
    },
    view::{
        custom_id::{Press, TeamPress},
        entries,
        markup::{mention, name, relative},
        message::{Body, button, option, row, select, text},
        team::{TeamsView, about},
    },
};

/// How many people of a team are on a page.
const PEOPLE: usize = 10;
/// How many teams are on a page.
const TEAMS: usize = 5;
/// How many people of a team are named with what is wrong, and how many without.
const NAMED: usize = 8;

/// How ready the people of an event's teams are, for one reader.
#[derive(Clone, Copy, Debug)]
pub struct BoardView<'f> {
    /// What is known of those who were checked.
    pub checked: &'f HashMap<UserId, Readiness>,
    /// Whether the event has race voice, now or later.
    pub has_voice: bool,
    /// The teams.
    pub teams: TeamsView<'f>,
}

impl BoardView<'_> {
    fn stands(&self, team: &Team, mate: &Mate) -> Standing {
        standing(self.checked.get(&mate.user), team.id, self.has_voice)
    }

    fn ready(&self, team: &Team) -> usize {
        team.mates.iter().filter(|mate| self.stands(team, mate) == Standing::Ready).count()
    }

    fn wrong(&self, mate: &Mate) -> Vec<(Point, Option<Obstacle>)> {
        let readiness = self.checked.get(&mate.user);
        readiness.map(|readiness| readiness.wrong(self.has_voice).collect()).unwrap_or_default()
    }
}

/// A page of a team's people, from 1; 0 is the first, too, and whoever asks past the end gets the last.
#[must_use]
pub fn of_team(view: &BoardView<'_>, id: TeamId, page: u16) -> Body {
    let teams = view.teams.teams.standing(view.teams.sheet, view.teams.gone);
    let back = button(ButtonStyle::Secondary, "Back to the team", &Press::Team(TeamPress::Show(id)));
    let Some(team) = teams.get(id) else {
        return Body::new(vec![text("That team was disbanded."), row([all_teams(view)])]);
    };
    let (page, pages) = at(page, team.mates.len(), PEOPLE);
    let people = team.mates.iter().skip(page * PEOPLE).take(PEOPLE).map(|mate| person(view, team, mate));
    let people: Vec<String> = people.collect();
    let people = if people.is_empty() { "Nobody is in the team yet.".to_owned() } else { people.join("\n") };
    let heading = format!(
        "# Readiness of {}{}\n**{}** starts {} · {} of {} ready",
        name(&team.name),
        about(&view.teams, team),
        name(&view.teams.event.name),
        relative(view.teams.event.start),
        view.ready(team),
        team.mates.len(),
    );
    let buttons = turning((page, pages), |page| TeamPress::Readiness { page, team: id }, back);
    Body::new(vec![text(heading), text(people), row(buttons)])
}

/// Somebody of a team: in one line, or in one with another for each thing that is wrong.
fn person(view: &BoardView<'_>, team: &Team, mate: &Mate) -> String {
    let who = mention(mate.discord);
    let known = view.checked.get(&mate.user);
    let checked = known.map(|known| format!(" · checked {}", relative(known.check.at))).unwrap_or_default();
    match view.stands(team, mate) {
        Standing::Fails => {
            let voice = known.and_then(|known| known.check.voice);
            let line =
                |(point, why)| format!("\n- **{}.** {}", wrong(point), fix(Reader::Other, point, why, voice));
            let lines: String = view.wrong(mate).into_iter().map(line).collect();
            format!("⚠️ {who} isn't ready{checked}{lines}")
        }
        Standing::Ready => format!("✅ {who} is ready{checked}"),
        Standing::Unchecked => format!("⏳ {who} hasn't pressed **Check me** yet"),
        Standing::Waits => format!("⏳ {who} {}{checked}", known.map_or("", |known| waits(view, known))),
    }
}

/// What isn't known yet of somebody of whom nothing is wrong.
fn waits(view: &BoardView<'_>, known: &Readiness) -> &'static str {
    let open = known.points(view.has_voice).into_iter().filter(|(_, state)| *state == State::Open);
    match open.map(|(point, _)| point).find(|point| *point != Point::Connected) {
        Some(Point::InThread) => "had no thread yet",
        Some(Point::Joins) => "checked before the race voice was open",
        Some(Point::Sees) => "checked before the event's channel could be seen",
        Some(Point::Connected | Point::Hears) | None => "hasn't said yet whether they hear the others",
    }
}

const fn wrong(point: Point) -> &'static str {
    match point {
        Point::Connected => "Not connected",
        Point::Hears => "Doesn't hear the others",
        Point::InThread => "Not in the thread",
        Point::Joins => "May not join the race voice",
        Point::Sees => "Doesn't see the event's channel",
    }
}

/// A page of an event's teams, from 1; 0 is the first, too, and whoever asks past the end gets the last.
#[must_use]
pub fn of_event(view: &BoardView<'_>, page: u16) -> Body {
    let event = view.teams.event;
    let teams = view.teams.teams.standing(view.teams.sheet, view.teams.gone);
    let all = teams.all();
    let (page, pages) = at(page, all.len(), TEAMS);
    let shown = all.iter().skip(page * TEAMS).take(TEAMS);
    let lines: Vec<String> = shown.clone().map(|team| summary(view, team)).collect();
    let list = if lines.is_empty() { "Nobody is in a team yet.".to_owned() } else { lines.join("\n\n") };
    let ready: usize = all.iter().map(|team| view.ready(team)).sum();
    let people: usize = all.iter().map(|team| team.mates.len()).sum();
    let heading = format!(
        "# Readiness of the teams\n**{}** starts {} · {ready} of {people} ready",
        name(&event.name),
        relative(event.start),
    );
    let options: Vec<_> = shown.map(|team| option(team.name.as_str(), team.id.short(), None)).collect();
    let mut parts: Vec<Component> = vec![text(heading), text(list)];
    if !options.is_empty() {
        let pick = Press::Team(TeamPress::PickReadiness(event.id));
        parts.push(select(&pick, "Choose a team to see what to do", options));
    }
    let turn = |page| TeamPress::ReadinessOfAll { event: event.id, page };
    parts.push(row(turning((page, pages), turn, all_teams(view))));
    Body::new(parts)
}

/// A team: how many are ready, and who isn't.
fn summary(view: &BoardView<'_>, team: &Team) -> String {
    let those = |wanted: Standing| -> Vec<&Mate> {
        team.mates.iter().filter(|mate| view.stands(team, mate) == wanted).collect()
    };
    let ready = view.ready(team);
    let sign = if ready > 0 && ready == team.mates.len() { "✅ " } else { "" };
    let heading = format!(
        "{sign}**{}**{} · {ready} of {} ready",
        name(&team.name),
        about(&view.teams, team),
        team.mates.len()
    );
    let fails = those(Standing::Fails);
    let failing = fails.iter().take(NAMED).map(|mate| {
        let wrong: Vec<String> = view.wrong(mate).into_iter().map(|(point, _)| lower(wrong(point))).collect();
        format!("⚠️ {}: {}", mention(mate.discord), wrong.join(", "))
    });
    let more = fails.len().checked_sub(NAMED).filter(|more| *more > 0);
    let more = more.map(|more| format!("⚠️ and {more} more"));
    let others = [("Not checked yet", Standing::Unchecked), ("Not all known yet", Standing::Waits)];
    let others = others.into_iter().filter_map(|(label, wanted)| named(label, &those(wanted)));
    [heading].into_iter().chain(failing).chain(more).chain(others).collect::<Vec<_>>().join("\n")
}

fn named(label: &str, people: &[&Mate]) -> Option<String> {
    let named: Vec<String> = people.iter().take(NAMED).map(|mate| mention(mate.discord)).collect();
    let more = match people.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!named.is_empty()).then(|| format!("⏳ {label}: {}{more}", named.join(", ")))
}

fn lower(words: &str) -> String {
    let (first, rest) = words.split_at_checked(1).unwrap_or((words, ""));
    format!("{}{rest}", first.to_lowercase())
}

/// Which page that is, from 0, and how many there are.
fn at(page: u16, all: usize, a_page: usize) -> (usize, usize) {
    let pages = all.div_ceil(a_page).max(1);
    (usize::from(page.saturating_sub(1)).min(pages - 1), pages)
}

/// The buttons of a board: no two of them may ask for the same, so the first page is asked for anew by 0.
fn turning((page, pages): (usize, usize), to: impl Fn(u16) -> TeamPress, back: Button) -> Vec<Button> {
    let mut buttons = Vec::new();
    if pages > 1 {
        buttons.extend(entries::turns(page, pages, |page| Press::Team(to(page.saturating_add(1)))));
    }
    let here = if page == 0 { 0 } else { u16::try_from(page + 1).unwrap_or(u16::MAX) };
    buttons.push(button(ButtonStyle::Secondary, "Refresh", &Press::Team(to(here))));
    buttons.push(back);
    buttons
}

fn all_teams(view: &BoardView<'_>) -> Button {
    let list = Press::Team(TeamPress::List { event: view.teams.event.id, page: 0 });
    button(ButtonStyle::Secondary, "All teams", &list)
}

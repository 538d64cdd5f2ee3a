//! Moving people by hand: where to, and what it does to the crews.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    super::{
        custom_id::{CrewPress, Press},
        markup::{count, name},
        message::{Body, MAX_OPTIONS, button, option, row, select, text},
    },
    CrewsView, page_of as draw, pages, words,
};
use crate::domain::{
    crew::{Crew, Preview, Score, Target},
    id::UserId,
};

/// The value that stands for a new crew.
const NEW: &str = "new";
/// The value that stands for no crew.
const OUT: &str = "out";
/// How many things are said to be worse or better at most.
const SAID: usize = 4;

/// Asks where somebody is to be.
#[must_use]
pub fn ask_where(view: &CrewsView<'_>, user: UserId) -> Body {
    let back = |page: usize| {
        let page = u16::try_from(page).unwrap_or(u16::MAX);
        row([button(
            ButtonStyle::Secondary,
            "Back",
            &Press::Crew(CrewPress::Page { event: view.event.id, page }),
        )])
    };
    let person = view.preview.pool.person(user).filter(|person| view.may_move(*person));
    let Some((person, class)) = person.and_then(|person| Some((person, view.class_of(person)?))) else {
        return Body::new(vec![text("They gave their place up, or are in a team by now."), back(0)]);
    };
    let crews = view.preview.crews(class);
    let now =
        crews.iter().find(|(at, _)| crew_at(view, *at).is_some_and(|crew| crew.people.contains(&person)));
    let current = now.map_or_else(
        || "is in no crew".to_owned(),
        |(at, _)| format!("is in **{}**", name(&view.crew_name(*at))),
    );
    let others = crews.iter().filter(|(at, _)| now.is_none_or(|(now, _)| now != at));
    let mut options: Vec<_> = others
        .filter_map(|(at, cell)| {
            let number = view.preview.draft.crews.get(cell.crew?)?.number;
            let drivers = crew_at(view, *at).map_or(0, |crew| crew.people.len());
            let drivers = count(drivers, "driver", "drivers");
            Some(option(&view.crew_name(*at), number.to_string(), Some(&drivers)))
        })
        .take(MAX_OPTIONS - 2)
        .collect();
    options.push(option("A new crew", NEW, None));
    if now.is_some() {
        options.push(option("No crew", OUT, Some("They keep their place in the event")));
    }
    let press = CrewPress::Move { event: view.event.id, revision: view.revision, user };
    Body::new(vec![
        text(format!("# Move somebody\n{} {current}. They stay where you put them.", view.who(person))),
        select(&Press::Crew(press), "Where to?", options),
        back(pages::page_of(view, person)),
    ])
}

/// Reads where somebody is to be; `None` where it is nothing of [`ask_where`]'s.
#[must_use]
pub fn read_target(value: &str) -> Option<Target> {
    match value {
        NEW => Some(Target::New),
        OUT => Some(Target::Out),
        number => number.parse().ok().map(Target::Crew),
    }
}

fn crew_at<'v>(view: &'v CrewsView<'_>, at: usize) -> Option<&'v Crew> {
    view.preview.evaluation.crews.get(at)
}

/// The page on which somebody stands who was moved, with what that makes worse and better.
#[must_use]
pub fn moved(view: &CrewsView<'_>, before: &Preview, user: UserId) -> Body {
    let Some(person) = view.preview.pool.person(user) else { return super::preview(view, 0) };
    let at = view.preview.evaluation.crews.iter().position(|crew| crew.people.contains(&person));
    let place = at.map_or_else(
        || "is in no crew now".to_owned(),
        |at| format!("is in **{}** now", name(&view.crew_name(at))),
    );
    let mut lines = vec![format!("📌 {} {place}, and stays there.", view.who(person))];
    let was = CrewsView { preview: before, ..*view };
    let mut worse = faults_beyond(view, &was);
    let (was_score, score) = (&before.evaluation.score, &view.preview.evaluation.score);
    worse.extend(differences(was_score, score, false));
    let mut better: Vec<String> =
        faults_beyond(&was, view).into_iter().map(|fault| format!("no longer: {fault}")).collect();
    better.extend(differences(was_score, score, true));
    lines.extend(said("⚠️ **Worse:**", worse));
    lines.extend(said("👍 **Better:**", better));
    if lines.len() == 1 {
        lines.push("That makes nothing worse.".to_owned());
    }
    draw(view, pages::page_of(view, person), Some(lines.join("\n")))
}

fn said(head: &str, mut all: Vec<String>) -> Option<String> {
    let more = all.len().saturating_sub(SAID);
    all.truncate(SAID);
    if more > 0 {
        all.push(format!("{more} more"));
    }
    (!all.is_empty()).then(|| format!("{head} {}", all.join("; ")))
}

/// What is wrong with the crews of one view that isn't with those of the other.
fn faults_beyond(view: &CrewsView<'_>, other: &CrewsView<'_>) -> Vec<String> {
    let faults = |view: &CrewsView<'_>| -> Vec<String> {
        let crews = view.preview.evaluation.crews.iter().enumerate();
        let of = |(at, crew): (usize, &Crew)| {
            let called = name(&view.crew_name(at));
            crew.faults
                .iter()
                .map(|fault| format!("{called}: {}", words::fault(view, fault)))
                .collect::<Vec<_>>()
        };
        crews.flat_map(of).collect()
    };
    let known = faults(other);
    faults(view).into_iter().filter(|fault| !known.contains(fault)).collect()
}

/// What one score is worse in than another, or with `is_better` better.
fn differences(before: &Score, after: &Score, is_better: bool) -> Vec<String> {
    let (from, to) = if is_better { (after, before) } else { (before, after) };
    let (less, more, apart) =
        if is_better { ("more", "fewer", "closer") } else { ("fewer", "more", "further apart") };
    let lost = |from: u32, to: u32| from.checked_sub(to).filter(|lost| *lost > 0);
    let drivers = |number: u32| if number == 1 { "driver" } else { "drivers" };
    [
        lost(from.crewed, to.crewed).map(|one| format!("{one} {less} {} in legal crews", drivers(one))),
        lost(to.split, from.split).map(|one| {
            let pairs = if one == 1 { "pair" } else { "pairs" };
            format!("{one} {more} wanted {pairs} apart")
        }),
        lost(to.rating_spread, from.rating_spread)
            .map(|one| format!("average iRatings {} {apart}", one * Score::RATING_STEP)),
        lost(to.size_spread, from.size_spread).map(|one| format!("sizes {one} {} {apart}", drivers(one))),
        lost(from.slack, to.slack).map(|one| format!("{one} {less} to spare when fewest are awake")),
        lost(from.preferred, to.preferred).map(|one| {
            let hours = if one == 1 { "hour" } else { "hours" };
            format!("{one} {less} {hours} that somebody would like most")
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

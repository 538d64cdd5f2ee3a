//! An event's hours, for one person to say when they can drive.

use jiff::tz::TimeZone;
use twilight_model::channel::message::{
    Component,
    component::{Button, ButtonStyle, SelectMenuOption},
};

use super::{
    custom_id::Press,
    markup::{count, name},
    message::{Body, button, multi_select, option, row, text},
};
use crate::domain::{
    availability::{Answer, Availability, Block, Pick, blocks},
    event::Event,
    locale::{Locale, weekday_short},
    zone::Zone,
};

/// How many hours are on a page.
const A_PAGE: usize = 24;

/// An event's hours and what somebody said about them.
#[derive(Clone, Copy, Debug)]
pub struct HoursFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// The language of the days' names.
    pub locale: Locale,
    /// Whether the event was moved since the page was drawn that was answered.
    pub moved: bool,
    /// What they said.
    pub said: &'f Availability,
    /// The zone that they live in.
    pub zone: &'f Zone,
}

/// Which hours of all are on a page, from 0; whoever asks past the end gets the last page.
#[must_use]
pub fn on_page(event: &Event, page: u16) -> std::ops::Range<usize> {
    let all = blocks(event).len();
    let pages = all.div_ceil(A_PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    page * A_PAGE..all.min((page + 1) * A_PAGE)
}

/// A page of the hours.
#[must_use]
pub fn page(facts: &HoursFacts<'_>, page: u16) -> Body {
    let HoursFacts { event, said, zone, .. } = *facts;
    let hours = blocks(event);
    let range = on_page(event, page);
    let pages = hours.len().div_ceil(A_PAGE).max(1);
    let page = u16::try_from(range.start / A_PAGE).unwrap_or_default();
    let answered = said.answered(&hours);
    let moved = if facts.moved {
        "⚠️ **The event was moved**, so nothing was saved. These are its hours now.\n"
    } else {
        ""
    };
    let head = format!(
        "# When can you drive?\n{moved}**{}** · {answered} of {} answered · times in {zone}",
        name(&event.name),
        count(hours.len(), "hour", "hours"),
    );
    let shown: Vec<(usize, Block)> =
        hours.iter().copied().enumerate().skip(range.start).take(range.len()).collect();
    let mut parts = vec![text(head), text(grid(facts, &shown))];
    // A select with something chosen shows that instead of what it is for.
    parts.extend([text("**Hours that you can drive**"), choice(facts, &shown, page, false)]);
    parts.extend([text("**Hours that you would like most**"), choice(facts, &shown, page, true)]);
    parts.push(row(picks(event)));
    parts.push(row(turns(event, page, pages)));
    Body::new(parts)
}

/// A line for each day: what was said about its hours, in words and signs.
fn grid(facts: &HoursFacts<'_>, shown: &[(usize, Block)]) -> String {
    let zone = facts.zone.time_zone();
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut run: Option<(Option<Answer>, Block)> = None;
    let mut push = |run: (Option<Answer>, Block)| {
        let (answer, span) = run;
        let day = day(facts, span, zone);
        let words = format!("{} {}", sign(answer), clock_span(span, zone));
        match lines.last_mut().filter(|(last, _)| *last == day) {
            Some((_, spans)) => spans.push(words),
            None => lines.push((day, vec![words])),
        }
    };
    for (_, hour) in shown {
        let answer = facts.said.of(*hour);
        let same_day = |span: &Block| day(facts, *span, zone) == day(facts, *hour, zone);
        run = match run {
            Some((last, span)) if last == answer && same_day(&span) => {
                Some((last, Block { from: span.from, to: hour.to }))
            }
            Some(done) => {
                push(done);
                Some((answer, *hour))
            }
            None => Some((answer, *hour)),
        };
    }
    run.into_iter().for_each(&mut push);
    let lines: Vec<String> =
        lines.into_iter().map(|(day, spans)| format!("**{day}:** {}", spans.join(", "))).collect();
    format!("{}\n-# ⭐ preferred · ✅ can drive · ⛔ can't · ❔ not answered", lines.join("\n"))
}

const fn sign(answer: Option<Answer>) -> &'static str {
    match answer {
        Some(Answer::Preferred) => "⭐",
        Some(Answer::Available) => "✅",
        Some(Answer::No) => "⛔",
        None => "❔",
    }
}

fn day(facts: &HoursFacts<'_>, block: Block, zone: &TimeZone) -> String {
    let date = block.from.to_zoned(zone.clone()).date();
    format!("{} {}", weekday_short(date, facts.locale), date.day())
}

/// The span as a clock in the zone shows it; where the clock is changed within, both ends say by which offset.
fn clock_span(block: Block, zone: &TimeZone) -> String {
    let (from, to) = (block.from.to_zoned(zone.clone()), block.to.to_zoned(zone.clone()));
    let format = if from.offset() == to.offset() { "%H:%M" } else { "%H:%M (%:z)" };
    format!("{}–{}", from.strftime(format), to.strftime(format))
}

fn choice(facts: &HoursFacts<'_>, shown: &[(usize, Block)], page: u16, prefers: bool) -> Component {
    let HoursFacts { event, said, zone, .. } = *facts;
    let is_on = |block: Block| match said.of(block) {
        Some(Answer::Preferred) => true,
        Some(Answer::Available) => !prefers,
        Some(Answer::No) | None => false,
    };
    let options: Vec<SelectMenuOption> = shown
        .iter()
        .map(|(at, block)| {
            let label =
                format!("{} {}", day(facts, *block, zone.time_zone()), clock_span(*block, zone.time_zone()));
            SelectMenuOption { default: is_on(*block), ..option(&label, at.to_string(), None) }
        })
        .collect();
    let start = event.start.as_second();
    let (press, placeholder) = if prefers {
        (Press::Prefer { event: event.id, page, start }, "Hours that you would like most")
    } else {
        (Press::CanDrive { event: event.id, page, start }, "Hours that you can drive")
    };
    multi_select(&press, placeholder, options)
}

fn picks(event: &Event) -> [Button; 4] {
    let press = |pick| Press::PickHours { event: event.id, pick, start: event.start.as_second() };
    [
        button(ButtonStyle::Secondary, "All hours", &press(Pick::All)),
        button(ButtonStyle::Secondary, "None", &press(Pick::None)),
        button(ButtonStyle::Secondary, "Days (6–22)", &press(Pick::Days)),
        button(ButtonStyle::Secondary, "Nights (22–6)", &press(Pick::Nights)),
    ]
}

fn turns(event: &Event, page: u16, pages: usize) -> Vec<Button> {
    let mut buttons = vec![button(ButtonStyle::Secondary, "Change zone", &Press::OtherZone(event.id))];
    if pages > 1 {
        let next = (usize::from(page) + 1) % pages;
        let turn = Press::Hours { event: event.id, page: u16::try_from(next).unwrap_or_default() + 1 };
        let label = format!("More hours ({} of {pages})", page + 1);
        buttons.push(button(ButtonStyle::Secondary, &label, &turn));
    }
    buttons
}

/// Asks in which zone somebody lives, before they see the first hours. `club` is that of the club.
#[must_use]
pub fn ask_zone(event: &Event, club: &Zone) -> Body {
    Body::new(vec![
        text(format!(
            "In which time zone do you live? The hours of **{}** are shown in it, and you are asked only once.",
            name(&event.name)
        )),
        row([
            button(ButtonStyle::Primary, club.name(), &Press::ClubZone(event.id)),
            button(ButtonStyle::Secondary, "Another zone", &Press::OtherZone(event.id)),
        ]),
    ])
}

#[cfg(test)]
mod tests;

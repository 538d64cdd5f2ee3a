//! Lists, a page at a time.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{Id, marker::ChannelMarker},
};

use super::{
    card::CardFacts,
    custom_id::{List, Press},
    markup::{self, count, name, relative, when},
    message::{Body, button, enabled, row, section, text},
};
use crate::domain::{club::Series, event::EventState};

/// How many events stand on a page.
pub const EVENTS_A_PAGE: usize = 6;
/// How many series stand on a page.
pub const SERIES_A_PAGE: usize = 10;

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// Which one it is, from 0.
    pub number: u16,
    /// How many there are.
    pub pages: u16,
}

/// A line of the list of events.
#[derive(Clone, Copy, Debug)]
pub struct EventLine<'f> {
    /// Its text channel on Discord.
    pub channel: Option<Id<ChannelMarker>>,
    /// What is known of it.
    pub facts: CardFacts<'f>,
}

/// A line of the list of series.
#[derive(Clone, Copy, Debug)]
pub struct SeriesLine<'f> {
    /// How many of its events are coming.
    pub coming: usize,
    /// When the next of them starts.
    pub next: Option<Timestamp>,
    /// The series.
    pub series: &'f Series,
}

/// The coming events, the next one first.
#[must_use]
pub fn events(page: &Page<EventLine<'_>>) -> Body {
    if page.items.is_empty() {
        return Body::plain("No event is coming. Organisers create one with `/event create`.");
    }
    let mut parts = vec![text("# Coming events")];
    parts.extend(page.items.iter().map(|line| {
        let show = button(ButtonStyle::Secondary, "Show", &Press::ShowEvent(line.facts.event.id));
        section(event(line), show)
    }));
    parts.push(row(turns(List::Events, page)));
    Body::new(parts)
}

/// The club's series, by name. An organiser gets to the templates from there.
#[must_use]
pub fn series(page: &Page<SeriesLine<'_>>, organiser: bool) -> Body {
    let templates = organiser.then(|| button(ButtonStyle::Secondary, "Templates", &Press::Templates(0)));
    if page.items.is_empty() {
        let none = "The club has no series yet. Organisers create one with `/series create`.";
        return Body::new(vec![text(none), row(templates)]);
    }
    let lines: Vec<String> = page.items.iter().map(one_series).collect();
    Body::new(vec![
        text("# Series"),
        text(lines.join("\n")),
        row(turns(List::Series, page).into_iter().chain(templates)),
    ])
}

fn event(line: &EventLine<'_>) -> String {
    let EventLine { channel, facts } = line;
    let mut title = format!("**{}**", name(&facts.event.name));
    if let Some(series) = facts.series {
        title.push_str(" · ");
        title.push_str(&name(&series.name));
    }
    if let Some(channel) = channel {
        title.push_str(" · ");
        title.push_str(&markup::channel(*channel));
    }
    format!("{title}\n{} ({})\n{}", when(facts.event.start), relative(facts.event.start), taken(facts))
}

/// How many of an event's places are taken, or why nobody can sign up.
fn taken(facts: &CardFacts<'_>) -> String {
    let coming = facts.sheet.everybody_in().count();
    let places: Option<usize> =
        facts.event.classes.iter().map(|class| class.capacity.map(|places| usize::from(places.get()))).sum();
    let taken = match places {
        Some(places) => format!("{coming} of {} taken", count(places, "place", "places")),
        None => format!("{coming} coming"),
    };
    match facts.event.state {
        EventState::Cancelled { .. } => "❌ Cancelled".to_owned(),
        EventState::Closed => format!("{taken}, sign-ups closed"),
        EventState::Open => taken,
    }
}

fn one_series(line: &SeriesLine<'_>) -> String {
    let events = match (line.series.archived_at, line.coming) {
        (Some(_), _) => "🗄️ archived".to_owned(),
        (None, 0) => "no event coming".to_owned(),
        (None, coming) => format!("{} coming", count(coming, "event", "events")),
    };
    let next = line.next.map(|next| format!(", next {}", relative(next))).unwrap_or_default();
    format!("- **{}**: {events}{next}", name(&line.series.name))
}

/// Earlier and Later, where there is more than one page.
fn turns<T>(list: List, page: &Page<T>) -> Vec<Button> {
    if page.pages <= 1 {
        return Vec::new();
    }
    let to = |page| Press::ListPage { list, page };
    let (before, after) = (page.number.checked_sub(1), page.number.saturating_add(1));
    vec![
        enabled(button(ButtonStyle::Secondary, "Back", &to(before.unwrap_or(u16::MAX))), before.is_some()),
        enabled(
            button(ButtonStyle::Secondary, &format!("More ({} of {})", after, page.pages), &to(after)),
            after < page.pages,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{settings::ClubSettings, signup::SignupState::In},
        view::testing::{at, check, event, facts, key, render, sheet},
    };

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn a_page_of_events() {
        let settings = ClubSettings::default();
        let mut races: Vec<_> = (0..6).map(|_| event("GTP x 20\nGT3 x 40")).collect();
        for (number, event) in (20..).zip(races.iter_mut()) {
            event.id = key(number);
        }
        races[1].state = EventState::Closed;
        let sheet = sheet(&races[0], &[(0, In, 3)]);
        let series = crate::view::testing::series();
        let line = |event| EventLine {
            channel: Some(Id::new(5)),
            facts: CardFacts { series: Some(&series), ..facts(event, &sheet, &settings) },
        };
        let page = Page { items: races.iter().map(line).collect(), number: 0, pages: 3 };
        check(&events(&page));
        let short = Page { items: page.items[..2].to_vec(), ..page };
        assert_snapshot!(shown(&events(&short)), @"
        # Coming events
        **Spa 24 Hours** · Winter Cup · <#5>
        <t:1796475600:F> (<t:1796475600:R>)
        3 of 60 places taken [Show]
        **Spa 24 Hours** · Winter Cup · <#5>
        <t:1796475600:F> (<t:1796475600:R>)
        3 of 60 places taken, sign-ups closed [Show]
        (Back) [More (1 of 3)]
        ");
        assert_snapshot!(shown(&events(&Page { items: Vec::new(), number: 0, pages: 0 })), @"No event is coming. Organisers create one with `/event create`.");
    }

    #[test]
    fn a_page_of_series() {
        let mut old = crate::view::testing::series();
        old.archived_at = Some(at("2026-01-01T00:00:00Z"));
        let new = crate::view::testing::series();
        let items = vec![
            SeriesLine { coming: 2, next: Some(at("2026-12-05T13:00:00Z")), series: &new },
            SeriesLine { coming: 0, next: None, series: &old },
        ];
        assert_snapshot!(shown(&series(&Page { items, number: 0, pages: 1 }, true)), @"
        # Series
        - **Winter Cup**: 2 events coming, next <t:1796475600:R>
        - **Winter Cup**: 🗄️ archived
        [Templates]
        ");
    }
}

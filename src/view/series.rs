//! A series' panel for organisers, and moving events between series.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{self, count, name, relative, typed, when},
    message::{Body, button, enabled, option, row, text},
    pages::Choice,
};
use crate::domain::{
    blueprint::Blueprint, club::Series, event::Event, id::EventId, series_defaults::SeriesDefaults,
};

/// The value of the choice that takes an event out of all series.
pub const NO_SERIES: &str = "none";
/// How many coming events stand on the panel.
const SHOWN: usize = 3;
/// The most characters of a series' rules on its panel.
const MAX_RULES: usize = 400;

/// A series with what is coming in it, the next event first.
#[derive(Clone, Copy, Debug)]
pub struct SeriesPanelFacts<'f> {
    /// Its events that are coming.
    pub coming: &'f [Event],
    /// The series.
    pub series: &'f Series,
}

/// The panel; `done` tells what was just done.
#[must_use]
pub fn panel(facts: &SeriesPanelFacts<'_>, done: Option<&str>) -> Body {
    let series = facts.series;
    let archived = match series.archived_at {
        Some(at) => format!("\n🗄️ **Archived** {}. Nothing new comes into it.", relative(at)),
        None => String::new(),
    };
    let title = format!("# Series {}{archived}\n{}", name(&series.name), category(series));
    let mut parts: Vec<_> = done.map(text).into_iter().collect();
    parts.extend([
        text(title),
        text(defaults(&series.defaults)),
        text(coming(facts.coming)),
        buttons(series),
    ]);
    Body::new(parts)
}

fn buttons(series: &Series) -> twilight_model::channel::message::Component {
    let id = series.id;
    let open = series.archived_at.is_none();
    let end = match open {
        true => button(ButtonStyle::Danger, "Archive", &Press::AskArchiveSeries(id)),
        false => button(ButtonStyle::Success, "Unarchive", &Press::UnarchiveSeries(id)),
    };
    row([
        enabled(button(ButtonStyle::Primary, "Edit", &Press::EditSeries(id)), open),
        enabled(button(ButtonStyle::Secondary, "Defaults", &Press::EditSeriesDefaults(id)), open),
        end,
    ])
}

fn category(series: &Series) -> String {
    match series.adopted_category {
        Some(category) => format!("**Category:** {}", markup::channel(category)),
        None => "**Category:** its own".to_owned(),
    }
}

fn defaults(defaults: &SeriesDefaults) -> String {
    let mut lines = vec!["**New events, unless typed otherwise:**".to_owned()];
    lines.extend(plan(&defaults.blueprint));
    let pattern = defaults.pattern.as_ref();
    lines.push(match pattern {
        Some(pattern) => format!("- **Channel names:** `{pattern}`"),
        None => "- **Channel names:** as the club's settings say".to_owned(),
    });
    lines.push(match &defaults.reminders {
        Some(offsets) => format!("- **Reminders:** {offsets} before the start"),
        None => "- **Reminders:** as the club's settings say".to_owned(),
    });
    if let Some(rules) = &defaults.blueprint.description {
        lines.push(format!("- **Rules and notes:** {}", typed(rules.as_str(), MAX_RULES)));
    }
    lines.join("\n")
}

/// What a blueprint says of classes, length and track, a line each.
pub(super) fn plan(blueprint: &Blueprint) -> Vec<String> {
    let classes = blueprint.classes().map(|classes| classes.to_string().replace('\n', ", "));
    let classes = classes.filter(|classes| !classes.is_empty());
    let lines = [
        ("Classes", classes.map(|classes| name(&classes))),
        ("Length", blueprint.length.map(|length| length.to_string())),
        ("Track", blueprint.track.as_ref().map(name)),
    ];
    lines.into_iter().filter_map(|(what, said)| Some(format!("- **{what}:** {}", said?))).collect()
}

fn coming(events: &[Event]) -> String {
    if events.is_empty() {
        return "**Coming:** nothing. `/event create` with this series makes an event.".to_owned();
    }
    let mut lines = vec![format!("**Coming:** {}", count(events.len(), "event", "events"))];
    lines.extend(
        events.iter().take(SHOWN).map(|event| format!("- {} · {}", name(&event.name), when(event.start))),
    );
    if events.len() > SHOWN {
        lines.push(format!("- and {} more", events.len() - SHOWN));
    }
    lines.join("\n")
}

/// Asks whether the series is to be archived.
#[must_use]
pub fn ask_archive(series: &Series) -> Body {
    let fate = match series.adopted_category {
        Some(category) => format!("{} stays as it is.", markup::channel(category)),
        None => "Its category goes once nothing stands in it.".to_owned(),
    };
    Body::new(vec![
        text(format!(
            "Archive the series **{}**? Nothing new comes into it, and what repeats in it stops. {fate} **Unarchive** brings it back.",
            name(&series.name),
        )),
        row([
            button(ButtonStyle::Danger, "Archive it", &Press::ArchiveSeries(series.id)),
            button(ButtonStyle::Secondary, "Back", &Press::SeriesPanel(series.id)),
        ]),
    ])
}

/// Asks which series the event is to be moved to; `series` are those that aren't archived.
#[must_use]
pub fn ask_move(event: &Event, series: &[Series], page: u16) -> Body {
    let now = series.iter().find(|series| event.series == Some(series.id));
    let now = now.map_or_else(
        || "It is in no series.".to_owned(),
        |series| format!("It is in **{}** now.", name(&series.name)),
    );
    let others = series.iter().filter(|series| event.series != Some(series.id)).map(Some);
    let out = event.series.map(|_| None);
    let choices: Vec<Option<&Series>> = out.into_iter().chain(others).collect();
    if choices.is_empty() {
        return Body::plain("There is no other series. `/series create` makes one.");
    }
    let choice = Choice {
        choose: Press::ChooseSeries(event.id),
        items: &choices,
        page,
        placeholder: "Choose a series",
    };
    let mut parts = vec![text(format!(
        "Move **{}** to which series? {now} Its channels and people go along.",
        name(&event.name),
    ))];
    parts.extend(choice.parts(
        |series| match series {
            Some(series) => option(series.name.as_str(), series.id.short(), None),
            None => option("No series", NO_SERIES, None),
        },
        |page| Press::MoveToSeries { event: event.id, page },
    ));
    parts.push(row([manage(event.id)]));
    Body::new(parts)
}

/// The event is moved.
#[must_use]
pub fn moved(event: &Event, series: Option<&Series>) -> Body {
    let to = match series {
        Some(series) => format!("is in the series **{}** now", name(&series.name)),
        None => "is in no series now".to_owned(),
    };
    let follows = if event.channels_wanted { " Its channels follow within a moment." } else { "" };
    Body::new(vec![text(format!("✅ **{}** {to}.{follows}", name(&event.name))), row([manage(event.id)])])
}

fn manage(event: EventId) -> twilight_model::channel::message::component::Button {
    button(ButtonStyle::Secondary, "Manage", &Press::Manage(event))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;
    use twilight_model::id::Id;

    use super::*;
    use crate::view::testing::{at, check, event, key, render};

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn a_series_with_and_without_defaults() {
        let (mut series, event) = (crate::view::testing::series(), event("GT3 x 20\nGT4"));
        let bare = panel(&SeriesPanelFacts { coming: &[], series: &series }, None);
        series.adopted_category = Some(Id::new(9));
        series.defaults = SeriesDefaults {
            blueprint: Blueprint {
                description: "No contact. *At all*.".parse().ok(),
                ..Blueprint::of(&event)
            },
            pattern: "{event} {date}".parse().ok(),
            reminders: "24h, 1h".parse().ok(),
        };
        let coming = vec![event; 5];
        let full = panel(&SeriesPanelFacts { coming: &coming, series: &series }, Some("✅ Saved."));
        series.archived_at = Some(at("2026-01-01T00:00:00Z"));
        let archived = panel(&SeriesPanelFacts { coming: &[], series: &series }, None);
        let all = [shown(&bare), shown(&full), shown(&archived), shown(&ask_archive(&series))];
        assert_snapshot!(all.join("\n\n"), @r"
        # Series Winter Cup
        **Category:** its own
        **New events, unless typed otherwise:**
        - **Channel names:** as the club's settings say
        - **Reminders:** as the club's settings say
        **Coming:** nothing. `/event create` with this series makes an event.
        [Edit] [Defaults] [Archive!]

        ✅ Saved.
        # Series Winter Cup
        **Category:** <#9>
        **New events, unless typed otherwise:**
        - **Classes:** GT3 x 20, GT4
        - **Length:** 24 h
        - **Track:** Spa-Francorchamps
        - **Channel names:** `{event} {date}`
        - **Reminders:** 24h, 1h before the start
        - **Rules and notes:** No contact. \*At all\*.
        **Coming:** 5 events
        - Spa 24 Hours · <t:1796475600:F>
        - Spa 24 Hours · <t:1796475600:F>
        - Spa 24 Hours · <t:1796475600:F>
        - and 2 more
        [Edit] [Defaults] [Archive!]

        # Series Winter Cup
        🗄️ **Archived** <t:1767225600:R>. Nothing new comes into it.
        **Category:** <#9>
        **New events, unless typed otherwise:**
        - **Classes:** GT3 x 20, GT4
        - **Length:** 24 h
        - **Track:** Spa-Francorchamps
        - **Channel names:** `{event} {date}`
        - **Reminders:** 24h, 1h before the start
        - **Rules and notes:** No contact. \*At all\*.
        **Coming:** nothing. `/event create` with this series makes an event.
        (Edit) (Defaults) [Unarchive]

        Archive the series **Winter Cup**? Nothing new comes into it, and what repeats in it stops. <#9> stays as it is. **Unarchive** brings it back.
        [Archive it!] [Back]
        ");
    }

    #[test]
    fn an_event_moves_to_one_of_many_series() {
        let event = event("2");
        let all: Vec<Series> =
            (2..40).map(|number| Series { id: key(number), ..crate::view::testing::series() }).collect();
        let pages = [shown(&ask_move(&event, &all[..2], 0)), shown(&moved(&event, None))];
        assert_snapshot!(pages.join("\n\n"), @"
        Move **Spa 24 Hours** to which series? It is in **Winter Cup** now. Its channels and people go along.
        <Choose a series>
        ◦ No series
        ◦ Winter Cup
        [Manage]

        ✅ **Spa 24 Hours** is in no series now. Its channels follow within a moment.
        [Manage]
        ");
        assert!(shown(&ask_move(&event, &all, 1)).contains("[Back] (More (2 of 2))"));
        let alone = Event { series: None, ..event };
        assert!(shown(&ask_move(&alone, &[], 0)).contains("/series create"));
    }
}

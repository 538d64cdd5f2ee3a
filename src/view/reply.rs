//! Short answers that confirm what was done, each with the next step.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    card::{self, CardFacts},
    custom_id::{Press, SettingsGroup, Showing},
    fate,
    markup::{self, count, name},
    message::{Body, button, option, row, text},
    pages::Choice,
    settings::{self, SettingsFacts},
};
use crate::domain::{
    club::{Club, Series},
    event::{Class, Event},
    local_time,
    zone::Zone,
};

/// What comes of what is chosen for people.
const SYNCS: &str =
    "**Next:** `/club sync` shows what that changes. `/club health` tells whether the bot can give the role.";
/// What lets a role see the commands that Discord shows to those with Manage Server alone.
const ADMIT: &str =
    "For the role to see `/club` and `/series`, admit it to both under Server Settings → Integrations.";

/// What comes after an event is created.
const SHARE: &str = "**Next:** share it; people sign up on its card.";
/// A series has another name or category.
pub const SERIES_EDITED: &str =
    "✅ **Saved.** Channels and cards follow within a moment; the names of channels that exist stay.";
/// A series' new events are like that.
pub const SERIES_DEFAULTS_SAVED: &str =
    "✅ **Saved.** That stands in the form of the next event; events that exist stay as they are.";

/// The club exists: what was understood, and its first event next.
#[must_use]
pub fn club_set_up(club: &Club) -> Body {
    let questions = match club.settings.organiser_channel {
        Some(channel) => format!("Questions for organisers go to {}.", markup::channel(channel)),
        None => "Questions for organisers wait in `/club panel`.".to_owned(),
    };
    Body::plain(format!(
        "✅ **{}** is set up. Times are typed in {}. {questions}\n\n**Next:** `/event create` makes your first event.\n\n\
         Shall people without Manage Server organise too? Choose their role with `/club settings`. {ADMIT}",
        name(&club.name),
        club.zone,
    ))
}

/// The series exists.
#[must_use]
pub fn series_created(series: &Series) -> Body {
    let place = match series.adopted_category {
        Some(category) => format!("Its events get their channels in {}.", markup::channel(category)),
        None => "Its category appears within a moment.".to_owned(),
    };
    Body::plain(format!(
        "✅ The series **{}** is created. {place}\n\n**Next:** `/event create` with this series.",
        name(&series.name),
    ))
}

/// The event exists: what was understood, and where its channel appears.
#[must_use]
pub fn event_created(facts: &CardFacts<'_>) -> Body {
    event(facts, "is created", SHARE)
}

/// The event exists, made from something whose series is archived and takes no new events.
#[must_use]
pub fn event_created_from(facts: &CardFacts<'_>, archived: Option<&Series>) -> Body {
    let next = match archived {
        Some(series) => format!(
            "The series **{}** is archived, so the event stands alone; **Manage** moves it to another.",
            name(&series.name)
        ),
        None => SHARE.to_owned(),
    };
    event(facts, "is created", &next)
}

/// The event is changed: what was understood.
#[must_use]
pub fn event_edited(facts: &CardFacts<'_>) -> Body {
    event(facts, "is changed", "Its card follows within a moment.")
}

fn event(facts: &CardFacts<'_>, done: &str, next: &str) -> Body {
    let event = facts.event;
    let manage = button(ButtonStyle::Secondary, "Manage", &Press::Manage(event.id));
    let understood = format!(
        "✅ **{}** {done}.\n{}\n**Classes:** {}",
        name(&event.name),
        card::times(event),
        classes(&event.classes),
    );
    let (place, buttons) = if event.channels_wanted {
        (format!("{} {next}", place(facts)), vec![manage])
    } else {
        let place = "It has no channel; **Create channel** makes one.".to_owned();
        (place, vec![card::create_channel(event), manage])
    };
    Body::new(vec![text(understood), text(place), row(buttons)])
}

fn place(facts: &CardFacts<'_>) -> String {
    let category = match facts.series {
        Some(series) => format!("the series {}", name(&series.name)),
        None => "Events".to_owned(),
    };
    format!("Its channel is `#{}` under {category}.", facts.event.channel_name.as_str())
}

fn classes(classes: &[Class]) -> String {
    let words: Vec<String> = classes
        .iter()
        .map(|class| {
            let places = class.capacity.map_or_else(
                || "no limit".to_owned(),
                |places| count(usize::from(places.get()), "place", "places"),
            );
            match &class.name {
                Some(class) => format!("{} ({places})", name(class)),
                None => format!("one, {places}"),
            }
        })
        .collect();
    words.join(", ")
}

/// The event is cancelled.
#[must_use]
pub fn event_cancelled(facts: &CardFacts<'_>) -> Body {
    let rest = if facts.event.channels_wanted {
        format!("Those who signed up are told. {}", fate::sentence(facts.event, facts.settings))
    } else {
        "It has no channel, so tell those who signed up.".to_owned()
    };
    Body::plain(format!("**{}** is cancelled. {rest}", name(&facts.event.name)))
}

/// The event's channel is asked for.
#[must_use]
pub fn channel_coming(facts: &CardFacts<'_>) -> Body {
    Body::plain(format!("✅ {} It appears within a moment.", place(facts)))
}

/// A group of settings is saved: its values now.
#[must_use]
pub fn settings_saved(facts: &SettingsFacts<'_>, group: SettingsGroup) -> Body {
    let admit = match (group, facts.club.settings.organiser_role) {
        (SettingsGroup::General, Some(_)) => format!("\n\n{ADMIT}"),
        (SettingsGroup::People, _) => format!("\n\n{SYNCS}"),
        _ => String::new(),
    };
    let follows = match group {
        SettingsGroup::People => "Members follow with the next sync.",
        _ => "Channels and cards follow within a moment.",
    };
    Body::plain(format!(
        "✅ **{} saved.** {follows}\n{}{admit}",
        settings::title(group),
        settings::values(facts, group),
    ))
}

/// An owner's work is tried again.
#[must_use]
pub fn retried() -> Body {
    Body::plain("✅ It is being tried again. `/club panel` shows how it went.")
}

/// Asks which of several events is meant, a page of them; a select can't show the reader's own time.
#[must_use]
pub fn pick_event(showing: Showing, events: &[Event], page: u16, zone: &Zone) -> Body {
    let choice =
        Choice { choose: Press::PickEvent(showing), items: events, page, placeholder: "Choose an event" };
    let event = |event: &Event| {
        let start = format!("{} ({zone})", local_time::format(event.start, zone));
        option(event.name.as_str(), event.id.short(), Some(&start))
    };
    let mut parts = vec![text("Which event do you mean?")];
    parts.extend(choice.parts(event, |page| Press::EventsPage { page, showing }));
    Body::new(parts)
}

#[cfg(test)]
mod tests;

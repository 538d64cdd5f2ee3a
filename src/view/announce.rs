//! What is said by itself: in an event's channel, and to the organisers.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{
    card,
    markup::{self, mention, name, relative, typed},
    message::{Body, row, text},
    question,
};
use crate::domain::{
    club::Series,
    event::Event,
    panel::{Answer, Question},
    settings::ClubSettings,
    signup::{Sheet, Signup},
};

/// The most people whom one message may ping.
const MAX_PINGS: usize = 100;
/// The most characters of a channel's topic. See Discord Docs/Channel Object.
const MAX_TOPIC: usize = 1024;

/// The topic of an event's channel: series, track and length.
#[must_use]
pub fn topic(event: &Event, series: Option<&Series>) -> String {
    let mut parts: Vec<String> = series.map(|series| series.name.to_string()).into_iter().collect();
    parts.extend(event.track.as_ref().map(ToString::to_string));
    parts.push(event.length.to_string());
    typed(&parts.join(" · "), MAX_TOPIC)
}

/// The race voice channel is open.
#[must_use]
pub fn race_voice(voice: Id<ChannelMarker>, start: Timestamp) -> Body {
    Body::plain(format!(
        "🔊 **Race voice is open:** {}. The race starts {}.",
        markup::channel(voice),
        relative(start)
    ))
}

/// Somebody moved up from the waiting list; pings them.
#[must_use]
pub fn promoted(event: &Event, line: &Signup) -> Body {
    let class = event.class(line.class).and_then(|class| class.name.as_ref());
    let class = class.map(|class| format!(" in {}", name(class))).unwrap_or_default();
    Body::plain(format!(
        "✅ {}, a place is free: you're in for **{}**{class}. If you can't make it, press **Withdraw** on the card.",
        mention(line.discord),
        name(&event.name),
    ))
    .pinging([line.discord])
}

/// The event won't take place, why, and what becomes of its channel; pings those who meant to come.
#[must_use]
pub fn cancelled(event: &Event, sheet: &Sheet, settings: &ClubSettings) -> Body {
    let people: Vec<Id<UserMarker>> = sheet
        .lines()
        .iter()
        .filter(|line| line.state.is_signed_up())
        .map(|line| line.discord)
        .take(MAX_PINGS)
        .collect();
    let names: Vec<String> = people.iter().copied().map(mention).collect();
    Body::new(vec![
        text(format!("**{}**\n{}", name(&event.name), card::cancelled(event))),
        text(card::fate_of_channel(event, settings)),
        text(names.join(" ")),
    ])
    .pinging(people)
}

/// The race is over, and what becomes of its channel.
#[must_use]
pub fn finished(event: &Event, settings: &ClubSettings) -> Body {
    Body::plain(format!(
        "🏁 **{} is over.** Thank you all. {}",
        name(&event.name),
        card::fate_of_channel(event, settings),
    ))
}

/// A question to the organisers, with the buttons that answer it.
#[must_use]
pub fn question(question: &Question) -> Body {
    Body::new(vec![text(question::words(question)), row(question::buttons(question))])
}

/// The same question once somebody answered it, without its buttons.
#[must_use]
pub fn answered(question: &Question, answer: Answer, by: Id<UserMarker>) -> Body {
    Body::new(vec![
        text(question::words(question)),
        text(format!("{} chose **{}**. {}", mention(by), question::label(answer), question::outcome(answer))),
    ])
}

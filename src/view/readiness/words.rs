//! What is to be done about what keeps somebody from being ready, in one sentence.

use twilight_model::id::{Id, marker::ChannelMarker};

use crate::{
    domain::{
        permission::Denier,
        readiness::{Need, Obstacle, Point},
    },
    view::markup::{channel, role, when},
};

/// Whom it is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reader {
    /// The team's captain or an organiser.
    Other,
    /// Whom it is about.
    Themselves,
}

/// What to do about it.
pub(super) fn fix(
    reader: Reader,
    point: Point,
    why: Option<Obstacle>,
    voice: Option<Id<ChannelMarker>>,
) -> String {
    match (why, reader) {
        (Some(Obstacle::Denied { by, channel, what }), _) => denied(reader, by, channel, what),
        (Some(Obstacle::NotIn { private, thread }), _) => not_in(reader, private, thread),
        (Some(Obstacle::Pending), Reader::Themselves) => {
            "Accept the server's rules: Discord shows them where you would write.".to_owned()
        }
        (Some(Obstacle::Pending), Reader::Other) => {
            "They accept the server's rules, which Discord shows them where they would write.".to_owned()
        }
        (Some(Obstacle::TimedOut { until }), Reader::Themselves) => {
            format!("You are timed out until {}. Ask a moderator.", when(until))
        }
        (Some(Obstacle::TimedOut { until }), Reader::Other) => {
            format!("They are timed out until {}. A moderator can end that.", when(until))
        }
        (None, Reader::Themselves) => hearing(point, voice),
        (None, Reader::Other) => "They look at Discord's voice settings, and join once more.".to_owned(),
    }
}

fn hearing(point: Point, voice: Option<Id<ChannelMarker>>) -> String {
    let join = match voice {
        Some(voice) if point == Point::Hears => format!("join {} once more", channel(voice)),
        _ => "join the race voice once more".to_owned(),
    };
    format!("Look at Discord's voice settings, {join}, and say so below.")
}

fn denied(reader: Reader, by: Denier, place: Id<ChannelMarker>, what: Need) -> String {
    let (place, what) = (channel(place), need(what));
    let (them, their) = match reader {
        Reader::Other => ("them", "their"),
        Reader::Themselves => ("you", "your"),
    };
    let why = match by {
        Denier::Everyone => {
            format!("{place} denies {what} to everybody, and allows it to none of {their} roles")
        }
        Denier::NoRole => format!("{place} asks for {what}, which none of {their} roles gives"),
        Denier::Role(denies) => format!("{place} denies {what} to the role {}", role(denies)),
        Denier::Themselves => format!("{place} denies {what} to {them}"),
    };
    match reader {
        Reader::Other => format!("{why}. Allow it under Edit Channel → Permissions."),
        Reader::Themselves => format!("Ask an organiser: {why}."),
    }
}

const fn need(need: Need) -> &'static str {
    match need {
        Need::Connect => "Connect",
        Need::View => "View Channel",
    }
}

fn not_in(reader: Reader, private: bool, thread: Id<ChannelMarker>) -> String {
    let thread = channel(thread);
    match (reader, private) {
        (Reader::Other, true) => format!("Mention them in {thread}."),
        (Reader::Other, false) => format!("They open {thread} and press **Join**."),
        (Reader::Themselves, true) => format!("Ask your captain to mention you in {thread}."),
        (Reader::Themselves, false) => format!("Open {thread} and press **Join**."),
    }
}

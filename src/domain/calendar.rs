//! Events as calendar programs read them: iCalendar ([RFC 5545](https://www.rfc-editor.org/rfc/rfc5545)).
//!
//! Instants are written in UTC. An event is an instant, and every program shows that in its own reader's zone, across changes of daylight
//! saving too. A `TZID` would serve events that recur at one local time, which none of ours does by itself, and would ask each program to
//! read our `VTIMEZONE` right.
//!
//! The text of a feed is the same until something in it changes: `DTSTAMP` is the last change that is known, as RFC 5545, 3.8.7.2, has it
//! for what is no message.

mod lines;

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use self::lines::{Lines, quoted};
use super::{
    event::{Class, Event, EventState},
    id::{ClubId, UserId},
    name::{ClubName, SeriesName},
    signup::SignupState,
};

/// How often a program should ask for a feed again, as an ISO 8601 duration.
const REFRESH: &str = "PT1H";
/// What wrote it.
const PROGRAM: &str = "-//Simlane//Simlane//EN";
const CANCELLED: &str = "CANCELLED";
const CONFIRMED: &str = "CONFIRMED";
const TENTATIVE: &str = "TENTATIVE";

/// Whose calendar it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CalendarOwner {
    /// A club's: all of its events.
    Club(ClubId),
    /// A person's: what they are signed up for, in every club.
    Person(UserId),
}

/// An event as it stands in a calendar.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// Its channel on Discord, once made.
    pub channel: Option<(Id<GuildMarker>, Id<ChannelMarker>)>,
    /// Its club.
    pub club: ClubName,
    /// The event.
    pub event: Event,
    /// What the calendar's owner said about it; `None` in a club's calendar.
    pub said: Option<SignupState>,
    /// Its series.
    pub series: Option<SeriesName>,
}

/// How an event stands for the calendar's owner.
struct Standing {
    /// Whether it takes up their time.
    busy: bool,
    /// What the description says of it.
    note: Option<&'static str>,
    /// What its name begins with.
    prefix: &'static str,
    /// The value of `STATUS`.
    status: &'static str,
}

/// A calendar of that name for programs that ask for it again and again.
#[must_use]
pub fn feed(name: &str, entries: &[Entry]) -> String {
    calendar(|lines| {
        for property in ["NAME", "X-WR-CALNAME"] {
            lines.text(property, name);
        }
        lines.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        lines.raw("X-PUBLISHED-TTL", REFRESH);
        for entry in entries {
            let stamp = changed_at(&entry.event).unwrap_or(entry.event.created_at);
            lines.component("VEVENT", |lines| event(lines, entry, stamp));
        }
        // The grammar wants one component at least.
        if entries.is_empty() {
            lines.component("VTIMEZONE", utc_zone);
        }
    })
}

/// A file of one event, as it is at `now`, for people to open with their calendar: an iTIP message that publishes it
/// ([RFC 5546, 3.2.1](https://www.rfc-editor.org/rfc/rfc5546#section-3.2.1)), which needs an organiser. Its club stands for that, with an
/// address that nobody can write to.
#[must_use]
pub fn event_file(entry: &Entry, now: Timestamp) -> Vec<u8> {
    let text = calendar(|lines| {
        lines.raw("METHOD", "PUBLISH");
        lines.component("VEVENT", |lines| {
            event(lines, entry, now);
            let organiser = format!("ORGANIZER;CN={}", quoted(entry.club.as_str()));
            lines.raw(&organiser, &format!("urn:uuid:{}", entry.event.club));
        });
    });
    text.into_bytes()
}

/// What the file of an event is called.
#[must_use]
pub fn event_file_name(event: &Event) -> String {
    format!("{}.ics", event.channel_name)
}

fn calendar(inner: impl FnOnce(&mut Lines)) -> String {
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.raw("VERSION", "2.0");
        lines.raw("PRODID", PROGRAM);
        lines.raw("CALSCALE", "GREGORIAN");
        inner(lines);
    });
    lines.finish()
}

/// The zone in which all our instants are.
fn utc_zone(lines: &mut Lines) {
    lines.raw("TZID", "UTC");
    lines.component("STANDARD", |lines| {
        lines.raw("DTSTART", "19700101T000000");
        lines.raw("TZOFFSETFROM", "+0000");
        lines.raw("TZOFFSETTO", "+0000");
    });
}

/// The properties of an event; `stamp` is its `DTSTAMP`.
fn event(lines: &mut Lines, entry: &Entry, stamp: Timestamp) {
    let (event, standing) = (&entry.event, Standing::of(entry));
    lines.raw("UID", &event.id.to_string());
    lines.raw("DTSTAMP", &utc(stamp));
    lines.raw("CREATED", &utc(event.created_at));
    if let Some(changed) = changed_at(event) {
        lines.raw("LAST-MODIFIED", &utc(changed));
    }
    lines.raw("SEQUENCE", &event.revision.min(i32::MAX.unsigned_abs().into()).to_string());
    lines.raw("STATUS", standing.status);
    lines.raw("TRANSP", if standing.busy { "OPAQUE" } else { "TRANSPARENT" });
    lines.raw("DTSTART", &utc(event.start));
    lines.raw("DTEND", &utc(event.end()));
    lines.text("SUMMARY", &format!("{}{}", standing.prefix, event.name));
    lines.text("DESCRIPTION", &description(entry, &standing));
    if let Some(track) = &event.track {
        lines.text("LOCATION", track.as_str());
    }
    if let Some(address) = address(entry) {
        lines.raw("URL", &address);
    }
}

/// When the event was last changed, where that is known: when it was created, if never since, or when it was cancelled.
const fn changed_at(event: &Event) -> Option<Timestamp> {
    match event.state {
        EventState::Cancelled { at, .. } => Some(at),
        EventState::Closed | EventState::Open if event.revision <= 1 => Some(event.created_at),
        EventState::Closed | EventState::Open => None,
    }
}

/// Everything there is to read, for programs that show no more than the text.
fn description(entry: &Entry, standing: &Standing) -> String {
    let event = &entry.event;
    let whose = match &entry.series {
        Some(series) => format!("{} · {series}", entry.club),
        None => entry.club.to_string(),
    };
    let reason = match &event.state {
        EventState::Cancelled { reason, .. } if !reason.is_empty() => Some(format!("Cancelled: {reason}")),
        _ => None,
    };
    let about = (!event.description.is_empty()).then(|| event.description.to_string());
    let parts = [
        Some(whose),
        standing.note.map(str::to_owned),
        reason,
        classes(&event.classes),
        about,
        address(entry).map(|address| format!("On Discord: {address}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// The classes that have a name.
fn classes(classes: &[Class]) -> Option<String> {
    let named: Vec<&str> = classes.iter().filter_map(|class| Some(class.name.as_ref()?.as_str())).collect();
    (!named.is_empty()).then(|| format!("Classes: {}", named.join(", ")))
}

/// Where the event's channel opens in Discord.
fn address(entry: &Entry) -> Option<String> {
    let (guild, channel) = entry.channel?;
    Some(format!("https://discord.com/channels/{guild}/{channel}"))
}

/// An instant in UTC, to the second.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

impl Standing {
    fn of(entry: &Entry) -> Self {
        if entry.event.is_cancelled() {
            return Self { busy: false, note: None, prefix: "Cancelled: ", status: CANCELLED };
        }
        let firm = |busy| Self { busy, note: None, prefix: "", status: CONFIRMED };
        let Some(said) = entry.said else { return firm(false) };
        match said {
            SignupState::In | SignupState::Late | SignupState::Withdrawn | SignupState::Absent => firm(true),
            SignupState::Tentative => {
                Self { busy: false, note: Some("You may come."), prefix: "Tentative: ", status: TENTATIVE }
            }
            SignupState::Waiting => Self {
                busy: false,
                note: Some("You are on the waiting list: you come when a place becomes free."),
                prefix: "Waiting list: ",
                status: TENTATIVE,
            },
        }
    }
}

#[cfg(test)]
mod tests;

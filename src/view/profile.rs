//! A racing profile: what the club knows about one of its people.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::ButtonStyle,
    id::{Id, marker::UserMarker},
};

use super::{
    custom_id::Press,
    link::MyEvent,
    markup::{day, mention, name, sentence, typed},
    matched::how,
    message::{Body, button, row, text},
};
use crate::domain::{
    iracing_id::IRacingId,
    member::{Judgement, LinkedBy},
    name::{ClubName, ExternalId, PersonName, RoleName},
    rating::IRating,
    zone::Zone,
};

/// The most characters of a name that Discord shows, once escaped.
const MAX_NAME: usize = 80;

/// What a profile shows.
#[derive(Clone, Debug)]
pub struct ProfileFacts<'p> {
    /// Their account.
    pub account: Id<UserMarker>,
    /// The club.
    pub club: &'p ClubName,
    /// The coming events that they are signed up for, the next first.
    pub events: Vec<MyEvent<'p>>,
    /// Whether they look after the club.
    pub is_organiser: bool,
    /// Since when they are in the server, where that is known; `None` for somebody who isn't.
    pub here: Option<Option<Timestamp>>,
    /// What the club has written of them.
    pub known: Option<KnownFacts<'p>>,
    /// The name that Discord shows.
    pub name: &'p str,
    /// What time it is.
    pub now: Timestamp,
    /// Their iRating, as they said.
    pub rating: Option<IRating>,
    /// Who reads it.
    pub reader: Reader,
    /// Where they live.
    pub zone: Option<&'p Zone>,
}

/// Who reads a profile, for the step that they can take next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reader {
    /// Somebody else.
    Member,
    /// Somebody else, who looks after the club.
    Organiser,
    /// The person themselves.
    Themselves,
}

/// What the club has written of somebody.
#[derive(Clone, Copy, Debug)]
pub struct KnownFacts<'p> {
    /// Their customer id on iRacing.
    pub iracing_id: Option<IRacingId>,
    /// Their name on iRacing.
    pub iracing_name: Option<&'p PersonName>,
    /// When they were found to have left the server.
    pub left_at: Option<Timestamp>,
    /// Since when the account is linked to them.
    pub linked_at: Option<Timestamp>,
    /// How they are told from others; only organisers read it.
    pub matched: Option<MatchedFacts<'p>>,
    /// Their name in the club.
    pub name: &'p PersonName,
    /// Whether the roster names them.
    pub on_roster: bool,
    /// Their roles in the club.
    pub roles: &'p [RoleName],
}

/// How somebody is told from others.
#[derive(Clone, Copy, Debug)]
pub struct MatchedFacts<'p> {
    /// How the account came to be theirs.
    pub by: Option<LinkedBy>,
    /// What the club's site or spreadsheet calls them.
    pub external_id: Option<&'p ExternalId>,
    /// Why the account was taken for theirs, where that was judged.
    pub judged: Option<&'p Judgement>,
}

/// The profile.
#[must_use]
pub fn profile(facts: &ProfileFacts<'_>) -> Body {
    let title = facts.known.map_or_else(|| typed(facts.name, MAX_NAME), |known| name(known.name));
    let mut lines = vec![standing(facts)];
    if let Some(known) = &facts.known {
        lines.extend(iracing(known));
    }
    lines.extend(facts.rating.map(|rating| format!("**iRating:** {rating}")));
    lines.extend(roles(facts));
    lines.extend(facts.zone.map(|zone| local_time(zone, facts.now)));
    lines.push(here(facts));
    if let Some(known) = &facts.known {
        lines.extend(linked(known));
    }
    let mut parts = vec![text(format!("# {title}\n{}", lines.join("\n")))];
    if !facts.events.is_empty() {
        let events: Vec<String> = facts.events.iter().map(MyEvent::line).collect();
        parts.push(text(format!("**Coming events**\n{}", events.join("\n"))));
    }
    parts.extend(next(facts).map(text));
    if facts.reader == Reader::Themselves {
        parts.push(row([button(ButtonStyle::Secondary, "Edit profile", &Press::EditProfile)]));
    }
    Body::new(parts)
}

/// Says which iRating somebody has given.
#[must_use]
pub fn rated(rating: Option<IRating>) -> Body {
    Body::plain(match rating {
        Some(rating) => format!("Saved: your iRating is **{rating}**. Crews are balanced by it."),
        None => "Saved: you give no iRating. Crews are balanced by those of others.".to_owned(),
    })
}

/// What is said of a bot.
#[must_use]
pub fn bot(name: &str) -> Body {
    Body::plain(format!("**{}** is a bot. The club keeps nothing about bots.", typed(name, MAX_NAME)))
}

fn standing(facts: &ProfileFacts<'_>) -> String {
    let (who, club) = (mention(facts.account), name(facts.club));
    match facts.known {
        Some(known) if known.on_roster => format!("{who} is on the roster of **{club}**."),
        Some(_) => format!("{who} is on no roster of **{club}**."),
        None => format!("**{club}** doesn't know {who}: no roster names them."),
    }
}

fn iracing(known: &KnownFacts<'_>) -> Option<String> {
    let parts = [known.iracing_name.map(name), known.iracing_id.map(|id| format!("customer {id}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("**iRacing:** {}", parts.join(" · ")))
}

fn roles(facts: &ProfileFacts<'_>) -> Option<String> {
    let theirs = facts.known.map_or(&[][..], |known| known.roles);
    let organises = facts.is_organiser.then(|| "Organiser".to_owned());
    let roles: Vec<String> = organises.into_iter().chain(theirs.iter().map(name)).collect();
    (!roles.is_empty()).then(|| format!("**Roles in the club:** {}", sentence(&roles, "and")))
}

/// Discord shows instants in the reader's zone alone, so that somebody else's time is written out.
fn local_time(zone: &Zone, now: Timestamp) -> String {
    let there = now.to_zoned(zone.time_zone().clone()).strftime("%A %H:%M");
    format!("**Time zone:** {zone}, where it is {there}")
}

fn here(facts: &ProfileFacts<'_>) -> String {
    let left_at = facts.known.and_then(|known| known.left_at);
    match (facts.here, left_at) {
        (Some(Some(joined)), _) => format!("**In the server:** since {}", day(joined)),
        (Some(None), _) => "**In the server:** yes".to_owned(),
        (None, Some(left)) => format!("**In the server:** no; gone since {}", day(left)),
        (None, None) => "**In the server:** no".to_owned(),
    }
}

fn linked(known: &KnownFacts<'_>) -> Vec<String> {
    let Some(matched) = &known.matched else {
        let linked = known.linked_at.map_or_else(|| "no".to_owned(), |at| format!("since {}", day(at)));
        return vec![format!("**Linked:** {linked}")];
    };
    let linked = match known.linked_at.zip(matched.by) {
        Some((at, by)) => format!("since {}, {}", day(at), how(by, matched.judged, mention)),
        None => "no".to_owned(),
    };
    let external = matched.external_id.map(|id| format!("**External id:** {}", name(id)));
    std::iter::once(format!("**Linked:** {linked}")).chain(external).collect()
}

/// What the reader can do about somebody whom the roster doesn't name.
fn next(facts: &ProfileFacts<'_>) -> Option<&'static str> {
    if facts.known.is_some_and(|known| known.on_roster) {
        return None;
    }
    Some(match facts.reader {
        Reader::Member => "**Next:** they tell the club who they are with `/link`.",
        Reader::Organiser => {
            "**Next:** `/club sync` looks whether the roster has them. They can say so themselves with `/link`."
        }
        Reader::Themselves => "**Next:** `/link` tells the club who you are.",
    })
}

#[cfg(test)]
mod tests;

//! Whether somebody is ready for a race on Discord: what was looked at, and what they said themselves.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::ChannelMarker},
};

use super::{
    id::TeamId,
    overwrite::Overwrite,
    permission::{Denier, Holder},
};

/// How ready somebody of a team is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Readiness {
    /// What was found when they were last checked.
    pub check: Check,
    /// Whether they hear the others, by their own word.
    pub hears: Option<bool>,
}

/// What was found about somebody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Check {
    /// When.
    pub at: Timestamp,
    /// Whether they were in the race voice room, where there was one and Discord told.
    pub connected: Option<bool>,
    /// Whether they are in their team's thread.
    pub in_thread: Told,
    /// Whether they may join the race voice room.
    pub joins: Told,
    /// Whether they see the event's channel.
    pub sees: Told,
    /// In which team they were.
    pub team: TeamId,
    /// The race voice room, where there was one.
    pub voice: Option<Id<ChannelMarker>>,
}

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It isn't, and that is why.
    No(Obstacle),
    /// It wasn't there yet, or the bot couldn't look.
    Unknown,
    /// It is.
    Yes,
}

/// What keeps somebody from being ready.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// They lack a permission.
    Denied {
        /// Because of what.
        by: Denier,
        /// In which channel.
        channel: Id<ChannelMarker>,
        /// Which one.
        what: Need,
    },
    /// They aren't in their team's thread.
    NotIn {
        /// Whether nobody can join it by themselves.
        private: bool,
        /// Which thread.
        thread: Id<ChannelMarker>,
    },
    /// They haven't accepted the server's rules.
    Pending,
    /// They are timed out.
    TimedOut {
        /// Until then.
        until: Timestamp,
    },
}

/// A permission that a race needs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Connect.
    Connect,
    /// View Channel.
    View,
}

impl Need {
    const fn permission(self) -> Permissions {
        match self {
            Self::Connect => Permissions::CONNECT,
            Self::View => Permissions::VIEW_CHANNEL,
        }
    }
}

/// What Discord tells of somebody and of where they race.
#[derive(Clone, Copy, Debug)]
pub struct Found<'f> {
    /// The event's channel, where there is one and the bot may read it.
    pub channel: Option<Place<'f>>,
    /// The voice channel that they are in, or none; `None` where the bot wasn't told.
    pub connected: Option<Option<Id<ChannelMarker>>>,
    /// Whether they are in their team's thread; `None` where there is none, or the bot wasn't told.
    pub in_thread: Option<bool>,
    /// What they hold.
    pub holder: Holder<'f>,
    /// Whether they haven't accepted the server's rules yet.
    pub pending: bool,
    /// Whether nobody can join a team's thread by themselves.
    pub private: bool,
    /// Their team.
    pub team: TeamId,
    /// Their team's thread, where there is one.
    pub thread: Option<Id<ChannelMarker>>,
    /// Until when they are timed out, if they are.
    pub timed_out_until: Option<Timestamp>,
    /// The race voice room, where there is one and the bot may read it.
    pub voice: Option<Place<'f>>,
}

/// A channel that permissions are looked at in.
#[derive(Clone, Copy, Debug)]
pub struct Place<'f> {
    /// Which one.
    pub id: Id<ChannelMarker>,
    /// Its permission list.
    pub overwrites: &'f [Overwrite],
}

impl Check {
    /// What it comes to.
    #[must_use]
    pub fn of(found: &Found<'_>, now: Timestamp) -> Self {
        let voice = found.voice.map(|voice| voice.id);
        let in_thread = found.thread.zip(found.in_thread).map_or(Told::Unknown, |(thread, is_in)| {
            if is_in { Told::Yes } else { Told::No(Obstacle::NotIn { private: found.private, thread }) }
        });
        Self {
            at: now,
            connected: voice.and_then(|voice| found.connected.map(|to| to == Some(voice))),
            in_thread,
            joins: found.voice.map_or(Told::Unknown, |voice| found.joins(voice, now)),
            sees: found.channel.map_or(Told::Unknown, |channel| found.has(channel, Need::View)),
            team: found.team,
            voice,
        }
    }
}

impl Found<'_> {
    fn has(&self, place: Place<'_>, what: Need) -> Told {
        match self.holder.denied(place.overwrites, what.permission()) {
            Some(by) => Told::No(Obstacle::Denied { by, channel: place.id, what }),
            None => Told::Yes,
        }
    }

    fn joins(&self, voice: Place<'_>, now: Timestamp) -> Told {
        let sees = self.has(voice, Need::View);
        if sees != Told::Yes || self.holder.is_unbound() {
            return sees;
        }
        if self.pending {
            return Told::No(Obstacle::Pending);
        }
        match self.timed_out_until {
            Some(until) if until > now => Told::No(Obstacle::TimedOut { until }),
            _ => self.has(voice, Need::Connect),
        }
    }
}

/// Something that somebody has to be ready in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Point {
    /// They are connected to the race voice room. Nobody has to be, yet.
    Connected,
    /// They hear the others.
    Hears,
    /// They are in their team's thread.
    InThread,
    /// They may join the race voice room.
    Joins,
    /// They see the event's channel.
    Sees,
}

/// How a [`Point`] stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum State {
    /// As it should.
    Good,
    /// It isn't known, or not said yet.
    Open,
    /// Not as it should, for that reason where Discord has one.
    Wrong(Option<Obstacle>),
}

/// How somebody of a team stands as a whole.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Standing {
    /// Something is wrong.
    Fails,
    /// Everything is as it should.
    Ready,
    /// They weren't checked, in this team at least.
    Unchecked,
    /// Nothing is wrong, and something isn't known or said yet.
    Waits,
}

impl Readiness {
    /// How each point stands, for an event that has race voice or does without.
    #[must_use]
    pub fn points(&self, has_voice: bool) -> Vec<(Point, State)> {
        let Check { connected, in_thread, joins, sees, .. } = self.check;
        let told = |told| match told {
            Told::No(why) => State::Wrong(Some(why)),
            Told::Unknown => State::Open,
            Told::Yes => State::Good,
        };
        let mut points = vec![(Point::Sees, told(sees)), (Point::InThread, told(in_thread))];
        if has_voice {
            let connected = if connected == Some(true) { State::Good } else { State::Open };
            let hears = match self.hears {
                Some(true) => State::Good,
                Some(false) => State::Wrong(None),
                None => State::Open,
            };
            points.extend([
                (Point::Joins, told(joins)),
                (Point::Connected, connected),
                (Point::Hears, hears),
            ]);
        }
        points
    }

    /// What is wrong, for an event that has race voice or does without.
    pub fn wrong(&self, has_voice: bool) -> impl Iterator<Item = (Point, Option<Obstacle>)> {
        self.points(has_voice).into_iter().filter_map(|(point, state)| match state {
            State::Wrong(why) => Some((point, why)),
            State::Good | State::Open => None,
        })
    }
}

/// How somebody of that team stands, who was checked or not.
#[must_use]
pub fn standing(readiness: Option<&Readiness>, team: TeamId, has_voice: bool) -> Standing {
    let Some(readiness) = readiness.filter(|readiness| readiness.check.team == team) else {
        return Standing::Unchecked;
    };
    if readiness.wrong(has_voice).next().is_some() {
        return Standing::Fails;
    }
    // Whoever hears the others need not be connected any more.
    let counts = |(point, _): &(Point, State)| *point != Point::Connected;
    let is_open = |(_, state): (Point, State)| state == State::Open;
    let waits = readiness.points(has_voice).into_iter().filter(counts).any(is_open);
    if waits { Standing::Waits } else { Standing::Ready }
}

#[cfg(test)]
mod tests;

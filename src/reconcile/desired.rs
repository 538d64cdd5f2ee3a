//! What should exist on Discord, and what should have been said by now. Pure and total.

use jiff::Timestamp;
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{ChannelMarker, UserMarker},
    },
};

use super::{
    binding::Native,
    facts::Facts,
    slot::{Shelf, Slot},
};
use crate::{
    domain::{overwrite::OverwriteTarget, owner::Rank, team::Team},
    view::message::Body,
};

mod check_in;
mod digest;
mod event;
mod guild;
mod native;
mod notices;
mod roles;
mod rooms;
mod series;
mod teams;

pub(super) use notices::REMINDERS;

/// What an owner should have.
#[derive(Clone, Debug, Default)]
pub struct Desired {
    /// What isn't touched before something is said.
    pub hold: Option<Hold>,
    /// When the answer changes by itself; always later than the instant it was asked for.
    pub next_change: Option<Change>,
    /// Which of the reminders that were said stay.
    pub reminders: Stay,
    /// What should exist.
    pub resources: Vec<Resource>,
    /// What should have been said.
    pub sayings: Vec<Saying>,
    /// What becomes of bound resources that aren't listed.
    pub surplus: Surplus,
}

impl Desired {
    /// Whether the slot's resource should be there, or stays as it is.
    #[must_use]
    pub fn keeps(&self, slot: Slot) -> bool {
        self.resources.iter().any(|resource| resource.slot == slot)
    }

    /// Whether the slot's resource is made when there is none.
    #[must_use]
    pub fn makes(&self, slot: Slot) -> bool {
        self.resources.iter().any(|resource| resource.slot == slot && resource.make)
    }
}

/// A channel that stays as it is until something was said, or is too late to be said.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hold {
    /// The saying's key.
    pub key: String,
    /// The channel's slot.
    pub slot: Slot,
}

/// An instant at which the answer changes, and how much that presses.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// How much it presses.
    pub rank: Rank,
    /// When what is due then is worthless, if it ever is.
    pub expires: Option<Timestamp>,
}

/// Which of an owner's reminders stay once they were said; the others are taken back.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Stay {
    /// Every one.
    #[default]
    All,
    /// The one said last.
    Newest,
    /// None.
    None,
}

/// What becomes of bound resources that aren't desired.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Surplus {
    /// They are deleted, for this cause.
    Delete(Cause),
    /// They stay as they are.
    #[default]
    Keep,
}

/// Why something is deleted. Only [`Cause::Surplus`] counts against the guild's hourly budget.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cause {
    /// A person cancelled or removed it.
    Explicit,
    /// It was announced that it would be put away.
    PutAway,
    /// The facts changed so that it isn't needed.
    Surplus,
}

/// Something that should exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Whether it is made when it is missing, or only kept in shape while it exists.
    pub make: bool,
    /// Where it belongs.
    pub slot: Slot,
    /// What it should be like.
    pub spec: Spec,
}

/// What a resource should be like. Fields that the service doesn't manage aren't here.
#[derive(Clone, Debug, PartialEq)]
pub enum Spec {
    /// A message in a channel that people own.
    Board {
        /// What it shows.
        body: Body,
        /// The channel.
        channel: Id<ChannelMarker>,
    },
    /// A message with buttons, in the owner's channel.
    Card(Body),
    /// A category.
    Category {
        /// One that an organiser handed over, taken instead of a new one.
        adopted: Option<Id<ChannelMarker>>,
        /// Its name.
        name: String,
    },
    /// A scheduled event.
    Native(Native),
    /// A role that permits nothing and nobody can mention.
    Role {
        /// Its colour, as 0xRRGGBB.
        colour: u32,
        /// Its name.
        name: String,
        /// Who has it.
        people: Vec<Id<UserMarker>>,
    },
    /// A team's card, pinned in its thread.
    TeamCard {
        /// What it shows.
        body: Body,
        /// The thread's slot.
        thread: Slot,
    },
    /// A text channel.
    Text {
        /// Its name.
        name: String,
        /// The bits of its overwrites that the service manages.
        rules: Vec<Rule>,
        /// The row of categories it stands in.
        shelf: Shelf,
        /// Its topic.
        topic: String,
    },
    /// A thread in the owner's channel.
    Thread {
        /// Whether it is archived and locked: its people stay as they are then.
        closed: bool,
        /// Its name.
        name: String,
        /// Who is in it.
        people: Vec<Id<UserMarker>>,
        /// Whether it is seen only by those who are in it; that stays as it was made.
        private: bool,
    },
    /// A voice channel, visible to those who see the owner's text channel.
    Voice {
        /// How it is made; people may change that.
        make: VoiceMake,
        /// Its name.
        name: String,
        /// The bits of its overwrites that the service manages.
        rules: Vec<Rule>,
        /// The row of categories it stands in.
        shelf: Shelf,
    },
}

/// How a voice channel is made.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct VoiceMake {
    /// How many bits a second; `None` leaves that to Discord.
    pub bitrate: Option<u32>,
    /// How many people fit in; `None` is any number.
    pub user_limit: Option<u16>,
}

/// Bits of one overwrite that the service manages; the other bits are left as they are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rule {
    /// Bits that are allowed.
    pub allow: Permissions,
    /// Bits that are denied.
    pub deny: Permissions,
    /// Whom it is about.
    pub target: OverwriteTarget,
}

/// Something that should have been said by now.
#[derive(Clone, Debug, PartialEq)]
pub struct Saying {
    /// Worthless after that: then it is recorded as never said.
    pub expires: Timestamp,
    /// Its key, unique to the owner: what was said under it isn't said again.
    pub key: String,
    /// How much it presses.
    pub rank: Rank,
    /// Its text.
    pub text: Text,
    /// Where it is said.
    pub to: Channel,
}

/// Where something is said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Channel {
    /// In a channel that people own.
    Known(Id<ChannelMarker>),
    /// In the owner's own channel of that slot.
    Slot(Slot),
}

/// The text of a saying.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// As it stands.
    Body(Body),
    /// The event's race voice channel is open; links to it, so that it can be written only once the channel exists.
    RaceVoice {
        /// When the race starts.
        start: Timestamp,
    },
    /// The same, to a team's people in their thread.
    TeamRaceVoice {
        /// The channel's slot: the team's own, or the event's.
        room: Slot,
        /// When the race starts.
        start: Timestamp,
        /// The team, with its people.
        team: Box<Team>,
    },
}

/// What should be, according to `facts`, at `now`.
#[must_use]
pub fn desired(facts: &Facts, now: Timestamp) -> Desired {
    if !facts.club().settings.discord_integration_enabled {
        return Desired::default();
    }
    match facts {
        Facts::Event(facts) => event::desired(facts, now),
        Facts::Guild(facts) => guild::desired(facts, now),
        Facts::Series(facts) => series::desired(facts, now),
    }
}

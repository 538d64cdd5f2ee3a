//! What a club's organisers are asked and told about the work done for them on Discord.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{
    id::{OwnerId, QuestionId, SyncId},
    name::{EventName, SeriesName},
    sync::Counts,
};

/// A question or a finding that waits for an organiser.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// Whose resources it is about.
    pub about: Subject,
    /// When it came up.
    pub asked_at: Timestamp,
    /// Its identifier.
    pub id: QuestionId,
    /// What it is about.
    pub topic: Topic,
}

/// Whose resources something is about, as people call it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(content = "name", rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    /// The club's shared categories.
    Club,
    /// An event.
    Event(EventName),
    /// A series.
    Series(SeriesName),
}

/// What a question is about, with all that its text needs.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "topic")]
pub enum Topic {
    /// Something may have been made just before the answer was lost, and which one it is can't be told.
    Ambiguous {
        /// The channels or categories that it may be; empty for what isn't a channel.
        candidates: Vec<Id<ChannelMarker>>,
        /// What was being made.
        resource: Resource,
    },
    /// Something fails again and again, for a reason that nobody there can mend.
    Broken {
        /// What is affected.
        resource: Resource,
    },
    /// Somebody deleted it again after it had been made anew.
    Deleted {
        /// What is missing.
        resource: Resource,
    },
    /// More deletions are due than an hour allows.
    DeletionsPaused,
    /// Discord forbids it until someone changes permissions.
    Forbidden {
        /// What is affected.
        resource: Resource,
    },
    /// There is no room for it.
    Full {
        /// What has none.
        room: Room,
        /// What is affected.
        resource: Resource,
    },
    /// Somebody deleted the channel that the board of coming events stood in.
    NoAnnouncementChannel,
    /// Somebody deleted the channel in which questions are posted.
    NoOrganiserChannel,
    /// Somebody gave it another name or topic.
    Renamed {
        /// What it would be by the club's settings.
        ours: String,
        /// What was renamed.
        resource: Resource,
        /// What it is now.
        theirs: String,
    },
    /// A sync in the night left accounts in doubt.
    SyncAsks {
        /// How many.
        people: u32,
    },
    /// A sync is done whose reply can't be changed any more.
    SyncDone {
        /// Who began it.
        by: Id<UserMarker>,
        /// What came of it.
        counts: Counts,
        /// Which one.
        sync: SyncId,
    },
    /// A sync ended before it was done.
    SyncFailed {
        /// Which one.
        sync: SyncId,
    },
    /// A sync waits for a yes: many would be marked as having left.
    SyncWaits {
        /// How many.
        left: u32,
        /// Of how many.
        members: u32,
        /// Which one.
        sync: SyncId,
    },
}

/// Something that the service keeps on Discord.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// A category for events that have been put away.
    Archive,
    /// The board of coming events.
    Board,
    /// An event's card.
    Card,
    /// A category for coming events.
    Category,
    /// An event's text channel.
    Channel,
    /// A message.
    Message,
    /// An event among Discord's own scheduled events.
    NativeEvent,
    /// A practice room.
    PracticeVoice,
    /// An event's race voice channel, or a team's.
    RaceVoice,
    /// A team's card.
    TeamCard,
    /// A team's role.
    TeamRole,
    /// A team's thread.
    TeamThread,
    /// The message that tells how an event's sheet stands.
    Update,
}

/// Something on Discord that can be full.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// A category: 50 channels.
    Category,
    /// A server: 500 channels, categories included.
    Channels,
    /// A server: 250 roles.
    Roles,
}

/// What an organiser can answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Go on with the deletions.
    Allow,
    /// Leave everything as people made it.
    Keep,
    /// Don't make it again.
    LeaveIt,
    /// Make it once more.
    MakeAgain,
    /// Try it again now.
    Retry,
    /// It was read.
    Seen,
    /// Give it the club's own name and topic back.
    UseOurs,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 7] =
        [Self::Allow, Self::Keep, Self::LeaveIt, Self::MakeAgain, Self::Retry, Self::Seen, Self::UseOurs];
}

impl Topic {
    /// The answers that the question takes, the likeliest first.
    #[must_use]
    pub const fn answers(&self) -> &'static [Answer] {
        match self {
            Self::Ambiguous { .. } => &[Answer::Retry, Answer::MakeAgain],
            Self::Broken { .. } | Self::Forbidden { .. } | Self::Full { .. } => &[Answer::Retry],
            // Channels have nowhere else to go.
            Self::Deleted { resource: Resource::Archive | Resource::Category } => &[Answer::MakeAgain],
            Self::Deleted { .. } => &[Answer::MakeAgain, Answer::LeaveIt],
            Self::DeletionsPaused | Self::SyncWaits { .. } => &[Answer::Allow, Answer::Keep],
            Self::SyncAsks { .. } | Self::SyncDone { .. } | Self::SyncFailed { .. } => &[Answer::Seen],
            Self::NoAnnouncementChannel | Self::NoOrganiserChannel => &[Answer::LeaveIt],
            Self::Renamed { .. } => &[Answer::Keep, Answer::UseOurs],
        }
    }

    /// Whether it tells of something that failed and is tried again.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::Forbidden { .. } | Self::Full { .. })
    }
}

/// An owner whose work fails.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailingOwner {
    /// Why.
    pub failure: Failure,
    /// The owner.
    pub owner: OwnerId,
    /// The owner, as people call it.
    pub subject: Subject,
    /// How many tries have failed in a row.
    pub tries: u32,
    /// When it is tried again by itself; `None` when it waits for somebody.
    pub retry_at: Option<Timestamp>,
}

/// Why work on Discord fails.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// A fault of ours, of Discord's, or of the way between.
    Broken,
    /// The bot may not do it.
    Forbidden,
    /// There is no room for it.
    Full,
    /// What it is about isn't there any more.
    Gone,
    /// Discord asked to wait.
    Later,
}

/// What a server has used of Discord's limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Headroom {
    /// Channels, categories included.
    pub channels: u16,
    /// Roles.
    pub roles: u16,
}

impl Headroom {
    /// The most channels of a server, categories included.
    pub const MAX_CHANNELS: u16 = 500;
    /// The most roles of a server.
    pub const MAX_ROLES: u16 = 250;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_topic_reads_back_from_json() {
        let topic = Topic::Ambiguous { candidates: vec![Id::new(7)], resource: Resource::Channel };
        let json = serde_json::to_string(&topic).unwrap();
        assert_eq!(json, r#"{"topic":"ambiguous","candidates":["7"],"resource":"channel"}"#);
        assert_eq!(serde_json::from_str::<Topic>(&json).unwrap(), topic);
    }

    #[test]
    fn every_question_can_be_answered() {
        let resource = Resource::Card;
        let topics = [
            Topic::Ambiguous { candidates: Vec::new(), resource },
            Topic::Broken { resource },
            Topic::Deleted { resource },
            Topic::DeletionsPaused,
            Topic::Forbidden { resource },
            Topic::Full { room: Room::Channels, resource },
            Topic::NoAnnouncementChannel,
            Topic::NoOrganiserChannel,
            Topic::Renamed { ours: String::new(), resource, theirs: String::new() },
            Topic::SyncAsks { people: 1 },
            Topic::SyncDone {
                by: Id::new(1),
                counts: Counts::default(),
                sync: SyncId::new(uuid::Uuid::nil()),
            },
            Topic::SyncFailed { sync: SyncId::new(uuid::Uuid::nil()) },
            Topic::SyncWaits { left: 1, members: 2, sync: SyncId::new(uuid::Uuid::nil()) },
        ];
        assert!(topics.iter().all(|topic| !topic.answers().is_empty()));
    }
}

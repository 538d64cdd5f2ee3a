//! What was found.

use serde::Serialize;

use super::facts::Unread;
use crate::domain::{panel::Subject, sync::Trouble};

/// What a finding is about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// What the bot may do.
    Permissions,
    /// Whether the bot stands above the roles that it gives.
    RoleOrder,
    /// Whether the bot may list the server's members.
    MembersIntent,
    /// Whether Discord knows where to reach the service.
    Endpoints,
    /// Room for channels.
    Channels,
    /// Room for roles.
    Roles,
    /// Threads that aren't archived.
    Threads,
    /// Room for scheduled events.
    ScheduledEvents,
    /// How the last member sync went.
    Sync,
    /// How long work waits.
    Queue,
    /// Whose work fails.
    Work,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Something doesn't work until somebody does something.
    Problem,
    /// Something doesn't work as well as it could, or soon won't.
    Warning,
    /// It couldn't be found out.
    Unknown,
    /// It is as it should be.
    Fine,
}

/// Something that was found out.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub area: Area,
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub detail: Detail,
}

/// What was found.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Detail {
    /// Threads that aren't archived. Discord doesn't say how many there may be.
    ActiveThreads {
        /// How many there are.
        active: u64,
    },
    /// Work of these fails.
    Failing {
        /// Whose.
        owners: Vec<Subject>,
    },
    /// Nothing is amiss.
    InOrder,
    /// The club's events are to stand among the server's own, and the bot may not create any.
    MayNotSchedule,
    /// Permissions are missing, by the names of Discord's settings.
    MissingPermissions {
        /// Without these something fails.
        needed: Vec<String>,
        /// These an installation asks for besides.
        wanted: Vec<String>,
    },
    /// Interactions have no address to go to.
    NoInteractions,
    /// Discord doesn't tell the service where it is added and removed.
    NoWebhookEvents,
    /// The Server Members Intent is off.
    IntentOff,
    /// The bot gives a role that stands above its own, or beside it.
    RoleAbove {
        /// Its name.
        role: String,
    },
    /// A role that the settings name is gone.
    RoleGone {
        /// What it was for.
        purpose: RolePurpose,
    },
    /// The bot is to give a role that an app or a subscription manages.
    RoleManaged {
        /// Its name.
        role: String,
    },
    /// How much of a limit is used.
    Room {
        /// How much there may be.
        max: u64,
        /// How much there is.
        used: u64,
    },
    /// No sync has run yet.
    SyncNever {
        /// Whether something that the club chose waits for one.
        is_wanted: bool,
    },
    /// The last sync ended before it was done.
    SyncFailed {
        /// Why, where that is known.
        why: Option<Trouble>,
    },
    /// The last sync is long ago.
    SyncOld {
        /// How many days.
        days: u64,
        /// Whether one should have run every night.
        nightly: bool,
    },
    /// The last sync was done, and couldn't give the member role.
    SyncWithoutRole,
    /// What waits to be done.
    Waiting {
        /// For how many seconds the oldest waits.
        oldest_seconds: u64,
        /// How much waits.
        waiting: u64,
    },
    /// It couldn't be read on Discord.
    Unread {
        /// Why.
        why: Unread,
    },
}

/// What the settings name a role for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RolePurpose {
    /// Every member gets it.
    Member,
    /// Its holders are organisers.
    Organiser,
    /// It stands for a role in the club.
    Club,
}

impl Finding {
    pub(super) const fn new(area: Area, level: Level, detail: Detail) -> Self {
        Self { area, level, detail }
    }

    pub(super) const fn fine(area: Area) -> Self {
        Self::new(area, Level::Fine, Detail::InOrder)
    }

    pub(super) const fn unread(area: Area, why: Unread) -> Self {
        Self::new(area, Level::Unknown, Detail::Unread { why })
    }
}

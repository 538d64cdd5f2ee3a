//! What findings come from.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::RoleMarker},
};

use crate::domain::{panel::Subject, settings::ClubSettings, sync::Run};

/// Something that was to be read on Discord.
pub type Read<T> = Result<T, Unread>;

/// Why something couldn't be read on Discord.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// Discord gave no answer.
    Away,
    /// The bot may not read it.
    Forbidden,
}

/// Everything that the findings come from.
#[derive(Clone, Debug)]
pub struct HealthFacts<'f> {
    /// What is set in Discord's developer portal.
    pub app: Read<AppSetup>,
    /// How many channels the server has, categories included.
    pub channels: Read<u64>,
    /// Whose work fails, the oldest failure first.
    pub failing: Vec<Subject>,
    /// The last sync that was to change something; `None` where none was.
    pub last_sync: Option<Run>,
    /// What time it is.
    pub now: Timestamp,
    /// What waits to be done, of all clubs.
    pub queue: Backlog,
    /// The server's roles.
    pub roles: Read<ServerRoles>,
    /// How many scheduled events haven't ended.
    pub scheduled_events: Read<u64>,
    /// What the club chose.
    pub settings: &'f ClubSettings,
    /// How many threads aren't archived.
    pub threads: Read<u64>,
}

/// What is set in Discord's developer portal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AppSetup {
    /// Whether Discord tells the service where it is added and removed; `None` where that can't be told.
    pub hears_events: Option<bool>,
    /// Whether the Server Members Intent is on.
    pub members_intent: bool,
    /// Whether interactions have an address to go to.
    pub takes_interactions: bool,
}

/// What waits to be done.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Backlog {
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
    /// How much waits.
    pub waiting: u64,
}

/// A server's roles, and those of the bot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerRoles {
    /// Every role, `@everyone` among them.
    pub all: Vec<ServerRole>,
    /// The role that everybody has.
    pub everyone: Id<RoleMarker>,
    /// Which roles the bot holds, `@everyone` not among them.
    pub held: Vec<Id<RoleMarker>>,
}

/// A role of a server.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ServerRole {
    /// Its identifier.
    pub id: Id<RoleMarker>,
    /// Whether an app or a subscription manages it, so that nobody can give it.
    pub managed: bool,
    /// Its name.
    pub name: String,
    /// What its holders may do.
    pub permissions: Permissions,
    /// Its place in the order, 0 being the lowest.
    pub position: i64,
}

impl ServerRoles {
    /// What the bot may do in the server as a whole. Administrators may do everything.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        let held = self.all.iter().filter(|role| role.id == self.everyone || self.held.contains(&role.id));
        held.fold(Permissions::empty(), |all, role| all | role.permissions)
    }

    /// Whether a role certainly stands too high for the bot to give it. What isn't known of doesn't.
    #[must_use]
    pub fn is_above_bot(&self, id: Id<RoleMarker>) -> bool {
        let place = self.by_id(id).map(ServerRole::place);
        place.zip(self.highest()).is_some_and(|(place, highest)| place >= highest)
    }

    /// The place of the bot's highest role: it gives only what stands below.
    pub(super) fn highest(&self) -> Option<Place> {
        self.all.iter().filter(|role| self.held.contains(&role.id)).map(ServerRole::place).max()
    }

    pub(super) fn by_id(&self, id: Id<RoleMarker>) -> Option<&ServerRole> {
        self.all.iter().find(|role| role.id == id)
    }
}

/// A role's place in the order. Of two at one position, the older stands above.
pub(super) type Place = (i64, Reverse<Id<RoleMarker>>);

impl ServerRole {
    pub(super) const fn place(&self) -> Place {
        (self.position, Reverse(self.id))
    }
}

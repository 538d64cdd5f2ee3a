//! How well a club's server is set up for the service: facts in, findings out.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::Serialize;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::RoleMarker},
};

use super::{
    panel::{Headroom, Subject},
    permission::{self, ASKED},
    settings::ClubSettings,
};

/// The most scheduled events of a server that haven't ended. See Discord Docs/Guild Scheduled Event.
pub const MAX_SCHEDULED_EVENTS: u64 = 100;
/// From this share of a limit on, there is little room.
const SCARCE_PERCENT: u64 = 90;
/// Work that has waited longer than this many seconds waits too long: the sweep comes every minute.
const SLOW_SECONDS: u64 = 300;

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
#[derive(Clone, Debug, Eq, PartialEq)]
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
    const fn new(area: Area, level: Level, detail: Detail) -> Self {
        Self { area, level, detail }
    }

    const fn fine(area: Area) -> Self {
        Self::new(area, Level::Fine, Detail::InOrder)
    }

    const fn unread(area: Area, why: Unread) -> Self {
        Self::new(area, Level::Unknown, Detail::Unread { why })
    }
}

impl ServerRoles {
    /// What the bot may do in the server as a whole. Administrators may do everything.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        let held = self.all.iter().filter(|role| role.id == self.everyone || self.held.contains(&role.id));
        held.fold(Permissions::empty(), |all, role| all | role.permissions)
    }

    /// The place of the bot's highest role: it gives only what stands below.
    fn highest(&self) -> Option<Place> {
        self.all.iter().filter(|role| self.held.contains(&role.id)).map(ServerRole::place).max()
    }

    fn by_id(&self, id: Id<RoleMarker>) -> Option<&ServerRole> {
        self.all.iter().find(|role| role.id == id)
    }
}

/// A role's place in the order. Of two at one position, the older stands above.
type Place = (i64, Reverse<Id<RoleMarker>>);

impl ServerRole {
    const fn place(&self) -> Place {
        (self.position, Reverse(self.id))
    }
}

/// What was found, at least one finding for each area, area by area.
#[must_use]
pub fn findings(facts: &HealthFacts<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    match &facts.roles {
        Ok(roles) => {
            all.push(permissions(roles.permissions()));
            all.extend(role_order(roles, facts.settings));
        }
        Err(why) => {
            all.extend([Area::Permissions, Area::RoleOrder].map(|area| Finding::unread(area, *why)));
        }
    }
    match facts.app {
        Ok(app) => all.extend(portal(app)),
        Err(why) => {
            all.extend([Area::MembersIntent, Area::Endpoints].map(|area| Finding::unread(area, why)));
        }
    }
    let roles = facts.roles.as_ref().map(|roles| count(roles.all.len())).map_err(|why| *why);
    all.push(room(Area::Channels, facts.channels, Headroom::MAX_CHANNELS.into()));
    all.push(room(Area::Roles, roles, Headroom::MAX_ROLES.into()));
    all.push(threads(facts.threads));
    all.push(room(Area::ScheduledEvents, facts.scheduled_events, MAX_SCHEDULED_EVENTS));
    all.push(queue(facts.queue, facts.now));
    all.push(work(&facts.failing));
    all
}

fn permissions(held: Permissions) -> Finding {
    let needed = permission::missing(held);
    let asked = if held.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { ASKED - held };
    let (area, wanted) = (Area::Permissions, asked - needed);
    if asked.is_empty() {
        return Finding::fine(area);
    }
    let level = if needed.is_empty() { Level::Warning } else { Level::Problem };
    let detail =
        Detail::MissingPermissions { needed: permission::names(needed), wanted: permission::names(wanted) };
    Finding::new(area, level, detail)
}

fn role_order(roles: &ServerRoles, settings: &ClubSettings) -> Vec<Finding> {
    let club = settings.role_map.iter().map(|rule| (rule.discord, RolePurpose::Club));
    let member = settings.member_role.map(|role| (role, RolePurpose::Member));
    let organiser = settings.organiser_role.map(|role| (role, RolePurpose::Organiser));
    let named = member.into_iter().chain(organiser).chain(club);
    let mut found: Vec<Finding> =
        named.filter_map(|(role, purpose)| one_role(roles, role, purpose)).collect();
    // Of roles for the same, one that is gone says it all.
    found.dedup();
    if found.is_empty() { vec![Finding::fine(Area::RoleOrder)] } else { found }
}

/// What is wrong with a role that the settings name.
fn one_role(roles: &ServerRoles, id: Id<RoleMarker>, purpose: RolePurpose) -> Option<Finding> {
    let found = |level, detail| Some(Finding::new(Area::RoleOrder, level, detail));
    let Some(role) = roles.by_id(id) else {
        return found(Level::Warning, Detail::RoleGone { purpose });
    };
    // Only that of the members is given by the bot.
    if purpose != RolePurpose::Member {
        return None;
    }
    let name = role.name.clone();
    if role.managed || role.id == roles.everyone {
        return found(Level::Problem, Detail::RoleManaged { role: name });
    }
    if roles.highest().is_none_or(|highest| role.place() >= highest) {
        return found(Level::Problem, Detail::RoleAbove { role: name });
    }
    None
}

fn portal(app: AppSetup) -> Vec<Finding> {
    let intent = if app.members_intent {
        Finding::fine(Area::MembersIntent)
    } else {
        Finding::new(Area::MembersIntent, Level::Warning, Detail::IntentOff)
    };
    let mut found = vec![intent];
    if !app.takes_interactions {
        found.push(Finding::new(Area::Endpoints, Level::Problem, Detail::NoInteractions));
    }
    if app.hears_events == Some(false) {
        found.push(Finding::new(Area::Endpoints, Level::Warning, Detail::NoWebhookEvents));
    }
    if found.len() == 1 {
        found.push(Finding::fine(Area::Endpoints));
    }
    found
}

fn room(area: Area, used: Read<u64>, max: u64) -> Finding {
    let used = match used {
        Ok(used) => used,
        Err(why) => return Finding::unread(area, why),
    };
    let level = match used {
        used if used >= max => Level::Problem,
        used if used * 100 >= max * SCARCE_PERCENT => Level::Warning,
        _ => Level::Fine,
    };
    Finding::new(area, level, Detail::Room { max, used })
}

fn threads(active: Read<u64>) -> Finding {
    match active {
        Ok(active) => Finding::new(Area::Threads, Level::Fine, Detail::ActiveThreads { active }),
        Err(why) => Finding::unread(Area::Threads, why),
    }
}

fn queue(Backlog { oldest, waiting }: Backlog, now: Timestamp) -> Finding {
    let waited = oldest.map_or(0, |oldest| now.duration_since(oldest).as_secs());
    let oldest_seconds = u64::try_from(waited).unwrap_or_default();
    let level = if oldest_seconds > SLOW_SECONDS { Level::Warning } else { Level::Fine };
    Finding::new(Area::Queue, level, Detail::Waiting { oldest_seconds, waiting })
}

fn work(failing: &[Subject]) -> Finding {
    if failing.is_empty() {
        return Finding::fine(Area::Work);
    }
    Finding::new(Area::Work, Level::Problem, Detail::Failing { owners: failing.to_vec() })
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;

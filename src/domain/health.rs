//! How well a club's server is set up for the service: facts in, findings out.

mod facts;
mod finding;

use jiff::Timestamp;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::RoleMarker},
};

pub use self::{
    facts::{AppSetup, Backlog, HealthFacts, Read, ServerRole, ServerRoles, Unread},
    finding::{Area, Detail, Finding, Level, RolePurpose},
};
use super::{
    panel::{Headroom, Subject},
    permission::{self, ASKED},
    settings::ClubSettings,
    sync::{SyncState, Trouble},
};

/// The most scheduled events of a server that haven't ended. See Discord Docs/Guild Scheduled Event.
pub const MAX_SCHEDULED_EVENTS: u64 = 100;
/// From this share of a limit on, there is little room.
const SCARCE_PERCENT: u64 = 90;
/// Work that has waited longer than this many seconds waits too long: the sweep comes every minute.
const SLOW_SECONDS: u64 = 300;

/// After how many days without a sync a club that wants one every night has missed some.
const OLD_NIGHTLY_DAYS: u64 = 2;
/// After how many days the last sync of any other club is old.
const OLD_DAYS: u64 = 30;

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
    all.extend(may_schedule(facts));
    all.push(sync(facts));
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

/// That the club's events stand among the server's own is the club's to choose, and the bot's to be allowed.
fn may_schedule(facts: &HealthFacts<'_>) -> Option<Finding> {
    let held = facts.roles.as_ref().ok()?.permissions();
    let may = held.intersects(Permissions::ADMINISTRATOR | Permissions::CREATE_EVENTS);
    let lacks = facts.settings.native_events && !may;
    lacks.then(|| Finding::new(Area::ScheduledEvents, Level::Warning, Detail::MayNotSchedule))
}

fn threads(active: Read<u64>) -> Finding {
    match active {
        Ok(active) => Finding::new(Area::Threads, Level::Fine, Detail::ActiveThreads { active }),
        Err(why) => Finding::unread(Area::Threads, why),
    }
}

/// How the last sync went. What it couldn't read is told with the intent.
fn sync(facts: &HealthFacts<'_>) -> Finding {
    let area = Area::Sync;
    let settings = facts.settings;
    let Some(last) = &facts.last_sync else {
        let is_wanted =
            settings.nightly_sync || settings.member_role.is_some() || !settings.role_map.is_empty();
        let level = if is_wanted { Level::Warning } else { Level::Fine };
        return Finding::new(area, level, Detail::SyncNever { is_wanted });
    };
    if last.state == SyncState::Failed {
        return Finding::new(area, Level::Problem, Detail::SyncFailed { why: last.trouble });
    }
    let nightly = settings.nightly_sync;
    let days = facts.now.duration_since(last.started_at).as_hours() / 24;
    let days = u64::try_from(days).unwrap_or_default();
    if days >= if nightly { OLD_NIGHTLY_DAYS } else { OLD_DAYS } {
        return Finding::new(area, Level::Warning, Detail::SyncOld { days, nightly });
    }
    match last.trouble {
        Some(Trouble::MayNotGrant) => Finding::new(area, Level::Warning, Detail::SyncWithoutRole),
        _ => Finding::fine(area),
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

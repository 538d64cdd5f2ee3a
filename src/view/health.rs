//! What `/club health` says: every finding in words, what is wrong first, each with its fix.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{count, name, sentence, typed},
    message::{Body, button, link, row, separator, text},
    question::subject,
};
use crate::domain::{
    club::Club,
    health::{Area, Detail, Finding, Level, RolePurpose, Unread},
    sync::Trouble,
};

/// The most characters of a role's name, once escaped.
const MAX_ROLE: usize = 100;
/// How many owners are named whose work fails.
const MAX_FAILING: usize = 5;

/// What the report shows.
#[derive(Clone, Copy, Debug)]
pub struct HealthReport<'h> {
    /// The club.
    pub club: &'h Club,
    /// What was found, area by area.
    pub findings: &'h [Finding],
    /// The page that authorises the app again, with what is missing.
    pub fix_permissions: &'h str,
    /// The app's page in Discord's developer portal.
    pub portal: &'h str,
}

/// The report.
#[must_use]
pub fn health(report: &HealthReport<'_>) -> Body {
    let mut parts =
        vec![text(format!("# Health of {}\n{}", name(&report.club.name), verdict(report.findings)))];
    for level in [Level::Problem, Level::Warning, Level::Unknown] {
        let found: Vec<String> = of_level(report.findings, level).map(line).collect();
        if !found.is_empty() {
            parts.push(text(found.join("\n")));
        }
    }
    let fine: Vec<String> = of_level(report.findings, Level::Fine).map(line).collect();
    if !fine.is_empty() {
        parts.extend([separator(), text(fine.join("\n"))]);
    }
    let fixes = [
        concerns(report.findings, Area::Permissions).then(|| link("Fix permissions", report.fix_permissions)),
        concerns(report.findings, Area::MembersIntent).then(|| link("Developer portal", report.portal)),
        Some(button(ButtonStyle::Secondary, "Check again", &Press::Health)),
    ];
    parts.push(row(fixes.into_iter().flatten()));
    Body::new(parts)
}

fn of_level(findings: &[Finding], level: Level) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(move |finding| finding.level == level)
}

/// Whether something is to be done about an area.
fn concerns(findings: &[Finding], area: Area) -> bool {
    findings
        .iter()
        .any(|finding| finding.area == area && matches!(finding.level, Level::Problem | Level::Warning))
}

fn verdict(findings: &[Finding]) -> String {
    let many = |level| of_level(findings, level).count();
    let found = [
        (many(Level::Problem), "problem", "problems"),
        (many(Level::Warning), "warning", "warnings"),
        (many(Level::Unknown), "thing that couldn't be read", "things that couldn't be read"),
    ];
    let found: Vec<String> = found
        .into_iter()
        .filter(|(many, ..)| *many > 0)
        .map(|(many, one, more)| count(many, one, more))
        .collect();
    if found.is_empty() { "All is well.".to_owned() } else { format!("{}.", sentence(&found, "and")) }
}

/// `⚠️ **Channels** · warning: 480 of 500. Delete channels that nobody needs.`
fn line(finding: &Finding) -> String {
    let (sign, word) = match finding.level {
        Level::Problem => ("❌", "problem"),
        Level::Warning => ("⚠️", "warning"),
        Level::Unknown => ("❔", "not known"),
        Level::Fine => ("✅", "fine"),
    };
    let words = words(finding);
    format!("{sign} **{}** · {word}: {words}", title(finding.area))
}

const fn title(area: Area) -> &'static str {
    match area {
        Area::Permissions => "Permissions",
        Area::RoleOrder => "Role order",
        Area::MembersIntent => "Server Members Intent",
        Area::Endpoints => "Endpoints",
        Area::Channels => "Channels",
        Area::Roles => "Roles",
        Area::Threads => "Threads",
        Area::ScheduledEvents => "Scheduled events",
        Area::Queue => "Queue",
        Area::Sync => "Member sync",
        Area::Work => "Work on Discord",
    }
}

fn words(finding: &Finding) -> String {
    match &finding.detail {
        Detail::ActiveThreads { active } => format!("{active} active."),
        Detail::Failing { owners } => {
            let named = owners.iter().take(MAX_FAILING).map(subject);
            let more = owners.len().checked_sub(MAX_FAILING).filter(|more| *more > 0);
            let all: Vec<String> = named.chain(more.map(|more| format!("{more} more"))).collect();
            format!("fails for {}. `/club panel` says why, with **Retry**.", sentence(&all, "and"))
        }
        Detail::InOrder => in_order(finding.area).to_owned(),
        Detail::MayNotSchedule => {
            "the bot lacks **Create Events**, so that your events don't stand among the server's own. **Fix permissions** asks for it; or \
             switch **Discord events** off in `/club settings`, Channels."
                .to_owned()
        }
        Detail::MissingPermissions { needed, wanted } => missing(needed, wanted),
        Detail::NoInteractions => "no interactions endpoint is set. Whoever runs Simlane sets it in the developer portal.".to_owned(),
        Detail::NoWebhookEvents => {
            "Discord doesn't say where the app is added or removed. Whoever runs Simlane turns webhook events on in the developer \
             portal."
                .to_owned()
        }
        Detail::IntentOff => {
            "off, so that a sync sees only the people who used the app. Whoever runs Simlane turns it on in the developer portal."
                .to_owned()
        }
        Detail::RoleAbove { role } => format!(
            "the bot can't give **{}**, which stands above its own. Drag the bot's role above it under Server Settings → Roles.",
            typed(role, MAX_ROLE)
        ),
        Detail::RoleGone { purpose } => format!("{} Choose another with `/club settings`.", gone(*purpose)),
        Detail::RoleManaged { role } => format!(
            "nobody can give **{}**, which an app or Discord itself manages. Choose another with `/club settings`.",
            typed(role, MAX_ROLE)
        ),
        Detail::Room { max, used } => room(finding, *used, *max),
        Detail::SyncNever { is_wanted: false } => {
            "none has run yet. `/club sync` shows who of the server is who of the club.".to_owned()
        }
        Detail::SyncNever { is_wanted: true } => {
            "none has run yet, so that nobody has what the club chose for its people. Run `/club sync`.".to_owned()
        }
        Detail::SyncFailed { why } => failed_sync(*why).to_owned(),
        Detail::SyncOld { days, nightly: true } => format!(
            "the last one ran {days} days ago, though one should run every night. Run `/club sync`; if nights go on without, tell \
             whoever runs Simlane."
        ),
        Detail::SyncOld { days, nightly: false } => format!(
            "the last one ran {days} days ago. Run `/club sync`, or have one run every night: `/club settings`, People."
        ),
        Detail::SyncWithoutRole => {
            "the last one couldn't give the member role. Put the bot's role above it under Server Settings → Roles, and run `/club sync`."
                .to_owned()
        }
        Detail::Waiting { oldest_seconds, waiting } => waits(finding.level, *oldest_seconds, *waiting),
        Detail::Unread { why: Unread::Away } => "Discord didn't answer. Check again in a minute.".to_owned(),
        Detail::Unread { why: Unread::Forbidden } => {
            "the bot may not read it. Is it still in the server, with its role?".to_owned()
        }
    }
}

const fn in_order(area: Area) -> &'static str {
    match area {
        Area::Permissions => "all there.",
        Area::RoleOrder => "the bot can give what it is to give.",
        Area::MembersIntent => "on.",
        Area::Endpoints => "Discord knows where to reach the service.",
        Area::Sync => "the last one went well.",
        Area::Work => "nothing fails.",
        Area::Channels | Area::Queue | Area::Roles | Area::ScheduledEvents | Area::Threads => "in order.",
    }
}

const fn failed_sync(why: Option<Trouble>) -> &'static str {
    match why {
        Some(Trouble::Gone) => {
            "the last one ended early: the bot wasn't in the server, or the club moved. Run `/club sync` again."
        }
        _ => "the last one ended early: Discord failed again and again. Run `/club sync` again.",
    }
}

fn missing(needed: &[String], wanted: &[String]) -> String {
    let besides = |names: &[String]| format!("{} would help.", sentence(names, "and"));
    let parts = match (needed, wanted) {
        (needed, []) => format!("{} missing.", sentence(needed, "and")),
        ([], wanted) => besides(wanted),
        (needed, wanted) => format!("{} missing; {}", sentence(needed, "and"), besides(wanted)),
    };
    format!("{parts} **Fix permissions** asks for them again.")
}

const fn gone(purpose: RolePurpose) -> &'static str {
    match purpose {
        RolePurpose::Club => "a Discord role that stands for a role in the club was deleted.",
        RolePurpose::Member => "the members' role was deleted, so that nobody gets one.",
        RolePurpose::Organiser => {
            "the organisers' role was deleted, so that only people with Manage Server are organisers."
        }
    }
}

fn room(finding: &Finding, used: u64, max: u64) -> String {
    let fix = match (finding.level, finding.area) {
        (Level::Fine, _) => "",
        (_, Area::Roles) => " Delete roles that nobody needs.",
        (_, Area::ScheduledEvents) => " Delete scheduled events that nobody needs.",
        _ => " Put events away, or delete archived channels and others that nobody needs.",
    };
    format!("{used} of {max}.{fix}")
}

fn waits(level: Level, oldest_seconds: u64, waiting: u64) -> String {
    match (waiting, level) {
        (0, _) => "nothing waits.".to_owned(),
        (_, Level::Fine) => format!("{waiting} waiting, the oldest for {oldest_seconds} s."),
        _ => format!(
            "{waiting} waiting, the oldest for {} min. If it doesn't get better, tell whoever runs Simlane.",
            oldest_seconds / 60
        ),
    }
}

#[cfg(test)]
mod tests;

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::panel::Subject,
    view::testing::{check, club, render, series},
};

fn shown(findings: &[Finding]) -> String {
    let club = club();
    let body = health(&HealthReport {
        club: &club,
        findings,
        fix_permissions: "https://simlane.example/install?server=1",
        portal: "https://discord.com/developers/applications/3/bot",
    });
    check(&body);
    render(body.components())
}

const fn finding(area: Area, level: Level, detail: Detail) -> Finding {
    Finding { area, detail, level }
}

#[test]
fn all_is_well() {
    let fine = |area| finding(area, Level::Fine, Detail::InOrder);
    let room = |area, used, max| finding(area, Level::Fine, Detail::Room { max, used });
    assert_snapshot!(
        "fine",
        shown(&[
            fine(Area::Permissions),
            fine(Area::RoleOrder),
            fine(Area::MembersIntent),
            fine(Area::Endpoints),
            room(Area::Channels, 120, 500),
            room(Area::Roles, 30, 250),
            finding(Area::Threads, Level::Fine, Detail::ActiveThreads { active: 7 }),
            room(Area::ScheduledEvents, 2, 100),
            finding(Area::Queue, Level::Fine, Detail::Waiting { oldest_seconds: 0, waiting: 0 }),
            fine(Area::Work),
        ])
    );
}

#[test]
fn everything_is_wrong() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let problem = |area, detail| finding(area, Level::Problem, detail);
    let warning = |area, detail| finding(area, Level::Warning, detail);
    let gone = |purpose| warning(Area::RoleOrder, Detail::RoleGone { purpose });
    let owners = (0..7).map(|_| Subject::Series(series().name)).collect();
    assert_snapshot!(
        "wrong",
        shown(&[
            problem(
                Area::Permissions,
                Detail::MissingPermissions {
                    needed: names(&["Connect", "Speak"]),
                    wanted: names(&["Embed Links"])
                },
            ),
            problem(Area::RoleOrder, Detail::RoleAbove { role: "*Members*".to_owned() }),
            problem(Area::RoleOrder, Detail::RoleManaged { role: "Boosters".to_owned() }),
            gone(RolePurpose::Member),
            gone(RolePurpose::Organiser),
            gone(RolePurpose::Club),
            warning(Area::MembersIntent, Detail::IntentOff),
            problem(Area::Endpoints, Detail::NoInteractions),
            warning(Area::Endpoints, Detail::NoWebhookEvents),
            problem(Area::Channels, Detail::Room { max: 500, used: 500 }),
            warning(Area::Roles, Detail::Room { max: 250, used: 240 }),
            finding(Area::Threads, Level::Unknown, Detail::Unread { why: Unread::Forbidden }),
            warning(Area::ScheduledEvents, Detail::Room { max: 100, used: 95 }),
            warning(Area::ScheduledEvents, Detail::MayNotSchedule),
            warning(Area::Queue, Detail::Waiting { oldest_seconds: 720, waiting: 14 }),
            problem(Area::Work, Detail::Failing { owners }),
        ])
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let unread = |area, why| finding(area, Level::Unknown, Detail::Unread { why });
    let wanted = Detail::MissingPermissions { needed: Vec::new(), wanted: vec!["Embed Links".to_owned()] };
    assert_snapshot!(
        "unread",
        shown(&[
            finding(Area::Permissions, Level::Warning, wanted),
            unread(Area::MembersIntent, Unread::Away),
            unread(Area::Threads, Unread::Forbidden),
            finding(Area::Queue, Level::Fine, Detail::Waiting { oldest_seconds: 12, waiting: 3 }),
        ])
    );
}

#[test]
fn the_last_sync_is_told_of() {
    let details = [
        Detail::InOrder,
        Detail::SyncNever { is_wanted: false },
        Detail::SyncNever { is_wanted: true },
        Detail::SyncFailed { why: Some(Trouble::Gone) },
        Detail::SyncFailed { why: Some(Trouble::Unavailable) },
        Detail::SyncOld { days: 3, nightly: true },
        Detail::SyncOld { days: 45, nightly: false },
        Detail::SyncWithoutRole,
    ];
    let findings = details.map(|detail| finding(Area::Sync, Level::Warning, detail));
    assert_snapshot!("sync", shown(&findings));
}

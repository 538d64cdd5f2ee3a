use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    id::{ClubId, SyncId},
    permission::NEEDED,
    settings::{MAX_ROLE_RULES, RoleRule},
    sync::{Results, Run, SyncKind},
};

const EVERYONE: u64 = 1;
const BOT: u64 = 10;
const MEMBERS: u64 = 20;

fn role(id: u64, position: i64, permissions: Permissions) -> ServerRole {
    ServerRole { id: Id::new(id), managed: id == BOT, name: format!("role {id}"), permissions, position }
}

/// A server where everything is in order, with the bot's role above that of the members.
fn roles() -> ServerRoles {
    let none = Permissions::empty();
    ServerRoles {
        all: vec![role(EVERYONE, 0, none), role(MEMBERS, 1, none), role(BOT, 2, ASKED)],
        everyone: Id::new(EVERYONE),
        held: vec![Id::new(BOT)],
    }
}

fn settings() -> ClubSettings {
    ClubSettings { member_role: Some(Id::new(MEMBERS)), ..ClubSettings::default() }
}

fn now() -> Timestamp {
    Timestamp::from_second(1_796_472_000).unwrap_or_default()
}

fn facts(settings: &ClubSettings) -> HealthFacts<'_> {
    HealthFacts {
        app: Ok(AppSetup { hears_events: Some(true), members_intent: true, takes_interactions: true }),
        channels: Ok(120),
        failing: Vec::new(),
        last_sync: Some(run(0, SyncState::Done, None)),
        now: now(),
        queue: Backlog::default(),
        roles: Ok(roles()),
        scheduled_events: Ok(2),
        settings,
        threads: Ok(7),
    }
}

/// A sync that began so many days ago.
fn run(days: i64, state: SyncState, trouble: Option<Trouble>) -> Run {
    Run {
        applied_at: None,
        calls: 0,
        club: ClubId::new(Uuid::nil()),
        cursor: 0,
        expected: None,
        finished_at: None,
        guild: Id::new(EVERYONE),
        id: SyncId::new(Uuid::nil()),
        kind: SyncKind::Manual,
        pages: 0,
        planned_at: None,
        results: Results::default(),
        started_at: now() - SignedDuration::from_hours(24 * days),
        started_by: None,
        state,
        trouble,
        undoes: None,
        undone_at: None,
    }
}

#[test]
fn the_last_sync_is_told_of_with_what_is_wrong_about_it() {
    let with = |last_sync: Option<Run>, settings: &ClubSettings| {
        of(Area::Sync, &HealthFacts { last_sync, ..facts(settings) }).remove(0)
    };
    let plain = ClubSettings::default();
    let nightly = ClubSettings { nightly_sync: true, ..ClubSettings::default() };
    let done = |days| Some(run(days, SyncState::Done, None));
    assert_eq!(with(None, &plain), (Level::Fine, Detail::SyncNever { is_wanted: false }));
    assert_eq!(with(None, &settings()), (Level::Warning, Detail::SyncNever { is_wanted: true }));
    assert_eq!(with(done(29), &plain), (Level::Fine, Detail::InOrder));
    assert_eq!(with(done(30), &plain), (Level::Warning, Detail::SyncOld { days: 30, nightly: false }));
    assert_eq!(with(done(1), &nightly), (Level::Fine, Detail::InOrder));
    assert_eq!(with(done(2), &nightly), (Level::Warning, Detail::SyncOld { days: 2, nightly: true }));
    let why = Some(Trouble::Unavailable);
    let failed = Some(run(0, SyncState::Failed, why));
    assert_eq!(with(failed, &plain), (Level::Problem, Detail::SyncFailed { why }));
    let without = Some(run(0, SyncState::Done, Some(Trouble::MayNotGrant)));
    assert_eq!(with(without, &plain), (Level::Warning, Detail::SyncWithoutRole));
}

/// What was found of an area.
fn of(area: Area, facts: &HealthFacts<'_>) -> Vec<(Level, Detail)> {
    let found = findings(facts).into_iter().filter(|finding| finding.area == area);
    found.map(|finding| (finding.level, finding.detail)).collect()
}

#[test]
fn a_server_in_order_has_one_fine_line_for_each_area() {
    let settings = settings();
    let found = findings(&facts(&settings));
    assert!(found.iter().all(|finding| finding.level == Level::Fine), "{found:?}");
    assert!(found.is_sorted_by_key(|finding| finding.area));
    assert_eq!(found.len(), 11);
}

#[test]
fn findings_are_plain_json() {
    let settings = settings();
    let found = findings(&HealthFacts { threads: Err(Unread::Forbidden), ..facts(&settings) });
    let json = serde_json::to_string(&found[4..7]).unwrap_or_default();
    insta::assert_snapshot!(json, @r#"[{"area":"channels","level":"fine","detail":{"kind":"room","max":500,"used":120}},{"area":"roles","level":"fine","detail":{"kind":"room","max":250,"used":3}},{"area":"threads","level":"unknown","detail":{"kind":"unread","why":"forbidden"}}]"#);
}

#[test]
fn missing_permissions_are_named_by_what_they_cost() {
    let settings = settings();
    let with = |held: Permissions| {
        let mut roles = roles();
        roles.all[2].permissions = held;
        of(Area::Permissions, &HealthFacts { roles: Ok(roles), ..facts(&settings) })
    };
    let missing = |needed: &[&str], wanted: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Detail::MissingPermissions { needed: names(needed), wanted: names(wanted) }
    };
    let lost = Permissions::CONNECT | Permissions::EMBED_LINKS;
    assert_eq!(with(ASKED - lost), [(Level::Problem, missing(&["Connect"], &["Embed Links"]))]);
    let lost = Permissions::EMBED_LINKS;
    assert_eq!(with(ASKED - lost), [(Level::Warning, missing(&[], &["Embed Links"]))]);
    assert_eq!(with(Permissions::ADMINISTRATOR), [(Level::Fine, Detail::InOrder)]);
}

#[test]
fn permissions_come_from_everyone_and_the_bots_roles_alone() {
    let mut roles = roles();
    roles.all[0].permissions = NEEDED;
    roles.all[1].permissions = Permissions::ADMINISTRATOR;
    roles.all[2].permissions = Permissions::EMBED_LINKS;
    assert_eq!(roles.permissions(), NEEDED | Permissions::EMBED_LINKS);
}

#[test]
fn the_members_role_stands_below_the_bots() {
    let settings = settings();
    let with = |change: &dyn Fn(&mut ServerRoles)| {
        let mut roles = roles();
        change(&mut roles);
        of(Area::RoleOrder, &HealthFacts { roles: Ok(roles), ..facts(&settings) })
    };
    let name = || format!("role {MEMBERS}");
    let above = [(Level::Problem, Detail::RoleAbove { role: name() })];
    assert_eq!(with(&|roles| roles.all[1].position = 3), above);
    assert_eq!(with(&|roles| roles.held.clear()), above);
    let fine = [(Level::Fine, Detail::InOrder)];
    assert_eq!(with(&|roles| roles.all[1].position = 2), fine, "the bot's is the older one");
    let managed = [(Level::Problem, Detail::RoleManaged { role: name() })];
    assert_eq!(with(&|roles| roles.all[1].managed = true), managed);
    let gone = Detail::RoleGone { purpose: RolePurpose::Member };
    assert_eq!(with(&|roles| drop(roles.all.remove(1))), [(Level::Warning, gone)]);
}

#[test]
fn of_two_roles_at_one_position_the_older_stands_above() {
    let (older, newer) = (role(5, 1, Permissions::empty()), role(6, 1, Permissions::empty()));
    assert!(older.place() > newer.place());
}

#[test]
fn roles_that_only_stand_for_something_may_stand_anywhere_but_have_to_be_there() {
    let rule = |id| RoleRule {
        discord: Id::new(id),
        club: "Driver".parse().unwrap_or_else(|_| unreachable!()),
        discord_name: None,
    };
    let settings = ClubSettings {
        organiser_role: Some(Id::new(30)),
        role_map: vec![rule(30), rule(31)],
        ..ClubSettings::default()
    };
    let mut roles = roles();
    let gone = |purpose| (Level::Warning, Detail::RoleGone { purpose });
    let found = |roles: &ServerRoles| {
        of(Area::RoleOrder, &HealthFacts { roles: Ok(roles.clone()), ..facts(&settings) })
    };
    let (organiser, club) = (gone(RolePurpose::Organiser), gone(RolePurpose::Club));
    assert_eq!(found(&roles), [organiser, club], "once for all of the same purpose");
    roles.all.extend([role(30, 9, Permissions::empty()), role(31, 9, Permissions::empty())]);
    assert_eq!(found(&roles), [(Level::Fine, Detail::InOrder)]);
}

#[test]
fn the_portal_is_held_against_what_is_needed() {
    let settings = settings();
    let with = |hears_events, members_intent, takes_interactions| {
        let app = AppSetup { hears_events, members_intent, takes_interactions };
        let facts = HealthFacts { app: Ok(app), ..facts(&settings) };
        (of(Area::MembersIntent, &facts), of(Area::Endpoints, &facts))
    };
    let fine = || vec![(Level::Fine, Detail::InOrder)];
    assert_eq!(with(None, true, true), (fine(), fine()));
    let off = vec![(Level::Warning, Detail::IntentOff)];
    assert_eq!(with(Some(true), false, true), (off, fine()));
    let unreached = vec![(Level::Problem, Detail::NoInteractions), (Level::Warning, Detail::NoWebhookEvents)];
    assert_eq!(with(Some(false), true, false), (fine(), unreached));
}

#[test]
fn room_becomes_scarce_and_ends() {
    let settings = settings();
    let level = |used| {
        of(Area::ScheduledEvents, &HealthFacts { scheduled_events: Ok(used), ..facts(&settings) })[0].0
    };
    assert_eq!([0, 89, 90, 99, 100, 101].map(level), {
        use Level::{Fine, Problem, Warning};
        [Fine, Fine, Warning, Warning, Problem, Problem]
    });
}

#[test]
fn work_that_waits_or_fails_is_told() {
    let settings = settings();
    let ago = |seconds: i64| Some(now() - jiff::SignedDuration::from_secs(seconds));
    let with = |oldest| {
        let queue = Backlog { oldest, waiting: 3 };
        of(Area::Queue, &HealthFacts { queue, ..facts(&settings) })
    };
    let waiting = |oldest_seconds| Detail::Waiting { oldest_seconds, waiting: 3 };
    assert_eq!(with(ago(300)), [(Level::Fine, waiting(300))]);
    assert_eq!(with(ago(301)), [(Level::Warning, waiting(301))]);
    assert_eq!(with(ago(-5)), [(Level::Fine, waiting(0))]);
    let failing = HealthFacts { failing: vec![Subject::Club], ..facts(&settings) };
    assert_eq!(of(Area::Work, &failing), [(Level::Problem, Detail::Failing { owners: vec![Subject::Club] })]);
}

proptest! {
    #[test]
    fn whatever_cannot_be_read_every_area_is_told_of(unread in 0_u8..32, rules in 0..MAX_ROLE_RULES) {
        let settings = ClubSettings {
            role_map: (0..rules).map(|at| RoleRule {
                discord: Id::new(100 + at as u64),
                club: "Driver".parse().unwrap_or_else(|_| unreachable!()),
                discord_name: None,
            }).collect(),
            ..settings()
        };
        let mut facts = facts(&settings);
        let lost = |bit: u8| unread & (1 << bit) != 0;
        if lost(0) { facts.app = Err(Unread::Away); }
        if lost(1) { facts.channels = Err(Unread::Away); }
        if lost(2) { facts.roles = Err(Unread::Away); }
        if lost(3) { facts.scheduled_events = Err(Unread::Away); }
        if lost(4) { facts.threads = Err(Unread::Away); }
        let found = findings(&facts);
        prop_assert!(found.is_sorted_by_key(|finding| finding.area));
        let mut areas: Vec<Area> = found.iter().map(|finding| finding.area).collect();
        areas.dedup();
        prop_assert_eq!(areas.len(), 11);
        let unknown = found.iter().filter(|finding| finding.level == Level::Unknown).count();
        let expected = [(0, 2), (1, 1), (2, 3), (3, 1), (4, 1)].iter().filter(|(bit, _)| lost(*bit)).map(|(_, areas)| areas).sum::<usize>();
        prop_assert_eq!(unknown, expected);
    }
}

#[test]
fn events_that_the_bot_may_not_create_are_missed_where_the_club_wants_them() {
    let lacks = |permissions: Permissions, native_events: bool| {
        let mut roles = roles();
        roles.all[2].permissions = permissions;
        let settings = ClubSettings { native_events, ..settings() };
        let found = of(Area::ScheduledEvents, &HealthFacts { roles: Ok(roles), ..facts(&settings) });
        found.contains(&(Level::Warning, Detail::MayNotSchedule))
    };
    let without = ASKED - Permissions::CREATE_EVENTS;
    assert!(lacks(without, true));
    assert!(!lacks(without, false), "a club that wants none");
    assert!(!lacks(ASKED, true) && !lacks(Permissions::ADMINISTRATOR, true));
}

use twilight_model::id::marker::RoleMarker;
use uuid::Uuid;

use super::*;
use crate::domain::{health::ServerRole, overwrite::OverwriteTarget};

const VOICE: u64 = 20;
const THREAD: u64 = 21;

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn team(number: u128) -> TeamId {
    TeamId::new(Uuid::from_u128(number))
}

fn role(permissions: Permissions) -> [ServerRole; 1] {
    [ServerRole { id: Id::new(1), managed: false, name: String::new(), permissions, position: 0 }]
}

/// Somebody for whom everything is as it should.
fn found(all: &[ServerRole]) -> Found<'_> {
    let holder = Holder { all, everyone: Id::new(1), held: &[], owns: false, user: Id::new(9) };
    let place = |id| Some(Place { id: Id::new(id), overwrites: &[] });
    Found {
        channel: place(19),
        connected: Some(Some(Id::new(VOICE))),
        in_thread: Some(true),
        holder,
        pending: false,
        private: false,
        team: team(1),
        thread: Some(Id::new(THREAD)),
        timed_out_until: None,
        voice: place(VOICE),
    }
}

fn ready(check: Check, hears: Option<bool>) -> Standing {
    standing(Some(&Readiness { check, hears }), team(1), true)
}

#[test]
fn whoever_sees_joins_and_hears_is_ready() {
    let all = role(Permissions::VIEW_CHANNEL | Permissions::CONNECT);
    let check = Check::of(&found(&all), now());
    assert_eq!((check.sees, check.in_thread, check.joins), (Told::Yes, Told::Yes, Told::Yes));
    assert_eq!((check.connected, check.voice), (Some(true), Some(Id::new(VOICE))));
    assert_eq!(ready(check.clone(), Some(true)), Standing::Ready);
    assert_eq!(ready(check.clone(), None), Standing::Waits);
    assert_eq!(ready(check.clone(), Some(false)), Standing::Fails);
    let elsewhere = Check::of(&Found { connected: Some(Some(Id::new(5))), ..found(&all) }, now());
    assert_eq!(elsewhere.connected, Some(false));
    assert_eq!(ready(elsewhere, Some(true)), Standing::Ready, "who heard the others may have left");
    let readiness = Readiness { check, hears: Some(true) };
    assert_eq!(standing(Some(&readiness), team(2), true), Standing::Unchecked, "that was another team's");
    assert_eq!(standing(None, team(1), true), Standing::Unchecked);
}

#[test]
fn without_a_room_nothing_is_said_of_it() {
    let all = role(Permissions::VIEW_CHANNEL);
    let check = Check::of(&Found { voice: None, ..found(&all) }, now());
    assert_eq!((check.joins, check.connected, check.voice), (Told::Unknown, None, None));
    let readiness = Readiness { check, hears: None };
    assert_eq!(standing(Some(&readiness), team(1), true), Standing::Waits);
    assert_eq!(standing(Some(&readiness), team(1), false), Standing::Ready, "the club has no race voice");
}

#[test]
fn what_keeps_somebody_out_is_told() {
    let all = role(Permissions::VIEW_CHANNEL | Permissions::CONNECT);
    let overwrites = [Overwrite {
        allow: Permissions::empty(),
        deny: Permissions::CONNECT,
        target: OverwriteTarget::Member(Id::new(9)),
    }];
    let voice = Some(Place { id: Id::new(VOICE), overwrites: &overwrites });
    let until = Timestamp::MAX;
    let denied = |by, what| Told::No(Obstacle::Denied { by, channel: Id::new(VOICE), what });
    let joins = |found: Found<'_>| Check::of(&found, now()).joins;
    assert_eq!(joins(Found { voice, ..found(&all) }), denied(Denier::Themselves, Need::Connect));
    assert_eq!(joins(Found { pending: true, ..found(&all) }), Told::No(Obstacle::Pending));
    let timed_out = Found { timed_out_until: Some(until), ..found(&all) };
    assert_eq!(joins(timed_out), Told::No(Obstacle::TimedOut { until }));
    assert_eq!(joins(Found { timed_out_until: Some(now()), ..found(&all) }), Told::Yes, "that is over");
    let none = role(Permissions::empty());
    assert_eq!(joins(found(&none)), denied(Denier::NoRole, Need::View));
    let away = Check::of(&Found { in_thread: Some(false), private: true, ..found(&all) }, now());
    assert_eq!(away.in_thread, Told::No(Obstacle::NotIn { private: true, thread: Id::new(THREAD) }));
    assert_eq!(ready(away, Some(true)), Standing::Fails);
    let admin = role(Permissions::ADMINISTRATOR);
    assert_eq!(
        joins(Found { pending: true, timed_out_until: Some(until), voice, ..found(&admin) }),
        Told::Yes
    );
    let held: [Id<RoleMarker>; 0] = [];
    let owner = Holder { all: &none, everyone: Id::new(1), held: &held, owns: true, user: Id::new(9) };
    assert_eq!(joins(Found { holder: owner, voice, ..found(&none) }), Told::Yes);
}

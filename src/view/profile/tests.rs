#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::{
        event::Event,
        matching::{Alike, Evidence, Likeness, NameKind},
        signup::SignupState,
    },
    view::testing::{at, before, check, event, render},
};

struct Scene {
    club: ClubName,
    external: ExternalId,
    iracing: PersonName,
    name: PersonName,
    roles: Vec<RoleName>,
    spa: Event,
    zone: Zone,
}

impl Scene {
    fn new() -> Self {
        Self {
            club: "Night *Owls*".parse().unwrap(),
            external: "drv-17_b".parse().unwrap(),
            iracing: "Ana Pereira2".parse().unwrap(),
            name: "Ana_Pereira_".parse().unwrap(),
            roles: vec!["Driver".parse().unwrap(), "Steward".parse().unwrap()],
            spa: event("GT3 x 2"),
            zone: Zone::parse("Australia/Sydney").unwrap(),
        }
    }

    fn known<'s>(&'s self, matched: Option<MatchedFacts<'s>>) -> KnownFacts<'s> {
        let matched = matched.map(|matched| MatchedFacts { external_id: Some(&self.external), ..matched });
        KnownFacts {
            iracing_id: Some(IRacingId::parse("123456").unwrap()),
            iracing_name: Some(&self.iracing),
            left_at: None,
            linked_at: Some(at("2026-03-01T10:00:00Z")),
            matched,
            name: &self.name,
            on_roster: true,
            roles: &self.roles,
        }
    }

    fn facts<'s>(&'s self, known: Option<KnownFacts<'s>>, reader: Reader) -> ProfileFacts<'s> {
        let mine = |state| MyEvent { club: &self.club, event: &self.spa, state };
        ProfileFacts {
            account: Id::new(1001),
            club: &self.club,
            events: vec![mine(SignupState::In), mine(SignupState::Waiting)],
            here: Some(Some(at("2024-11-16T08:31:12Z"))),
            is_organiser: true,
            known,
            name: "**ana**",
            now: before(),
            rating: "2450".parse().ok(),
            reader,
            zone: Some(&self.zone),
        }
    }
}

fn shown(facts: &ProfileFacts<'_>) -> String {
    let body = profile(facts);
    check(&body);
    render(body.components())
}

#[test]
fn a_member_reads_what_the_club_may_know() {
    let scene = Scene::new();
    let read = shown(&scene.facts(Some(scene.known(None)), Reader::Member));
    assert!(!read.contains("drv-17"), "{read}");
    assert_snapshot!("member", read);
}

#[test]
fn an_organiser_reads_how_they_were_matched() {
    let alike = |likeness, member, user| Alike { likeness, member, user };
    let evidence = Evidence {
        also: Some(alike(Likeness::Surname, NameKind::Nickname, NameKind::Name)),
        best: alike(Likeness::Same, NameKind::Username, NameKind::IRacing),
    };
    let judged = [Judgement::Chosen { by: Id::new(9) }, Judgement::Names { evidence }];
    let scene = Scene::new();
    let ways = [
        (LinkedBy::Code, None),
        (LinkedBy::Conflict, None),
        (LinkedBy::Conflict, Some(&judged[0])),
        (LinkedBy::Oauth, None),
        (LinkedBy::Roster, None),
        (LinkedBy::Sync, None),
        (LinkedBy::Sync, Some(&judged[1])),
    ];
    let read = ways.map(|(by, judged)| {
        let matched = MatchedFacts { by: Some(by), external_id: None, judged };
        shown(&scene.facts(Some(scene.known(Some(matched))), Reader::Organiser))
    });
    assert_snapshot!("organiser", read[6]);
    let line = |read: &String| read.lines().find(|line| line.starts_with("**Linked")).unwrap().to_owned();
    assert_snapshot!("ways", read.iter().map(line).collect::<Vec<_>>().join("\n"));
}

#[test]
fn somebody_unknown_is_said_to_be_with_the_next_step() {
    let scene = Scene::new();
    let unknown = |reader| {
        let facts = scene.facts(None, reader);
        shown(&ProfileFacts {
            events: Vec::new(),
            here: Some(None),
            is_organiser: false,
            zone: None,
            ..facts
        })
    };
    let read = [Reader::Member, Reader::Organiser, Reader::Themselves].map(unknown);
    assert_snapshot!("unknown", read.join("\n\n"));
}

#[test]
fn who_has_left_or_is_on_no_roster_is_told_so() {
    let scene = Scene::new();
    let known = KnownFacts {
        iracing_id: None,
        iracing_name: None,
        left_at: Some(at("2026-11-30T10:00:00Z")),
        linked_at: None,
        matched: Some(MatchedFacts { by: None, external_id: None, judged: None }),
        on_roster: false,
        roles: &[],
        ..scene.known(None)
    };
    let gone = ProfileFacts {
        events: Vec::new(),
        here: None,
        is_organiser: false,
        zone: None,
        ..scene.facts(Some(known), Reader::Organiser)
    };
    assert_snapshot!("left", shown(&gone));
    let known = KnownFacts { left_at: None, matched: None, ..known };
    assert_snapshot!("left_unnoticed", shown(&ProfileFacts { known: Some(known), ..gone }));
}

#[test]
fn a_bot_is_a_bot() {
    let body = bot("**Simlane**");
    check(&body);
    assert_snapshot!(render(body.components()), @r"**\*\*Simlane\*\*** is a bot. The club keeps nothing about bots.");
}

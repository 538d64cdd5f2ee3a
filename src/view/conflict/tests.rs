#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use twilight_model::id::Id;
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        id::UserId,
        matching::{MAX_CANDIDATES, Name, NameKind, Person, match_people},
    },
    view::testing::{check, render},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

fn account() -> Account {
    Account {
        global_name: Some("Ana P".to_owned()),
        id: Id::new(7),
        nickname: Some("ana | *GT3*".to_owned()),
        username: "anap".to_owned(),
    }
}

fn member(number: u128, name: &str) -> Member {
    let bare = Account { global_name: Some(name.to_owned()), nickname: None, ..account() };
    let mut member = Member::on_their_own(UserId::new(Uuid::from_u128(number)), &bare);
    member.on_roster = true;
    member.entry.iracing_name = Some("Ana Pereira2".parse().unwrap());
    member
}

/// Some evidence, as matching gives it.
fn evidence() -> Evidence {
    let name = |kind, text: &str| Name { kind, text: text.to_owned() };
    let ours = [Person { key: 1, names: vec![name(NameKind::Global, "Ana Pereira")] }];
    let theirs = [Person { key: 2, names: vec![name(NameKind::Name, "Ana Pereira")] }];
    match_people(&ours, &theirs, &Default::default()).sure[0].evidence
}

#[test]
fn an_account_is_shown_beside_whom_it_may_be() {
    let (ana, anna) = (member(1, "Ana Pereira"), member(2, "Anna Perreira"));
    let mut facts = ConflictFacts {
        account: &account(),
        candidates: vec![(&ana, evidence()), (&anna, evidence())],
        id: ConflictId::new(Uuid::nil()),
        open: 3,
    };
    assert_snapshot!("question", shown(&ask(&facts)));
    facts.open = 1;
    assert_snapshot!("decided", shown(&decided(&account(), Some(&ana.entry.name), Some(&facts))));
    assert_snapshot!("nobody", shown(&decided(&account(), None, None)));
    assert_snapshot!("none", shown(&none()));
}

#[test]
fn as_many_candidates_as_there_can_be_fit() {
    let people: Vec<Member> =
        (0..MAX_CANDIDATES as u128).map(|number| member(number, &"Ж".repeat(80))).collect();
    let candidates = people.iter().map(|person| (person, evidence())).collect();
    let facts =
        ConflictFacts { account: &account(), candidates, id: ConflictId::new(Uuid::nil()), open: u64::MAX };
    shown(&ask(&facts));
}

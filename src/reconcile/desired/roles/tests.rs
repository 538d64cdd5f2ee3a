use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    domain::id::TeamId,
    reconcile::{
        binding::{Applied, AppliedRole},
        testing,
    },
};

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(hours * 3_600).unwrap_or(Timestamp::MAX)
}

fn team(id: u64, name: &str, people: &[u64], until: i64) -> RoleTeam {
    RoleTeam {
        id: TeamId::new(Uuid::from_u128(id.into())),
        name: named(name),
        people: people.iter().map(|user| Id::new(*user)).collect(),
        until: at(until),
    }
}

/// A name of a team; tests have good ones.
fn named(name: &str) -> TeamName {
    TeamName::parse(name).unwrap_or_else(|_| unreachable!())
}

fn slot(id: u64) -> Slot {
    Slot::Team(TeamId::new(Uuid::from_u128(id.into())), TeamPart::Role)
}

fn bound(roles: &[(u64, &str)]) -> Bindings {
    let binding = |(id, name): &(u64, &str)| {
        let role = AppliedRole {
            absent: Vec::new(),
            colour: 0,
            given: Vec::new(),
            name: (*name).to_owned(),
            theirs: Vec::new(),
        };
        (slot(*id), testing::bound(slot(*id), 900 + id, Applied::Role(role), None))
    };
    Bindings(roles.iter().map(binding).collect())
}

fn facts(teams: Vec<RoleTeam>) -> RoleFacts {
    RoleFacts { in_server: None, teams }
}

/// Each role with its slot, its name, and who has it.
fn wanted(facts: &RoleFacts, bindings: &Bindings) -> Vec<(Slot, String, Vec<u64>, bool)> {
    let one = |resource: Resource| {
        let Spec::Role { name, people, .. } = resource.spec else { return None };
        Some((resource.slot, name, people.iter().map(|user| user.get()).collect(), resource.make))
    };
    roles(facts, bindings, at(0)).into_iter().filter_map(one).collect()
}

#[test]
fn teams_of_one_name_share_a_role() {
    let facts = facts(vec![
        team(1, "Owls", &[1, 2], 5),
        team(2, "Cubs", &[3], 5),
        team(3, "OWLS", &[2, 4], 9),
        team(4, "Owls", &[7], 0),
    ]);
    let owls = (slot(1), "Owls".to_owned(), vec![1, 2, 4], true);
    assert_eq!(wanted(&facts, &bound(&[])), [owls, (slot(2), "Cubs".to_owned(), vec![3], true)]);
    assert_eq!(next_change(&facts, at(0)).map(|change| change.at), Some(at(5)));
}

#[test]
fn a_role_outlives_the_event_that_it_was_made_for() {
    let later = facts(vec![team(3, "Owls", &[2], 9)]);
    assert_eq!(wanted(&later, &bound(&[(1, "Owls")])), [(slot(1), "Owls".to_owned(), vec![2], true)]);
}

#[test]
fn a_team_that_is_renamed_keeps_its_role() {
    let renamed = facts(vec![team(1, "Hawks", &[2], 9)]);
    assert_eq!(wanted(&renamed, &bound(&[(1, "Owls")])), [(slot(1), "Hawks".to_owned(), vec![2], true)]);
}

#[test]
fn two_that_swap_their_names_swap_their_roles_names() {
    let swapped = facts(vec![team(1, "Cubs", &[1], 9), team(2, "Owls", &[2], 9)]);
    let wanted = wanted(&swapped, &bound(&[(1, "Owls"), (2, "Cubs")]));
    assert_eq!(wanted[0].0, slot(1));
    assert_eq!(wanted[1].0, slot(2));
}

#[test]
fn where_the_server_is_full_of_roles_teams_do_without() {
    let mut facts = facts(vec![team(1, "A", &[1], 9), team(2, "B", &[2], 9), team(3, "C", &[3], 9)]);
    facts.in_server = Some(229);
    let made = wanted(&facts, &bound(&[(1, "A")]));
    let makes: Vec<bool> = made.iter().map(|(.., make)| *make).collect();
    assert_eq!(makes, [true, true, false], "one stands, one more fits");
}

proptest! {
    #[test]
    fn each_name_has_one_role_and_no_two_share_a_slot(
        teams in prop::collection::vec((0..12_u64, 0..4_u8, prop::collection::vec(1..9_u64, 0..4)), 0..10),
        roles in prop::collection::vec((0..12_u64, 0..5_u8), 0..6),
    ) {
        let name = |at: u8| format!("Team {at}");
        let mut seen = BTreeSet::new();
        let teams: Vec<RoleTeam> = teams
            .into_iter()
            .filter(|(id, ..)| seen.insert(*id))
            .map(|(id, at, people)| team(id, &name(at), &people, 9))
            .collect();
        let names: Vec<(u64, String)> = roles.into_iter().map(|(id, at)| (id, name(at))).collect();
        let bindings = bound(&names.iter().map(|(id, name)| (*id, name.as_str())).collect::<Vec<_>>());
        let facts = facts(teams);
        let wanted = wanted(&facts, &bindings);
        let slots: BTreeSet<Slot> = wanted.iter().map(|(slot, ..)| *slot).collect();
        prop_assert_eq!(slots.len(), wanted.len());
        let names: BTreeSet<String> = facts.teams.iter().map(|team| team.name.to_string()).collect();
        prop_assert_eq!(wanted.iter().map(|(_, name, ..)| name.clone()).collect::<BTreeSet<_>>(), names);
        for team in &facts.teams {
            let role = wanted.iter().find(|(_, name, ..)| *name == team.name.to_string());
            let has = role.map(|(_, _, people, _)| people.clone()).unwrap_or_default();
            prop_assert!(team.people.iter().all(|user| has.contains(&user.get())));
        }
    }
}

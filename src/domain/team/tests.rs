#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::{
    domain::signup::SignupState,
    view::testing::{before, event, sheet},
};

fn user(n: u64) -> UserId {
    UserId::new(Uuid::from_u64_pair(9, n))
}

fn mate(n: u64, duty: Duty) -> Mate {
    Mate { discord: Id::new(n), duty, user: user(n) }
}

fn team(n: u64, name: &str, mates: &[Mate]) -> Team {
    Team {
        captain: mates.first().map(|mate| mate.user),
        car: None,
        class: event("GT3").classes[0].id,
        created_at: before(),
        finalized_at: None,
        id: TeamId::new(Uuid::from_u64_pair(8, n)),
        mates: mates.to_vec(),
        name: TeamName::parse(name).unwrap(),
        number: None,
        revision: 1,
    }
}

#[test]
fn numbers_are_read_as_painted() {
    let read = |typed: &str| typed.parse::<CarNumber>().map(|number| number.to_string());
    assert_eq!(read(" #07 ").unwrap(), "#07");
    assert_eq!(read("911").unwrap(), "#911");
    assert_ne!("1".parse::<CarNumber>(), "01".parse::<CarNumber>());
    for typed in ["", "#", "1234", "7a", "-1", "٣"] {
        assert!(read(typed).is_err(), "{typed}");
    }
}

#[test]
fn names_and_numbers_are_given_once() {
    let red = Team { number: Some("7".parse().unwrap()), ..team(1, "Red", &[]) };
    let teams = Teams::new(vec![red.clone()]);
    assert_eq!(teams.check(&team(2, "RED", &[])), Err(TeamFault::NameTaken));
    assert_eq!(teams.check(&red), Ok(()));
    let blue = Team { number: red.number.clone(), ..team(2, "Blue", &[]) };
    assert_eq!(teams.check(&blue), Err(TeamFault::NumberTaken(red.name)));
    assert_eq!(teams.check(&Team { number: None, ..blue }), Ok(()));
}

#[test]
fn whoever_moves_leaves_the_other_and_its_lead() {
    let (red, blue) = (team(1, "Red", &[mate(1, Duty::Driver), mate(2, Duty::Driver)]), team(2, "Blue", &[]));
    let teams = Teams::new(vec![red.clone(), blue.clone()]);
    let changed = teams.join(blue.id, mate(1, Duty::Spotter)).unwrap();
    let seen: Vec<_> = changed.iter().map(|team| (team.id, team.mates.len(), team.captain)).collect();
    assert_eq!(seen, [(red.id, 1, None), (blue.id, 1, None)]);
    let stays = teams.join(red.id, mate(1, Duty::Reserve)).unwrap();
    assert_eq!((stays.len(), stays[0].captain, stays[0].mates.len()), (1, Some(user(1)), 2));
    let many: Vec<Mate> = (1..=MAX_PEOPLE as u64).map(|n| mate(n, Duty::Driver)).collect();
    let full = Teams::new(vec![team(1, "Red", &many)]);
    assert_eq!(full.join(full.all()[0].id, mate(99, Duty::Driver)), Err(TeamFault::Full));
    assert!(full.join(full.all()[0].id, mate(7, Duty::Reserve)).is_ok());
}

#[test]
fn whoever_gave_their_place_up_or_left_races_no_more() {
    let event = event("GT3");
    let sheet = sheet(&event, &[(0, SignupState::In, 2), (0, SignupState::Waiting, 1)]);
    let of = |n: usize, duty| Mate { discord: sheet.lines()[n].discord, duty, user: sheet.lines()[n].user };
    let mates = [of(0, Duty::Driver), of(1, Duty::Reserve), of(2, Duty::Driver), mate(77, Duty::Spotter)];
    let teams = Teams::new(vec![Team { captain: Some(mates[2].user), ..team(1, "Red", &mates) }]);
    let id = teams.all()[0].id;
    let standing = teams.standing(&sheet, &HashSet::new());
    assert_eq!(standing.all()[0].mates, [mates[0], mates[1], mates[3]]);
    assert_eq!(standing.all()[0].captain, None, "whoever isn't there doesn't lead");
    let gone = HashSet::from([mates[3].discord, mates[0].discord]);
    assert_eq!(teams.standing(&sheet, &gone).all()[0].mates, [mates[1]]);
    assert_eq!(teams.missing(id, &sheet, &gone).count(), 3);
    assert_eq!(teams.without_team(&sheet).count(), 0);
    assert_eq!(Teams::default().without_team(&sheet).count(), 2);
}

proptest! {
    #[test]
    fn however_people_move_nobody_is_in_two_teams(
        moves in vec((0_u64..4, 1_u64..12, 0_usize..3, any::<bool>()), 0..40),
    ) {
        let mut teams: Vec<Team> = (0..4).map(|n| team(n, &format!("Team {n}"), &[])).collect();
        for (to, who, duty, leads) in moves {
            let now = Teams::new(teams.clone());
            for mut changed in now.join(teams[usize::try_from(to).unwrap()].id, mate(who, Duty::ALL[duty])).unwrap() {
                if leads && changed.mate(user(who)).is_some() {
                    changed.captain = Some(user(who));
                }
                let place = teams.iter().position(|team| team.id == changed.id).unwrap();
                teams[place] = changed;
            }
            let mut seen = HashSet::new();
            for team in &teams {
                prop_assert!(team.mates.iter().all(|mate| seen.insert(mate.user)), "somebody is in two");
                prop_assert!(team.captain.is_none_or(|captain| team.mate(captain).is_some()));
            }
            prop_assert!(seen.contains(&user(who)));
        }
    }
}

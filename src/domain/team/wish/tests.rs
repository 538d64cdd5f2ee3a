#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::{collection::vec, option, prelude::*};
use twilight_model::id::Id;
use uuid::Uuid;

use super::*;
use crate::{
    domain::{event::Event, signup::SignupState, team::Duty},
    view::testing::{before, event, sheet},
};

const NAMES: [&str; 5] = ["Red", "RED", "Blue", "Green", "White"];

fn id(n: u64) -> TeamId {
    TeamId::new(Uuid::from_u64_pair(8, n))
}

/// An event with six people in GT3, two in GTP, and one who waits for GT3.
fn stage() -> (Event, Sheet) {
    let event = event("GT3\nGTP");
    let people = [(0, SignupState::In, 6), (1, SignupState::Late, 2), (0, SignupState::Waiting, 1)];
    let sheet = sheet(&event, &people);
    (event, sheet)
}

fn mate(sheet: &Sheet, n: usize, duty: Duty) -> Mate {
    let line = &sheet.lines()[n];
    Mate { discord: line.discord, duty, user: line.user }
}

fn wish(event: &Event, name: &str, mates: &[Mate]) -> TeamWish {
    TeamWish {
        captain: None,
        car: None,
        class: event.classes[0].id,
        id: None,
        mates: mates.to_vec(),
        name: TeamName::parse(name).unwrap(),
        number: None,
    }
}

fn overhaul(teams: &Teams, wishes: &[TeamWish], sheet: &Sheet) -> Result<Overhaul, Vec<Misfit>> {
    let mut next = 100;
    teams.overhaul(wishes, sheet, before(), || {
        next += 1;
        id(next)
    })
}

/// The teams once they are overhauled.
fn applied(teams: &Teams, overhaul: &Overhaul) -> Teams {
    let touched = overhaul.changed.iter().chain(&overhaul.disbanded).map(|team| team.id);
    let touched: HashSet<TeamId> = touched.collect();
    let kept = teams.all().iter().filter(|team| !touched.contains(&team.id)).cloned();
    Teams::new(kept.chain(overhaul.changed.iter().cloned()).collect())
}

fn misfits(teams: &Teams, wishes: &[TeamWish], sheet: &Sheet) -> Vec<(usize, Unfit)> {
    let misfits = overhaul(teams, wishes, sheet).unwrap_err();
    misfits.into_iter().map(|misfit| (misfit.team, misfit.what)).collect()
}

#[test]
fn teams_are_made_changed_and_disbanded() {
    let (event, sheet) = stage();
    let driver = |n| mate(&sheet, n, Duty::Driver);
    let (red, blue) = (wish(&event, "Red", &[driver(0), driver(1)]), wish(&event, "Blue", &[driver(2)]));
    let first = overhaul(&Teams::default(), &[red.clone(), blue.clone()], &sheet).unwrap();
    assert_eq!((first.changed.len(), first.changed[0].revision, first.disbanded.len()), (2, 0, 0));
    let teams = applied(&Teams::default(), &first);
    assert_eq!(overhaul(&teams, &[blue.clone(), red.clone()], &sheet), Ok(Overhaul::default()), "sent again");

    let id = teams.named(&red.name).unwrap().id;
    let renamed = TeamWish { id: Some(id), name: blue.name.clone(), ..red };
    let second = overhaul(&teams, std::slice::from_ref(&renamed), &sheet).unwrap();
    assert_eq!((second.changed[0].id, &second.changed[0].name), (id, &blue.name));
    assert_eq!(second.disbanded[0].name, blue.name);
    let third = TeamWish { name: "Red".parse().unwrap(), ..blue.clone() };
    let swapped = overhaul(&teams, &[renamed, third], &sheet).unwrap();
    assert_eq!(swapped.changed.len(), 2);
    assert_eq!(
        swapped.disbanded.len(),
        1,
        "the name is no longer that of a team that isn't named by its identifier"
    );
}

#[test]
fn everything_that_is_in_the_way_is_told() {
    let (event, sheet) = stage();
    let driver = |n| mate(&sheet, n, Duty::Driver);
    let number = |digits: &str| Some(digits.parse().unwrap());
    let stranger =
        Mate { discord: Id::new(5), duty: Duty::Spotter, user: UserId::new(Uuid::from_u64_pair(9, 5)) };
    let red = TeamWish {
        captain: Some(driver(5).user),
        id: Some(id(1)),
        number: number("7"),
        ..wish(&event, "Red", &[driver(0), driver(0), driver(6), driver(8), stranger])
    };
    let again = TeamWish { id: Some(id(1)), number: number("7"), ..wish(&event, "rEd", &[driver(0)]) };
    let name = red.name.clone();
    assert_eq!(
        misfits(&Teams::default(), &[red, again], &sheet),
        [
            (0, Unfit::UnknownTeam),
            (0, Unfit::InTeam(1, name.clone())),
            (0, Unfit::CaptainElsewhere),
            (0, Unfit::NoPlace(2)),
            (0, Unfit::NoPlace(3)),
            (1, Unfit::UnknownTeam),
            (1, Unfit::SameTeam),
            (1, Unfit::NameTaken),
            (1, Unfit::NumberTaken(name.clone())),
            (1, Unfit::InTeam(0, name)),
        ]
    );
    let crowd =
        (0..=MAX_PEOPLE as u64).map(|n| Mate { user: UserId::new(Uuid::from_u64_pair(9, n)), ..stranger });
    let full = wish(&event, "Full", &crowd.collect::<Vec<_>>());
    assert_eq!(misfits(&Teams::default(), &[full], &sheet), [(0, Unfit::Full)]);
    let many: Vec<_> = (0..=MAX_TEAMS).map(|n| wish(&event, &format!("Team {n}"), &[])).collect();
    assert_eq!(misfits(&Teams::default(), &many, &sheet), [(MAX_TEAMS, Unfit::TooMany)]);
    let gtp = TeamWish { class: event.classes[1].id, ..wish(&event, "Protos", &[driver(6), driver(7)]) };
    assert!(overhaul(&Teams::default(), &[gtp], &sheet).is_ok());
}

/// Name, class, identifier, people, number, and whether the first of them leads.
type Drawn = (&'static str, usize, Option<u64>, Vec<(usize, Duty)>, Option<&'static str>, bool);

fn wishes() -> impl Strategy<Value = Vec<TeamWish>> {
    let (event, sheet) = stage();
    let duty = prop::sample::select(Duty::ALL.to_vec());
    let mates = vec((0..sheet.lines().len(), duty), 0..3);
    let number = option::of(prop::sample::select(vec!["7", "07", "8"]));
    let one = (
        prop::sample::select(NAMES.to_vec()),
        0..2_usize,
        option::of(1..4_u64),
        mates,
        number,
        any::<bool>(),
    );
    let wish = move |(name, class, known, mates, number, leads): Drawn| {
        let mates: Vec<Mate> = mates.into_iter().map(|(n, duty)| mate(&sheet, n, duty)).collect();
        TeamWish {
            captain: mates.first().filter(|_| leads).map(|mate| mate.user),
            class: event.classes[class].id,
            id: known.map(id),
            number: number.map(|number| number.parse().unwrap()),
            ..wish(&event, name, &mates)
        }
    };
    vec(one.prop_map(wish), 0..5)
}

/// Teams of an event as they may have come about: of wishes that could be fulfilled, some of them settled.
fn teams() -> impl Strategy<Value = Teams> {
    (wishes(), any::<u8>()).prop_map(|(wishes, settled)| {
        let (_, sheet) = stage();
        let mut next = 0;
        let made = wishes.into_iter().fold(Vec::new(), |made: Vec<TeamWish>, wish| {
            let more: Vec<TeamWish> = made.iter().cloned().chain([TeamWish { id: None, ..wish }]).collect();
            if overhaul(&Teams::default(), &more, &sheet).is_ok() { more } else { made }
        });
        let fresh = || {
            next += 1;
            id(next)
        };
        let made = Teams::default().overhaul(&made, &sheet, before(), fresh).unwrap().changed;
        let settle = |(n, team): (usize, Team)| Team {
            finalized_at: (settled >> n & 1 == 1).then(before),
            revision: 3,
            ..team
        };
        Teams::new(made.into_iter().enumerate().map(settle).collect())
    })
}

proptest! {
    #[test]
    fn teams_become_what_is_wanted_or_stay(teams in teams(), wishes in wishes()) {
        let (_, sheet) = stage();
        let found = match overhaul(&teams, &wishes, &sheet) {
            Ok(found) => found,
            Err(misfits) => {
                prop_assert!(!misfits.is_empty());
                return Ok(());
            }
        };
        let after = applied(&teams, &found);
        prop_assert_eq!(after.all().len(), wishes.len());
        let mut people = HashSet::new();
        for team in after.all() {
            prop_assert_eq!(after.check(team), Ok(()));
            prop_assert!(team.mates.iter().all(|mate| people.insert(mate.user)));
            prop_assert!(team.captain.is_none_or(|captain| team.mate(captain).is_some()));
        }
        for wish in &wishes {
            let team = after.named(&wish.name).unwrap();
            prop_assert_eq!((&team.mates, &team.number, team.class), (&wish.mates, &wish.number, wish.class));
            prop_assert!(wish.id.is_none_or(|id| id == team.id));
            if let Some(known) = teams.get(team.id) {
                prop_assert_eq!((known.finalized_at, known.created_at, known.revision), (team.finalized_at, team.created_at, team.revision));
            }
        }
        for changed in &found.changed {
            prop_assert_ne!(teams.get(changed.id), Some(changed));
        }
        prop_assert_eq!(overhaul(&after, &wishes, &sheet), Ok(Overhaul::default()));
    }
}

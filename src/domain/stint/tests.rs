//! No plan is better than the search says one can be, every plan is as legal as it says, and all that it says is true.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::num::NonZeroU32;

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::domain::availability::Answer;

mod brute;
mod by_hand;
mod claims;
mod data;
mod dump;
mod edits;
mod known;
mod large;
mod logged;
mod long;

fn minutes(number: u16) -> Minutes {
    number.try_into().unwrap()
}

fn count(number: u16) -> Count {
    number.try_into().unwrap()
}

fn percent(number: u16) -> Percent {
    number.try_into().unwrap()
}

/// Answers, an hour a letter: `p`referred, `a`vailable, `n`o, or `?`.
fn answers(text: &str) -> Answers {
    let hours = (0..).zip(text.chars()).filter_map(|(hour, letter)| {
        let answer = match letter {
            'p' => Answer::Preferred,
            'a' => Answer::Available,
            'n' => Answer::No,
            _ => return None,
        };
        Some((Span::new(Ms::hours(hour), Ms::hours(hour + 1)), answer))
    });
    Answers::new(hours).unwrap()
}

/// A declared driver with laps of so many seconds.
fn driver(text: &str, lap: i64) -> Driver {
    Driver {
        answers: answers(text),
        declared: true,
        grade: None,
        lap: Ms::secs(lap),
        likes: Likes::default(),
        role: Role::Both,
    }
}

/// A race of so many hours with a minute's stop, where a tank lasts so many laps.
fn race(hours: i64, laps: u32) -> Race {
    Race {
        class: None,
        day: Day::default(),
        fuel: Fuel::Tank { lap: NonZeroU32::new(1000).unwrap(), tank: NonZeroU32::new(1000 * laps).unwrap() },
        grace: Ms::mins(3),
        length: Length::Time(Ms::hours(hours)),
        pit: Ms::secs(60),
        qualifier: None,
        spotting: false,
        tyre_laps: None,
    }
}

fn problem(race: Race, people: Vec<Driver>, ruleset: Ruleset) -> Problem {
    Problem::new(race, people, ruleset, Progress::default()).unwrap()
}

fn any_driver(hours: usize) -> impl Strategy<Value = Driver> {
    let letter = select(vec!['a', 'a', 'a', 'p', 'p', '?', 'n']);
    let likes =
        any::<(bool, bool, bool)>().prop_map(|(doubles, night, start)| Likes { doubles, night, start });
    let role = select(vec![Role::Both, Role::Both, Role::Both, Role::Drives, Role::Spots]);
    let grade = option::of((0..2_u16).prop_map(Grade));
    (vec(letter, hours), 100..200_i64, likes, role, grade, any::<[bool; 2]>()).prop_map(
        |(letters, lap, likes, role, grade, declared)| Driver {
            declared: declared != [false, false],
            grade,
            lap: Ms::secs(lap),
            likes,
            role,
            ..driver(&letters.into_iter().collect::<String>(), lap)
        },
    )
}

/// A rule that is there now and then.
fn rule<T: std::fmt::Debug + Clone + 'static>(all: Vec<T>) -> impl Strategy<Value = Option<T>> {
    option::weighted(0.12, select(all))
}

fn any_rules() -> impl Strategy<Value = Ruleset> {
    let time = |all: &[u16]| rule(all.iter().copied().map(minutes).collect());
    let number = |all: &[u16]| rule(all.iter().copied().map(count).collect());
    let among = vec![Among::Declared, Among::Driving];
    let fair = rule(vec![10, 25, 60, 100]).prop_flat_map(move |part| {
        let among = select(among.clone());
        among.prop_map(move |among| part.map(|part| FairShare { among, percent: percent(part) }))
    });
    let excess = select(vec![Excess::Deducted, Excess::Forbidden]);
    let share = (rule(vec![30, 50, 70]), excess)
        .prop_map(|(part, excess)| part.map(|part| MaxShare { excess, percent: percent(part) }));
    let time_share = (rule(vec![40, 60]), select(vec![60, 360])).prop_map(|(part, beyond)| {
        part.map(|part| TimeShare { beyond: minutes(beyond), percent: percent(part) })
    });
    let duty =
        (time(&[100, 180]), time(&[150, 300])).prop_map(|(max, within)| max.map(|max| Duty { max, within }));
    let window = (time(&[60, 90]), select(vec![120, 150]))
        .prop_map(|(max, within)| max.map(|max| Window { max, within: minutes(within) }));
    let driving = (time(&[20, 40]), time(&[60, 120]), rule(vec![Grade(0)]), rule(vec![Class(1)]))
        .prop_map(|(min, max, grade, class)| DrivingTime { class, grade, max, min });
    let flags = any::<[[bool; 3]; 3]>().prop_map(|flags| flags.map(|flag| flag == [true; 3]));
    let times = (time(&[50, 90, 150]), time(&[30, 60, 120]), time(&[25, 40, 70]));
    let numbers =
        (number(&[1, 2, 3]), number(&[1, 2, 3]), number(&[1, 2]), number(&[1, 2]), number(&[2, 4, 6]));
    let rest = (duty, window, vec(driving, 0..2), number(&[2, 3, 5]));
    (fair, share, time_share, flags, times, numbers, rest).prop_map(
        |(fair_share, max_share, time_share, flags, times, numbers, rest)| Ruleset {
            continuous: times.0,
            declared_only: flags[0],
            driving_time: rest.2,
            duty: rest.0,
            fair_share,
            max_drivers: numbers.0,
            max_share,
            min_awake: numbers.2,
            min_drivers: numbers.1,
            min_stints: numbers.3,
            min_stops: numbers.4,
            no_spotting_driver: flags[1],
            qualifier_starts: flags[2],
            rest: times.1,
            stint_clock: times.2,
            time_share,
            tyre_sets: rest.3,
            windows: rest.1.into_iter().collect(),
        },
    )
}

fn any_race(people: usize, hours: i64) -> impl Strategy<Value = Race> {
    let pace = select(vec![
        Vec::new(),
        Vec::new(),
        vec![Pace { from_hour: 1, permille: 1100 }, Pace { from_hour: 2, permille: 950 }],
    ]);
    let night = option::of(select(vec![(1, 3), (23, 2)]));
    let length = select(vec![true, true, false]);
    let tank = prop_oneof![
        (14..30_u32).prop_map(|laps| Fuel::Tank {
            lap: NonZeroU32::new(2500).unwrap(),
            tank: NonZeroU32::new(2500 * laps + 700).unwrap()
        }),
        (30..70_i64).prop_map(|time| Fuel::Time(Ms::mins(time)))
    ];
    let other = (option::of(0..people), any::<[bool; 3]>(), option::of(20..50_u32), select(vec![0, 2, 5]));
    (pace, night, length, tank, 20..90_i64, other, option::of(Just(Class(1)))).prop_map(
        move |(pace, night, is_timed, fuel, pit, (qualifier, spotting, tyres, grace), class)| Race {
            class,
            day: Day { green: Ms::mins(30), night, pace },
            fuel,
            grace: Ms::mins(grace),
            length: if is_timed {
                Length::Time(Ms::hours(hours))
            } else {
                Length::Laps(u32::try_from(hours).unwrap() * 25)
            },
            pit: Ms::secs(pit),
            qualifier,
            spotting: spotting == [true; 3],
            tyre_laps: tyres.and_then(NonZeroU32::new),
        },
    )
}

/// A problem of up to four people and a few hours.
fn small() -> impl Strategy<Value = Problem> {
    (1..5_usize, 1..4_usize).prop_flat_map(|(people, hours)| {
        let drivers = vec(any_driver(hours + 1), people);
        let race = any_race(people, i64::try_from(hours).unwrap());
        (race, drivers, any_rules()).prop_filter_map("nobody drives", |(race, drivers, rules)| {
            Problem::new(race, drivers, rules, Progress::default()).ok()
        })
    })
}

/// Little effort, for many problems.
const QUICK: Budget = Budget { seed: 7, steps: 6000 };

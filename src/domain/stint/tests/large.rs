//! A day with many drivers.

use super::*;

/// A day and so many drivers, each of whom sleeps for some hours.
pub(super) fn day(people: usize, spotting: bool) -> Problem {
    let drivers = (0..people).map(|person| {
        let text: String = (0..25)
            .map(|hour| match (hour + person * 5) % 24 {
                0..7 => 'n',
                9..13 => 'p',
                20 => '?',
                _ => 'a',
            })
            .collect();
        let likes = Likes { doubles: person % 2 == 0, night: person % 3 == 0, start: person == 1 };
        Driver { likes, ..driver(&text, 110 + i64::try_from(person).unwrap()) }
    });
    let rules = Ruleset {
        continuous: Some(minutes(150)),
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(25) }),
        min_drivers: Some(count(2)),
        min_awake: Some(count(2)),
        min_stints: Some(count(1)),
        no_spotting_driver: true,
        rest: Some(minutes(60)),
        windows: vec![Window { max: minutes(180), within: minutes(300) }],
        time_share: Some(TimeShare { beyond: minutes(360), percent: percent(60) }),
        ..Ruleset::default()
    };
    let pace = vec![Pace { from_hour: 6, permille: 1000 }, Pace { from_hour: 21, permille: 1015 }];
    let day = Day { green: Ms::hours(14), night: Some((21, 6)), pace };
    problem(Race { day, spotting, ..race(24, 28) }, drivers.collect(), rules)
}

#[test]
fn a_day_with_eight_drivers_is_planned_within_the_budget() {
    for spotting in [false, true] {
        let problem = day(8, spotting);
        let budget = Budget { steps: Budget::STEPS / 8, ..Budget::default() };
        let proposal = propose(&problem, budget);
        assert!(proposal.is_legal(), "{:?}", proposal.violations);
        assert!(proposal.steps <= budget.steps);
        claims::hold(&problem, &proposal);
    }
}

#[test]
fn more_steps_are_never_worse_in_the_end() {
    let problem = day(6, false);
    let scores = [0, 3000, 40_000].map(|steps| {
        let proposal = propose(&problem, Budget { steps, ..Budget::default() });
        assert!(proposal.is_legal() || !proposal.obstacles.is_empty() || steps == 0);
        proposal.score
    });
    assert!(scores.is_sorted_by(|less, more| more <= less), "{scores:?}");
}

#[test]
fn the_same_seed_makes_the_same_plan() {
    let of = |seed| propose(&day(4, true), Budget { seed, steps: 20_000 });
    assert_eq!(of(3), of(3));
    assert_ne!(of(3).plan, of(4).plan);
}

//! An event as large as they come.

use super::*;

/// So many people who sleep at some time, some of whom want others.
fn event(people: usize, hours: usize, classes: usize) -> Problem {
    let drivers = (0..people).map(|person| {
        let asleep = person * 7 % 24;
        let answer = |hour: usize| match (hour + 24 - asleep) % 24 {
            0..6 => 'n',
            6..8 => '?',
            8..12 => 'p',
            _ => 'a',
        };
        let text: String = (0..hours).map(answer).collect();
        Driver {
            car: [Some(Car(0)), Some(Car(1)), None][person * 5 / 7 % 3],
            class: Class((person % classes) as u16),
            partners: if person % 3 == 0 { vec![(person + 2 * classes) % people] } else { Vec::new() },
            place: if person % 9 == 8 { Place::Waiting } else { Place::In },
            ..driver(&text, 1000 + (person * 373 % 3000) as u16)
        }
    });
    let drivers = drivers.collect();
    Problem::new(hours, drivers, rules(2, 6), Vec::new()).unwrap()
}

#[test]
fn sixty_people_over_a_day_are_crewed_within_the_budget() {
    for classes in [4, 1] {
        let problem = event(60, 24, classes);
        let budget = Budget { steps: 150_000, ..Budget::default() };
        let proposal = propose(&problem, budget);
        assert!(proposal.steps <= budget.steps);
        assert_eq!(check(&problem, &proposal), []);
        assert_eq!(proposal.evaluation.score.crewed, proposal.bound().crewed);
    }
}

#[test]
fn more_steps_are_never_worse_in_the_end() {
    let problem = event(30, 64, 1);
    let scores = [0, 1000, 20_000].map(|steps| {
        let proposal = propose(&problem, Budget { steps, ..Budget::default() });
        assert!(proposal.steps <= steps);
        assert_eq!(check(&problem, &proposal), []);
        proposal.evaluation.score
    });
    assert!(scores.is_sorted(), "{scores:?}");
}

#[test]
fn whoever_cannot_be_crewed_is_no_matter() {
    for problem in [
        Problem::new(1, Vec::new(), Rules::default(), Vec::new()).unwrap(),
        Problem::new(2, vec![driver("nn", 1000)], Rules::default(), Vec::new()).unwrap(),
        Problem::new(64, vec![driver("aa", 1000)], Rules::default(), Vec::new()).unwrap(),
    ] {
        let proposal = propose(&problem, Budget::default());
        assert!(proposal.is_optimal());
        assert_eq!(proposal.evaluation.score.crewed, 0);
        assert_eq!(check(&problem, &proposal), []);
    }
}

#[test]
fn a_rule_that_nobody_can_keep_to_is_no_matter() {
    let rules = Rules { awake: Awake { capped: false, drivers: usize::MAX }, ..rules(2, 6) };
    let problem = event(20, 24, 1);
    let problem = Problem::new(24, problem.drivers().to_vec(), rules, vec![group(&[0, 1])]).unwrap();
    let proposal = propose(&problem, Budget::default());
    assert!(proposal.is_optimal());
    assert_eq!(proposal.evaluation.score.crewed, 0);
    assert_eq!(check(&problem, &proposal), []);
}

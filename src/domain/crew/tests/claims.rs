//! What is said about proposals is true, and what is false is found out.

use super::*;

/// A problem of up to 14 people, more than are tried in every way.
fn middling() -> impl Strategy<Value = Problem> {
    (6..15_usize, 4..13_usize).prop_flat_map(|(people, hours)| {
        (vec(any_driver(people, hours), people), any_rules(), any_pins(people))
            .prop_map(move |(drivers, rules, pins)| Problem::new(hours, drivers, rules, pins).unwrap())
    })
}

fn given_places(problem: &Problem, people: &[Person]) -> Problem {
    let mut drivers = problem.drivers().to_vec();
    people.iter().for_each(|person| drivers[*person].place = Place::In);
    Problem::new(problem.hours(), drivers, problem.rules().clone(), problem.pinned().to_vec()).unwrap()
}

fn obstacles(problem: &Problem) -> Vec<Obstacle> {
    propose(problem, Budget { steps: 3000, ..Budget::default() }).evaluation.obstacles
}

/// Whether an obstacle is gone, or at least where it was said to be, once those who would help have places.
fn is_removed(problem: &Problem, obstacle: &Obstacle) -> bool {
    match obstacle {
        Obstacle::Uncovered { class, car, hours, able, needed, would_help } => {
            if would_help.len() < needed - able {
                return true;
            }
            let problem = given_places(problem, &would_help[..needed - able]);
            let could = |one: &&Driver| {
                let shares = car.is_none() || one.car.is_none() || one.car == *car;
                one.class == *class && one.place == Place::In && shares
            };
            let drivers = || problem.drivers().iter().filter(could);
            hours.hours().all(|hour| drivers().filter(|one| one.answers.can(hour)).count() >= *needed)
        }
        Obstacle::TooFew { class, car, people, min, would_help } => {
            let missing = min - people;
            let still = |problem: &Problem| {
                let is_same = |one: &Obstacle| matches!(one, Obstacle::TooFew { class: c, car: a, .. } if (c, a) == (class, car));
                obstacles(problem).iter().any(is_same)
            };
            would_help.len() < missing || !still(&given_places(problem, &would_help[..missing]))
        }
        Obstacle::SizesDontFit { class, missing: Some(missing), would_help, .. } => {
            let still = |problem: &Problem| {
                let is_same =
                    |one: &Obstacle| matches!(one, Obstacle::SizesDontFit { class: c, .. } if c == class);
                obstacles(problem).iter().any(is_same)
            };
            would_help.len() < *missing || !still(&given_places(problem, &would_help[..*missing]))
        }
        Obstacle::LeftOver { would_help, .. } => would_help.iter().all(|help| {
            let crew = evaluate(
                &given_places(problem, &[help.person]),
                &Arrangement {
                    crews: vec![Group { class: problem.drivers()[help.person].class, ..group(&help.crew) }],
                },
            );
            crew.unwrap().crews[0].is_legal()
        }),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn all_that_a_proposal_says_is_true(problem in middling()) {
        let proposal = propose(&problem, Budget { steps: 20_000, ..Budget::default() });
        prop_assert_eq!(check(&problem, &proposal), []);
        prop_assert!(proposal.evaluation.score <= proposal.bound());
        for obstacle in &proposal.evaluation.obstacles {
            prop_assert!(is_removed(&problem, obstacle), "{:?}", obstacle);
        }
    }

    #[test]
    fn the_same_input_has_the_same_proposal(problem in middling(), seed in any::<u64>()) {
        let budget = Budget { seed, steps: 2000 };
        prop_assert_eq!(propose(&problem, budget), propose(&problem, budget));
    }

    #[test]
    fn whoever_moves_keeps_all_that_is_said_true(
        problem in middling(),
        moves in vec((any::<prop::sample::Index>(), 0..4_usize), 0..14),
    ) {
        let proposal = propose(&problem, Budget { steps: 1000, ..Budget::default() });
        let group = |crew: &Crew| Group { car: None, class: crew.class, people: crew.people.clone() };
        let mut crews: Vec<Group> = proposal.evaluation.crews.iter().map(group).collect();
        crews.push(Group { car: None, class: Class(0), people: Vec::new() });
        for (who, to) in moves {
            let person = who.index(problem.drivers().len());
            crews.iter_mut().for_each(|crew| crew.people.retain(|one| *one != person));
            let to = to % crews.len();
            crews[to].people.push(person);
        }
        let evaluation = evaluate(&problem, &Arrangement { crews }).unwrap();
        prop_assert_eq!(check_evaluation(&problem, &evaluation), []);
    }

    #[test]
    fn whoever_steps_in_makes_a_legal_crew(problem in middling()) {
        let proposal = propose(&problem, Budget { steps: 2000, ..Budget::default() });
        let group = |crew: &Crew| Group { car: crew.car, class: crew.class, people: crew.people.clone() };
        let crews: Vec<Group> = proposal.evaluation.crews.iter().map(group).collect();
        for (at, crew) in crews.iter().enumerate() {
            let leaver = crew.people[0];
            for stand_in in stand_ins(&problem, &Arrangement { crews: crews.clone() }, at, Some(leaver)).unwrap() {
                let mut after = crews.clone();
                after.iter_mut().for_each(|crew| crew.people.retain(|one| *one != stand_in.person && *one != leaver));
                after[at].people.push(stand_in.person);
                let problem = given_places(&problem, &[stand_in.person]);
                let evaluation = evaluate(&problem, &Arrangement { crews: after }).unwrap();
                let is_theirs = |crew: &&Crew| crew.people.contains(&stand_in.person);
                let crew = evaluation.crews.iter().find(is_theirs).unwrap();
                prop_assert!(crew.is_legal(), "{:?} {:?}", stand_in, crew);
            }
        }
    }
}

#[test]
fn what_is_false_is_found_out() {
    let drivers =
        vec![driver("aaaa", 1000), driver("aaaa", 2000), driver("aan?", 3000), driver("nnaa", 1500)];
    let problem = Problem::new(4, drivers, rules(2, 3), Vec::new()).unwrap();
    let proposal = propose(&problem, Budget::default());
    assert_eq!(check(&problem, &proposal), []);

    let mut one = proposal.clone();
    one.evaluation.score.crewed += 1;
    assert_eq!(check(&problem, &one), [Untrue::Score, Untrue::Bound]);

    let mut one = proposal.clone();
    let moved = one.evaluation.crews[0].people.pop().unwrap();
    let untrue = check(&problem, &one);
    assert!(untrue.contains(&Untrue::NotOnce(moved)), "{untrue:?}");
    assert!(untrue.contains(&Untrue::Crew(0)), "{untrue:?}");

    let mut one = proposal.clone();
    one.evaluation.crews[0].why.push(Why::Together(0, 1));
    assert_eq!(check(&problem, &one), [Untrue::Why(0, Why::Together(0, 1))]);

    let mut one = proposal.clone();
    let left = &mut one.evaluation.left_out[0];
    left.reason = Reason::NoLegalCrew(Certainty::Proven);
    let left = left.clone();
    assert_eq!(check(&problem, &one), [Untrue::Reason(left)]);

    let mut one = proposal;
    let hours = Span { from: 0, to: 1 };
    let (class, car) = (Class(0), None);
    one.evaluation.obstacles =
        vec![Obstacle::Uncovered { class, car, hours, able: 1, needed: 2, would_help: Vec::new() }];
    assert_eq!(check(&problem, &one), [Untrue::Obstacle(one.evaluation.obstacles[0].clone())]);
}

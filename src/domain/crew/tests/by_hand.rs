//! Crews that the organisers pin, change, and make up for.

use super::{
    dump::{dump, score},
    *,
};

const NAMES: [&str; 8] = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal"];

fn eight() -> Vec<Driver> {
    let texts = ["aaaann", "nnaaaa", "aaaaaa", "aaaaaa", "aaaann", "nnaaaa", "aapaaa", "aaaaaa"];
    let drivers = texts.iter().zip([3000, 1500, 2000, 2600, 1800, 2400, 2200, 1000]);
    let mut drivers: Vec<Driver> = drivers.map(|(text, rating)| driver(text, rating)).collect();
    drivers[0].partners = vec![1];
    drivers[7].place = Place::Waiting;
    drivers
}

fn problem(pins: Vec<Group>) -> Problem {
    Problem::new(6, eight(), rules(3, 4), pins).unwrap()
}

#[test]
fn who_is_pinned_stays() {
    let problem = problem(vec![group(&[0, 4]), group(&[1])]);
    let proposal = propose(&problem, Budget::default());
    assert_eq!(check(&problem, &proposal), []);
    insta::assert_snapshot!(dump(&proposal.evaluation, &NAMES), @"
    crewed 7, split 1, spread 2/1, slack 0, preferred 1
    class 0, any car, pinned 0: ada cyd eve fay | 334422
      ada without bob: OtherCrew
      at least 2 of 2 needed, 04–06
      rating 2300, class 2214
    class 0, any car, pinned 1: bob dan gus | 223333
      at least 2 of 2 needed, 00–02
      rating 2100, class 2214
    out: hal: NoPlace(Waiting)
    ");
}

#[test]
fn a_pinned_crew_that_cannot_be_legal_stays_with_its_faults() {
    let mut drivers = eight();
    drivers[2].car = Some(Car(1));
    drivers[3].car = Some(Car(2));
    let problem = Problem::new(6, drivers, rules(3, 4), vec![group(&[2, 3])]).unwrap();
    let proposal = propose(&problem, Budget::default());
    assert_eq!(check(&problem, &proposal), []);
    let crew = &proposal.evaluation.crews[0];
    assert_eq!((crew.people.as_slice(), crew.pinned), (&[2, 3][..], Some(0)));
    let too_few = Fault::TooFew { people: 2, min: 3 };
    assert_eq!(crew.faults, [Fault::Cars(vec![Car(1), Car(2)]), too_few]);
}

#[test]
fn a_move_in_the_preview_shows_what_it_costs() {
    let problem = problem(Vec::new());
    let best = propose(&problem, Budget::default());
    let mut crews: Vec<Group> = best.evaluation.crews.iter().map(|crew| group(&crew.people)).collect();
    let moved = crews[0].people.pop().unwrap();
    crews[1].people.push(moved);
    let evaluation = evaluate(&problem, &Arrangement { crews }).unwrap();
    assert_eq!(check_evaluation(&problem, &evaluation), []);
    insta::assert_snapshot!(format!("{}\n{}", score(best.evaluation.score), dump(&evaluation, &NAMES)), @"
    crewed 7, split 0, spread 0/1, slack 0, preferred 1
    crewed 4, split 0, spread 0/0, slack 1, preferred 1
    class 0, any car: ada bob eve | 223311
      ! Uncovered { hours: Span { from: 4, to: 6 }, able: 1, needed: 2 }
      ada with bob
      at least 1 of 2 needed, 04–06
      rating 2100, class 2214
    class 0, any car: cyd dan fay gus | 334444
      at least 3 of 2 needed, 00–02
      rating 2300, class 2214
    out: hal: NoPlace(Waiting)
    ");
}

#[test]
fn whoever_is_left_out_steps_in_first() {
    let arrangement = Arrangement { crews: vec![group(&[0, 1, 2]), group(&[4, 5, 6])] };
    let stand_ins = stand_ins(&problem(Vec::new()), &arrangement, 0, Some(2)).unwrap();
    let lines: Vec<String> = stand_ins.iter().map(|one| format!("{}: {one:?}", NAMES[one.person])).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    dan: StandIn { able: 2, from: LeftOut, partners: 0, person: 3, preferred: 0, rating_change: Some(200), unanswered: 0 }
    hal: StandIn { able: 2, from: Waiting, partners: 0, person: 7, preferred: 0, rating_change: Some(-334), unanswered: 0 }
    ");
}

#[test]
fn nobody_steps_in_for_somebody_who_is_not_there() {
    let arrangement = Arrangement { crews: vec![group(&[0, 1, 2])] };
    assert_eq!(stand_ins(&problem(Vec::new()), &arrangement, 0, Some(3)), Ok(Vec::new()));
    assert_eq!(stand_ins(&problem(Vec::new()), &arrangement, 1, Some(0)), Ok(Vec::new()));
    let arrangement = Arrangement { crews: vec![group(&[0, 99])] };
    assert_eq!(stand_ins(&problem(Vec::new()), &arrangement, 0, Some(0)), Err(BadProblem::UnknownPerson(99)));
}

#[test]
fn what_is_no_problem_is_refused() {
    let refused = |hours, drivers, pins| Problem::new(hours, drivers, rules(2, 4), pins).err();
    assert_eq!(refused(0, eight(), vec![]), Some(BadProblem::Hours(0)));
    assert_eq!(refused(65, eight(), vec![]), Some(BadProblem::Hours(65)));
    assert_eq!(refused(64, eight(), vec![]), None);
    assert_eq!(refused(6, eight(), vec![group(&[8])]), Some(BadProblem::UnknownPerson(8)));
    assert_eq!(refused(6, eight(), vec![group(&[1]), group(&[2, 1])]), Some(BadProblem::Twice(1)));
    assert_eq!(refused(6, eight(), vec![group(&[])]), Some(BadProblem::NobodyPinned(0)));
    let wants_nobody = vec![Driver { partners: vec![1], ..driver("a", 1000) }];
    assert_eq!(refused(1, wants_nobody, vec![]), Some(BadProblem::UnknownPerson(1)));
    assert_eq!(Sizes::new(0, 2), Err(BadSizes { min: 0, max: 2 }));
    assert_eq!(Sizes::new(3, 2), Err(BadSizes { min: 3, max: 2 }));
    assert_eq!(Sizes::new(2, 17), Err(BadSizes { min: 2, max: 17 }));
}

#[test]
fn sizes_and_the_grid_are_in_the_way() {
    let seven = || (0..7).map(|_| driver("aa", 1000)).collect::<Vec<_>>();
    let mut drivers = seven();
    drivers.push(Driver { place: Place::Waiting, ..driver("an", 1000) });
    let problem = Problem::new(2, drivers, rules(4, 6), Vec::new()).unwrap();
    let obstacles = propose(&problem, Budget::default()).evaluation.obstacles;
    let would_help = vec![7];
    let class = Class(0);
    assert_eq!(
        obstacles,
        [Obstacle::SizesDontFit { class, people: 7, seats: 6, missing: Some(1), would_help }]
    );

    let rules = Rules { grid: BTreeMap::from([(class, 1)]), ..rules(2, 4) };
    let problem = Problem::new(2, seven(), rules, Vec::new()).unwrap();
    let proposal = propose(&problem, Budget::default());
    assert!(proposal.is_optimal());
    assert_eq!(proposal.evaluation.obstacles, [Obstacle::GridFull { class, crews: 1, seats: 4, people: 7 }]);

    let two = Arrangement { crews: vec![group(&[0, 1, 2, 3]), group(&[4, 5, 6])] };
    let obstacles = evaluate(&problem, &two).unwrap().obstacles;
    assert_eq!(obstacles, [Obstacle::TooManyCrews { class, crews: 2, limit: 1 }]);
}

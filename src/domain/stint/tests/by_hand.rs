//! Each rule by itself: plans by hand that break it, and ones that just don't.

use super::*;

/// What is wrong with a race of six hours, where each of two drivers with laps of two minutes drives so many laps in turn.
fn wrong(rules: Ruleset, laps: &[u32]) -> Vec<Violation> {
    wrong_with(rules, race(6, 60), laps)
}

fn wrong_with(rules: Ruleset, race: Race, laps: &[u32]) -> Vec<Violation> {
    let people = vec![driver("aaaaaaa", 120), Driver { grade: Some(Grade(1)), ..driver("aaaaaaa", 120) }];
    let problem = problem(race, people, rules);
    let legs = laps.iter().enumerate();
    let legs: Vec<Leg> = legs
        .map(|(at, laps)| Leg { driver: at % 2, laps: Some(*laps), spotter: Some((at + 1) % 2) })
        .collect();
    evaluate(&problem, &legs).violations
}

#[test]
fn shares() {
    let fair = |among, part| Ruleset {
        fair_share: Some(FairShare { among, percent: percent(part) }),
        ..Ruleset::default()
    };
    // 180 laps and three stops of half a lap: 179 laps. A quarter of an equal share is 22.375, rounded up 23.
    let laps = [60, 12, 60, 10, 50];
    let short = |laps, least| Violation::FairShare { person: 1, laps, least };
    assert_eq!(wrong(fair(Among::Declared, 25), &laps), [short(22, 23)]);
    assert_eq!(wrong(fair(Among::Declared, 25), &[60, 13, 60, 10, 50]), []);
    assert_eq!(wrong(fair(Among::Driving, 25), &laps), [short(22, 23)]);
    let most =
        |excess| Ruleset { max_share: Some(MaxShare { excess, percent: percent(70) }), ..Ruleset::default() };
    let found = wrong(most(Excess::Forbidden), &laps);
    assert!(matches!(found[..], [Violation::MaxShare { person: 0, laps: 156, most: 124 }]), "{found:?}");
    assert_eq!(wrong(most(Excess::Deducted), &laps), []);
    let time = |beyond| Ruleset {
        time_share: Some(TimeShare { beyond: minutes(beyond), percent: percent(60) }),
        ..Ruleset::default()
    };
    assert_eq!(wrong(time(360), &laps), []);
    let (time_driven, most) = (Ms::mins(312), Ms::mins(216));
    assert_eq!(wrong(time(359), &laps), [Violation::TimeShare { person: 0, time: time_driven, most }]);
}

#[test]
fn stints_and_rest() {
    let laps = [35, 36, 35, 36, 35, 36];
    let clock = Ruleset { stint_clock: Some(minutes(70)), ..Ruleset::default() };
    let (time, most) = (Ms::mins(72), Ms::mins(70));
    let over = |stint| Violation::StintClock { stint, time, most };
    assert_eq!(wrong(clock, &laps), [over(1), over(3)]);
    let rest = |least| Ruleset { rest: Some(minutes(least)), ..Ruleset::default() };
    assert_eq!(wrong(rest(72), &laps), []);
    let found = wrong(rest(74), &laps);
    let short = |stint| Violation::Rest { person: 1, stint, time: Ms::mins(72), least: Ms::mins(74) };
    assert_eq!(found, [short(3), short(5)]);
    let window =
        Ruleset { windows: vec![Window { max: minutes(100), within: minutes(200) }], ..Ruleset::default() };
    let found = wrong(window, &laps);
    assert!(found.iter().all(|one| one.rule() == Some(Rule::Window(0))) && found.len() == 2, "{found:?}");
}

#[test]
fn a_double_stint_counts_as_one() {
    let rules = |most| Ruleset { continuous: Some(minutes(most)), ..Ruleset::default() };
    let plan = |most| {
        let problem = problem(race(3, 60), vec![driver("aaa", 120), driver("aaa", 120)], rules(most));
        let leg = |driver| Leg { driver, laps: Some(30), spotter: None };
        evaluate(&problem, &[leg(0), leg(0), leg(1)]).violations
    };
    assert_eq!(plan(121), []);
    let (time, most) = (Ms::mins(121), Ms::mins(120));
    assert_eq!(plan(120), [Violation::Continuous { person: 0, stint: 0, time, most }]);
}

#[test]
fn driving_time_is_by_class_and_grade() {
    let time = |class: Option<u16>, grade: Option<u16>| DrivingTime {
        class: class.map(Class),
        grade: grade.map(Grade),
        max: Some(minutes(200)),
        min: Some(minutes(100)),
    };
    let rules = |time| Ruleset { driving_time: vec![time], ..Ruleset::default() };
    let laps = [60, 20, 60, 20, 30];
    let found =
        |time| -> Vec<_> { wrong(rules(time), &laps).iter().map(|one| (one.rule(), one.person())).collect() };
    let (most, least) = ((Some(Rule::DrivingTimeMax(0)), Some(0)), (Some(Rule::DrivingTimeMin(0)), Some(1)));
    assert_eq!(found(time(None, None)), [most, least]);
    assert_eq!(found(time(None, Some(1))), [least]);
    assert_eq!(found(time(None, Some(2))), []);
    assert_eq!(found(time(Some(1), None)), []);
    let race = Race { class: Some(Class(1)), ..race(6, 60) };
    assert_eq!(wrong_with(rules(time(Some(1), Some(1))), race, &laps).len(), 1);
}

#[test]
fn numbers_of_people_stops_and_tyres() {
    let laps = [60, 60, 60];
    let rules = Ruleset {
        max_drivers: Some(count(1)),
        min_drivers: Some(count(3)),
        min_stints: Some(count(2)),
        min_stops: Some(count(3)),
        tyre_sets: Some(count(2)),
        min_awake: Some(count(3)),
        ..Ruleset::default()
    };
    let found = wrong(rules.clone(), &laps);
    let rules_of = |found: &[Violation]| found.iter().filter_map(Violation::rule).collect::<Vec<_>>();
    let all = [Rule::MaxDrivers, Rule::TyreSets, Rule::MinDrivers, Rule::MinStints, Rule::MinStops];
    let broken = rules_of(&found);
    assert!(all.iter().all(|rule| broken.contains(rule)), "{broken:?}");
    assert_eq!(broken.iter().filter(|rule| **rule == Rule::MinAwake).count(), 6);
    let tyres = NonZeroU32::new(120);
    let found = wrong_with(rules, Race { tyre_laps: tyres, ..race(6, 60) }, &laps);
    assert!(!rules_of(&found).contains(&Rule::TyreSets));
}

#[test]
fn who_may_drive_start_and_spot() {
    let people = vec![Driver { declared: false, ..driver("aa", 120) }, driver("an", 120)];
    let rules = Ruleset {
        declared_only: true,
        duty: Some(Duty { max: minutes(100), within: None }),
        no_spotting_driver: true,
        qualifier_starts: true,
        ..Ruleset::default()
    };
    let problem = problem(Race { qualifier: Some(1), ..race(2, 30) }, people, rules);
    let leg = |driver, spotter| Leg { driver, laps: Some(30), spotter };
    let found = evaluate(&problem, &[leg(0, Some(1)), leg(1, Some(1))]).violations;
    let expected = [
        Violation::Absent { person: 1, stint: 1, time: Ms::mins(59) },
        Violation::DrivesAndSpots { stint: 1 },
        Violation::QualifierStarts { qualifier: 1, starter: 0 },
        Violation::Undeclared { person: 0 },
        Violation::Duty { person: 1, time: Ms::mins(180), most: Ms::mins(100) },
    ];
    assert!(expected.iter().all(|one| found.contains(one)), "{found:?}");
    assert_eq!(found.len(), expected.len());
}

#[test]
fn what_no_rule_demands() {
    let problem = problem(
        race(2, 30),
        vec![driver("aa", 120), Driver { role: Role::Spots, ..driver("aa", 120) }],
        Ruleset::default(),
    );
    let leg = |driver, laps| Leg { driver, laps: Some(laps), spotter: None };
    assert_eq!(
        evaluate(&problem, &[leg(0, 31), leg(0, 10)]).violations,
        [Violation::Fuel { stint: 0 }, Violation::Unfinished]
    );
    let found = evaluate(&problem, &[leg(0, 30), leg(1, 10), leg(9, 30)]).violations;
    let theirs = |person, stint| Violation::NotTheirs { person, stint };
    assert_eq!(found, [theirs(1, 1), theirs(9, 2)]);
    let mut plan = propose(&problem, Budget::default()).plan;
    plan.stints[1].start = plan.stints[1].start + Ms::secs(1);
    assert_eq!(check(&problem, &plan), [Violation::Timing { stint: 1 }]);
}

#[test]
fn there_is_no_such_problem() {
    let bad = |race: Race, people: Vec<Driver>| {
        Problem::new(race, people, Ruleset::default(), Progress::default()).unwrap_err()
    };
    let one = || vec![driver("a", 120)];
    assert_eq!(bad(race(0, 30), one()), BadProblem::Length);
    assert_eq!(bad(Race { pit: Ms::hours(2), ..race(1, 30) }, one()), BadProblem::Pit);
    assert_eq!(bad(race(24, 1), one()), BadProblem::TooManyStints(480));
    assert_eq!(bad(race(1, 30), vec![driver("a", 1)]), BadProblem::Lap(0));
    assert_eq!(bad(race(1, 30), Vec::new()), BadProblem::NobodyDrives);
    assert_eq!(bad(race(1, 30), vec![driver("a", 120); 17]), BadProblem::TooMany(17));
    assert_eq!(bad(Race { qualifier: Some(1), ..race(1, 30) }, one()), BadProblem::UnknownPerson(1));
    let day = Day { night: Some((24, 2)), ..Day::default() };
    assert_eq!(bad(Race { day, ..race(1, 30) }, one()), BadProblem::Day);
    assert!(Answers::new([(Span::new(Ms::ZERO, Ms::ZERO), Answer::No)]).is_err());
}

#[test]
fn what_is_beyond_all_bounds_is_refused() {
    let problem = problem(race(2, 30), vec![driver("aa", 120)], Ruleset::default());
    let stint = Driven { driver: 0, end: Ms::hours(1), laps: 30, spotter: None, start: Ms::ZERO };
    let after = |stint: Driven, next| problem.after(Progress { next, stints: vec![stint] }).unwrap_err();
    let end = Ms::millis(i64::MAX);
    assert_eq!(after(Driven { laps: u32::MAX, ..stint }, Ms::hours(1)), BadProblem::Order(0));
    assert_eq!(after(Driven { laps: 0, ..stint }, Ms::hours(1)), BadProblem::Order(0));
    assert_eq!(after(Driven { start: Ms::secs(-1), ..stint }, Ms::hours(1)), BadProblem::Order(0));
    assert_eq!(after(stint, Ms::mins(59)), BadProblem::Order(1));
    assert_eq!(after(stint, end), BadProblem::Order(1));
    assert_eq!(after(Driven { driver: 1, ..stint }, Ms::hours(1)), BadProblem::UnknownPerson(1));
    let plan = propose(&problem, Budget { steps: u64::MAX, ..Budget::default() }).plan;
    assert_eq!(shift(&problem, &plan, end, Ms::ZERO), Err(BadEdit::NoStintEnds));
    let endless = Leg { driver: usize::MAX, laps: Some(u32::MAX), spotter: Some(usize::MAX) };
    assert!(!evaluate(&problem, &[endless, endless]).violations.is_empty());
    let later = problem.with_green_later(end).with_green_later(Ms::millis(i64::MIN));
    claims::hold(&later, &propose(&later, QUICK));
}

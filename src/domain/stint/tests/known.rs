//! Plans for races as there are, for people to read.

use super::{dump::dump, *};

const NAMES: [&str; 5] = ["Ana", "Ben", "Cho", "Dee", "Eli"];

fn read(problem: &Problem) -> (Proposal, String) {
    let proposal = propose(problem, Budget { steps: Budget::STEPS / 3, ..Budget::default() });
    claims::hold(problem, &proposal);
    let text = dump(&proposal, &NAMES);
    (proposal, text)
}

fn usual() -> Ruleset {
    Ruleset {
        continuous: Some(minutes(150)),
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(25) }),
        min_drivers: Some(count(2)),
        no_spotting_driver: true,
        ..Ruleset::default()
    }
}

fn six_hours() -> Problem {
    let ben = Driver { likes: Likes { start: true, ..Likes::default() }, ..driver("aaaaaa?", 119) };
    let people = vec![driver("aappaaa", 118), ben, driver("aaaannn", 123)];
    problem(Race { spotting: true, ..race(6, 26) }, people, usual())
}

#[test]
fn six_hours_with_three_drivers() {
    let (proposal, text) = read(&six_hours());
    assert!(proposal.is_legal());
    insta::assert_snapshot!(text);
}

/// From 14:00 at the track on. Most are from Europe, and one from New Zealand, who is up at night but works by day.
fn a_day() -> Problem {
    let europe = |likes| Driver { likes, ..driver("aaaaaaaapp?nnnnnnnaaappaa", 121) };
    let doubles = Likes { doubles: true, ..Likes::default() };
    let far = driver("nnnnnnnnaaaaaaapppaannnnn", 123);
    let far = Driver { likes: Likes { night: true, ..doubles }, ..far };
    let west = driver("nnaaaaaaaaaaaaaaannnnnaaa", 119);
    let people = vec![europe(doubles), europe(Likes::default()), far, west, europe(doubles)];
    let day = Day { green: Ms::hours(14), night: Some((21, 6)), pace: Vec::new() };
    problem(Race { day, ..race(24, 27) }, people, usual())
}

#[test]
fn a_day_with_five_drivers_over_zones() {
    let (proposal, text) = read(&a_day());
    assert!(proposal.is_legal());
    insta::assert_snapshot!(text);
}

#[test]
fn a_day_with_five_drivers_over_zones_and_a_gap() {
    // Who is awake in Europe's night isn't enough, once the one in the west sleeps too.
    let day = a_day();
    let mut people = day.people().to_vec();
    people[2].answers = answers("nnnnnnnnaannnaapppaannnnn");
    people[3].answers = answers("nnaaaaaaaaannaaaannnnnaaa");
    let (proposal, text) = read(&problem(day.race().clone(), people, usual()));
    assert!(!proposal.is_legal());
    insta::assert_snapshot!(text);
}

#[test]
fn a_day_with_one_driver() {
    let problem = problem(race(24, 30), vec![driver("aaaaaaaaaaaaaaaaaaaaaaaaa", 120)], usual());
    let (proposal, text) = read(&problem);
    assert!(!proposal.is_legal());
    insta::assert_snapshot!(text);
}

#[test]
fn nobody_from_two_to_six() {
    let people = vec![driver("aannnnaaa", 120), driver("apnnnnaaa", 121), driver("aannnnapp", 122)];
    let (proposal, text) = read(&problem(race(8, 27), people, Ruleset::default()));
    assert!(!proposal.is_legal());
    insta::assert_snapshot!(text);
}

#[test]
fn a_ruleset_that_contradicts_itself() {
    let rules = Ruleset { max_drivers: Some(count(2)), min_drivers: Some(count(3)), ..usual() };
    let rules = Ruleset { fair_share: None, ..rules };
    let people = vec![driver("aaaa", 120), driver("aaaa", 121), driver("aaaa", 122)];
    let (proposal, text) = read(&problem(race(3, 27), people, rules));
    let Some(Obstacle::AnyOf(removals)) = proposal.obstacles.first() else { panic!("two rules") };
    let causes: Vec<Cause> = removals.iter().map(|removal| removal.cause).collect();
    for rule in [Rule::MinDrivers, Rule::MaxDrivers] {
        assert!(causes.contains(&Cause::Rule(rule)));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_driver_drops_out() {
    let planned = propose(&six_hours(), Budget::default()).plan;
    let at = planned.stints[2].end;
    let shifted = shift(&six_hours(), &planned, at, Ms::mins(2)).unwrap();
    let (problem, gone) = (shifted.problem, planned.stints[1].driver);
    let mut people = problem.people().to_vec();
    people[gone].answers = people[gone].answers.with(Span::new(at, Ms::hours(7)), Answer::No);
    let problem =
        Problem::new(problem.race().clone(), people, problem.ruleset().clone(), problem.progress().clone());
    let (proposal, text) = read(&problem.unwrap());
    assert!(proposal.plan.to_come().iter().all(|stint| stint.driver != gone));
    insta::assert_snapshot!(text);
}

#[test]
fn a_green_flag_forty_minutes_late() {
    let problem = six_hours().with_green_later(Ms::mins(40));
    let (proposal, text) = read(&problem);
    assert!(proposal.is_legal());
    insta::assert_snapshot!(text);
}

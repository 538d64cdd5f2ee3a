//! Cases to read.

use super::{dump::dump, *};

/// Proposes for people given a line each: name, place, car, rating, answers, partners.
fn people(lines: &[&'static str]) -> (Vec<&'static str>, Vec<Driver>) {
    let names: Vec<&str> = lines.iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    let driver = |line: &&str| {
        let mut words = line.split_whitespace().skip(1);
        let mut word = || words.next().unwrap();
        let place = match word() {
            "in" => Place::In,
            "waiting" => Place::Waiting,
            _ => Place::Tentative,
        };
        let car = word().parse().ok().map(Car);
        let rating = word().parse().ok();
        let answers = answers(word());
        let partner = |name| names.iter().position(|one| *one == name).unwrap();
        Driver { answers, car, class: Class(0), partners: words.map(partner).collect(), place, rating }
    };
    let drivers = lines.iter().map(driver).collect();
    (names, drivers)
}

fn proposed(lines: &[&'static str], rules: Rules) -> String {
    let (names, drivers) = people(lines);
    let hours = lines[0].split_whitespace().nth(4).unwrap().len();
    let problem = Problem::new(hours, drivers, rules, Vec::new()).unwrap();
    let proposal = propose(&problem, Budget::default());
    assert_eq!(check(&problem, &proposal), []);
    let optimal = if proposal.is_optimal() { "nothing is better" } else { "there may be better" };
    format!("{}{optimal}\n", dump(&proposal.evaluation, &names))
}

#[test]
fn a_good_one() {
    insta::assert_snapshot!(proposed(&[
        "ada   in - 3200 ppaaaannnnaa bob",
        "bob   in - 1800 aaaaaappaann",
        "cyd   in - 2900 nnaappaaaaaa",
        "dan   in - 2100 aannaaaappaa eve",
        "eve   in - 2500 aaaann??aapp dan",
        "fay   in - 2400 aaaaaaaannpp",
        "gus   in -    - ppaannaaaaaa ada",
        "hal   in - 2700 aaaaaaaaaaaa",
    ], rules(3, 5)), @"
    crewed 8, split 0, spread 0/0, slack 1, preferred 10
    class 0, any car: ada bob gus hal | 444433333333
      ada with bob
      ada with gus
      at least 3 of 2 needed, 04–12
      rating 2567, class 2514
    class 0, any car: cyd dan eve fay | 333333443344
      dan with eve
      at least 3 of 2 needed, 00–06
      rating 2475, class 2514
    nothing is better
    ");
}

#[test]
fn a_gap_in_the_night_that_the_waiting_list_fills() {
    insta::assert_snapshot!(proposed(&[
        "ada in        - 3200 aaaannnnaaaa",
        "bob in        - 1800 aaaaannnnaaa",
        "cyd in        - 2900 aaannnnnaaaa",
        "dan in        - 2100 aaaaaaaaaaaa",
        "eve waiting   - 2500 aaaaaaaannnn",
        "fay tentative - 2400 nnnnaaaannnn",
        "gus waiting   - 1500 aaaannnnaaaa",
    ], rules(2, 4)), @"
    crewed 0, split 0, spread 0/0, slack 0, preferred 0
    out: ada: NoLegalCrew(Proven)
    out: bob: NoLegalCrew(Proven)
    out: cyd: NoLegalCrew(Proven)
    out: dan: NoLegalCrew(Proven)
    out: eve: NoPlace(Waiting)
    out: fay: NoPlace(Tentative)
    out: gus: NoPlace(Waiting)
    obstacle: 1 of 2 05–08; would help: eve fay
    nothing is better
    ");
}

#[test]
fn partners_who_chose_different_cars() {
    insta::assert_snapshot!(proposed(&[
        "ada in 1 3200 aaaaaa bob",
        "bob in 2 1800 aaaaaa ada",
        "cyd in 1 2900 aaaann dan",
        "dan in - 2100 nnaaaa cyd",
        "eve in 2 2500 aaaaaa",
        "fay in 3 2400 aaaaaa",
        "gus waiting 3 2000 aaaaaa",
    ], rules(2, 4)), @"
    crewed 5, split 1, spread 5/1, slack 0, preferred 0
    class 0, car 1: ada cyd dan | 223322
      cyd with dan
      ada without bob: OtherCar
      car 1: 2 chose it, 1 any
      at least 2 of 2 needed, 00–02
      rating 2733, class 2483
    class 0, car 2: bob eve | 222222
      bob without ada: OtherCar
      car 2: 2 chose it, 0 any
      at least 2 of 2 needed, 00–06
      rating 2150, class 2483
    out: fay: NoLegalCrew(Proven)
    out: gus: NoPlace(Waiting)
    obstacle: 1 of 2 of car 3 00–02; would help: gus
    nothing is better
    ");
}

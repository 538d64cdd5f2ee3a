#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn berlin() -> Zone {
    Zone::parse("Europe/Berlin").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn weekly(every: u8, first: &str, until: Until) -> Rule {
    Rule::Weekly { every: Weeks::try_from(every).unwrap(), first: first.parse().unwrap(), until }
}

fn times(times: u16) -> Until {
    Until::Times(Times::try_from(times).unwrap())
}

fn starts(rule: &Rule, zone: &Zone) -> Vec<Timestamp> {
    (1..).map_while(|ordinal| rule.start(ordinal, zone)).collect()
}

#[test]
fn clocks_show_the_same_after_they_have_changed() {
    let rule = weekly(1, "2027-03-20T20:00", times(3));
    let expected = ["2027-03-27T19:00:00Z", "2027-04-03T18:00:00Z", "2027-04-10T18:00:00Z"];
    assert_eq!(starts(&rule, &berlin()), expected.map(at));
}

#[test]
fn a_time_that_is_left_out_or_comes_twice_is_shifted_as_little_as_can_be() {
    let gap = weekly(1, "2027-03-21T02:30", times(2));
    assert_eq!(starts(&gap, &berlin()), ["2027-03-28T01:30:00Z", "2027-04-04T00:30:00Z"].map(at));
    let fold = weekly(1, "2027-10-24T02:30", times(2));
    assert_eq!(starts(&fold, &berlin()), ["2027-10-31T00:30:00Z", "2027-11-07T01:30:00Z"].map(at));
}

#[test]
fn a_rule_ends_with_its_day_included() {
    let rule = weekly(2, "2026-12-05T20:00", Until::Date(date(2027, 1, 2)));
    assert_eq!(starts(&rule, &berlin()), ["2026-12-19T19:00:00Z", "2027-01-02T19:00:00Z"].map(at));
    assert_eq!(starts(&weekly(1, "2026-12-05T20:00", Until::Date(date(2099, 1, 1))), &berlin()).len(), 52);
}

#[test]
fn three_are_always_ahead() {
    let rule = weekly(1, "2026-12-05T20:00", times(5));
    let extension = |made, now: &str| rule.extension(made, &berlin(), at(now));
    let ordinals = |extension: &Extension| extension.starts.iter().map(|(n, _)| *n).collect::<Vec<_>>();

    let first = extension(0, "2026-12-01T12:00:00Z");
    assert_eq!((ordinals(&first), first.made), (vec![1, 2, 3], 3));
    assert_eq!(first.due_at, Some(at("2026-12-12T19:00:00Z")), "when the first of them starts");
    assert_eq!(extension(3, "2026-12-12T18:59:59Z").starts, []);
    let second = extension(3, "2026-12-12T19:00:00Z");
    assert_eq!((ordinals(&second), second.due_at), (vec![4], Some(at("2026-12-19T19:00:00Z"))));
    let last = extension(4, "2026-12-19T19:00:00Z");
    assert_eq!((ordinals(&last), last.due_at), (vec![5], None), "the rule has ended");
}

#[test]
fn what_started_while_nobody_looked_is_passed_over() {
    let rule = weekly(1, "2026-12-05T20:00", times(10));
    let late = rule.extension(3, &berlin(), at("2027-01-10T12:00:00Z"));
    let ordinals: Vec<u16> = late.starts.iter().map(|(ordinal, _)| *ordinal).collect();
    assert_eq!((ordinals, late.made), (vec![6, 7, 8], 8));
    let over = rule.extension(3, &berlin(), at("2028-01-10T12:00:00Z"));
    assert_eq!((over.starts, over.made, over.due_at), (Vec::new(), 10, None));
}

#[test]
fn a_rule_is_written_and_read_back() {
    let rules = [
        weekly(2, "2026-12-05T20:00", times(5)),
        weekly(2, "2026-12-05T20:00", Until::Date(date(2027, 1, 2))),
        Rule::Dates(vec![at("2026-12-05T19:00:00Z")]),
    ];
    let json = serde_json::to_string_pretty(&rules).unwrap();
    insta::assert_snapshot!(json, @r#"
    [
      {
        "weekly": {
          "every": 2,
          "first": "2026-12-05T20:00:00",
          "until": {
            "times": 5
          }
        }
      },
      {
        "weekly": {
          "every": 2,
          "first": "2026-12-05T20:00:00",
          "until": {
            "date": "2027-01-02"
          }
        }
      },
      {
        "dates": [
          "2026-12-05T19:00:00Z"
        ]
      }
    ]
    "#);
    assert_eq!(serde_json::from_str::<[Rule; 3]>(&json).unwrap(), rules);
}

#[test]
fn weeks_and_ends_as_typed() {
    let now = at("2026-12-01T12:00:00Z");
    let weeks = |typed: &str| every(typed).map(|weeks| weeks.map(Weeks::get));
    assert_eq!((weeks(""), weeks("2"), weeks(" 12 weeks ")), (Ok(None), Ok(Some(2)), Ok(Some(12))));
    for bad in ["0", "13", "-1", "two", "1.5", "300"] {
        assert_eq!(weeks(bad), Err(RepeatError::Weeks(bad.to_owned())));
    }
    let end = |typed: &str| until(typed, &berlin(), now);
    assert_eq!((end(""), end("10"), end("10 times")), (Ok(times(52)), Ok(times(10)), Ok(times(10))));
    let day = Ok(Until::Date(date(2027, 6, 30)));
    assert_eq!(
        (end("2027-06-30"), end("30 Jun 2027"), end("2027-06-30 20:00")),
        (day.clone(), day.clone(), day)
    );
    for bad in ["0", "53", "2020-01-01", "soon"] {
        assert_eq!(end(bad), Err(RepeatError::Until(bad.to_owned())));
    }
}

#[test]
fn dates_as_typed() {
    let (now, start) = (at("2026-12-01T12:00:00Z"), at("2026-12-05T19:00:00Z"));
    let read = |typed: &str| dates(typed, start, &berlin(), now);
    let good = read("2027-01-02 20:00\n\n12 Dec 20:00").unwrap();
    assert_eq!(good, ["2026-12-12T19:00:00Z", "2027-01-02T19:00:00Z"].map(at));
    assert_eq!(read(" \n"), Ok(Vec::new()));
    let Err(RepeatError::Dates(bad)) =
        read("2026-12-05 20:00\n2026-12-12 20:00\n12 Dec 20:00\nsoon\n2026-11-01 20:00")
    else {
        unreachable!("every line but the second is bad")
    };
    let lines: Vec<usize> = bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [1, 3, 4, 5]);
    assert_eq!(bad[1].fault, DateFault::Same { first: 2 });
    let many: Vec<String> =
        (0..53).map(|hour| format!("2027-01-{:02} {:02}:00", 1 + hour / 20, hour % 20)).collect();
    assert_eq!(read(&many.join("\n")), Err(RepeatError::TooMany(53)));
}

fn zone() -> impl Strategy<Value = Zone> {
    let names = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];
    prop::sample::select(names.to_vec()).prop_map(|name| Zone::parse(name).unwrap())
}

fn local() -> impl Strategy<Value = DateTime> {
    (2024_i16..2032, 1_i8..=12, 1_i8..=28, 0_i8..24, 0_i8..60)
        .prop_map(|(year, month, day, hour, minute)| date(year, month, day).at(hour, minute, 0, 0))
}

proptest! {
    #[test]
    fn occurrences_are_weeks_apart_and_show_the_same_time(
        (every, count, first, zone) in (1_u8..=12, 1_u16..=52, local(), zone()),
    ) {
        let rule = Rule::Weekly { every: Weeks(every), first, until: Until::Times(Times(count)) };
        let starts = starts(&rule, &zone);
        prop_assert_eq!(starts.len(), usize::from(count));
        prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "strictly increasing");
        for (ordinal, start) in (1_i64..).zip(&starts) {
            let wanted = first.checked_add((ordinal * i64::from(every)).weeks()).unwrap();
            let shown = start.to_zoned(zone.time_zone().clone()).datetime();
            let is_gap = zone.time_zone().to_ambiguous_timestamp(wanted).is_ambiguous();
            prop_assert!(shown == wanted || is_gap, "{} instead of {}", shown, wanted);
            prop_assert_eq!(wanted.date().weekday(), first.date().weekday());
        }
    }

    #[test]
    fn whenever_it_is_looked_at_each_is_made_once_and_in_time(
        (every, count, first, zone) in (1_u8..=12, 1_u16..=52, local(), zone()),
        pauses in prop::collection::vec(0_i64..40 * 24, 1..30),
    ) {
        let rule = Rule::Weekly { every: Weeks(every), first, until: Until::Times(Times(count)) };
        let mut now = first.to_zoned(zone.time_zone().clone()).unwrap().timestamp();
        let (mut made, mut seen) = (0, Vec::new());
        for pause in pauses {
            now = now.checked_add(pause.hours()).unwrap();
            let extension = rule.extension(made, &zone, now);
            prop_assert!(extension.starts.iter().all(|(_, start)| *start > now));
            prop_assert!(extension.due_at.is_none_or(|at| at > now));
            seen.extend(extension.starts.iter().map(|(ordinal, _)| *ordinal));
            made = extension.made;
            let is_over = rule.start(made + 1, &zone).is_none();
            prop_assert!(is_over || rule.coming(made, &zone, now) == usize::from(AHEAD));
            prop_assert_eq!(is_over, extension.due_at.is_none());
            prop_assert_eq!(rule.extension(made, &zone, now).starts, Vec::new(), "nothing twice");
        }
        prop_assert!(seen.windows(2).all(|pair| pair[0] < pair[1]) && made <= count);
    }
}

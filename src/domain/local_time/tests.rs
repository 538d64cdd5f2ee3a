#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// Tuesday, 1 December 2026, 10:00 in Berlin.
const NOW: &str = "2026-12-01T09:00:00Z";

fn berlin() -> Zone {
    Zone::parse("Europe/Berlin").unwrap()
}

fn table(zone: &Zone, now: &str, typed: &[&str]) -> String {
    let mut table = String::new();
    for typed in typed {
        let read = match parse(typed, zone, now.parse().unwrap()) {
            Ok(at) => at.to_zoned(zone.time_zone().clone()).strftime("%a %Y-%m-%d %H:%M %:z").to_string(),
            Err(error) => format!("{error:?}"),
        };
        writeln!(table, "{typed} = {read}").unwrap();
    }
    table
}

#[test]
fn times_are_read_as_people_type_them() {
    let typed = [
        "2026-12-05 14:00",
        "2026-12-05T14:00",
        "2026-12-05T14:00:00Z",
        "2026-12-05T14:00+05:30",
        "5 Dec 14:00",
        "5 December 2026 14:00",
        "Dec 5 14:00",
        "dec 5th, 2026 at 2pm",
        "Sat 5 Dec 14:00",
        "05.12.2026 14:00",
        "5.12. 14:00",
        "5.12 14.00",
        "05.12.26 14:00",
        "2026/12/05 14:00",
        "13/12/2026 14:00",
        "12/13 14:00",
        "Sat 14:00",
        "saturday 2:30 p.m.",
        "Tue 14:00",
        "Tue 09:00",
        "today 14:00",
        "tomorrow 12am",
        "tomorrow 12 pm",
        "Sat 1400",
        "Sat 2030",
        "5 Dec 2026 1400",
        "5 Dec 1400",
        "14:00 5 Dec",
        "14:00 Sat",
        "30 Nov 14:00",
        "1 Dec 9:00",
        "29 Feb 14:00",
        "5 Dec 14:00 UTC",
        "5 Dec 14:00 utc-5",
        "5 Dec 14:00 CET",
        "5 Dec 14h30",
        "５ Ｄｅｃ １４：００",
        "31 Dec 23:59",
        "2028-12-01 10:00",
    ];
    insta::assert_snapshot!(table(&berlin(), NOW, &typed), @r#"
    2026-12-05 14:00 = Sat 2026-12-05 14:00 +01:00
    2026-12-05T14:00 = Sat 2026-12-05 14:00 +01:00
    2026-12-05T14:00:00Z = Sat 2026-12-05 15:00 +01:00
    2026-12-05T14:00+05:30 = Sat 2026-12-05 09:30 +01:00
    5 Dec 14:00 = Sat 2026-12-05 14:00 +01:00
    5 December 2026 14:00 = Sat 2026-12-05 14:00 +01:00
    Dec 5 14:00 = Sat 2026-12-05 14:00 +01:00
    dec 5th, 2026 at 2pm = Sat 2026-12-05 14:00 +01:00
    Sat 5 Dec 14:00 = Sat 2026-12-05 14:00 +01:00
    05.12.2026 14:00 = Sat 2026-12-05 14:00 +01:00
    5.12. 14:00 = Sat 2026-12-05 14:00 +01:00
    5.12 14.00 = Sat 2026-12-05 14:00 +01:00
    05.12.26 14:00 = Sat 2026-12-05 14:00 +01:00
    2026/12/05 14:00 = Sat 2026-12-05 14:00 +01:00
    13/12/2026 14:00 = Sun 2026-12-13 14:00 +01:00
    12/13 14:00 = Sun 2026-12-13 14:00 +01:00
    Sat 14:00 = Sat 2026-12-05 14:00 +01:00
    saturday 2:30 p.m. = Sat 2026-12-05 14:30 +01:00
    Tue 14:00 = Tue 2026-12-01 14:00 +01:00
    Tue 09:00 = Tue 2026-12-08 09:00 +01:00
    today 14:00 = Tue 2026-12-01 14:00 +01:00
    tomorrow 12am = Wed 2026-12-02 00:00 +01:00
    tomorrow 12 pm = Wed 2026-12-02 12:00 +01:00
    Sat 1400 = Sat 2026-12-05 14:00 +01:00
    Sat 2030 = Sat 2026-12-05 20:30 +01:00
    5 Dec 2026 1400 = Sat 2026-12-05 14:00 +01:00
    5 Dec 1400 = Sat 2026-12-05 14:00 +01:00
    14:00 5 Dec = Sat 2026-12-05 14:00 +01:00
    14:00 Sat = Sat 2026-12-05 14:00 +01:00
    30 Nov 14:00 = Tue 2027-11-30 14:00 +01:00
    1 Dec 9:00 = Wed 2027-12-01 09:00 +01:00
    29 Feb 14:00 = Tue 2028-02-29 14:00 +01:00
    5 Dec 14:00 UTC = Sat 2026-12-05 15:00 +01:00
    5 Dec 14:00 utc-5 = Sat 2026-12-05 20:00 +01:00
    5 Dec 14:00 CET = Sat 2026-12-05 14:00 +01:00
    5 Dec 14h30 = Sat 2026-12-05 14:30 +01:00
    ５ Ｄｅｃ １４：００ = Sat 2026-12-05 14:00 +01:00
    31 Dec 23:59 = Thu 2026-12-31 23:59 +01:00
    2028-12-01 10:00 = Fri 2028-12-01 10:00 +01:00
    "#);
}

#[test]
fn what_is_wrong_is_told() {
    let typed = [
        "",
        " \u{a0}",
        "soon",
        "Sat",
        "14:00",
        "5 Dec",
        "5 Dec 2026",
        "2026-02-30 14:00",
        "30 Feb 14:00",
        "31 Apr 14:00",
        "2027-02-29 14:00",
        "2026-13-05 14:00",
        "32.1.2027 14:00",
        "Sat 25:00",
        "Sat 14:75",
        "Sat 24:00",
        "Sat 13pm",
        "Sun 5 Dec 14:00",
        "5/12/2026 14:00",
        "2026-12-01 09:59",
        "2020-01-01 10:00",
        "today 9:00",
        "2028-12-01 10:01",
        "9999-12-31 23:59",
        "5 Dec 14:00 EST",
        "5 Dec 14:00 15:00",
        "5 Dec 14:00 @everyone",
        "next Sat 14:00",
        "5 Dec 14:00 +25:00",
        "Sat 9999",
        "0 Dec 14:00",
        "2026-12-05 14:00 Z Z",
        "today Sat 14:00",
        "5 14:00",
        "200.1.2027 14:00",
        "Dec 14:00",
        "🏁",
    ];
    insta::assert_snapshot!(table(&berlin(), NOW, &typed), @r#"
     = Empty
       = Empty
    soon = Unreadable { part: "soon" }
    Sat = NoTime
    14:00 = NoDate
    5 Dec = NoTime
    5 Dec 2026 = NoTime
    2026-02-30 14:00 = Impossible(Day { day: 30, month: 2, year: Some(2026), days: 28 })
    30 Feb 14:00 = Impossible(Day { day: 30, month: 2, year: None, days: 29 })
    31 Apr 14:00 = Impossible(Day { day: 31, month: 4, year: None, days: 30 })
    2027-02-29 14:00 = Impossible(Day { day: 29, month: 2, year: Some(2027), days: 28 })
    2026-13-05 14:00 = Impossible(Month { month: 13 })
    32.1.2027 14:00 = Impossible(Day { day: 32, month: 1, year: Some(2027), days: 31 })
    Sat 25:00 = Impossible(Time { typed: "25:00" })
    Sat 14:75 = Impossible(Time { typed: "14:75" })
    Sat 24:00 = Impossible(Time { typed: "24:00" })
    Sat 13pm = Impossible(Time { typed: "13pm" })
    Sun 5 Dec 14:00 = Impossible(Weekday { typed: Sunday, date: 2026-12-05 })
    5/12/2026 14:00 = AmbiguousDate { typed: "5/12/2026", first: 5, second: 12 }
    2026-12-01 09:59 = Past { understood: 2026-12-01T08:59:00Z }
    2020-01-01 10:00 = Past { understood: 2020-01-01T09:00:00Z }
    today 9:00 = Past { understood: 2026-12-01T08:00:00Z }
    2028-12-01 10:01 = TooFar { understood: 2028-12-01T09:01:00Z, latest: 2028-12-01T09:00:00Z }
    9999-12-31 23:59 = TooFar { understood: 9999-12-30T22:00:00.999999999Z, latest: 2028-12-01T09:00:00Z }
    5 Dec 14:00 EST = UnknownAbbreviation { typed: "EST", known: ["CET"] }
    5 Dec 14:00 15:00 = Unreadable { part: "15:00" }
    5 Dec 14:00 @everyone = Unreadable { part: "@everyone" }
    next Sat 14:00 = Unreadable { part: "next" }
    5 Dec 14:00 +25:00 = Unreadable { part: "+25:00" }
    Sat 9999 = Impossible(Time { typed: "9999" })
    0 Dec 14:00 = Impossible(Day { day: 0, month: 12, year: None, days: 31 })
    2026-12-05 14:00 Z Z = Unreadable { part: "Z" }
    today Sat 14:00 = Unreadable { part: "today" }
    5 14:00 = Unreadable { part: "5" }
    200.1.2027 14:00 = Unreadable { part: "200.1.2027" }
    Dec 14:00 = NoDate
    🏁 = Unreadable { part: "🏁" }
    "#);
}

#[test]
fn both_readings_of_a_changing_clock_are_offered() {
    let typed = [
        "2027-03-28 02:30",
        "2027-03-28 02:30 +01:00",
        "2027-03-28 03:00",
        "2027-10-31 02:30",
        "2027-10-31 02:30 +02:00",
        "2027-10-31 02:30 +1",
        "2027-10-31 02:30 CEST",
        "2027-10-31 02:30 cet",
        "2027-10-31 02:30 BST",
        "2027-10-31 00:30Z",
        "31 Oct 02:30",
    ];
    insta::assert_snapshot!(table(&berlin(), NOW, &typed), @r#"
    2027-03-28 02:30 = Gap { typed: 2027-03-28T02:30:00, before: 2027-03-28T00:30:00Z, after: 2027-03-28T01:30:00Z }
    2027-03-28 02:30 +01:00 = Sun 2027-03-28 03:30 +02:00
    2027-03-28 03:00 = Sun 2027-03-28 03:00 +02:00
    2027-10-31 02:30 = Fold { typed: 2027-10-31T02:30:00, first: 2027-10-31T00:30:00Z, second: 2027-10-31T01:30:00Z }
    2027-10-31 02:30 +02:00 = Sun 2027-10-31 02:30 +02:00
    2027-10-31 02:30 +1 = Sun 2027-10-31 02:30 +01:00
    2027-10-31 02:30 CEST = Sun 2027-10-31 02:30 +02:00
    2027-10-31 02:30 cet = Sun 2027-10-31 02:30 +01:00
    2027-10-31 02:30 BST = UnknownAbbreviation { typed: "BST", known: ["CEST", "CET"] }
    2027-10-31 00:30Z = Sun 2027-10-31 02:30 +02:00
    31 Oct 02:30 = Fold { typed: 2027-10-31T02:30:00, first: 2027-10-31T00:30:00Z, second: 2027-10-31T01:30:00Z }
    "#);
}

#[test]
fn a_time_elsewhere_may_be_yesterday_here() {
    let auckland = Zone::parse("Pacific/Auckland").unwrap();
    let typed = ["31 Dec 14:00 -08:00", "Thu 14:00 -08:00", "31 Dec 14:00", "Thu 14:00"];
    // Friday, 1 January 2027, 00:30 in Auckland.
    insta::assert_snapshot!(table(&auckland, "2026-12-31T11:30:00Z", &typed), @r#"
    31 Dec 14:00 -08:00 = Fri 2027-01-01 11:00 +13:00
    Thu 14:00 -08:00 = Fri 2027-01-01 11:00 +13:00
    31 Dec 14:00 = Fri 2027-12-31 14:00 +13:00
    Thu 14:00 = Thu 2027-01-07 14:00 +13:00
    "#);
}

const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"];

/// A zone, now, and an instant of the two years after it, in whole seconds.
fn ahead() -> impl Strategy<Value = (Zone, Timestamp, Timestamp)> {
    let zone = proptest::sample::select(ZONES.to_vec()).prop_map(|name| Zone::parse(name).unwrap());
    (zone, 1_790_000_000_i64..1_890_000_000, 1_i64..63_000_000).prop_map(|(zone, now, ahead)| {
        let at = Timestamp::from_second(now + ahead).unwrap();
        (zone, Timestamp::from_second(now).unwrap(), at)
    })
}

proptest! {
    #[test]
    fn what_is_shown_can_be_typed((zone, now, at) in ahead()) {
        prop_assert_eq!(parse(&format(at, &zone), &zone, now), Ok(at));
        prop_assert_eq!(parse(&at.to_string(), &zone, now), Ok(at));
    }

    #[test]
    fn without_a_year_it_is_the_next_such_date((zone, now, at) in ahead()) {
        let local = at.to_zoned(zone.time_zone().clone());
        let typed = local.strftime("%-d %b %H:%M:%S %:z").to_string();
        if let Ok(read) = parse(&typed, &zone, now) {
            prop_assert!(read > now && read <= at);
        } else {
            prop_assert_eq!(local.strftime("%m-%d").to_string(), "02-29");
        }
    }

    #[test]
    fn nothing_typed_panics(
        typed in prop_oneof!["([0-9]{1,4}|[:. +/-]|T|Z|pm|h|Dec|Sat|utc|today|CET){0,9}", any::<String>()],
        now in prop_oneof![Just(Timestamp::MIN), Just(Timestamp::MAX), Just(NOW.parse::<Timestamp>().unwrap())],
    ) {
        if let Ok(at) = parse(&typed, &berlin(), now) {
            prop_assert!(at > now);
        }
    }
}

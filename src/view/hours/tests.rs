#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::duration::RaceLength,
    view::testing::{at, check, event, render},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

fn race(start: &str, length: &str) -> Event {
    Event { length: RaceLength::parse(length).unwrap(), start: at(start), ..event("GT3") }
}

fn drawn(event: &Event, said: &Availability, zone: &str, number: u16) -> String {
    let zone = Zone::parse(zone).unwrap();
    let facts = HoursFacts { event, locale: Locale::default(), moved: false, said, zone: &zone };
    shown(&page(&facts, number))
}

#[test]
fn nine_hours_over_midnight_at_the_other_end_of_the_world() {
    let race = race("2026-12-05T05:00:00Z", "9h");
    let hours = blocks(&race);
    let said = Availability::default()
        .with_available(&hours[..6], race.start, |hour| hour != hours[2])
        .with_preferred(&hours[..1], race.start, |_| true);
    assert_snapshot!(drawn(&race, &said, "Pacific/Auckland", 0), @"
    # When can you drive?
    **Spa 24 Hours** · 6 of 9 hours answered · times in Pacific/Auckland
    **Sat 5:** ⭐ 18:00–19:00, ✅ 19:00–20:00, ⛔ 20:00–21:00, ✅ 21:00–00:00
    **Sun 6:** ❔ 00:00–03:00
    -# ⭐ preferred · ✅ can drive · ⛔ can't · ❔ not answered
    **Hours that you can drive**
    <Hours that you can drive>
    • Sat 5 18:00–19:00
    • Sat 5 19:00–20:00
    ◦ Sat 5 20:00–21:00
    • Sat 5 21:00–22:00
    • Sat 5 22:00–23:00
    • Sat 5 23:00–00:00
    ◦ Sun 6 00:00–01:00
    ◦ Sun 6 01:00–02:00
    ◦ Sun 6 02:00–03:00
    **Hours that you would like most**
    <Hours that you would like most>
    • Sat 5 18:00–19:00
    ◦ Sat 5 19:00–20:00
    ◦ Sat 5 20:00–21:00
    ◦ Sat 5 21:00–22:00
    ◦ Sat 5 22:00–23:00
    ◦ Sat 5 23:00–00:00
    ◦ Sun 6 00:00–01:00
    ◦ Sun 6 01:00–02:00
    ◦ Sun 6 02:00–03:00
    [All hours] [None] [Days (6–22)] [Nights (22–6)]
    [Change zone]
    ");
}

#[test]
fn the_night_in_which_clocks_are_put_back_has_an_hour_twice() {
    let race = race("2026-10-24T22:30:00Z", "4h");
    assert_snapshot!(drawn(&race, &Availability::default(), "Europe/Berlin", 0), @"
    # When can you drive?
    **Spa 24 Hours** · 0 of 4 hours answered · times in Europe/Berlin
    **Sun 25:** ❔ 00:30 (+02:00)–03:30 (+01:00)
    -# ⭐ preferred · ✅ can drive · ⛔ can't · ❔ not answered
    **Hours that you can drive**
    <Hours that you can drive>
    ◦ Sun 25 00:30–01:30
    ◦ Sun 25 01:30–02:30
    ◦ Sun 25 02:30 (+02:00)–02:30 (+01:00)
    ◦ Sun 25 02:30–03:30
    **Hours that you would like most**
    <Hours that you would like most>
    ◦ Sun 25 00:30–01:30
    ◦ Sun 25 01:30–02:30
    ◦ Sun 25 02:30 (+02:00)–02:30 (+01:00)
    ◦ Sun 25 02:30–03:30
    [All hours] [None] [Days (6–22)] [Nights (22–6)]
    [Change zone]
    ");
}

#[test]
fn the_night_in_which_clocks_are_put_forward_lacks_an_hour() {
    let race = race("2027-03-28T00:30:00Z", "3h");
    assert_snapshot!(drawn(&race, &Availability::default(), "Europe/Berlin", 0), @"
    # When can you drive?
    **Spa 24 Hours** · 0 of 3 hours answered · times in Europe/Berlin
    **Sun 28:** ❔ 01:30 (+01:00)–05:30 (+02:00)
    -# ⭐ preferred · ✅ can drive · ⛔ can't · ❔ not answered
    **Hours that you can drive**
    <Hours that you can drive>
    ◦ Sun 28 01:30 (+01:00)–03:30 (+02:00)
    ◦ Sun 28 03:30–04:30
    ◦ Sun 28 04:30–05:30
    **Hours that you would like most**
    <Hours that you would like most>
    ◦ Sun 28 01:30 (+01:00)–03:30 (+02:00)
    ◦ Sun 28 03:30–04:30
    ◦ Sun 28 04:30–05:30
    [All hours] [None] [Days (6–22)] [Nights (22–6)]
    [Change zone]
    ");
}

#[test]
fn six_hours_and_a_day_and_night() {
    let race6 = race("2026-12-05T13:00:00Z", "6h");
    let hours = blocks(&race6);
    let said = Availability::default().with_available(&hours, race6.start, |_| true);
    assert_snapshot!("six_hours", drawn(&race6, &said, "Europe/Berlin", 0));
    let day = race("2026-12-05T13:00:00Z", "24h");
    let hours = blocks(&day);
    let berlin = Zone::parse("Europe/Berlin").unwrap();
    let said = Availability::default()
        .with_available(&hours, day.start, |hour| Pick::Days.takes(hour, berlin.time_zone()))
        .with_preferred(&hours[..4], day.start, |hour| hour != hours[3]);
    assert_snapshot!("twenty_four_hours", drawn(&day, &said, "Europe/Berlin", 0));
}

#[test]
fn thirty_hours_have_two_pages() {
    let race = race("2026-12-05T13:00:00Z", "30h");
    let first = drawn(&race, &Availability::default(), "Europe/Berlin", 0);
    let second = drawn(&race, &Availability::default(), "Europe/Berlin", 9);
    assert_eq!((first.matches("◦ ").count(), second.matches("◦ ").count()), (48, 12), "{second}");
    assert!(first.contains("More hours (1 of 2)"), "{first}");
}

#[test]
fn the_zone_is_asked() {
    let race = race("2026-12-05T13:00:00Z", "6h");
    let zone = Zone::parse("Europe/Berlin").unwrap();
    assert_snapshot!(shown(&ask_zone(&race, &zone)), @"
    In which time zone do you live? The hours of **Spa 24 Hours** are shown in it, and you are asked only once.
    [Europe/Berlin] [Another zone]
    ");
}

//! Calendars as programs read them.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::{domain::name::Description, view::testing::event};

fn entry(said: Option<SignupState>) -> Entry {
    Entry {
        channel: Some((Id::new(7), Id::new(8))),
        club: "Night Owls".parse().unwrap(),
        event: event("GT3 x 2\nLMP2"),
        said,
        series: Some("Winter Cup".parse().unwrap()),
    }
}

fn cancelled(mut entry: Entry, reason: &str) -> Entry {
    let at = "2026-12-01T12:00:00Z".parse().unwrap();
    entry.event.state = EventState::Cancelled { at, reason: reason.to_owned() };
    entry.event.revision += 1;
    entry
}

/// The lines of a calendar as they were before they were folded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The value of a property of the calendar's only event.
fn value(text: &str, name: &str) -> String {
    let found = lines(text).into_iter().find_map(|line| Some(line.strip_prefix(name)?[1..].to_owned()));
    found.unwrap_or_else(|| format!("no {name} in {text}"))
}

/// What a program reads of an escaped text (RFC 5545, 3.3.11).
fn unescaped(text: &str) -> String {
    let mut signs = text.chars();
    let mut plain = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(signs.next().map(|sign| if sign == 'n' { '\n' } else { sign }).unwrap()),
            ',' | ';' => panic!("{sign} isn't escaped in {text}"),
            sign => plain.push(sign),
        }
    }
    plain
}

#[test]
fn a_persons_feed() {
    let text = feed("Simlane", &[entry(Some(SignupState::In))]);
    assert!(text.is_ascii() || text.contains('·'));
    assert_snapshot!(text.replace("\r\n", "⏎\n"));
}

#[test]
fn an_event_of_its_own_is_a_message() {
    let mut entry = entry(None);
    entry.club = "The \"Owls\"; of, Köln: West".parse().unwrap();
    let file = event_file(&entry, "2026-11-27T18:00:00Z".parse().unwrap());
    assert_snapshot!(String::from_utf8(file).unwrap().replace("\r\n", "⏎\n"));
    assert_eq!(event_file_name(&entry.event), "spa-24-hours-2026-12-05.ics");
}

#[test]
fn what_somebody_said_is_told() {
    let told = |said| {
        let text = feed("Simlane", &[entry(said)]);
        ["SUMMARY", "STATUS", "TRANSP"].map(|name| value(&text, name)).join(" | ")
    };
    assert_eq!(told(None), "Spa 24 Hours | CONFIRMED | TRANSPARENT");
    assert_eq!(told(Some(SignupState::In)), "Spa 24 Hours | CONFIRMED | OPAQUE");
    assert_eq!(told(Some(SignupState::Tentative)), "Tentative: Spa 24 Hours | TENTATIVE | TRANSPARENT");
    assert_eq!(told(Some(SignupState::Waiting)), "Waiting list: Spa 24 Hours | TENTATIVE | TRANSPARENT");
}

#[test]
fn a_cancelled_event_says_so_and_why() {
    for said in [None, Some(SignupState::In), Some(SignupState::Waiting)] {
        let text = feed("Simlane", &[cancelled(entry(said), "Too few, sorry.")]);
        assert_eq!(value(&text, "STATUS"), "CANCELLED");
        assert_eq!(value(&text, "SUMMARY"), "Cancelled: Spa 24 Hours");
        assert!(value(&text, "DESCRIPTION").contains(r"Cancelled: Too few\, sorry."), "{text}");
        assert_eq!(value(&text, "LAST-MODIFIED"), "20261201T120000Z");
        assert_eq!(value(&text, "DTSTAMP"), "20261201T120000Z");
    }
}

#[test]
fn an_event_keeps_its_name_for_programs_and_counts_its_changes() {
    let before = entry(None);
    let mut after = before.clone();
    after.event.name = "Spa 12 Hours".parse().unwrap();
    after.event.revision = 2;
    let (before, after) = (feed("Owls", &[before]), feed("Owls", &[after]));
    assert_eq!(value(&before, "UID"), value(&after, "UID"));
    assert_eq!((value(&before, "SEQUENCE"), value(&after, "SEQUENCE")), ("1".to_owned(), "2".to_owned()));
    assert!(before.contains("LAST-MODIFIED:20261122T100000Z"), "{before}");
    assert!(!after.contains("LAST-MODIFIED"), "nobody knows when: {after}");
    let mut last = entry(None);
    last.event.revision = u64::MAX;
    assert_eq!(value(&feed("Owls", &[last]), "SEQUENCE"), "2147483647");
}

#[test]
fn what_an_event_lacks_is_left_out() {
    let mut bare = entry(None);
    (bare.channel, bare.series, bare.event.track) = (None, None, None);
    bare.event.classes.truncate(1);
    bare.event.classes[0].name = None;
    let text = feed("Owls", &[bare]);
    assert!(!text.contains("URL") && !text.contains("LOCATION"), "{text}");
    assert_eq!(value(&text, "DESCRIPTION"), "Night Owls");
}

#[test]
fn a_feed_without_events_is_a_calendar_nevertheless() {
    assert_snapshot!(feed("Simlane", &[]).replace("\r\n", "⏎\n"));
}

proptest! {
    #[test]
    fn every_text_is_folded_and_reads_back(
        name in "\\PC{1,60}",
        about in "(\\PC|[,;:\\\\\n\"]|🏁|é|\u{65e5}| ){0,300}",
        club in "[A-Za-z,;:\\\\\"🏁]{3,60}",
    ) {
        let mut entry = entry(None);
        let Ok(about) = Description::parse(&about) else { return Ok(()) };
        let (Ok(name), Ok(club)) = (name.parse(), club.parse::<ClubName>()) else { return Ok(()) };
        (entry.event.name, entry.event.description, entry.club) = (name, about, club);
        let text = feed(entry.club.as_str(), std::slice::from_ref(&entry));
        prop_assert!(text.ends_with("\r\nEND:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        prop_assert_eq!(unescaped(&value(&text, "SUMMARY")), entry.event.name.as_str());
        prop_assert_eq!(unescaped(&value(&text, "X-WR-CALNAME")), entry.club.as_str());
        let described = unescaped(&value(&text, "DESCRIPTION"));
        prop_assert!(described.contains(entry.event.description.as_str()), "{}", described);
        let file = String::from_utf8(event_file(&entry, entry.event.start)).unwrap();
        prop_assert!(file.split_terminator("\r\n").all(|line| line.len() <= 75));
        let organiser = lines(&file).into_iter().find(|line| line.starts_with("ORGANIZER")).unwrap();
        prop_assert!(organiser.ends_with(&format!(":urn:uuid:{}", entry.event.club)), "{}", organiser);
    }
}

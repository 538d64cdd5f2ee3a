//! Instants as Discord shows them. See Discord Docs/Reference, Timestamp Styles.

use jiff::{Timestamp, tz::TimeZone};

/// Units of "in 3 hours": seconds of each, how many make the next, its name, and one of it.
const UNITS: [(i64, i64, &str, &str); 6] = [
    (1, 60, "seconds", "a second"),
    (60, 60, "minutes", "a minute"),
    (3_600, 24, "hours", "an hour"),
    (86_400, 30, "days", "a day"),
    (2_592_000, 12, "months", "a month"),
    (31_536_000, i64::MAX, "years", "a year"),
];

/// What an instant shows in one of Discord's styles.
pub(crate) fn show(at: Timestamp, style: char, zone: &TimeZone, now: Timestamp) -> String {
    let format = match style {
        'R' => return relative(at, now),
        't' => "%H:%M",
        'T' => "%H:%M:%S",
        'd' => "%d/%m/%Y",
        'D' => "%-d %B %Y",
        'F' => "%A, %-d %B %Y %H:%M",
        _ => "%-d %B %Y %H:%M",
    };
    at.to_zoned(zone.clone()).strftime(format).to_string()
}

/// Such as "in 3 hours" or "a day ago".
pub(crate) fn relative(at: Timestamp, now: Timestamp) -> String {
    let seconds = at.as_second() - now.as_second();
    let mut shown = String::new();
    for (unit, next, many, one) in UNITS {
        let count = (seconds.abs() + unit / 2) / unit;
        shown = if count == 1 { one.to_owned() } else { format!("{count} {many}") };
        if count < next {
            break;
        }
    }
    if seconds < 0 { format!("{shown} ago") } else { format!("in {shown}") }
}

/// The time that stands beside a message's author.
pub(crate) fn sent(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %b %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn every_style_is_shown_in_the_viewers_zone() {
        let at: Timestamp = "2026-12-05T14:00:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let show = |style| show(at, style, &zone, at);
        assert_eq!(show('f'), "5 December 2026 15:00");
        assert_eq!(show('F'), "Saturday, 5 December 2026 15:00");
        assert_eq!(
            [show('t'), show('T'), show('d'), show('D')],
            ["15:00", "15:00:00", "05/12/2026", "5 December 2026"]
        );
    }

    #[test]
    fn distances_are_rounded() {
        let now: Timestamp = "2026-12-05T14:00:00Z".parse().unwrap();
        let after =
            |seconds: i64| relative(now + std::time::Duration::from_secs(seconds.unsigned_abs()), now);
        assert_eq!(after(0), "in 0 seconds");
        assert_eq!(after(60), "in a minute");
        assert_eq!(after(3_599), "in an hour");
        assert_eq!(after(24 * 3_600), "in a day");
        assert_eq!(after(40 * 3_600), "in 2 days");
        assert_eq!(relative(now, now + std::time::Duration::from_secs(90 * 60)), "2 hours ago");
    }
}

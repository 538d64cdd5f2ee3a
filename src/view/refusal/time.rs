//! What is wrong with a typed time, in words.

use jiff::{
    Timestamp,
    civil::{DateTime, Weekday},
    tz::Offset,
};

use super::problem::{examples, quote};
use crate::{
    domain::local_time::{Impossible, TimeError, YEARS_AHEAD},
    view::markup::when,
};

/// The problem in a sentence or two that say what to type instead.
pub(super) fn words(error: &TimeError) -> String {
    match error {
        TimeError::AmbiguousDate { typed, first, second } => format!(
            "{} could be two dates. Type the month as a word: `{first} {}` or `{second} {}`.",
            quote(typed),
            month(*second),
            month(*first),
        ),
        TimeError::Empty => format!("Type when the race starts, such as {}.", model()),
        TimeError::Fold { typed, first, second } => format!(
            "The clocks go back, so {} comes twice. For {} type `{}`, for {} type `{}`.",
            clock(*typed),
            when(*first),
            with_offset(*typed, *first),
            when(*second),
            with_offset(*typed, *second),
        ),
        TimeError::Gap { typed, before, after } => gap(*typed, *before, *after),
        TimeError::Impossible(impossible) => no_such(impossible),
        TimeError::NoDate => format!("The date is missing. Type both, such as {}.", model()),
        TimeError::NoTime => format!("The time of day is missing. Type both, such as {}.", model()),
        TimeError::Past { understood } => {
            format!("I read {}, which is past. Type a time ahead.", when(*understood))
        }
        TimeError::TooFar { understood, .. } => format!(
            "I read {}, which is more than {YEARS_AHEAD} years ahead. Type a time before that.",
            when(*understood),
        ),
        TimeError::UnknownAbbreviation { typed, known } => format!(
            "The club's zone has no {} on that date. Leave it out, or type {}.",
            quote(typed),
            examples(known.clone().into_iter().chain(["+01:00".to_owned()]), "or"),
        ),
        TimeError::Unreadable { part } => {
            format!("I can't read {}. Type something like {}.", quote(part), model())
        }
    }
}

fn gap(typed: DateTime, before: Timestamp, after: Timestamp) -> String {
    let skipped = after.duration_since(before);
    let (earlier, later) = (typed.saturating_sub(skipped), typed.saturating_add(skipped));
    format!(
        "The clocks go forward past {}, so there is no such time. For {} type `{}`, for {} type `{}`.",
        clock(typed),
        when(before),
        earlier.strftime("%Y-%m-%d %H:%M"),
        when(after),
        later.strftime("%Y-%m-%d %H:%M"),
    )
}

fn no_such(impossible: &Impossible) -> String {
    match impossible {
        Impossible::Day { day, month: number, year, days } => {
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            format!("There is no {day} {}{year}: it has {days} days at most.", month(*number))
        }
        Impossible::Month { month } => {
            format!("There is no month {month}. Type the month as a word, such as `5 Dec 14:00`.")
        }
        Impossible::Time { typed } => format!("{} is no time of day. Type it as `14:00`.", quote(typed)),
        Impossible::Weekday { typed, date } => format!(
            "{} is a {}, not a {}. Correct one of them, or leave the day of the week out.",
            date.strftime("%-d %b %Y"),
            weekday(date.weekday()),
            weekday(*typed),
        ),
    }
}

fn model() -> String {
    examples(["2026-12-05 14:00", "5 Dec 14:00", "Sat 14:00"].map(str::to_owned), "or")
}

fn clock(local: DateTime) -> String {
    local.strftime("%H:%M on %-d %b %Y").to_string()
}

/// The local time with the offset that makes it that instant: `2026-10-25 02:30 +02:00`.
fn with_offset(local: DateTime, at: Timestamp) -> String {
    let seconds = Offset::UTC.to_timestamp(local).map_or(0, |utc| utc.duration_since(at).as_secs());
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{} {sign}{:02}:{:02}", local.strftime("%Y-%m-%d %H:%M"), minutes / 60, minutes % 60)
}

const fn month(number: i8) -> &'static str {
    match number {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

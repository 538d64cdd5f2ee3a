//! Dates and times as people type them, read in a zone.

mod reading;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, Offset};
use thiserror::Error;

use super::zone::Zone;
use reading::{Day, Suffix, Typed};

/// How far ahead a time may lie, in years.
pub const YEARS_AHEAD: i16 = 2;

/// How many years are looked through for a date without one: 29 February can be eight years away.
const YEARS_SEARCHED: i16 = 9;

/// Why a typed text is no time to plan for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// `5/12` is a day in May and one in December.
    #[error("{typed:?} is day {first} of month {second} or the other way round")]
    AmbiguousDate {
        /// The date, as typed.
        typed: String,
        /// Its first number, 1–12.
        first: i8,
        /// Its second number, 1–12.
        second: i8,
    },
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// When clocks go back this time occurs twice. The offset after it tells which is meant: `02:30 +01:00`.
    #[error("{typed} occurs twice")]
    Fold {
        /// The local time, as understood.
        typed: DateTime,
        /// Its first occurrence.
        first: Timestamp,
        /// Its second occurrence.
        second: Timestamp,
    },
    /// When clocks go forward this time is left out.
    #[error("{typed} doesn't exist")]
    Gap {
        /// The local time, as understood.
        typed: DateTime,
        /// As far before the change of the clocks as it was typed to be after.
        before: Timestamp,
        /// What clocks show that don't leave it out: as far after the change.
        after: Timestamp,
    },
    /// There is no such date or time in any zone.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// A time without a date.
    #[error("no date")]
    NoDate,
    /// A date without a time.
    #[error("no time")]
    NoTime,
    /// Not ahead.
    #[error("{understood} is past")]
    Past {
        /// What was understood.
        understood: Timestamp,
    },
    /// More than [`YEARS_AHEAD`] years ahead.
    #[error("{understood} is after {latest}")]
    TooFar {
        /// What was understood.
        understood: Timestamp,
        /// The latest that is taken.
        latest: Timestamp,
    },
    /// An abbreviation that the zone's clocks don't have on that date. An offset, `+01:00`, is always understood.
    #[error("no {typed:?} in this zone, but {known:?}")]
    UnknownAbbreviation {
        /// The abbreviation, as typed.
        typed: String,
        /// The zone's own around that date.
        known: Vec<String>,
    },
    /// A part that makes no sense, or none there.
    #[error("can't read {part:?}")]
    Unreadable {
        /// The part, as typed.
        part: String,
    },
}

/// What no calendar or clock shows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Impossible {
    /// 30 February.
    #[error("month {month} has {days} days, not {day}")]
    Day {
        /// The day, as typed.
        day: i8,
        /// The month, 1–12.
        month: i8,
        /// The year, if it was typed.
        year: Option<i16>,
        /// How many days the month has, in that year or at most.
        days: i8,
    },
    /// The 13th month.
    #[error("no month {month}")]
    Month {
        /// The number of the month, as typed.
        month: i8,
    },
    /// 25 o'clock.
    #[error("no time {typed:?}")]
    Time {
        /// The time, as typed.
        typed: String,
    },
    /// Saturday, 6 December 2026: that is a Sunday.
    #[error("{date} is no {typed:?}")]
    Weekday {
        /// The day of the week, as typed.
        typed: Weekday,
        /// The date, as understood; it knows its day of the week.
        date: Date,
    },
}

/// Reads a time ahead of `now` as a person in `zone` types it.
///
/// Dates: `2026-12-05`, `5 Dec 2026`, `Dec 5`, `05.12.2026`, `Sat`, `today`, `tomorrow`; without a year the next such
/// date ahead, with a day of the week alone the next such day, today included. Times: `14:00`, `2pm`, `2:30 pm`, `14h`,
/// and `1400` where it can't be a year. A UTC offset, `UTC`, `Z` or an abbreviation of the zone's may follow.
///
/// # Errors
/// When it can't be read, names no instant or two, or lies in the past or more than two years ahead.
pub fn parse(typed: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let typed = reading::read(typed)?;
    let today = now.to_zoned(zone.time_zone().clone()).date();
    let mut past = now;
    for date in candidates(&typed.day, today)? {
        let reading = Reading::of(date.to_datetime(typed.time), typed.suffix.as_ref(), zone)?;
        if reading.latest() > now {
            check_weekday(&typed, date)?;
            return reading.only().and_then(|at| check_distance(at, zone, now));
        }
        past = reading.latest();
    }
    Err(TimeError::Past { understood: past })
}

/// The instant as [`parse`] reads it in the same zone: `2026-12-05 14:00`, with its offset where it would be one of two.
#[must_use]
pub fn format(at: Timestamp, zone: &Zone) -> String {
    let local = at.to_zoned(zone.time_zone().clone());
    let offset = zone.time_zone().to_ambiguous_timestamp(local.datetime()).offset();
    let with_seconds = local.second() != 0;
    let pattern = match (offset, with_seconds) {
        (AmbiguousOffset::Unambiguous { .. }, false) => "%Y-%m-%d %H:%M",
        (AmbiguousOffset::Unambiguous { .. }, true) => "%Y-%m-%d %H:%M:%S",
        (_, false) => "%Y-%m-%d %H:%M %:z",
        (_, true) => "%Y-%m-%d %H:%M:%S %:z",
    };
    local.strftime(pattern).to_string()
}

/// The dates that may be meant, the earliest first. Those that don't fix one start yesterday: with an offset of its own a
/// time of yesterday can still be ahead.
fn candidates(day: &Day, today: Date) -> Result<Vec<Date>, Impossible> {
    let yesterday = today.yesterday().unwrap_or(today);
    Ok(match *day {
        Day::Today => vec![today],
        Day::Tomorrow => vec![today.tomorrow().unwrap_or(today)],
        Day::Weekday(weekday) => {
            let days = std::iter::successors(Some(yesterday), |date| date.tomorrow().ok());
            days.take(9).filter(|date| date.weekday() == weekday).collect()
        }
        Day::Date { year: Some(year), month, day, .. } => vec![date(year, month, day)?],
        Day::Date { year: None, month, day, .. } => {
            let years = yesterday.year()..=yesterday.year().saturating_add(YEARS_SEARCHED);
            let dates: Vec<Date> = years.filter_map(|year| date(year, month, day).ok()).collect();
            if dates.is_empty() {
                let days = if month == 2 { 29 } else { days_in(2001, month) };
                return Err(Impossible::Day { day, month, year: None, days });
            }
            dates
        }
    })
}

fn date(year: i16, month: i8, day: i8) -> Result<Date, Impossible> {
    let days = days_in(year, month);
    Date::new(year, month, day).map_err(|_| Impossible::Day { day, month, year: Some(year), days })
}

fn days_in(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(31, Date::days_in_month)
}

fn check_weekday(typed: &Typed, date: Date) -> Result<(), Impossible> {
    match typed.day {
        Day::Date { weekday: Some(typed), .. } if typed != date.weekday() => {
            Err(Impossible::Weekday { typed, date })
        }
        _ => Ok(()),
    }
}

/// An instant that needs no reading, held against the bounds of those that are typed.
///
/// # Errors
/// When it lies in the past, or more than two years ahead.
pub fn ahead(at: Timestamp, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    if at <= now { Err(TimeError::Past { understood: at }) } else { check_distance(at, zone, now) }
}

fn check_distance(at: Timestamp, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let local = now.to_zoned(zone.time_zone().clone());
    let latest = local.checked_add(YEARS_AHEAD.years()).map_or(Timestamp::MAX, |at| at.timestamp());
    if at > latest { Err(TimeError::TooFar { understood: at, latest }) } else { Ok(at) }
}

/// The instants that a local time may be.
enum Reading {
    Fold { typed: DateTime, first: Timestamp, second: Timestamp },
    Gap { typed: DateTime, before: Timestamp, after: Timestamp },
    One(Timestamp),
}

impl Reading {
    fn of(typed: DateTime, suffix: Option<&Suffix>, zone: &Zone) -> Result<Self, TimeError> {
        let offset = match suffix {
            Some(Suffix::Offset(offset)) => AmbiguousOffset::Unambiguous { offset: *offset },
            Some(Suffix::Abbreviation(abbreviation)) => {
                AmbiguousOffset::Unambiguous { offset: abbreviated(abbreviation, typed, zone)? }
            }
            None => zone.time_zone().to_ambiguous_timestamp(typed).offset(),
        };
        Ok(match offset {
            AmbiguousOffset::Unambiguous { offset } => Self::One(instant(typed, offset)),
            AmbiguousOffset::Gap { before, after } => {
                Self::Gap { typed, before: instant(typed, after), after: instant(typed, before) }
            }
            AmbiguousOffset::Fold { before, after } => {
                Self::Fold { typed, first: instant(typed, before), second: instant(typed, after) }
            }
        })
    }

    const fn latest(&self) -> Timestamp {
        match self {
            Self::One(at) | Self::Fold { second: at, .. } | Self::Gap { after: at, .. } => *at,
        }
    }

    fn only(self) -> Result<Timestamp, TimeError> {
        match self {
            Self::One(at) => Ok(at),
            Self::Fold { typed, first, second } => Err(TimeError::Fold { typed, first, second }),
            Self::Gap { typed, before, after } => Err(TimeError::Gap { typed, before, after }),
        }
    }
}

/// The instant; the last day of the year 9999 is the last instant there is.
fn instant(local: DateTime, offset: Offset) -> Timestamp {
    let end = if local.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    offset.to_timestamp(local).unwrap_or(end)
}

/// The offset that an abbreviation stands for in this zone, a day before or after that time.
fn abbreviated(typed: &str, local: DateTime, zone: &Zone) -> Result<Offset, TimeError> {
    let around = [-1, 1].into_iter().filter_map(|days| {
        let local = local.checked_add(days.days()).ok()?;
        let at = zone.time_zone().to_ambiguous_timestamp(local).compatible().ok()?;
        let info = zone.time_zone().to_offset_info(at);
        Some((info.abbreviation().to_owned(), info.offset()))
    });
    let mut known: Vec<(String, Offset)> = around.collect();
    known.dedup();
    match known.iter().find(|(abbreviation, _)| abbreviation.eq_ignore_ascii_case(typed)) {
        Some((_, offset)) => Ok(*offset),
        None => {
            let known = known.into_iter().map(|(abbreviation, _)| abbreviation).collect();
            Err(TimeError::UnknownAbbreviation { typed: typed.to_owned(), known })
        }
    }
}

#[cfg(test)]
mod tests;

//! Rules of recurrence as people type them.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use thiserror::Error;

use super::{Times, Until, Weeks};
use crate::domain::{
    local_time::{self, TimeError},
    text,
    zone::Zone,
};

/// Why what was typed makes no rule.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum RepeatError {
    /// Weeks and dates, of which only one can hold.
    #[error("both weeks and dates")]
    Both,
    /// Lines that are no dates to come again on.
    #[error("{} bad lines", .0.len())]
    Dates(Vec<BadDate>),
    /// The rule ends before the event comes again.
    #[error("never comes again")]
    Never,
    /// Neither weeks nor dates.
    #[error("neither weeks nor dates")]
    Nothing,
    /// No number of weeks from 1 to 12.
    #[error("{0:?} weeks")]
    Weeks(String),
    /// More dates than [`Times::MAX`].
    #[error("{0} dates")]
    TooMany(usize),
    /// Neither a day nor a number from 1 to 52.
    #[error("until {0:?}")]
    Until(String),
}

/// A line that is no date, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadDate {
    /// What is wrong.
    pub fault: DateFault,
    /// Which line of the field, from 1.
    pub line: usize,
    /// What was typed there.
    pub typed: String,
}

/// What is wrong with a line of dates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DateFault {
    /// The event itself starts then.
    Itself,
    /// A line above has the same time.
    Same {
        /// That line, from 1.
        first: usize,
    },
    /// It is no time to plan for.
    Time(TimeError),
}

/// Reads every how many weeks: `2`, `2 weeks`; `None` for an empty text.
///
/// # Errors
///
/// When it is no number from 1 to 12.
pub fn every(typed: &str) -> Result<Option<Weeks>, RepeatError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.trim_end_matches(|c: char| c.is_alphabetic()).trim();
    let weeks = number.parse::<u8>().ok().and_then(|weeks| Weeks::try_from(weeks).ok());
    weeks.map(Some).ok_or_else(|| RepeatError::Weeks(typed.to_owned()))
}

/// Reads until when: `10` or `10 times`, a day such as `2027-06-30`, or nothing, which is as often as it can.
///
/// # Errors
///
/// When it is neither a day ahead nor a number from 1 to 52.
pub fn until(typed: &str, zone: &Zone, now: Timestamp) -> Result<Until, RepeatError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Until::Times(Times::MAX));
    }
    let unreadable = || RepeatError::Until(typed.to_owned());
    let number = typed.strip_suffix("times").or_else(|| typed.strip_suffix('x')).unwrap_or(typed).trim();
    if let Ok(times) = number.parse::<u16>() {
        return Times::try_from(times).map(Until::Times).map_err(|_| unreadable());
    }
    day(typed, zone, now).map(Until::Date).ok_or_else(unreadable)
}

/// The day that was typed, with or without a time of day.
fn day(typed: &str, zone: &Zone, now: Timestamp) -> Option<Date> {
    let local = |at: Timestamp| at.to_zoned(zone.time_zone().clone()).date();
    let last = Time::constant(23, 59, 0, 0).strftime("%H:%M");
    let with_time = || local_time::parse(&format!("{typed} {last}"), zone, now);
    local_time::parse(typed, zone, now).or_else(|_| with_time()).ok().map(local)
}

/// Reads the dates on which an event that starts at `start` comes again, one a line, in any order; none for an empty text.
///
/// # Errors
///
/// Every line that is wrong, in their order; or when there are more than [`Times::MAX`].
pub fn dates(
    typed: &str,
    start: Timestamp,
    zone: &Zone,
    now: Timestamp,
) -> Result<Vec<Timestamp>, RepeatError> {
    let (mut read, mut bad) = (Vec::<(usize, Timestamp)>::new(), Vec::new());
    for (line, typed) in (1..).zip(text::lines(typed)) {
        let typed = typed.trim();
        if typed.is_empty() {
            continue;
        }
        let fault = match local_time::parse(typed, zone, now) {
            Ok(at) if at == start => DateFault::Itself,
            Ok(at) => match read.iter().find(|(_, other)| *other == at) {
                Some((first, _)) => DateFault::Same { first: *first },
                None => {
                    read.push((line, at));
                    continue;
                }
            },
            Err(error) => DateFault::Time(error),
        };
        bad.push(BadDate { fault, line, typed: typed.to_owned() });
    }
    if !bad.is_empty() {
        return Err(RepeatError::Dates(bad));
    }
    if read.len() > usize::from(Times::MAX.get()) {
        return Err(RepeatError::TooMany(read.len()));
    }
    let mut dates: Vec<Timestamp> = read.into_iter().map(|(_, at)| at).collect();
    dates.sort_unstable();
    Ok(dates)
}

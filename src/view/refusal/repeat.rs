//! What is wrong with when an event comes again, in words.

use super::{problem::quote, time};
use crate::domain::recurrence::{BadDate, DateFault, RepeatError, Times, Weeks};

/// The problem in a sentence or two that say what to type instead.
pub(super) fn words(error: &RepeatError) -> String {
    match error {
        RepeatError::Both => "Weeks and dates are both filled in. Leave one of them empty.".to_owned(),
        RepeatError::Dates(bad) => bad.iter().map(date).collect::<Vec<_>>().join(" "),
        RepeatError::Never => {
            "That is over before the event comes again. Type a later day, or fewer weeks.".to_owned()
        }
        RepeatError::Nothing => {
            "Nothing says when it comes again. Type a number of weeks, or the dates.".to_owned()
        }
        RepeatError::TooMany(dates) => {
            format!("There are {dates} dates, {} at most.", Times::MAX.get())
        }
        RepeatError::Until(typed) => format!(
            "I can't read {}. Type how many more times, {} to {}, or the last day, such as `2027-06-30`.",
            quote(typed),
            Times::MIN.get(),
            Times::MAX.get(),
        ),
        RepeatError::Weeks(typed) => format!(
            "I can't read {}. Type a whole number of weeks from {} to {}.",
            quote(typed),
            Weeks::MIN.get(),
            Weeks::MAX.get(),
        ),
    }
}

fn date(bad: &BadDate) -> String {
    let line = format!("Line {} ({})", bad.line, quote(&bad.typed));
    match &bad.fault {
        DateFault::Itself => format!("{line} is the event itself. Take it out."),
        DateFault::Same { first } => format!("{line} is the time of line {first}. Take one out."),
        DateFault::Time(error) => format!("{line}: {}", time::words(error)),
    }
}

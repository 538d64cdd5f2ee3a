//! Who took part in the race, of those who had a place in it.

use std::collections::BTreeSet;

use super::{Sheet, Signup};
use crate::domain::{event::Event, id::UserId};

/// How many people stand on a page of an attendance list.
pub const ATTENDANCE_A_PAGE: usize = 25;

/// Whether somebody who had a place took part.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Attendance {
    /// They did: an organiser noted it, or they checked in and nobody noted otherwise.
    Attended,
    /// They didn't, as an organiser noted.
    NoShow,
    /// Nobody noted it, and they didn't check in.
    Unknown,
}

/// How many of those with a place took part.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct AttendanceCount {
    /// Who took part.
    pub attended: usize,
    /// Who checked in before or during the race, whatever was noted afterwards.
    pub checked_in: usize,
    /// Who didn't take part.
    pub no_shows: usize,
    /// Of whom it isn't known.
    pub unknown: usize,
}

/// A page of those with a place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttendancePage<'s> {
    /// Which page it is, from 1.
    pub number: u16,
    /// How many pages there are, at least one.
    pub pages: u16,
    /// Who is on it.
    pub people: Vec<&'s Signup>,
}

impl Attendance {
    /// As one word, for a file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::NoShow => "no_show",
            Self::Unknown => "unknown",
        }
    }
}

impl Signup {
    /// Whether they took part; `None` for whoever has no place.
    #[must_use]
    pub const fn attendance(&self) -> Option<Attendance> {
        if !self.state.has_place() {
            return None;
        }
        Some(match (self.attended, self.checked_in_at) {
            (Some(true), _) | (None, Some(_)) => Attendance::Attended,
            (Some(false), _) => Attendance::NoShow,
            (None, None) => Attendance::Unknown,
        })
    }
}

impl Sheet {
    /// How many of those with a place took part.
    #[must_use]
    pub fn attendance(&self) -> AttendanceCount {
        let mut count = AttendanceCount::default();
        for line in self.everybody_in() {
            count.checked_in += usize::from(line.checked_in_at.is_some());
            match line.attendance() {
                Some(Attendance::Attended) => count.attended += 1,
                Some(Attendance::NoShow) => count.no_shows += 1,
                Some(Attendance::Unknown) | None => count.unknown += 1,
            }
        }
        count
    }

    /// A page of those with a place, from 1: class by class, each in order of commits. Whoever asks for none gets the first, past
    /// the end the last.
    #[must_use]
    pub fn attendance_page(&self, event: &Event, page: u16) -> AttendancePage<'_> {
        let all: Vec<&Signup> = event.classes.iter().flat_map(|class| self.drivers(class.id)).collect();
        let pages = u16::try_from(all.len().div_ceil(ATTENDANCE_A_PAGE).max(1)).unwrap_or(u16::MAX);
        let number = page.clamp(1, pages);
        let first = usize::from(number - 1) * ATTENDANCE_A_PAGE;
        AttendancePage {
            number,
            pages,
            people: all.into_iter().skip(first).take(ATTENDANCE_A_PAGE).collect(),
        }
    }

    /// Those with a place of whose part that is known, in order of commits.
    pub fn of_attendance(&self, attendance: Attendance) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(move |line| line.attendance() == Some(attendance))
    }

    /// The lines that change when of those `asked` about, `no_shows` didn't take part. Of the others nothing is noted that wasn't;
    /// that they didn't is taken back.
    #[must_use]
    pub fn with_no_shows(&self, asked: &BTreeSet<UserId>, no_shows: &BTreeSet<UserId>) -> Vec<Signup> {
        self.noted(|line| match (asked.contains(&line.user), no_shows.contains(&line.user)) {
            (false, _) => line.attended,
            (true, true) => Some(false),
            (true, false) => line.attended.filter(|attended| *attended),
        })
    }

    /// The lines that change when everybody took part who isn't noted otherwise.
    #[must_use]
    pub fn with_the_rest_attended(&self) -> Vec<Signup> {
        self.noted(|line| Some(line.attended != Some(false)))
    }

    fn noted(&self, attended: impl Fn(&Signup) -> Option<bool>) -> Vec<Signup> {
        let noted = |line: &Signup| Signup { attended: attended(line), ..line.clone() };
        self.everybody_in().map(noted).filter(|line| self.of(line.user) != Some(line)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::signup::SignupState::{In, Late, Tentative, Waiting},
        view::testing::{before, event, sheet},
    };

    fn three() -> Sheet {
        let event = event("");
        let sheet = sheet(&event, &[(0, In, 2), (0, Late, 1), (0, Waiting, 1), (0, Tentative, 1)]);
        let checked_in = Signup { checked_in_at: Some(before()), ..sheet.lines()[0].clone() };
        sheet.with(checked_in)
    }

    fn put(sheet: &Sheet, lines: Vec<Signup>) -> Sheet {
        lines.into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line))
    }

    #[test]
    fn whoever_checked_in_took_part_until_somebody_notes_otherwise() {
        let sheet = three();
        let count = AttendanceCount { attended: 1, checked_in: 1, no_shows: 0, unknown: 2 };
        assert_eq!(sheet.attendance(), count);
        let first = BTreeSet::from([sheet.lines()[0].user]);
        let after = put(&sheet, sheet.with_no_shows(&first, &first));
        let count = AttendanceCount { attended: 0, checked_in: 1, no_shows: 1, unknown: 2 };
        assert_eq!(after.attendance(), count);
        assert_eq!(put(&after, after.with_no_shows(&first, &BTreeSet::new())), sheet, "it is taken back");
        assert_eq!(after.with_no_shows(&BTreeSet::new(), &BTreeSet::new()), [], "those not asked about stay");
    }

    #[test]
    fn the_rest_took_part() {
        let sheet = three();
        let second = BTreeSet::from([sheet.lines()[1].user]);
        let after = put(&sheet, sheet.with_no_shows(&second, &second));
        let after = put(&after, after.with_the_rest_attended());
        let count = AttendanceCount { attended: 2, checked_in: 1, no_shows: 1, unknown: 0 };
        assert_eq!(after.attendance(), count);
        assert_eq!(after.with_the_rest_attended(), []);
        assert_eq!(after.lines()[3].attendance(), None, "who waits has no part in it");
    }
}

//! The sign-up sheet: who comes, who waits, and what one press changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    event::{Class, Event},
    id::{ClassId, UserId},
    name::{CarName, Note},
};

mod advance;
mod attendance;
mod bring;
mod check_in;
mod concerned;
mod decide;
mod merge;

pub use attendance::{ATTENDANCE_A_PAGE, Attendance, AttendanceCount, AttendancePage};
pub use bring::{Standing, Target};
pub use concerned::Concerned;
pub use decide::{Applicant, Behalf, Choice, Decision, Wish};

/// What a person said about an event.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupState {
    /// Comes, with a place.
    In,
    /// Comes, with a place, some time after the start.
    Late,
    /// May come.
    Tentative,
    /// Comes when a place becomes free.
    Waiting,
    /// Was signed up and took it back.
    Withdrawn,
    /// Said from the outset that they can't come.
    Absent,
}

impl SignupState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::In, Self::Late, Self::Tentative, Self::Waiting, Self::Withdrawn, Self::Absent];

    /// Whether this state keeps its person on the sheet as someone who comes or may come.
    #[must_use]
    pub const fn is_signed_up(self) -> bool {
        matches!(self, Self::In | Self::Late | Self::Tentative | Self::Waiting)
    }

    /// Whether this state is a place in a class.
    #[must_use]
    pub const fn has_place(self) -> bool {
        matches!(self, Self::In | Self::Late)
    }

    /// How good a place it is; the least is the best.
    const fn rank(self) -> u8 {
        match self {
            Self::In | Self::Late => 0,
            Self::Waiting => 1,
            Self::Tentative => 2,
            Self::Withdrawn => 3,
            Self::Absent => 4,
        }
    }

    /// Whether this state is a place in a class, or in its queue.
    const fn holds_class(self) -> bool {
        matches!(self, Self::In | Self::Late | Self::Waiting)
    }
}

/// One person's line on a sheet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signup {
    /// Whether they took part, as an organiser noted it.
    pub attended: Option<bool>,
    /// The car they drive, where their class has cars to choose from.
    pub car: Option<CarName>,
    /// When they checked in before the start, if they did.
    pub checked_in_at: Option<Timestamp>,
    /// The class they signed up in last. `None` where they never did, or the class is gone: whoever is in or waiting has one.
    pub class: Option<ClassId>,
    /// Their Discord account.
    pub discord: Id<UserMarker>,
    /// What they added.
    pub note: Option<Note>,
    /// Where they wait and were offered a place: what became of the offer.
    pub offer: Option<Offer>,
    /// Their place in the order of commits; grows with every change of place or class.
    pub order: u64,
    /// When they moved up from the waiting list, if they did.
    pub promoted_at: Option<Timestamp>,
    /// What they said.
    pub state: SignupState,
    /// Who they are.
    pub user: UserId,
}

/// A place offered to somebody who waits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Offer {
    /// Nobody answered in time; the place went to the next, and this person isn't asked again.
    Lapsed,
    /// It is kept for them until then.
    Until(Timestamp),
}

/// All lines of an event, in order of commits.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sheet(Vec<Signup>);

impl Signup {
    /// The line of somebody who hasn't said anything yet.
    #[must_use]
    pub const fn blank(user: UserId, discord: Id<UserMarker>) -> Self {
        Self {
            attended: None,
            car: None,
            checked_in_at: None,
            class: None,
            discord,
            note: None,
            offer: None,
            order: 0,
            promoted_at: None,
            state: SignupState::Absent,
            user,
        }
    }

    /// Until when a place is kept for them, where one is offered.
    #[must_use]
    pub const fn offered_until(&self) -> Option<Timestamp> {
        match (self.state, self.offer) {
            (SignupState::Waiting, Some(Offer::Until(until))) => Some(until),
            _ => None,
        }
    }

    /// Whether a place is theirs, or kept for them.
    const fn occupies(&self) -> bool {
        self.state.has_place() || self.offered_until().is_some()
    }
}

impl Sheet {
    /// A sheet of these lines, in any order.
    #[must_use]
    pub fn new(mut lines: Vec<Signup>) -> Self {
        lines.sort_by_key(|line| line.order);
        Self(lines)
    }

    /// Every line, in order of commits.
    #[must_use]
    pub fn lines(&self) -> &[Signup] {
        &self.0
    }

    /// That person's line.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<&Signup> {
        self.0.iter().find(|line| line.user == user)
    }

    /// The people of one class in one state, in order of commits.
    pub fn in_state(&self, class: ClassId, state: SignupState) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(move |line| line.class == Some(class) && line.state == state)
    }

    /// The people with a place in a class, in order of commits.
    pub fn drivers(&self, class: ClassId) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(move |line| line.class == Some(class) && line.state.has_place())
    }

    /// The people with a place, in order of commits.
    pub fn everybody_in(&self) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(|line| line.state.has_place())
    }

    /// How many are in that state.
    #[must_use]
    pub fn count(&self, state: SignupState) -> usize {
        self.0.iter().filter(|line| line.state == state).count()
    }

    /// The people who may come and haven't said in which class, in order of commits.
    pub fn undecided(&self) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(|line| line.class.is_none() && line.state == SignupState::Tentative)
    }

    /// The places left in a class, what is offered to somebody taken off; `None` when neither it nor the event has a cap.
    #[must_use]
    pub fn places_left(&self, event: &Event, class: &Class) -> Option<usize> {
        let taken = |is_counted: &dyn Fn(&Signup) -> bool| {
            self.0.iter().filter(|line| line.occupies() && is_counted(line)).count()
        };
        let in_class = class.capacity.map(|capacity| {
            usize::from(capacity.get()).saturating_sub(taken(&|line| line.class == Some(class.id)))
        });
        let in_all = event.terms.limit.map(|limit| usize::from(limit.get()).saturating_sub(taken(&|_| true)));
        in_class.into_iter().chain(in_all).min()
    }

    /// Whether somebody may have a place in that class.
    fn has_room(&self, event: &Event, class: &Class) -> bool {
        self.places_left(event, class).is_none_or(|left| left > 0)
    }

    /// The order that the next change of a place gets.
    #[must_use]
    pub fn next_order(&self) -> u64 {
        self.0.last().map_or(1, |line| line.order.saturating_add(1))
    }

    /// The sheet with `line` in place of its person's former one.
    #[must_use]
    pub fn with(&self, line: Signup) -> Self {
        let mut lines: Vec<Signup> = self.0.iter().filter(|other| other.user != line.user).cloned().collect();
        lines.push(line);
        Self::new(lines)
    }

    /// The sheet without that person's line.
    fn without(&self, user: UserId) -> Self {
        Self(self.0.iter().filter(|line| line.user != user).cloned().collect())
    }

    /// The lines of `after` that aren't here, or are different.
    fn changes(&self, after: &Self) -> Vec<Signup> {
        after.0.iter().filter(|line| self.of(line.user) != Some(*line)).cloned().collect()
    }
}

#[cfg(test)]
mod tests;

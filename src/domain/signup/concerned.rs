//! Whom a reminder concerns.

use std::collections::HashSet;

use twilight_model::id::{Id, marker::UserMarker};

use super::{Sheet, Signup, SignupState};
use crate::domain::id::UserId;

/// The people whom a reminder mentions, each in order of commits.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Concerned {
    /// Those who come.
    pub coming: Vec<Id<UserMarker>>,
    /// Those who haven't decided.
    pub undecided: Vec<Id<UserMarker>>,
}

impl Concerned {
    /// How many they are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.coming.len() + self.undecided.len()
    }

    /// Whether there is nobody to remind.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Sheet {
    /// Those who have a place and those who are tentative, but for those who want no reminders. Whoever waits has nothing to get ready
    /// for.
    #[must_use]
    pub fn concerned(&self, unreminded: &HashSet<UserId>) -> Concerned {
        let of = |is_meant: fn(SignupState) -> bool| -> Vec<Id<UserMarker>> {
            let meant = |line: &&Signup| is_meant(line.state) && !unreminded.contains(&line.user);
            self.0.iter().filter(meant).map(|line| line.discord).collect()
        };
        Concerned {
            coming: of(SignupState::has_place),
            undecided: of(|state| state == SignupState::Tentative),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::testing::{event, sheet};

    #[test]
    fn those_who_come_and_those_who_may_are_concerned() {
        use SignupState::{Absent, In, Late, Tentative, Waiting, Withdrawn};
        let event = event("GT3");
        let all = [In, Late, Tentative, Waiting, Withdrawn, Absent, In].map(|state| (0, state, 1));
        let sheet = sheet(&event, &all);
        let concerned = sheet.concerned(&HashSet::from([sheet.lines()[6].user]));
        assert_eq!(concerned.coming, [1001, 1002].map(Id::new));
        assert_eq!(concerned.undecided, [Id::new(1003)]);
        let nobody = sheet.concerned(&sheet.lines().iter().map(|line| line.user).collect());
        assert!(nobody.is_empty());
    }
}

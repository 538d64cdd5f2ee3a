//! Bringing somebody's line to what an organiser, or the club's site, says of them.

use jiff::Timestamp;

use super::{Applicant, Choice, Decision, Sheet, Signup, SignupState, Wish};
use crate::domain::{event::Event, name::Note, patch::Patch, refusal::Refusal};

/// What somebody is to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// What they drive, where they come; what isn't chosen stays, or is the only one there is.
    pub choice: Choice,
    /// What is added to their line.
    pub note: Patch<Note>,
    /// As what.
    pub standing: Standing,
}

/// As what somebody is to stand on a sheet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// With a place, there by the start.
    In,
    /// With a place, there some time after the start.
    Late,
    /// As somebody who doesn't come: withdrawn if they were on the sheet, else absent.
    Out,
    /// As somebody who may come.
    Tentative,
}

impl Sheet {
    /// What becomes of the sheet when somebody is to be that. Caps hold: where there is no room, whoever is to have a place waits.
    ///
    /// # Errors
    ///
    /// When the event is cancelled or over, the class or car isn't the event's, or a note is added for somebody who doesn't come.
    pub fn bring(
        &self,
        event: &Event,
        who: &Applicant<'_>,
        target: &Target,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let mut sheet = self.clone();
        for wish in target.wishes() {
            if matches!(wish, Wish::Late | Wish::OnTime) && !sheet.holds_place(who) {
                continue;
            }
            match sheet.decide(event, who, &wish, now)? {
                Decision::Change(lines) => sheet = sheet.with_all(lines),
                Decision::Unchanged => {}
                asked => return Ok(asked),
            }
        }
        match (&target.note, sheet.of(who.user).cloned()) {
            (Patch::Set(None), Some(line)) => sheet = sheet.with(Signup { note: None, ..line }),
            (Patch::Set(Some(note)), Some(line)) if line.note.as_ref() != Some(note) => {
                if let Decision::Change(lines) = sheet.note(event, who.user, Some(note.clone()), now)? {
                    sheet = sheet.with_all(lines);
                }
            }
            _ => {}
        }
        let changes = self.changes(&sheet);
        Ok(if changes.is_empty() { Decision::Unchanged } else { Decision::Change(changes) })
    }

    fn holds_place(&self, who: &Applicant<'_>) -> bool {
        self.of(who.user).is_some_and(|line| line.state.has_place())
    }

    fn with_all(self, lines: Vec<Signup>) -> Self {
        lines.into_iter().fold(self, |sheet, line| sheet.with(line))
    }
}

impl Target {
    /// The presses that lead there.
    fn wishes(&self) -> Vec<Wish> {
        let sign_up = || Wish::SignUp(self.choice.clone());
        match self.standing {
            Standing::In => vec![sign_up(), Wish::OnTime],
            Standing::Late => vec![sign_up(), Wish::Late],
            Standing::Out => vec![Wish::Withdraw { sure: true }],
            Standing::Tentative => vec![Wish::Tentative],
        }
    }
}

impl Standing {
    /// Whether a line of that state is all that was asked for. Where there is no room, it isn't: they wait.
    #[must_use]
    pub const fn is(self, state: SignupState) -> bool {
        match self {
            Self::In => matches!(state, SignupState::In),
            Self::Late => matches!(state, SignupState::Late),
            Self::Out => matches!(state, SignupState::Withdrawn | SignupState::Absent),
            Self::Tentative => matches!(state, SignupState::Tentative),
        }
    }
}

//! The sign-up sheet: who comes, who waits, and what one press changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    event::{Class, Event, EventState},
    id::{ClassId, UserId},
    refusal::Refusal,
};

/// What a person said about an event.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupState {
    /// Comes, with a place.
    In,
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
    pub const ALL: [Self; 5] = [Self::In, Self::Tentative, Self::Waiting, Self::Withdrawn, Self::Absent];

    /// Whether this state keeps its person on the sheet as someone who comes or may come.
    #[must_use]
    pub const fn is_signed_up(self) -> bool {
        matches!(self, Self::In | Self::Tentative | Self::Waiting)
    }

    /// How good a place it is; the least is the best.
    const fn rank(self) -> u8 {
        match self {
            Self::In => 0,
            Self::Waiting => 1,
            Self::Tentative => 2,
            Self::Withdrawn => 3,
            Self::Absent => 4,
        }
    }

    /// Whether this state is a place in a class, or in its queue.
    const fn holds_class(self) -> bool {
        matches!(self, Self::In | Self::Waiting)
    }
}

/// One person's line on a sheet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signup {
    /// The class they signed up in last. `None` where they never did, or the class is gone: whoever is in or waiting has one.
    pub class: Option<ClassId>,
    /// Their Discord account.
    pub discord: Id<UserMarker>,
    /// Their place in the order of commits; grows with every change of state or class.
    pub order: u64,
    /// When they moved up from the waiting list, if they did.
    pub promoted_at: Option<Timestamp>,
    /// What they said.
    pub state: SignupState,
    /// Who they are.
    pub user: UserId,
}

/// All lines of an event, in order of commits.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sheet(Vec<Signup>);

/// What a person asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wish {
    /// A place in that class; `None` where the class is still to be settled.
    SignUp(Option<ClassId>),
    /// To be noted as perhaps coming.
    Tentative,
    /// To be taken off; from someone not signed up, to be noted as absent.
    Withdraw,
}

/// What a wish comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision {
    /// These lines change, the first of them the person's own.
    Change(Vec<Signup>),
    /// The event has several classes and the person has to pick one first.
    PickClass,
    /// They already are what they ask to be.
    Unchanged,
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

    /// The people who may come and haven't said in which class, in order of commits.
    pub fn undecided(&self) -> impl Iterator<Item = &Signup> {
        self.0.iter().filter(|line| line.class.is_none() && line.state == SignupState::Tentative)
    }

    /// The places left in a class; `None` when it has no cap.
    #[must_use]
    pub fn places_left(&self, class: &Class) -> Option<usize> {
        let taken = self.in_state(class.id, SignupState::In).count();
        class.capacity.map(|capacity| usize::from(capacity.get()).saturating_sub(taken))
    }

    /// What becomes of `user`'s wish at `now`: `next` is the order that the change's first line gets.
    ///
    /// A place is given while the class has one and nobody waits for it; else the person joins the waiting list. A place
    /// that becomes free goes to whoever has waited longest. Nobody who has a place ever loses it here.
    ///
    /// # Errors
    ///
    /// When the event takes no sign-ups any more, or the class isn't the event's.
    pub fn decide(
        &self,
        event: &Event,
        (user, discord): (UserId, Id<UserMarker>),
        wish: Wish,
        now: Timestamp,
        next: u64,
    ) -> Result<Decision, Refusal> {
        admits(event, wish, now)?;
        let before = self.of(user);
        let (class, state) = match wish {
            Wish::SignUp(chosen) => match class_to_drive(event, before, chosen)? {
                Some(class) => (Some(class.id), self.place(class, before)),
                None => return Ok(Decision::PickClass),
            },
            Wish::Tentative => (class_so_far(event, before), SignupState::Tentative),
            Wish::Withdraw => (class_so_far(event, before), withdrawn(before)),
        };
        if before.is_some_and(|line| line.state == state && line.class == class) {
            return Ok(Decision::Unchanged);
        }
        let line = Signup { class, discord, order: next, promoted_at: None, state, user };
        let mut after = self.with(line.clone());
        let mut changes = vec![line];
        changes.extend(after.promote(event, now, next));
        Ok(Decision::Change(changes))
    }

    /// Moves people up from the waiting lists into places that are free, and returns their changed lines. `last` is the order
    /// given out last.
    pub fn promote(&mut self, event: &Event, now: Timestamp, last: u64) -> Vec<Signup> {
        let mut promoted = Vec::new();
        for class in &event.classes {
            let free = self.places_left(class).unwrap_or(usize::MAX);
            let lucky: Vec<UserId> =
                self.in_state(class.id, SignupState::Waiting).take(free).map(|line| line.user).collect();
            for line in self.0.iter_mut().filter(|line| lucky.contains(&line.user)) {
                line.state = SignupState::In;
                line.promoted_at = Some(now);
                line.order = last.saturating_add(1 + promoted.len() as u64);
                promoted.push(line.clone());
            }
        }
        self.0.sort_by_key(|line| line.order);
        promoted
    }

    /// The lines that change when two people turn out to be one, for whom `into` stays: the one line that is left of theirs, and
    /// those of whoever moves up. `from` has none any more.
    #[must_use]
    pub fn merge(&self, event: &Event, (from, into): (UserId, UserId), now: Timestamp) -> Vec<Signup> {
        let Some(kept) = self.merged(from, into) else { return Vec::new() };
        let last = self.0.last().map_or(0, |line| line.order);
        let mut after = self.without(from).with(kept);
        let mut changed = Vec::new();
        if now < event.end() && !event.is_cancelled() {
            changed = after.promote(event, now, last);
        }
        // It may have moved up itself.
        if changed.iter().all(|line| line.user != into) {
            changed.extend(after.of(into).cloned());
        }
        changed
    }

    /// The line of two people who turned out to be one; `None` where neither has one.
    ///
    /// Where both are signed up, the better place is kept, and of two alike the earlier. Else what was said last counts.
    fn merged(&self, from: UserId, into: UserId) -> Option<Signup> {
        let (one, other) = (self.of(from), self.of(into));
        let kept = match (one, other) {
            (Some(a), Some(b)) if a.state.is_signed_up() && b.state.is_signed_up() => {
                [a, b].into_iter().min_by_key(|line| (line.state.rank(), line.order))
            }
            (Some(a), Some(b)) => [a, b].into_iter().max_by_key(|line| line.order),
            (a, b) => a.or(b),
        };
        kept.map(|line| Signup { user: into, ..line.clone() })
    }

    /// The sheet without that person's line.
    fn without(&self, user: UserId) -> Self {
        Self(self.0.iter().filter(|line| line.user != user).cloned().collect())
    }

    /// The sheet with `line` in place of its person's former one.
    #[must_use]
    pub fn with(&self, line: Signup) -> Self {
        let mut lines: Vec<Signup> = self.0.iter().filter(|other| other.user != line.user).cloned().collect();
        lines.push(line);
        Self::new(lines)
    }

    /// What signing up in that class comes to: who is in or waiting there stays so.
    fn place(&self, class: &Class, before: Option<&Signup>) -> SignupState {
        if let Some(line) = before.filter(|line| line.class == Some(class.id) && line.state.holds_class()) {
            return line.state;
        }
        let queue = self.in_state(class.id, SignupState::Waiting).next().is_some();
        let full = self.places_left(class).is_some_and(|left| left == 0);
        if full || queue { SignupState::Waiting } else { SignupState::In }
    }
}

/// The class to sign up in: the one chosen, the one where the person is in or waiting, or the event's only one. `None` where
/// the person has to choose: what they said when they weren't to drive doesn't bind them.
fn class_to_drive<'e>(
    event: &'e Event,
    before: Option<&Signup>,
    chosen: Option<ClassId>,
) -> Result<Option<&'e Class>, Refusal> {
    if let Some(id) = chosen {
        return event.class(id).map(Some).ok_or(Refusal::UnknownClass);
    }
    let held = before.filter(|line| line.state.holds_class()).and_then(|line| line.class);
    Ok(held.and_then(|id| event.class(id)).or(event.only_class()))
}

/// The event's class that the person has signed up in before.
fn class_so_far(event: &Event, before: Option<&Signup>) -> Option<ClassId> {
    before.and_then(|line| line.class).filter(|id| event.class(*id).is_some())
}

/// What taking a sign-up back comes to.
fn withdrawn(before: Option<&Signup>) -> SignupState {
    let was_on = |line: &Signup| line.state.is_signed_up() || line.state == SignupState::Withdrawn;
    if before.is_some_and(was_on) { SignupState::Withdrawn } else { SignupState::Absent }
}

fn admits(event: &Event, wish: Wish, now: Timestamp) -> Result<(), Refusal> {
    match &event.state {
        EventState::Cancelled { .. } => Err(Refusal::EventCancelled(event.name.clone())),
        _ if now >= event.end() => Err(Refusal::EventOver(event.name.clone())),
        _ if now >= event.start && wish != Wish::Withdraw => Err(Refusal::EventStarted(event.name.clone())),
        EventState::Closed if wish != Wish::Withdraw => Err(Refusal::SignupsClosed(event.name.clone())),
        EventState::Closed | EventState::Open => Ok(()),
    }
}

#[cfg(test)]
mod tests;

//! What one press changes.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{RoleMarker, UserMarker},
};

use super::{Sheet, Signup, SignupState, advance::OFFERED_FROM};
use crate::domain::{
    event::{Class, Event, EventState},
    id::{ClassId, UserId},
    name::{CarName, Note},
    refusal::Refusal,
    text::fold,
};

/// Whose wish it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Applicant<'a> {
    /// On whose behalf it is expressed.
    pub behalf: Behalf<'a>,
    /// Their Discord account.
    pub discord: Id<UserMarker>,
    /// Who they are.
    pub user: UserId,
}

/// On whose behalf somebody is put on a sheet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Behalf<'a> {
    /// An organiser's, or the club's site's: closed sign-ups, the cut-off and required roles don't hold; caps do.
    Organisers,
    /// Their own; they have these roles.
    Own(&'a [Id<RoleMarker>]),
}

/// What a person asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Wish {
    /// To take the place that is offered to them.
    Accept,
    /// To be noted as coming after the start.
    Late,
    /// To be noted as coming by the start, after all.
    OnTime,
    /// To leave the place that is offered to them, and the waiting list.
    Pass,
    /// A place.
    SignUp(Choice),
    /// To be noted as perhaps coming.
    Tentative,
    /// To be taken off; from someone not signed up, to be noted as absent.
    Withdraw {
        /// Whether they said that they are sure: close to the start they are asked.
        sure: bool,
    },
}

/// What somebody wants to drive.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Choice {
    /// The car; `None` where it is still to be settled.
    pub car: Option<CarName>,
    /// The class; `None` where it is still to be settled.
    pub class: Option<ClassId>,
}

impl Wish {
    /// A place in that class, with the car still to be settled where there is a choice; without a class, that is to be settled too.
    #[must_use]
    pub const fn sign_up(class: Option<ClassId>) -> Self {
        Self::SignUp(Choice { car: None, class })
    }
}

/// What a wish comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision {
    /// They have a place, and the start is close: they have to say that they are sure.
    AskWithdraw,
    /// These lines change, the person's own among them.
    Change(Vec<Signup>),
    /// The class has several cars and the person has to pick one first.
    PickCar(ClassId),
    /// The event has several classes and the person has to pick one first.
    PickClass,
    /// They already are what they ask to be.
    Unchanged,
}

/// What becomes of the person's own line.
enum Own {
    Ask(Decision),
    Line(Signup),
}

impl Sheet {
    /// What becomes of somebody's wish at `now`.
    ///
    /// A place is given while the class and the event have one that nobody waits for; else the person joins the waiting list.
    /// What becomes free goes to whoever has waited longest: see [`Sheet::advance`]. Nobody who has a place loses it here but by
    /// their own wish.
    ///
    /// # Errors
    ///
    /// When the event takes no such wish any more, the person lacks a role, the class or car isn't the event's, or there is no offer.
    pub fn decide(
        &self,
        event: &Event,
        who: &Applicant<'_>,
        wish: &Wish,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        admits(event, who.behalf, wish, now)?;
        let mut sheet = self.clone();
        sheet.advance(event, now);
        let line = match sheet.own(event, who, wish, now)? {
            Own::Ask(decision) => return Ok(decision),
            Own::Line(line) => line,
        };
        if sheet.of(who.user) == Some(&line) {
            return Ok(Decision::Unchanged);
        }
        let mut after = sheet.with(line);
        after.advance(event, now);
        Ok(Decision::Change(self.changes(&after)))
    }

    /// What becomes of what somebody adds to their sign-up, or takes away from it.
    ///
    /// # Errors
    ///
    /// When the event is cancelled or over, or they aren't signed up.
    pub fn note(
        &self,
        event: &Event,
        user: UserId,
        note: Option<Note>,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let line = self.of(user).filter(|line| line.state.is_signed_up());
        let line = line.ok_or_else(|| Refusal::NoPlace(event.name.clone()))?;
        if event.is_cancelled() {
            return Err(Refusal::EventCancelled(event.name.clone()));
        }
        if now >= event.end() {
            return Err(Refusal::EventOver(event.name.clone()));
        }
        if line.note == note {
            return Ok(Decision::Unchanged);
        }
        Ok(Decision::Change(vec![Signup { note, ..line.clone() }]))
    }

    fn own(&self, event: &Event, who: &Applicant<'_>, wish: &Wish, now: Timestamp) -> Result<Own, Refusal> {
        let before = self.of(who.user).cloned().unwrap_or_else(|| Signup::blank(who.user, who.discord));
        let before = Signup { discord: who.discord, ..before };
        match wish {
            Wish::SignUp(choice) => self.sign_up(event, who, before, choice),
            Wish::Accept if before.offered_until().is_some() => {
                let choice = Choice { car: before.car.clone(), class: before.class };
                self.sign_up(event, who, before, &choice)
            }
            Wish::Pass if before.offered_until().is_some() => {
                Ok(Own::Line(self.moved(before, SignupState::Withdrawn)))
            }
            Wish::Accept | Wish::Pass => Err(Refusal::OfferOver(event.name.clone())),
            Wish::Late | Wish::OnTime if !before.state.has_place() => {
                Err(Refusal::NoPlace(event.name.clone()))
            }
            Wish::Late => Ok(Own::Line(Signup { state: SignupState::Late, ..before })),
            Wish::OnTime => Ok(Own::Line(Signup { state: SignupState::In, ..before })),
            Wish::Tentative => {
                holds_role(who.behalf, None, &event.terms.roles)?;
                Ok(Own::Line(self.moved(still_there(event, before), SignupState::Tentative)))
            }
            Wish::Withdraw { sure: false } if before.state.has_place() && is_close(event, now) => {
                Ok(Own::Ask(Decision::AskWithdraw))
            }
            Wish::Withdraw { .. } => {
                let state = withdrawn(self.of(who.user));
                Ok(Own::Line(self.moved(still_there(event, before), state)))
            }
        }
    }

    fn sign_up(
        &self,
        event: &Event,
        who: &Applicant<'_>,
        before: Signup,
        choice: &Choice,
    ) -> Result<Own, Refusal> {
        holds_role(who.behalf, None, &event.terms.roles)?;
        let Some(class) = class_to_drive(event, &before, choice.class)? else {
            return Ok(Own::Ask(Decision::PickClass));
        };
        holds_role(who.behalf, Some(class), &class.roles)?;
        let car = match car_to_drive(class, &before, choice.car.as_ref())? {
            Car::Any => None,
            // The person chooses by themselves.
            Car::Pick if who.behalf == Behalf::Organisers => None,
            Car::Pick => return Ok(Own::Ask(Decision::PickCar(class.id))),
            Car::This(car) => Some(car),
        };
        let keeps = before.class == Some(class.id) && before.state.holds_class();
        let state = match before.state {
            SignupState::Late | SignupState::In if keeps => before.state,
            _ if !self.without(who.user).has_room(event, class) => SignupState::Waiting,
            SignupState::Late => SignupState::Late,
            _ => SignupState::In,
        };
        if keeps && state == before.state {
            return Ok(Own::Line(Signup { car, ..before }));
        }
        let (class, order) = (Some(class.id), self.next_order());
        Ok(Own::Line(Signup { car, class, offer: None, order, promoted_at: None, state, ..before }))
    }

    /// The line at the end of the order, unless it stands where it stood. Whoever gives a place back has to check in anew.
    fn moved(&self, before: Signup, state: SignupState) -> Signup {
        if self.of(before.user).is_some() && before.state == state {
            return before;
        }
        let checked_in_at = before.checked_in_at.filter(|_| state.has_place());
        Signup { checked_in_at, offer: None, order: self.next_order(), promoted_at: None, state, ..before }
    }
}

/// The line, without a class that is gone.
fn still_there(event: &Event, line: Signup) -> Signup {
    let class = line.class.filter(|id| event.class(*id).is_some());
    Signup { class, ..line }
}

/// The class to sign up in: the one chosen, the one where the person is in or waiting, or the event's only one. `None` where
/// the person has to choose: what they said when they weren't to drive doesn't bind them.
fn class_to_drive<'e>(
    event: &'e Event,
    before: &Signup,
    chosen: Option<ClassId>,
) -> Result<Option<&'e Class>, Refusal> {
    if let Some(id) = chosen {
        return event.class(id).map(Some).ok_or(Refusal::UnknownClass);
    }
    let held = before.class.filter(|_| before.state.holds_class());
    Ok(held.and_then(|id| event.class(id)).or(event.only_class()))
}

/// What is driven in a class.
enum Car {
    Any,
    Pick,
    This(CarName),
}

/// The car to drive: the one chosen, the one they signed up with, or the class's only one.
fn car_to_drive(class: &Class, before: &Signup, chosen: Option<&CarName>) -> Result<Car, Refusal> {
    let of_class =
        |name: &CarName| class.cars.iter().find(|car| fold(car.as_str()) == fold(name.as_str())).cloned();
    match (class.cars.as_slice(), chosen) {
        ([], _) => Ok(Car::Any),
        (_, Some(name)) => of_class(name).map(Car::This).ok_or(Refusal::UnknownCar),
        ([only], None) => Ok(Car::This(only.clone())),
        (_, None) => {
            let held = before.car.as_ref().filter(|_| before.class == Some(class.id));
            Ok(held.and_then(of_class).map_or(Car::Pick, Car::This))
        }
    }
}

fn holds_role(behalf: Behalf<'_>, class: Option<&Class>, needed: &[Id<RoleMarker>]) -> Result<(), Refusal> {
    match behalf {
        Behalf::Own(held) if !needed.is_empty() && !needed.iter().any(|role| held.contains(role)) => {
            let class = class.and_then(|class| class.name.clone());
            Err(Refusal::RoleNeeded { class, roles: needed.to_vec() })
        }
        Behalf::Organisers | Behalf::Own(_) => Ok(()),
    }
}

/// Whether the start is so close that a place given back may stay empty.
fn is_close(event: &Event, now: Timestamp) -> bool {
    now >= event.start.saturating_sub(OFFERED_FROM).unwrap_or(event.start)
}

/// What taking a sign-up back comes to.
fn withdrawn(before: Option<&Signup>) -> SignupState {
    let was_on = |line: &Signup| line.state.is_signed_up() || line.state == SignupState::Withdrawn;
    if before.is_some_and(was_on) { SignupState::Withdrawn } else { SignupState::Absent }
}

fn admits(event: &Event, behalf: Behalf<'_>, wish: &Wish, now: Timestamp) -> Result<(), Refusal> {
    let name = || event.name.clone();
    let joins = matches!(wish, Wish::SignUp(_) | Wish::Tentative) && matches!(behalf, Behalf::Own(_));
    match &event.state {
        EventState::Cancelled { .. } => Err(Refusal::EventCancelled(name())),
        _ if now >= event.end() => Err(Refusal::EventOver(name())),
        _ if joins && now >= event.start => Err(Refusal::EventStarted(name())),
        EventState::Closed if joins => Err(Refusal::SignupsClosed(name())),
        _ if joins && now >= event.signups_close_at() => {
            Err(Refusal::PastCutoff { at: event.signups_close_at(), event: name() })
        }
        EventState::Closed | EventState::Open => Ok(()),
    }
}

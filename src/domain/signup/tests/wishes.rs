//! What single wishes come to.

use twilight_model::id::marker::RoleMarker;

use super::*;
use crate::domain::{
    name::{CarName, ClassName},
    refusal::Refusal,
    terms::Cutoff,
};

const LICENCE: Id<RoleMarker> = Id::new(77);

fn decided(
    event: &Event,
    sheet: &Sheet,
    number: u64,
    wish: &Wish,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    sheet.decide(event, &applicant(number), wish, now)
}

fn done(event: &Event, sheet: &Sheet, number: u64, wish: &Wish, now: Timestamp) -> Sheet {
    match decided(event, sheet, number, wish, now).unwrap() {
        Decision::Change(lines) => lines.into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line)),
        other => panic!("{other:?}"),
    }
}

/// One in, two waiting.
fn crowded(event: &Event) -> Sheet {
    let sign_up = |number| (number, Wish::sign_up(Some(class(0))));
    play(event, &[sign_up(1), sign_up(2), sign_up(3)])
}

fn car(name: &str) -> CarName {
    CarName::parse(name).unwrap()
}

#[test]
fn a_day_ahead_a_free_place_goes_to_the_next_at_once() {
    let event = event(&[Some(1)]);
    let sheet = done(&event, &crowded(&event), 1, &Wish::Withdraw { sure: false }, at(-25));
    let second = sheet.of(user(2)).unwrap();
    assert_eq!((second.state, second.promoted_at), (SignupState::In, Some(at(-25))));
    assert_eq!(sheet.of(user(3)).unwrap().state, SignupState::Waiting);
}

#[test]
fn in_the_last_day_a_place_is_offered_to_one_after_the_other() {
    let event = event(&[Some(1)]);
    let near = at(-8);
    let sheet = crowded(&event);
    assert_eq!(decided(&event, &sheet, 1, &Wish::Withdraw { sure: false }, near), Ok(Decision::AskWithdraw));
    let sheet = done(&event, &sheet, 1, &Wish::Withdraw { sure: true }, near);
    let hour = near + SignedDuration::from_hours(1);
    assert_eq!(sheet.of(user(2)).unwrap().offered_until(), Some(hour));
    assert_eq!(sheet.next_change(), Some(hour));
    // What is kept for somebody can't be taken by anybody else.
    let full = done(&event, &sheet, 4, &Wish::sign_up(None), near);
    assert_eq!(full.of(user(4)).unwrap().state, SignupState::Waiting);
    // It lapses, and the next is asked.
    let lapsed = sheet.advanced(&event, hour).into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line));
    assert_eq!(lapsed.of(user(2)).unwrap().offer, Some(Offer::Lapsed));
    assert!(lapsed.of(user(3)).unwrap().offered_until().is_some());
    assert_eq!(decided(&event, &lapsed, 2, &Wish::Accept, hour), Err(Refusal::OfferOver(event.name.clone())));
    let passed = done(&event, &lapsed, 3, &Wish::Pass, hour);
    assert_eq!(passed.of(user(3)).unwrap().state, SignupState::Withdrawn);
    // Nobody is left to ask: the place is whoever's who presses first, those who were asked among them.
    let taken = done(&event, &passed, 2, &Wish::sign_up(None), hour);
    assert_eq!(taken.of(user(2)).unwrap().state, SignupState::In);
}

#[test]
fn an_offer_is_accepted_in_its_class_and_car() {
    let mut event = event(&[Some(1)]);
    event.classes[0].cars = vec![car("Ferrari 296"), car("BMW M4")];
    let choice = |name: &str| Wish::SignUp(Choice { car: Some(car(name)), class: None });
    let sheet = play(&event, &[(1, choice("ferrari 296")), (2, choice("BMW M4"))]);
    assert_eq!(sheet.of(user(1)).unwrap().car, Some(car("Ferrari 296")), "as the event spells it");
    let sheet = done(&event, &sheet, 1, &Wish::Withdraw { sure: true }, at(-8));
    let sheet = done(&event, &sheet, 2, &Wish::Accept, at(-8));
    let line = sheet.of(user(2)).unwrap();
    assert_eq!((line.state, &line.car, line.offer), (SignupState::In, &Some(car("BMW M4")), None));
}

#[test]
fn a_car_is_chosen_once_there_are_several() {
    let mut event = event(&[None, None]);
    let sign_up = Wish::sign_up(Some(class(0)));
    event.classes[0].cars = vec![car("Ferrari 296")];
    let only = done(&event, &Sheet::default(), 1, &sign_up, at(-48));
    assert_eq!(only.of(user(1)).unwrap().car, Some(car("Ferrari 296")));
    event.classes[0].cars.push(car("BMW M4"));
    assert_eq!(decided(&event, &Sheet::default(), 1, &sign_up, at(-48)), Ok(Decision::PickCar(class(0))));
    assert_eq!(decided(&event, &only, 1, &Wish::sign_up(None), at(-48)), Ok(Decision::Unchanged));
    let other = Wish::SignUp(Choice { car: Some(car("Porsche")), class: Some(class(0)) });
    assert_eq!(decided(&event, &only, 1, &other, at(-48)), Err(Refusal::UnknownCar));
}

#[test]
fn roles_are_needed_for_the_event_and_for_a_class() {
    let mut event = event(&[None, None]);
    event.classes[1].roles = vec![LICENCE];
    event.classes[1].name = ClassName::parse("GT3").ok();
    let sheet = Sheet::default();
    let sign_up = Wish::sign_up(Some(class(1)));
    let refused = Refusal::RoleNeeded { class: ClassName::parse("GT3").ok(), roles: vec![LICENCE] };
    assert_eq!(decided(&event, &sheet, 1, &sign_up, at(-48)), Err(refused));
    let held = [Id::new(5), LICENCE];
    let mut who = Applicant { behalf: Behalf::Own(&held), ..applicant(1) };
    assert!(sheet.decide(&event, &who, &sign_up, at(-48)).is_ok());
    who.behalf = Behalf::Organisers;
    assert!(sheet.decide(&event, &who, &sign_up, at(-48)).is_ok(), "organisers may waive it");
    event.terms.roles = vec![LICENCE];
    let refused = Refusal::RoleNeeded { class: None, roles: vec![LICENCE] };
    assert_eq!(decided(&event, &sheet, 1, &Wish::Tentative, at(-48)), Err(refused.clone()));
    assert_eq!(decided(&event, &sheet, 1, &Wish::sign_up(Some(class(0))), at(-48)), Err(refused));
    assert!(decided(&event, &sheet, 1, &Wish::Withdraw { sure: true }, at(-48)).is_ok());
}

#[test]
fn after_the_cut_off_only_organisers_add_people() {
    let mut event = event(&[None]);
    event.terms.cutoff = Cutoff::minutes(120).unwrap();
    let (before, after) = (at(-2) - SignedDuration::from_secs(1), at(-2));
    let sheet = done(&event, &Sheet::default(), 1, &Wish::sign_up(None), before);
    let refused = Refusal::PastCutoff { at: at(-2), event: event.name.clone() };
    assert_eq!(decided(&event, &sheet, 2, &Wish::sign_up(None), after), Err(refused));
    let who = Applicant { behalf: Behalf::Organisers, ..applicant(2) };
    assert!(sheet.decide(&event, &who, &Wish::sign_up(None), after).is_ok());
    assert!(decided(&event, &sheet, 1, &Wish::Late, after).is_ok());
    assert!(decided(&event, &sheet, 1, &Wish::Withdraw { sure: true }, after).is_ok());
}

#[test]
fn whoever_is_late_keeps_their_place_and_order() {
    let event = event(&[Some(1)]);
    let sheet = crowded(&event);
    let late = done(&event, &sheet, 1, &Wish::Late, at(-48));
    let line = late.of(user(1)).unwrap();
    assert_eq!((line.state, line.order), (SignupState::Late, sheet.of(user(1)).unwrap().order));
    assert_eq!(late.of(user(2)).unwrap().state, SignupState::Waiting);
    assert_eq!(done(&event, &late, 1, &Wish::OnTime, at(-48)), sheet);
    assert_eq!(decided(&event, &sheet, 2, &Wish::Late, at(-48)), Err(Refusal::NoPlace(event.name.clone())));
}

#[test]
fn the_event_may_have_fewer_places_than_its_classes() {
    let mut event = event(&[Some(2), Some(2)]);
    event.terms.limit = Capacity::new(3).ok();
    let sign_up = |number, of| (number, Wish::sign_up(Some(class(of))));
    let sheet = play(&event, &[sign_up(1, 0), sign_up(2, 0), sign_up(3, 1), sign_up(4, 1)]);
    assert_eq!(sheet.of(user(4)).unwrap().state, SignupState::Waiting);
    assert_eq!(sheet.places_left(&event, &event.classes[1]), Some(0));
    let sheet = done(&event, &sheet, 1, &Wish::Withdraw { sure: true }, at(-48));
    assert_eq!(sheet.of(user(4)).unwrap().state, SignupState::In);
}

//! What organisers and sites say of people.

use super::*;
use crate::domain::{name::Note, patch::Patch, refusal::Refusal};

fn organised(number: u64) -> Applicant<'static> {
    Applicant { behalf: Behalf::Organisers, ..applicant(number) }
}

fn target(standing: Standing) -> Target {
    Target { choice: Choice::default(), note: Patch::Keep, standing }
}

fn bring(event: &Event, sheet: &Sheet, number: u64, target: &Target) -> Result<Sheet, Refusal> {
    Ok(match sheet.bring(event, &organised(number), target, at(-1))? {
        Decision::Change(lines) => lines.into_iter().fold(sheet.clone(), |sheet, line| sheet.with(line)),
        _ => sheet.clone(),
    })
}

fn state(sheet: &Sheet, number: u64) -> SignupState {
    sheet.of(user(number)).unwrap().state
}

#[test]
fn closed_sign_ups_dont_hold_and_caps_do() {
    let event = Event { state: EventState::Closed, ..event(&[Some(1)]) };
    let one = bring(&event, &Sheet::default(), 1, &target(Standing::Late)).unwrap();
    assert_eq!(state(&one, 1), SignupState::Late);
    let two = bring(&event, &one, 2, &target(Standing::Late)).unwrap();
    assert_eq!(state(&two, 2), SignupState::Waiting);
    assert!(!Standing::Late.is(state(&two, 2)));
    let on_time = bring(&event, &two, 1, &target(Standing::In)).unwrap();
    assert_eq!(state(&on_time, 1), SignupState::In);
    assert_eq!(bring(&event, &on_time, 1, &target(Standing::In)).unwrap(), on_time, "again changes nothing");
}

#[test]
fn who_is_taken_off_close_to_the_start_isnt_asked() {
    let event = event(&[Some(1)]);
    let sheet = bring(&event, &Sheet::default(), 1, &target(Standing::In)).unwrap();
    let sheet = bring(&event, &sheet, 1, &target(Standing::Out)).unwrap();
    assert_eq!(state(&sheet, 1), SignupState::Withdrawn);
    let sheet = bring(&event, &sheet, 2, &target(Standing::Out)).unwrap();
    assert_eq!(state(&sheet, 2), SignupState::Absent);
    let sheet = bring(&event, &sheet, 2, &target(Standing::Tentative)).unwrap();
    assert!(Standing::Tentative.is(state(&sheet, 2)));
}

#[test]
fn a_note_comes_and_goes_with_those_who_come() {
    let event = event(&[None]);
    let noted = |standing, note: Option<&str>| Target {
        note: Patch::Set(note.map(|note| Note::parse(note).unwrap())),
        ..target(standing)
    };
    let sheet = bring(&event, &Sheet::default(), 1, &noted(Standing::In, Some("Starts"))).unwrap();
    assert_eq!(sheet.of(user(1)).unwrap().note, Note::parse("Starts").ok());
    let kept = bring(&event, &sheet, 1, &target(Standing::Late)).unwrap();
    assert_eq!(kept.of(user(1)).unwrap().note, Note::parse("Starts").ok());
    let bare = bring(&event, &kept, 1, &noted(Standing::Late, None)).unwrap();
    assert_eq!(bare.of(user(1)).unwrap().note, None);
    let gone = bring(&event, &kept, 1, &noted(Standing::Out, None)).unwrap();
    assert_eq!((state(&gone, 1), &gone.of(user(1)).unwrap().note), (SignupState::Withdrawn, &None));
    let refused = bring(&event, &bare, 1, &noted(Standing::Out, Some("Ill")));
    assert_eq!(refused, Err(Refusal::NoPlace(event.name.clone())));
}

#[test]
fn several_classes_have_to_be_chosen_from() {
    let event = event(&[None, None]);
    let asked = Sheet::default().bring(&event, &organised(1), &target(Standing::In), at(-48));
    assert_eq!(asked, Ok(Decision::PickClass));
}

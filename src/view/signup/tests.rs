#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::name::Note,
    domain::signup::{
        Offer,
        SignupState::{Absent, In, Tentative, Waiting, Withdrawn},
    },
    view::testing::{before, check, event, key, render, sheet},
};

fn shown(bodies: &[Body]) -> String {
    bodies.iter().for_each(check);
    bodies.iter().map(|body| render(body.components())).collect::<Vec<_>>().join("\n\n")
}

fn cars(count: usize) -> Vec<CarName> {
    (1..=count).map(|number| CarName::parse(&format!("Car {number}")).unwrap()).collect()
}

#[test]
fn people_are_told_how_they_stand() {
    let event = event("GT3 x 1");
    let people = [(0, In, 1), (0, Waiting, 2), (0, Tentative, 1), (0, Withdrawn, 1), (0, Absent, 1)];
    let sheet = sheet(&event, &people);
    let of = |user| standing(&event, &sheet, key(user));
    assert_snapshot!(shown(&[of(1001), of(1003), of(1004), of(1005), of(1006), of(1)]), @"
    ✅ <@1001>, you're in for **Spa 24 Hours** in GT3.
    [I'll be late] [Availability] [Drive with…] [Add a note]

    ⏳ You're number 2 on the waiting list for **Spa 24 Hours** in GT3. You move up by yourself.
    [Availability] [Drive with…] [Add a note]

    ❔ You're tentative for **Spa 24 Hours** in GT3.
    [Availability] [Drive with…] [Add a note]

    You have withdrawn from **Spa 24 Hours**.

    🚫 You're noted as absent from **Spa 24 Hours**.

    You haven't signed up for **Spa 24 Hours**.
    ");
    assert_snapshot!(shown(&[unchanged(&event, &sheet, key(1001))]), @"
    Nothing changed. ✅ <@1001>, you're in for **Spa 24 Hours** in GT3.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    ");
}

#[test]
fn a_class_is_chosen_by_its_room() {
    let event = event("GTP x 1\nLMP2 x 4\nGT3");
    let sheet = sheet(&event, &[(0, In, 1), (0, Waiting, 3), (1, In, 3)]);
    assert_snapshot!(shown(&[pick_class(&event, &sheet, None)]), @"
    Which class of **Spa 24 Hours** do you want to drive?
    <Choose a class>
    ◦ GTP (Full: you would be number 4 on the waiting list)
    ◦ LMP2 (1 place left)
    ◦ GT3 (No limit)
    ");
}

#[test]
fn what_is_added_and_offered_is_told() {
    let event = event("GT3 x 1");
    let sheet = sheet(&event, &[(0, In, 1), (0, Waiting, 1)]);
    let mut late = sheet.lines()[0].clone();
    (late.state, late.note) = (SignupState::Late, Note::parse("After *work*").ok());
    let mut asked = sheet.lines()[1].clone();
    asked.offer = Some(Offer::Until(before()));
    let sheet = sheet.with(late).with(asked);
    let of = |user| standing(&event, &sheet, key(user));
    assert_snapshot!(shown(&[of(1001), of(1002), ask_withdraw(&event)]), @r"
    ⏰ <@1001>, you're in for **Spa 24 Hours** in GT3 and come late.
    📝 After \*work\*
    [I'll be on time] [Availability] [Drive with…] [Change note]

    🎟️ A place in **Spa 24 Hours** in GT3 is kept for you until <t:1796126400:R>. **Accept** takes it.
    [Accept] [Pass] [Availability] [Drive with…] [Add a note]

    **Spa 24 Hours** starts <t:1796475600:R>. If you withdraw now, your place goes to the next on the waiting list, and your team may miss you. To keep it, dismiss this message.
    [Withdraw all the same!]
    ");
}

#[test]
fn sixty_cars_have_three_pages() {
    let mut event = event("GT3\nGT4");
    event.classes[0].cars = cars(60);
    let page = |number| pick_car(&event, &event.classes[0], number, None);
    let third = shown(&[page(2)]);
    assert_eq!(third.matches("◦ ").count(), 10, "{third}");
    assert_eq!(shown(&[page(0)]).matches("◦ ").count(), 25);
    assert_eq!(shown(&[page(3)]), third, "past the end");
    assert_snapshot!(third.lines().last().unwrap_or_default(), @"[More cars (3 of 3)]");
}

#[test]
fn what_was_driven_last_takes_one_press() {
    let mut event = event("GTP\nGT3");
    event.classes[1].cars = cars(2);
    let (sheet, class) = (sheet(&event, &[]), event.classes[1].name.clone());
    let (car, gone) = (CarName::parse("car 2").unwrap(), CarName::parse("Car 9").unwrap());
    let with = |car| pick_class(&event, &sheet, Some(LastTime { car: Some(car), class: class.as_ref() }));
    assert_snapshot!(shown(&[with(&car), with(&gone)]), @"
    Which class of **Spa 24 Hours** do you want to drive?
    [GT3 · Car 2, as last time]
    <Choose a class>
    ◦ GTP (No limit)
    ◦ GT3 (No limit)

    Which class of **Spa 24 Hours** do you want to drive?
    <Choose a class>
    ◦ GTP (No limit)
    ◦ GT3 (No limit)
    ");
}

//! What one person reads about their own sign-up, and everything that they can change of it.

use twilight_model::channel::message::{
    Component,
    component::{Button, ButtonStyle},
};

use super::{
    custom_id::{CrewPress, Press},
    markup::{count, mention, name, relative},
    message::{Body, MAX_OPTIONS, button, option, row, select, text},
};
use crate::domain::{
    event::{Class, Event},
    id::UserId,
    name::{CarName, ClassName},
    signup::{Sheet, Signup, SignupState},
};

/// What somebody drove last in another event of the club.
#[derive(Clone, Copy, Debug)]
pub struct LastTime<'f> {
    /// The car, where they chose one.
    pub car: Option<&'f CarName>,
    /// The class, where it had a name.
    pub class: Option<&'f ClassName>,
}

/// How the person stands with the event after a press that changed it, and what they can change.
#[must_use]
pub fn standing(event: &Event, sheet: &Sheet, user: UserId) -> Body {
    mine(stands(event, sheet, user), event, sheet, user)
}

/// How the person stands with the event, which their press didn't change, and what they can change.
#[must_use]
pub fn unchanged(event: &Event, sheet: &Sheet, user: UserId) -> Body {
    mine(format!("Nothing changed. {}", stands(event, sheet, user)), event, sheet, user)
}

fn mine(words: String, event: &Event, sheet: &Sheet, user: UserId) -> Body {
    let mut parts = vec![text(words)];
    let Some(line) = sheet.of(user).filter(|line| line.state.is_signed_up()) else { return Body::new(parts) };
    parts.push(row(buttons(event, line)));
    if event.classes.len() > 1 {
        parts.push(class_select(event, sheet, "Choose another class"));
    }
    let class = line.class.and_then(|id| event.class(id));
    if let Some(class) = class.filter(|class| class.cars.len() > 1) {
        parts.extend(car_select(event, class, 0, "Choose another car"));
    }
    Body::new(parts)
}

fn buttons(event: &Event, line: &Signup) -> Vec<Button> {
    let mut buttons = Vec::new();
    match line.state {
        SignupState::In => {
            buttons.push(button(ButtonStyle::Secondary, "I'll be late", &Press::Late(event.id)));
        }
        SignupState::Late => {
            buttons.push(button(ButtonStyle::Secondary, "I'll be on time", &Press::OnTime(event.id)));
        }
        _ => {}
    }
    if line.offered_until().is_some() {
        buttons.extend(offer_buttons(event));
    }
    let hours = Press::Hours { event: event.id, page: 0 };
    buttons.push(button(ButtonStyle::Secondary, "Availability", &hours));
    buttons.push(button(ButtonStyle::Secondary, "Drive with…", &Press::Crew(CrewPress::Partners(event.id))));
    let note = if line.note.is_some() { "Change note" } else { "Add a note" };
    buttons.push(button(ButtonStyle::Secondary, note, &Press::Note(event.id)));
    buttons
}

/// **Accept** and **Pass**.
pub(super) fn offer_buttons(event: &Event) -> [Button; 2] {
    [
        button(ButtonStyle::Success, "Accept", &Press::Accept(event.id)),
        button(ButtonStyle::Secondary, "Pass", &Press::Pass(event.id)),
    ]
}

fn stands(event: &Event, sheet: &Sheet, user: UserId) -> String {
    let event_name = name(&event.name);
    let Some(line) = sheet.of(user) else {
        return format!("You haven't signed up for **{event_name}**.");
    };
    let of = |class: Option<&Class>| {
        let parts = [class.and_then(|class| class.name.as_ref()).map(name), line.car.as_ref().map(name)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!(" in {}", parts.join(" · ")) }
    };
    let class = of(line.class.and_then(|id| event.class(id)));
    let words = match (line.state, line.offered_until()) {
        (SignupState::In, _) => {
            format!("✅ {}, you're in for **{event_name}**{class}.", mention(line.discord))
        }
        (SignupState::Late, _) => {
            format!("⏰ {}, you're in for **{event_name}**{class} and come late.", mention(line.discord))
        }
        (SignupState::Tentative, _) => format!("❔ You're tentative for **{event_name}**{class}."),
        (SignupState::Waiting, Some(until)) => format!(
            "🎟️ A place in **{event_name}**{class} is kept for you until {}. **Accept** takes it.",
            relative(until),
        ),
        (SignupState::Waiting, None) => format!(
            "⏳ You're number {} on the waiting list for **{event_name}**{class}. You move up by yourself.",
            place_in_queue(sheet, line),
        ),
        (SignupState::Withdrawn, _) => format!("You have withdrawn from **{event_name}**."),
        (SignupState::Absent, _) => format!("🚫 You're noted as absent from **{event_name}**."),
    };
    match line.note.as_ref().filter(|_| line.state.is_signed_up()) {
        Some(note) => format!("{words}\n📝 {}", name(note)),
        None => words,
    }
}

/// Single phrases about a sign-up.
pub(super) mod words {
    use super::{Event, Sheet, Signup, SignupState, place_in_queue};

    /// What somebody said, with their class and car, without Markdown: "In · GT3 · BMW M4".
    pub(in crate::view) fn state_in(event: &Event, sheet: &Sheet, line: &Signup) -> String {
        let state = match line.state {
            SignupState::In => "In".to_owned(),
            SignupState::Late => "In, late".to_owned(),
            SignupState::Tentative => "Tentative".to_owned(),
            SignupState::Waiting => format!("Number {} on the waiting list", place_in_queue(sheet, line)),
            SignupState::Withdrawn => "Withdrawn".to_owned(),
            SignupState::Absent => "Absent".to_owned(),
        };
        let class = line.class.and_then(|id| event.class(id)).and_then(|class| class.name.as_ref());
        let shown = line.state.is_signed_up();
        let parts = [
            Some(state),
            class.filter(|_| shown).map(ToString::to_string),
            line.car.as_ref().filter(|_| shown).map(ToString::to_string),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn place_in_queue(sheet: &Sheet, line: &Signup) -> usize {
    let queue = line.class.into_iter().flat_map(|class| sheet.in_state(class, SignupState::Waiting));
    queue.take_while(|other| other.user != line.user).count() + 1
}

/// Asks which class to sign up in.
#[must_use]
pub fn pick_class(event: &Event, sheet: &Sheet, last: Option<LastTime<'_>>) -> Body {
    let mut parts = vec![text(format!("Which class of **{}** do you want to drive?", name(&event.name)))];
    parts.extend(last.and_then(|last| as_last_time(event, last)));
    parts.push(class_select(event, sheet, "Choose a class"));
    Body::new(parts)
}

/// Asks which car of a class to sign up with. A page of 25 at a time.
#[must_use]
pub fn pick_car(event: &Event, class: &Class, page: u16, last: Option<LastTime<'_>>) -> Body {
    let of = class.name.as_ref().map_or_else(|| name(&event.name), name);
    let mut parts = vec![text(format!("Which car do you want to drive in **{of}**?"))];
    parts.extend(last.and_then(|last| as_last_time(event, last)));
    parts.extend(car_select(event, class, page, "Choose a car"));
    Body::new(parts)
}

/// Signs up as last time, where the event still has that class and car.
fn as_last_time(event: &Event, last: LastTime<'_>) -> Option<Component> {
    let (class, car) = event.as_last_time(last.class, last.car)?;
    let parts = [class.name.as_ref().map(ToString::to_string), car.map(ToString::to_string)];
    let label = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let label = format!("{label}, as last time");
    Some(row([button(ButtonStyle::Success, &label, &Press::AsLastTime(event.id))]))
}

fn class_select(event: &Event, sheet: &Sheet, placeholder: &str) -> Component {
    let options = event.classes.iter().map(|class| {
        let label = class.name.as_ref().map_or("Drivers", |class| class.as_str());
        option(label, class.id.short(), Some(&room(event, sheet, class)))
    });
    select(&Press::PickClass(event.id), placeholder, options.collect())
}

/// The cars of one page, and the buttons that turn to the others.
fn car_select(event: &Event, class: &Class, page: u16, placeholder: &str) -> Vec<Component> {
    let pages = class.cars.chunks(MAX_OPTIONS).count().max(1);
    let page = usize::from(page).min(pages - 1);
    let cars = class.cars.iter().skip(page * MAX_OPTIONS).take(MAX_OPTIONS);
    let options = cars.map(|car| option(car.as_str(), car.as_str(), None)).collect();
    let press = Press::PickCar { event: event.id, class: class.id };
    let mut parts = vec![select(&press, placeholder, options)];
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or_default();
        let turn = Press::CarsPage { event: event.id, class: class.id, page: next };
        let label = format!("More cars ({} of {pages})", page + 1);
        parts.push(row([button(ButtonStyle::Secondary, &label, &turn)]));
    }
    parts
}

fn room(event: &Event, sheet: &Sheet, class: &Class) -> String {
    let waiting = sheet.in_state(class.id, SignupState::Waiting).count();
    match sheet.places_left(event, class) {
        None => "No limit".to_owned(),
        Some(left) if left > 0 => format!("{} left", count(left, "place", "places")),
        Some(_) => format!("Full: you would be number {} on the waiting list", waiting + 1),
    }
}

/// Asks whether they really take their place back so close to the start.
#[must_use]
pub fn ask_withdraw(event: &Event) -> Body {
    Body::new(vec![
        text(format!(
            "**{}** starts {}. If you withdraw now, your place goes to the next on the waiting list, and your team may miss you. \
             To keep it, dismiss this message.",
            name(&event.name),
            relative(event.start),
        )),
        row([button(ButtonStyle::Danger, "Withdraw all the same", &Press::WithdrawSurely(event.id))]),
    ])
}

#[cfg(test)]
mod tests;

//! What is looked at of a sheet: everybody on it, a class's cars, and the form of a note.

use futures::FutureExt;

use super::{event_of, reading};
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        table::{Audience, Call, PressHandler},
    },
    view::{
        custom_id::{Press, verb},
        everybody, field,
        modal::{Draft, signup_note},
        signup,
    },
};

/// Turns the pages of a class's cars.
pub(super) const CARS: PressHandler<Deps> =
    reading(verb::CARS, Audience::Everyone, Declared::Update, |deps, call| cars(deps, call).boxed());

/// Shows everybody on the sheet.
pub(super) const FULL_LIST: PressHandler<Deps> =
    reading(verb::FULL_LIST, Audience::Everyone, Declared::Ephemeral, |deps, call| {
        full_list(deps, call).boxed()
    });

/// Opens the form of a note.
pub(super) const NOTE: PressHandler<Deps> =
    reading(verb::NOTE, Audience::Everyone, Declared::Modal, |deps, call| note(deps, call).boxed());

async fn cars(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::CarsPage { event, class, page } = call.input.press else {
        return Err(Refusal::Outdated.into());
    };
    let facts = deps.service.event(call.context.member()?, event).await?.facts;
    let class = facts.event.class(class).ok_or(Refusal::UnknownClass)?;
    Ok(Answer::Update(signup::pick_car(&facts.event, class, page, None)))
}

async fn full_list(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::FullList { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let facts = deps.service.event(call.context.member()?, event).await?.facts;
    let body = everybody::page(&facts.event, &facts.sheet, page);
    Ok(if call.input.is_on_own_page() { Answer::Update(body) } else { Answer::ephemeral(body) })
}

async fn note(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let written = deps.service.open_note(call.context.member()?, event).await?;
    let filled = Draft::default().with(field::NOTE, written.map(|note| note.to_string()));
    Ok(Answer::Modal(signup_note::modal(call.context.id, event, &filled)))
}

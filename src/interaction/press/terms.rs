//! The forms of a sheet's terms and of an event's classes.

use futures::FutureExt;

use super::{chosen, event_of, reading};
use crate::{
    domain::{
        event::Event,
        id::{ClassId, EventId},
        refusal::Refusal,
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        table::{Audience, Call, PressHandler},
    },
    view::{
        classes,
        custom_id::{Press, verb},
        modal::{
            event_class::{self, About},
            event_terms,
        },
    },
};

/// Lists the classes to choose one of.
pub(super) const CLASSES: PressHandler<Deps> =
    reading(verb::CLASSES, Audience::Organiser, Declared::Update, |deps, call| list(deps, call).boxed());
/// Opens the form of the only class.
pub(super) const EDIT_CLASS: PressHandler<Deps> =
    reading(verb::EDIT_CLASS, Audience::Organiser, Declared::Modal, |deps, call| class(deps, call).boxed());
/// Opens the form of the terms.
pub(super) const EDIT_TERMS: PressHandler<Deps> =
    reading(verb::EDIT_TERMS, Audience::Organiser, Declared::Modal, |deps, call| terms(deps, call).boxed());
/// Opens the form of the class chosen.
pub(super) const PICK_CLASS: PressHandler<Deps> =
    reading(verb::PICK_CLASS_FORM, Audience::Organiser, Declared::Modal, |deps, call| {
        class(deps, call).boxed()
    });

async fn terms(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = opened(deps, &call).await?;
    let filled = event_terms::filled(&event);
    Ok(Answer::Modal(event_terms::modal(call.context.id, (event.id, event.revision), &filled)))
}

async fn class(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let id = match call.input.press {
        Press::EditClass { class, .. } => Some(class),
        _ => chosen(&call.input).and_then(ClassId::from_short),
    };
    let event = opened(deps, &call).await?;
    let class = id.and_then(|id| event.class(id)).ok_or(Refusal::UnknownClass)?;
    let about = About { class: class.id, event: event.id, revision: event.revision };
    Ok(Answer::Modal(event_class::modal(call.context.id, about, &event_class::filled(class))))
}

async fn list(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    Ok(Answer::Update(classes::list(&opened(deps, &call).await?)))
}

async fn opened(deps: &Deps, call: &Call<Pressed>) -> Result<Event, Failure> {
    let event: EventId = event_of(call.input.press)?;
    Ok(deps.service.open_event(call.context.member()?, event).await?.event)
}

//! The form of one class of an event.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::refusal::{Field, Refusal},
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::{event::EventFacts, terms::ClassEdit},
    view::{
        custom_id::{Form, verb},
        field,
        modal::event_class::{self, About},
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SET_CLASS,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let About { class, event, revision } = which(&call.input.form)?;
    let guild = call.context.server()?.id;
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.optional_name(field::NAME, Field::Name);
    let capacity = reader.places(field::PLACES, Field::Places);
    let cars = reader.cars();
    let roles = reader.needed_roles(guild);
    let edit = name.zip(capacity).zip(cars);
    let edit = reader.finish(edit.map(|((name, capacity), cars)| ClassEdit {
        capacity,
        cars,
        class,
        name,
        roles,
    }))?;
    let render = |facts: &EventFacts| shown::message(&reply::event_edited(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.edit_class(call.ask(&render)?, (event, revision), edit).await?))
}

/// Opens the form on the event as it stands now.
async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let about = which(&call.input.form)?;
    let event = deps.service.open_event(call.context.member()?, about.event).await?.event;
    let about = About { revision: event.revision, ..about };
    Ok(Answer::Modal(event_class::modal(call.context.id, about, &call.input.filled)))
}

const fn which(form: &Form) -> Result<About, Refusal> {
    match form {
        Form::EventClass { class, event, revision } => {
            Ok(About { class: *class, event: *event, revision: *revision })
        }
        _ => Err(Refusal::Outdated),
    }
}

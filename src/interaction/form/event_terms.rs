//! The form of the terms of an event's sheet.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        id::EventId,
        refusal::{Field, Refusal},
        terms::Terms,
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::event::EventFacts,
    view::{
        custom_id::{Form, verb},
        field,
        modal::event_terms,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SET_TERMS,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let at = which(&call.input.form)?;
    let guild = call.context.server()?.id;
    let mut reader = Reader::new(&call.input.fields);
    let limit = reader.places(field::LIMIT, Field::Limit);
    let minimum = reader.places(field::MINIMUM, Field::Minimum);
    let cutoff = reader.cutoff();
    let requirements = reader.optional_name(field::REQUIREMENTS, Field::Requirements);
    let roles = reader.needed_roles(guild);
    let terms = limit.zip(minimum).zip(cutoff).zip(requirements);
    let terms = reader.finish(terms.map(|(((limit, minimum), cutoff), requirements)| Terms {
        cutoff,
        limit,
        minimum,
        requirements,
        roles,
    }))?;
    let render = |facts: &EventFacts| shown::message(&reply::event_edited(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.set_terms(call.ask(&render)?, at, terms).await?))
}

/// Opens the form on the event as it stands now.
async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let (event, _) = which(&call.input.form)?;
    let event = deps.service.open_event(call.context.member()?, event).await?.event;
    Ok(Answer::Modal(event_terms::modal(call.context.id, (event.id, event.revision), &call.input.filled)))
}

const fn which(form: &Form) -> Result<(EventId, u64), Refusal> {
    match form {
        Form::EventTerms { event, revision } => Ok((*event, *revision)),
        _ => Err(Refusal::Outdated),
    }
}

//! The form that makes a copy of an event.

use futures::FutureExt;

use super::{event_create::read, form};
use crate::{
    domain::{id::EventId, refusal::Refusal},
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::{blueprint::Source, event::EventFacts, find::EventOpening},
    view::{
        custom_id::{Form, verb},
        modal::event_duplicate,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::DUPLICATE_AS,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

/// The copy belongs to the same series; to none where that is archived, which the reply says.
async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let id = which(&call.input.form)?;
    let facts = deps.service.event(call.context.member()?, id).await?.facts;
    let archived = facts.series.as_ref().filter(|series| series.archived_at.is_some());
    let series = facts.event.series.filter(|_| archived.is_none());
    let new = read(&call.input.fields, (series, None), &facts.club.zone, deps.service.clock().now())?;
    let render =
        |made: &EventFacts| shown::message(&reply::event_created_from(&shown::facts(made), archived)).into();
    Ok(Answer::Kept(deps.service.create_event_from(call.ask(&render)?, Source::Event(id), new).await?))
}

async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let id = which(&call.input.form)?;
    let EventOpening { club, .. } = deps.service.open_any_event(call.context.member()?, id).await?;
    Ok(Answer::Modal(event_duplicate::modal(call.context.id, id, &club.zone, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::EventDuplicate(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

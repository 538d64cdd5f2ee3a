//! The form that cancels an event.

use futures::FutureExt;

use super::{form, read::Reader};
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
    service::event::EventFacts,
    view::{
        custom_id::{Form, verb},
        modal::event_cancel,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::CALL_OFF,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    let mut reader = Reader::new(&call.input.fields);
    let reason = reader.reason();
    let reason = reader.finish(reason)?;
    let render = |facts: &EventFacts| shown::message(&reply::event_cancelled(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.cancel_event(call.ask(&render)?, event, reason).await?))
}

async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    let opening = deps.service.open_event(call.context.member()?, event).await?;
    let about = event_cancel::About::from(&opening);
    Ok(Answer::Modal(event_cancel::modal(call.context.id, &about, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::EventCancel(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

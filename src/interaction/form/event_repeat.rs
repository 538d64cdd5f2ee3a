//! The form that has an event come again.

use futures::FutureExt;
use jiff::Timestamp;

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
    service::{event::EventFacts, find::EventOpening, recurrence::Repeating},
    view::{
        custom_id::{Form, verb},
        modal::event_repeat,
        repeat,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::REPEAT_BY,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let id = which(&call.input.form)?;
    let EventFacts { club, event, now, .. } = deps.service.event(call.context.member()?, id).await?.facts;
    let mut reader = Reader::new(&call.input.fields);
    let rule = reader.repeat(event.start, &club.zone, now);
    let rule = reader.finish(rule)?;
    let render = |started: &Repeating| {
        let made: Vec<Timestamp> = started.made.iter().map(|event| event.start).collect();
        shown::message(&repeat::started(&started.facts.event, &started.recurrence.rule, &made)).into()
    };
    Ok(Answer::Kept(deps.service.repeat_event(call.ask(&render)?, id, rule).await?))
}

async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let id = which(&call.input.form)?;
    let EventOpening { club, .. } = deps.service.open_event(call.context.member()?, id).await?;
    Ok(Answer::Modal(event_repeat::modal(call.context.id, id, &club.zone, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::EventRepeat(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

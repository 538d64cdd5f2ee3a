//! The form of the zone that somebody lives in, on their way to an event's hours.

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
    service::availability::Hours,
    view::{
        custom_id::{Form, verb},
        modal::hours_zone,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SET_HOURS_ZONE,
    Audience::Everyone,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    let mut reader = Reader::new(&call.input.fields);
    let zone = reader.zone();
    let zone = reader.finish(zone)?;
    let render = |hours: &Hours| shown::message(&shown::hours(hours, 0)).into();
    Ok(Answer::Kept(deps.service.choose_zone_for(call.ask(&render)?, event, Some(zone)).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    Ok(Answer::Modal(hours_zone::modal(call.context.id, event, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::HoursZone(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

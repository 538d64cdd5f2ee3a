//! The form that edits an event.

use futures::FutureExt;
use jiff::Timestamp;

use super::{form, read::Reader};
use crate::{
    domain::{
        event::Event,
        id::EventId,
        refusal::{Field, Refusal},
        zone::Zone,
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        fields::Fields,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::{edit::EventEdit, event::EventFacts, find::EventOpening},
    view::{
        custom_id::{Form, verb},
        field,
        modal::event_edit,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::REVISE,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let (id, revision) = which(&call.input.form)?;
    let EventFacts { club, event, .. } = deps.service.event(call.context.member()?, id).await?.facts;
    let edit = read(&call.input.fields, &event, &club.zone, deps.service.clock().now())?;
    let render = |facts: &EventFacts| shown::message(&reply::event_edited(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.edit_event(call.ask(&render)?, (id, revision), edit).await?))
}

/// Opens the form on the event as it stands now: whoever reads their draft again has been told what stood in its way.
async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let (id, _) = which(&call.input.form)?;
    let EventOpening { club, event, .. } = deps.service.open_event(call.context.member()?, id).await?;
    let at = (id, event.revision);
    Ok(Answer::Modal(event_edit::modal(call.context.id, at, &club.zone, &call.input.filled)))
}

const fn which(form: &Form) -> Result<(EventId, u64), Refusal> {
    match form {
        Form::EventEdit { event, revision } => Ok((*event, *revision)),
        _ => Err(Refusal::Outdated),
    }
}

fn read(fields: &Fields, before: &Event, zone: &Zone, now: Timestamp) -> Result<EventEdit, Refusal> {
    let mut reader = Reader::new(fields);
    let name = reader.name(field::NAME, Field::Name);
    let start = reader.new_start(before.start, zone, now);
    let (length, classes) = (reader.length(), reader.classes());
    let description = reader.name(field::DESCRIPTION, Field::Description);
    let all = name.zip(start).zip(length).zip(classes).zip(description);
    reader.finish(all.map(|((((name, start), length), classes), description)| EventEdit {
        classes,
        description,
        length,
        name,
        start,
    }))
}

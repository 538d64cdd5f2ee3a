//! The form of `/event create`.

use futures::FutureExt;
use jiff::Timestamp;

use super::{form, read::Reader};
use crate::{
    domain::{
        id::SeriesId,
        name::TrackName,
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
    service::event::{EventFacts, NewEvent},
    view::{
        custom_id::{Form, verb},
        field,
        modal::event_create,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::CREATE,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let club = deps.service.organised_club(call.context.member()?).await?;
    let place = place(&call.input.form)?;
    let new = read(&call.input.fields, place, &club.zone, deps.service.clock().now())?;
    let render = |facts: &EventFacts| shown::message(&reply::event_created(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.create_event(call.ask(&render)?, new).await?))
}

async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let club = deps.service.organised_club(call.context.member()?).await?;
    let place = place(&call.input.form)?;
    Ok(Answer::Modal(event_create::modal(call.context.id, place, &club.zone, &call.input.filled)))
}

/// What was settled before the form opened: the series and the track.
fn place(form: &Form) -> Result<(Option<SeriesId>, Option<TrackName>), Refusal> {
    match form {
        Form::EventCreate { series, track } => Ok((*series, track.clone())),
        _ => Err(Refusal::Outdated),
    }
}

fn read(
    fields: &Fields,
    (series, track): (Option<SeriesId>, Option<TrackName>),
    zone: &Zone,
    now: Timestamp,
) -> Result<NewEvent, Refusal> {
    let mut reader = Reader::new(fields);
    let name = reader.name(field::NAME, Field::Name);
    let start = reader.start(zone, now);
    let (length, classes) = (reader.length(), reader.classes());
    let description = reader.name(field::DESCRIPTION, Field::Description);
    let all = name.zip(start).zip(length).zip(classes).zip(description);
    reader.finish(all.map(|((((name, start), length), classes), description)| NewEvent {
        classes,
        description,
        length,
        name,
        series,
        start,
        track,
    }))
}

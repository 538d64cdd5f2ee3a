//! The form of `/event create`.

use futures::FutureExt;
use jiff::Timestamp;

use super::{form, read::Reader};
use crate::{
    domain::{
        club::Series,
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
    service::{
        blueprint::Source,
        event::{EventFacts, NewEvent},
    },
    view::{
        custom_id::{Form, verb},
        field,
        modal::event_create::{self, Place},
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

/// The form of an event that is made from a template.
pub(super) const FROM_TEMPLATE: FormHandler<Deps> = form(
    verb::CREATE_FROM_TEMPLATE,
    Audience::Organiser,
    |deps, call| from_template(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let club = deps.service.organised_club(call.context.member()?).await?;
    let Place { series, track, .. } = place(&call.input.form)?;
    let new = read(&call.input.fields, (series, track), &club.zone, deps.service.clock().now())?;
    let render = |facts: &EventFacts| shown::message(&reply::event_created(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.create_event(call.ask(&render)?, new).await?))
}

async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let club = deps.service.organised_club(call.context.member()?).await?;
    let place = place(&call.input.form)?;
    Ok(Answer::Modal(event_create::modal(call.context.id, place, &club.zone, &call.input.filled)))
}

/// The series is the one that was named, else the template's; an archived one takes no new events, which the reply says.
async fn from_template(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let Place { series, template: Some(template), track } = place(&call.input.form)? else {
        return Err(Refusal::Outdated.into());
    };
    let club = deps.service.organised_club(actor).await?;
    let home = deps.service.template(actor, template).await?.series.filter(|_| series.is_none());
    let (archived, open): (Option<Series>, Option<Series>) = match home {
        Some(home) if home.archived_at.is_some() => (Some(home), None),
        home => (None, home),
    };
    let series = series.or(open.map(|open| open.id));
    let new = read(&call.input.fields, (series, track), &club.zone, deps.service.clock().now())?;
    let render = |facts: &EventFacts| {
        let facts = shown::facts(facts);
        shown::message(&reply::event_created_from(&facts, archived.as_ref())).into()
    };
    let source = Source::Template(template);
    Ok(Answer::Kept(deps.service.create_event_from(call.ask(&render)?, source, new).await?))
}

/// What was settled before the form opened: the series, the template and the track.
fn place(form: &Form) -> Result<Place, Refusal> {
    match form {
        Form::EventCreate { series, track } => {
            Ok(Place { series: *series, template: None, track: track.clone() })
        }
        Form::EventFromTemplate { series, template, track } => {
            Ok(Place { series: *series, template: Some(*template), track: track.clone() })
        }
        _ => Err(Refusal::Outdated),
    }
}

/// What was filled in, for an event of that series on that track.
pub(super) fn read(
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

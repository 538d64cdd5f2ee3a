//! `/event create`: opens the form of a new event.

use futures::FutureExt;

use super::{
    super::topic,
    find::{self, SERIES, TEMPLATE},
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        name::{NameError, TrackName},
        refusal::{Fault, Field, Problem, Refusal},
        text::length,
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    service::find::{SeriesKey, TemplateKey},
    view::{
        custom_id::MAX_TRACK,
        modal::{
            Draft,
            event_create::{self, Place},
        },
    },
};

/// The option for a track.
const TRACK: Opt = Opt::new("track", "Where it is raced.", OptKind::Text(Text::Free(1, 50)));

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_home(deps, call).boxed()),
    declared: Declared::Modal,
    description: "Creates an event: its channel and its sign-up card follow by themselves.",
    effect: Effect::Reads,
    name: "create",
    options: &[SERIES, TRACK, TEMPLATE],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::EVENTS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let named = call.input.text(SERIES.name).map(find::series);
    let track = call.input.text(TRACK.name).map(track).transpose()?;
    let (club, place, filled) = match (call.input.text(TEMPLATE.name), named) {
        (Some(given), _) => from_template(deps, actor, (find::template(given), named), track).await?,
        (None, Some(named)) => {
            let (club, series) = deps.service.open_series(actor, named).await?;
            let filled = event_create::filled(&series.defaults.blueprint, None);
            (club, Place { series: Some(series.id), template: None, track }, filled)
        }
        (None, None) => {
            let club = deps.service.organised_club(actor).await?;
            (club, Place { track, ..Place::default() }, Draft::default())
        }
    };
    Ok(Answer::Modal(event_create::modal(call.context.id, place, &club.zone, &filled)))
}

/// The form as the template has it, in the series that was named or else the template's.
async fn from_template(
    deps: &Deps,
    actor: &Actor,
    (template, named): (TemplateKey<'_>, Option<SeriesKey<'_>>),
    track: Option<TrackName>,
) -> Result<(Club, Place, Draft), Failure> {
    let (club, template, series) = deps.service.open_template(actor, template, named).await?;
    let elsewhere = series.map(|series| series.id).filter(|series| template.series != Some(*series));
    if elsewhere.is_some() {
        fits(track.as_ref())?;
    }
    let filled = event_create::filled(&template.blueprint, Some(&template.name));
    Ok((club, Place { series: elsewhere, template: Some(template.id), track }, filled))
}

/// Beside a template and a series of its own the form has room for a shorter track only.
fn fits(track: Option<&TrackName>) -> Result<(), Refusal> {
    match track.map(|track| length(track.as_str())) {
        Some(length) if length > MAX_TRACK => {
            let problem = Problem::Name(NameError::TooLong { length, max: MAX_TRACK });
            Err(Refusal::Form(vec![Fault { field: Field::Track, problem }]))
        }
        _ => Ok(()),
    }
}

fn track(typed: &str) -> Result<TrackName, Refusal> {
    let fault = |error| Fault { field: Field::Track, problem: Problem::Name(error) };
    TrackName::parse(typed).map_err(|error| Refusal::Form(vec![fault(error)]))
}

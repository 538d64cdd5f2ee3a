//! `/event create`: opens the form of a new event.

use futures::FutureExt;

use super::{
    super::topic,
    find::{self, SERIES},
};
use crate::{
    domain::{
        name::TrackName,
        refusal::{Fault, Field, Problem, Refusal},
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    view::modal::{Draft, event_create},
};

/// The option for a track.
const TRACK: Opt = Opt::new("track", "Where it is raced.", OptKind::Text(Text::Free(1, 50)));

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_series(deps, call).boxed()),
    declared: Declared::Modal,
    description: "Creates an event: its channel and its sign-up card follow by themselves.",
    effect: Effect::Reads,
    name: "create",
    options: &[SERIES, TRACK],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::EVENTS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let (club, series) = match call.input.text(SERIES.name) {
        Some(given) => {
            let (club, series) = deps.service.open_series(actor, find::series(given)).await?;
            (club, Some(series.id))
        }
        None => (deps.service.organised_club(actor).await?, None),
    };
    let track = call.input.text(TRACK.name).map(track).transpose()?;
    let form = event_create::modal(call.context.id, (series, track), &club.zone, &Draft::default());
    Ok(Answer::Modal(form))
}

fn track(typed: &str) -> Result<TrackName, Refusal> {
    let fault = |error| Fault { field: Field::Track, problem: Problem::Name(error) };
    TrackName::parse(typed).map_err(|error| Refusal::Form(vec![fault(error)]))
}

//! `/team create`: a new team of an event.

use futures::FutureExt;

use super::super::{
    event::find::{self, EVENT},
    topic,
};
use crate::{
    domain::{
        name::TeamName,
        refusal::{Fault, Field, Problem, Refusal},
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::{find::Resolved, team::TeamOutcome},
    view::{custom_id::Showing, reply, team},
};

/// The option for the name.
const NAME: Opt = Opt::new("name", "What it is called.", OptKind::Text(Text::Free(1, 100))).required();

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_event(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Makes a team of an event, to put people in by hand.",
    effect: Effect::Changes,
    name: "create",
    options: &[NAME, EVENT],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::TEAMS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let typed = call.input.text(NAME.name).unwrap_or_default();
    let name = TeamName::parse(typed)
        .map_err(|error| Refusal::Form(vec![Fault { field: Field::Name, problem: Problem::Name(error) }]))?;
    let view = match find::resolve(deps, &call).await? {
        Resolved::One(view) => view,
        Resolved::Several(club, events) => {
            return Ok(Answer::ephemeral(reply::pick_event(Showing::Teams, &events, 0, &club.zone)));
        }
    };
    let event = &view.facts.event;
    let Some(class) = event.only_class() else {
        return Ok(Answer::ephemeral(team::ask_class(event, &name)));
    };
    let render = |outcome: &TeamOutcome| shown::message(&shown::team(actor, outcome)).into();
    Ok(Answer::Kept(deps.service.create_team(call.ask(&render)?, event.id, (name, class.id)).await?))
}

//! `/team finalize`: an event's teams become real.

use futures::FutureExt;

use super::super::{
    event::find::{self, EVENT},
    topic,
};
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::{find::Resolved, team::Finalized},
    view::{custom_id::Showing, reply},
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_event(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Settles an event's teams: each gets a thread of its own.",
    effect: Effect::Changes,
    name: "finalize",
    options: &[EVENT],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::TEAMS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let view = match find::resolve(deps, &call).await? {
        Resolved::One(view) => view,
        Resolved::Several(club, events) => {
            return Ok(Answer::ephemeral(reply::pick_event(Showing::Teams, &events, 0, &club.zone)));
        }
    };
    let render = |finalized: &Finalized| shown::message(&shown::finalized(actor, finalized)).into();
    Ok(Answer::Kept(deps.service.finalize_teams(call.ask(&render)?, view.facts.event.id).await?))
}

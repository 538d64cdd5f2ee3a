//! `/team manage`: one team, for organisers and its captain.

use futures::FutureExt;

use super::{
    super::{event::find::EVENT, topic},
    find::{self, TEAM},
};
use crate::{
    domain::{id::TeamId, team::Teams},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::{find::Resolved, team::TeamsFacts},
    view::{custom_id::Showing, reply, team},
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: Some(|deps, call| find::complete(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Looks after a team: its people, its captain, its name and its number.",
    effect: Effect::Reads,
    name: "manage",
    options: &[EVENT, TEAM],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::TEAMS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let named = call.input.text(TEAM.name);
    if let Some(id) = named.and_then(TeamId::from_short) {
        let facts = deps.service.team(actor, id).await?;
        return Ok(Answer::ephemeral(team::panel(&shown::teams(actor, &facts), id)));
    }
    let view = match super::super::event::find::resolve(deps, &call).await? {
        Resolved::One(view) => view,
        Resolved::Several(club, events) => {
            return Ok(Answer::ephemeral(reply::pick_event(Showing::Teams, &events, 0, &club.zone)));
        }
    };
    let facts = deps.service.teams(actor, view.facts.event.id).await?;
    let shown = shown::teams(actor, &facts);
    let meant = match named {
        Some(typed) => Some(find::named(&facts.teams, typed)?),
        None => own(&facts),
    };
    Ok(Answer::ephemeral(match meant {
        Some(id) => team::panel(&shown, id),
        None => team::list(&shown, 0),
    }))
}

/// The team that the reader leads, or the only one there is.
fn own(facts: &TeamsFacts) -> Option<TeamId> {
    let all = Teams::all(&facts.teams);
    let led = facts.reader.and_then(|reader| all.iter().find(|team| team.is_led_by(reader)));
    let only = || all.first().filter(|_| all.len() == 1);
    led.or_else(only).map(|team| team.id)
}

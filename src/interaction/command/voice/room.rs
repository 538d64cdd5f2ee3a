//! `/voice open` and `/voice close`: a practice room.

use futures::FutureExt;

use super::super::{
    event::find::{EVENT, resolve},
    team::find::{TEAM_IN, complete, named},
    topic,
};
use crate::{
    domain::{id::TeamId, room::RoomOf},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::{
        find::Resolved,
        room::{RoomOutcome, RoomWish},
    },
    view::{custom_id::Showing, reply, room},
};

/// The command that opens one.
pub(super) const OPEN: Leaf<Deps> = Leaf {
    description: "Opens a practice room for three hours; you're asked before it closes.",
    name: "open",
    run: |deps, call| run(deps, call, RoomWish::Open).boxed(),
    ..LEAF
};

/// The command that closes one.
pub(super) const CLOSE: Leaf<Deps> = Leaf {
    description: "Closes a practice room.",
    name: "close",
    run: |deps, call| run(deps, call, RoomWish::Close).boxed(),
    ..LEAF
};

const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: Some(|deps, call| complete(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "",
    effect: Effect::Changes,
    name: "",
    options: &[EVENT, TEAM_IN],
    run: |deps, call| run(deps, call, RoomWish::Open).boxed(),
    topic: topic::TEAMS,
};

async fn run(deps: &Deps, call: Call<Options>, wish: RoomWish) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let typed = call.input.text(TEAM_IN.name);
    let room = match typed.and_then(TeamId::from_short) {
        Some(team) => RoomOf::Team(team),
        None => {
            let view = match resolve(deps, &call).await? {
                Resolved::One(view) => view,
                Resolved::Several(club, events) => {
                    return Ok(Answer::ephemeral(reply::pick_event(Showing::Teams, &events, 0, &club.zone)));
                }
            };
            let event = view.facts.event.id;
            match typed {
                Some(typed) => {
                    let teams = deps.service.teams(actor, event).await?.teams;
                    RoomOf::Team(named(&teams, typed)?)
                }
                None => deps.service.room_meant(actor, event).await?,
            }
        }
    };
    let render = |outcome: &RoomOutcome| shown::message(&room::decided(&shown::room(outcome), None)).into();
    Ok(Answer::Kept(deps.service.decide_room(call.ask(&render)?, room, wish).await?))
}

//! Practice rooms: extended, closed and opened where their people are asked.

use futures::FutureExt;

use super::changing;
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::room::{RoomOutcome, RoomWish},
    view::{
        custom_id::{Press, RoomPress, verb},
        room,
    },
};

/// Closes it.
pub(super) const CLOSE: PressHandler<Deps> = decide(verb::CLOSE_ROOM);
/// Keeps it longer.
pub(super) const EXTEND: PressHandler<Deps> = decide(verb::EXTEND_ROOM);
/// Opens it.
pub(super) const OPEN: PressHandler<Deps> = decide(verb::OPEN_ROOM);

const fn decide(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Update, |deps, call| run(deps, call).boxed())
}

/// The question is answered for everybody who reads it.
async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (room, wish) = match call.input.press {
        Press::Room(RoomPress::Close(room)) => (room, RoomWish::Close),
        Press::Room(RoomPress::Extend(room)) => (room, RoomWish::Extend),
        Press::Room(RoomPress::Open(room)) => (room, RoomWish::Open),
        _ => return Err(Refusal::Outdated.into()),
    };
    let by = call.context.user.id;
    let render =
        |outcome: &RoomOutcome| shown::update(&room::decided(&shown::room(outcome), Some(by))).into();
    Ok(Answer::Kept(deps.service.decide_room(call.ask(&render)?, room, wish).await?))
}

//! What organisers decide about an account that may be one of several people.

use futures::FutureExt;

use super::{changing, chosen, reading};
use crate::{
    domain::{
        id::{ConflictId, UserId},
        refusal::Refusal,
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::conflict::{Decided, Decision, Wanted},
    view::{
        conflict,
        custom_id::{Press, verb},
    },
};

/// The account is the person chosen.
pub(super) const CHOOSE: PressHandler<Deps> =
    changing(verb::CHOOSE_PERSON, Audience::Organiser, Declared::Update, |deps, call| {
        choose(deps, call).boxed()
    });

/// Shows the first conflict, in a message of its own: the panel stays as it is.
pub(super) const FIRST: PressHandler<Deps> =
    reading(verb::CONFLICTS, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        first(deps, call).boxed()
    });

/// Shows the next conflict.
pub(super) const NEXT: PressHandler<Deps> =
    reading(verb::NEXT_CONFLICT, Audience::Organiser, Declared::Update, |deps, call| {
        turn(deps, call).boxed()
    });

/// The account is none of the people offered.
pub(super) const NOBODY: PressHandler<Deps> =
    changing(verb::NOBODY, Audience::Organiser, Declared::Update, |deps, call| nobody(deps, call).boxed());

/// Shows the conflict before.
pub(super) const PREVIOUS: PressHandler<Deps> =
    reading(verb::PREVIOUS_CONFLICT, Audience::Organiser, Declared::Update, |deps, call| {
        turn(deps, call).boxed()
    });

async fn choose(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::ChoosePerson(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let user = chosen(&call.input).and_then(UserId::from_short).ok_or(Refusal::Outdated)?;
    decide(deps, &call, id, Decision::Same(user)).await
}

async fn nobody(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Nobody(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    decide(deps, &call, id, Decision::NoneOfThese).await
}

async fn decide(
    deps: &Deps,
    call: &Call<Pressed>,
    id: ConflictId,
    decision: Decision,
) -> Result<Answer, Failure> {
    let render = |decided: &Decided| shown::update(&shown::decided(decided)).into();
    Ok(Answer::Kept(deps.service.decide_conflict(call.ask(&render)?, id, decision).await?))
}

async fn first(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let found = deps.service.conflict(call.context.member()?, Wanted::First).await?;
    Ok(Answer::ephemeral(found.map_or_else(conflict::none, |found| shown::conflict(&found))))
}

async fn turn(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let wanted = match call.input.press {
        Press::NextConflict(id) => Wanted::After(id),
        Press::PreviousConflict(id) => Wanted::Before(id),
        _ => return Err(Refusal::Outdated.into()),
    };
    let found = deps.service.conflict(call.context.member()?, wanted).await?;
    Ok(Answer::Update(found.map_or_else(conflict::none, |found| shown::conflict(&found))))
}

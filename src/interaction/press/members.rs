//! The list of a club's members.

use futures::FutureExt;

use super::{changing, chosen, reading};
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
    view::custom_id::{Press, members_of, verb},
};

/// Has a file made of the members. It is a message of its own: the list stays as it is.
pub(super) const FILE: PressHandler<Deps> =
    changing(verb::MEMBERS_FILE, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        file(deps, call).boxed()
    });

/// Lists the members who stand where chosen.
pub(super) const OF: PressHandler<Deps> =
    reading(verb::MEMBERS_OF, Audience::Organiser, Declared::Update, |deps, call| of(deps, call).boxed());

/// Turns the pages.
pub(super) const PAGE: PressHandler<Deps> =
    reading(verb::MEMBERS, Audience::Organiser, Declared::Update, |deps, call| turn(deps, call).boxed());

async fn file(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::MembersFile(standing) = call.input.press else { return Err(Refusal::Outdated.into()) };
    shown::members_file(deps, &call, standing).await
}

async fn of(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let standing = members_of(chosen(&call.input).unwrap_or_default()).map_err(|_| Refusal::Outdated)?;
    Ok(Answer::Update(shown::members(deps, call.context.member()?, standing, 0).await?))
}

async fn turn(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::MembersPage { standing, page } = call.input.press else {
        return Err(Refusal::Outdated.into());
    };
    Ok(Answer::Update(shown::members(deps, call.context.member()?, standing, page).await?))
}

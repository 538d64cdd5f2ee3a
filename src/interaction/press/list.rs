//! Turning pages, of lists and of help.

use futures::FutureExt;

use super::{chosen, reading};
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        command::help,
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    view::custom_id::{Press, verb},
};

/// Shows the help of the topic chosen.
pub(super) const HELP: PressHandler<Deps> =
    reading(verb::HELP, Audience::Everyone, Declared::Update, |deps, call| topic(deps, call).boxed());

/// Turns the pages of a list.
pub(super) const LIST: PressHandler<Deps> =
    reading(verb::LIST, Audience::Everyone, Declared::Update, |deps, call| turn(deps, call).boxed());

async fn topic(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    Ok(Answer::Update(help::shown(deps, &call.context, chosen(&call.input)).await?))
}

async fn turn(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::ListPage { list, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    Ok(Answer::Update(shown::page(deps, call.context.member()?, list, page).await?))
}

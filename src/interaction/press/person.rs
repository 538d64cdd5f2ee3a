//! What people press about themselves.

use futures::FutureExt;

use super::changing;
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    view::{custom_id::verb, link},
};

/// Parts an account from whom it is linked to.
pub(super) const UNLINK: PressHandler<Deps> =
    changing(verb::UNLINK, Audience::Anywhere, Declared::Update, |deps, call| unlink(deps, call).boxed());

async fn unlink(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |(): &()| shown::update(&link::unlinked());
    Ok(Answer::Kept(deps.service.unlink(call.ask_alone(&render)).await?))
}

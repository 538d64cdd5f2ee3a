//! What people press about themselves.

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
    service::me::Me,
    view::{
        custom_id::{Press, verb},
        link,
    },
};

/// Reminds somebody of what they sign up for, or doesn't any more.
pub(super) const REMINDERS: PressHandler<Deps> =
    changing(verb::REMIND_ME, Audience::Anywhere, Declared::Update, |deps, call| {
        reminders(deps, call).boxed()
    });

/// Parts an account from whom it is linked to.
pub(super) const UNLINK: PressHandler<Deps> =
    changing(verb::UNLINK, Audience::Anywhere, Declared::Update, |deps, call| unlink(deps, call).boxed());

async fn reminders(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Remind(on) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let render = |me: &Me| shown::update(&shown::me(me));
    Ok(Answer::Kept(deps.service.choose_reminders(call.ask_alone(&render), on).await?))
}

async fn unlink(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |(): &()| shown::update(&link::unlinked());
    Ok(Answer::Kept(deps.service.unlink(call.ask_alone(&render)).await?))
}

//! What people press about themselves.

use futures::FutureExt;

use super::{changing, reading};
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
        modal::profile,
    },
};

/// Opens the form of somebody's own racing profile.
pub(super) const EDIT_PROFILE: PressHandler<Deps> =
    reading(verb::EDIT_PROFILE, Audience::Everyone, Declared::Modal, |deps, call| {
        edit_profile(deps, call).boxed()
    });

/// Reminds somebody of what they sign up for, or doesn't any more.
pub(super) const REMINDERS: PressHandler<Deps> =
    changing(verb::REMIND_ME, Audience::Anywhere, Declared::Update, |deps, call| {
        reminders(deps, call).boxed()
    });

/// Parts an account from whom it is linked to.
pub(super) const UNLINK: PressHandler<Deps> =
    changing(verb::UNLINK, Audience::Anywhere, Declared::Update, |deps, call| unlink(deps, call).boxed());

async fn edit_profile(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let rating = deps.service.open_rating(call.context.member()?).await?;
    Ok(Answer::Modal(profile::modal(call.context.id, &profile::filled(rating))))
}

async fn reminders(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Remind(on) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let render = |me: &Me| shown::update(&shown::me(me));
    Ok(Answer::Kept(deps.service.choose_reminders(call.ask_alone(&render), on).await?))
}

async fn unlink(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |(): &()| shown::update(&link::unlinked());
    Ok(Answer::Kept(deps.service.unlink(call.ask_alone(&render)).await?))
}

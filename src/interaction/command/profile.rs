//! **Racing profile**, in every member's menu under Apps: what the club knows about them.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::actor::Target,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        shown,
        table::{Audience, Call, Effect, UserCommand},
    },
    view::profile,
};

/// The command.
pub(super) const RACING_PROFILE: UserCommand<Deps> = UserCommand {
    audience: Audience::Everyone,
    declared: Declared::Ephemeral,
    description: "Right-click or hold a member: shows what the club knows about them.",
    effect: Effect::Reads,
    name: "Racing profile",
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Target>) -> Result<Answer, Failure> {
    let target = &call.input;
    if target.bot {
        return Ok(Answer::ephemeral(profile::bot(target.account.name())));
    }
    let known = deps.service.profile(call.context.member()?, target).await?;
    Ok(Answer::ephemeral(shown::profile(target, &known)))
}

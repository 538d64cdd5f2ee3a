//! `/unlink`: asks, and parts an account from whom it is linked to.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    view::link,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Anywhere,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Removes the link between your Discord account and your club’s roster. Asks first.",
    effect: Effect::Reads,
    name: "unlink",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::ME,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let (identity, rosters) = deps.service.link_of(call.context.user.id).await?;
    if identity.and_then(|identity| identity.link).is_none() {
        return Err(Refusal::NotLinked.into());
    }
    Ok(Answer::ephemeral(link::ask_unlink(&shown::rosters(&rosters))))
}

//! `/info`: the club, the site, and what the bot may do here.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::permission::missing,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    view::info,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Shows your club, where to read more, and what the bot may do here.",
    effect: Effect::Reads,
    name: "info",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::APP,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let guild = call.context.server()?;
    let club = deps.service.find_club(guild.id).await?;
    let missing = missing(guild.app_permissions);
    let info =
        info::Info { club: club.as_ref(), missing, site: &deps.site, version: env!("CARGO_PKG_VERSION") };
    Ok(Answer::ephemeral(info::info(&info)))
}

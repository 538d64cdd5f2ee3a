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
        shown,
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
    let actor = call.context.member()?;
    let may_fix = club.as_ref().map_or(actor.manage_guild, |club| actor.is_organiser(&club.settings));
    let page = may_fix.then(|| shown::fix_permissions(deps, guild));
    let notice = deps.service.bot_settings().await?.notice;
    let info = info::Info {
        club: club.as_ref(),
        fix_permissions: page.as_deref(),
        missing,
        notice: notice.as_ref(),
        site: &deps.site,
        version: env!("CARGO_PKG_VERSION"),
    };
    Ok(Answer::ephemeral(info::info(&info)))
}

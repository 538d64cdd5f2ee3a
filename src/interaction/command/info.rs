//! `/info`: the club, the site, and what the bot may do here.

use futures::FutureExt;
use twilight_model::guild::Permissions;

use super::topic;
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    view::info,
};

/// What the bot needs to run a club's events.
pub const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::CONNECT)
    .union(Permissions::VIEW_AUDIT_LOG);

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

fn missing(held: Permissions) -> Permissions {
    if held.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { NEEDED - held }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_lacks_nothing() {
        assert_eq!(missing(Permissions::ADMINISTRATOR), Permissions::empty());
        assert_eq!(missing(NEEDED - Permissions::CONNECT), Permissions::CONNECT);
    }
}

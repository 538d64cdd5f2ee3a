//! `/link`: who somebody is on their club's roster.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::link::Linked,
    view::link,
};

const CODE: Opt = Opt::new(
    "code",
    "The code that your club’s site shows you, such as K7QF-2M9X.",
    OptKind::Text(Text::Free(1, 40)),
);

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Anywhere,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Links your Discord account to your entry on your club’s roster.",
    effect: Effect::Changes,
    name: "link",
    options: &[CODE],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::ME,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let context = &call.context;
    let Some(typed) = call.input.text(CODE.name) else {
        let (identity, rosters) = deps.service.link_of(context.user.id).await?;
        let ticket =
            deps.service.issue_ticket(context.user.id, context.guild.as_ref().map(|guild| guild.id))?;
        let address = format!("{}/link?ticket={ticket}", deps.site);
        let is_linked = identity.is_some_and(|identity| identity.link.is_some());
        return Ok(Answer::ephemeral(link::offer(&shown::rosters(&rosters), is_linked, address)));
    };
    let code = typed.parse().map_err(|_| Refusal::NotACode)?;
    let render =
        |linked: &Linked| shown::message(&link::linked(&shown::rosters(&linked.rosters), &linked.merged));
    Ok(Answer::Kept(deps.service.redeem_code(call.ask_alone(&render), &code).await?))
}

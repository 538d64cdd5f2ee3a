//! **Racing profile**, in every member's menu under Apps: what the club knows about them. And `/profile`: one's own.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::actor::{Presence, Target},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Command, Effect, Leaf, Shape, UserCommand},
    },
    view::{modal, profile},
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

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: None,
    shape: Shape::Group {
        description: "Your racing profile: what the club knows about you.",
        leaves: &[EDIT, SHOW],
        name: "profile",
    },
};

const EDIT: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: None,
    declared: Declared::Modal,
    description: "Says how good you are, so that crews can be balanced.",
    effect: Effect::Reads,
    name: "edit",
    options: &[],
    run: |deps, call| edit(deps, call).boxed(),
    topic: topic::ME,
};

const SHOW: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Shows what the club knows about you.",
    effect: Effect::Reads,
    name: "show",
    options: &[],
    run: |deps, call| show(deps, call).boxed(),
    topic: topic::ME,
};

async fn edit(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let rating = deps.service.open_rating(call.context.member()?).await?;
    Ok(Answer::Modal(modal::profile::modal(call.context.id, &modal::profile::filled(rating))))
}

async fn show(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let presence = Presence { joined_at: None, manage_guild: actor.manage_guild, roles: actor.roles.clone() };
    let own = Target { account: actor.account.clone(), bot: false, presence: Some(presence) };
    let known = deps.service.profile(actor, &own).await?;
    Ok(Answer::ephemeral(shown::profile(&own, &known)))
}

async fn run(deps: &Deps, call: Call<Target>) -> Result<Answer, Failure> {
    let target = &call.input;
    if target.bot {
        return Ok(Answer::ephemeral(profile::bot(target.account.name())));
    }
    let known = deps.service.profile(call.context.member()?, target).await?;
    Ok(Answer::ephemeral(shown::profile(target, &known)))
}

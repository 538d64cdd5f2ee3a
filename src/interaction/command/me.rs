//! `/me`: what is known about oneself.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::{refusal::Refusal, zone::Zone},
    interaction::{
        answer::{Answer, Choice, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Completion,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::me::Me,
};

const TIMEZONE: Opt = Opt::new(
    "timezone",
    "The zone that you live in: a city near you, such as Berlin.",
    OptKind::Text(Text::Completed),
);

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Anywhere,
    complete: Some(|_, call| complete(call).boxed()),
    declared: Declared::Ephemeral,
    description: "Shows your events, who you are on the roster, and your time zone.",
    effect: Effect::Changes,
    name: "me",
    options: &[TIMEZONE],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::ME,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let Some(typed) = call.input.text(TIMEZONE.name) else {
        let me = deps.service.me(&call.context.user).await?;
        return Ok(Answer::ephemeral(shown::me(&me)));
    };
    let zone = Zone::parse(typed).map_err(Refusal::UnknownZone)?;
    let render = |me: &Me| shown::message(&shown::me(me));
    Ok(Answer::Kept(deps.service.choose_zone(call.ask_alone(&render), &zone).await?))
}

async fn complete(call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    let typed = call.input.focused.as_ref().map_or("", |focused| focused.text.as_str());
    let choice = |name: &'static str| Choice { name: name.to_owned(), value: name.to_owned() };
    Ok(Zone::search(typed).into_iter().map(choice).collect())
}

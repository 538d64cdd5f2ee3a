//! **Keep**, **Let it go** and **Put away now**: what organisers decide about the channel of an event.

use futures::FutureExt;
use serde_json::Value;

use super::{changing, event_of, reading};
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
    service::{event::EventFacts, fate::FateChange, find::EventView},
    view::{
        announce,
        custom_id::{Press, verb},
        fate,
    },
};

/// Keeps the channel.
pub(super) const KEEP: PressHandler<Deps> = handler(verb::KEEP);
/// Lets the channel be put away after all.
pub(super) const LET_GO: PressHandler<Deps> = handler(verb::LET_GO);
/// Has the channel put away at once.
pub(super) const PUT_AWAY_SURELY: PressHandler<Deps> = handler(verb::PUT_AWAY_SURELY);

/// Asks whether to put the channel away at once.
pub(super) const PUT_AWAY_NOW: PressHandler<Deps> =
    reading(verb::PUT_AWAY_NOW, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        ask(deps, call).boxed()
    });

const fn handler(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Organiser, Declared::Update, |deps, call| decide(deps, call).boxed())
}

async fn ask(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let (club, event) = deps.service.ask_put_away(actor, event_of(call.input.press)?).await?;
    Ok(Answer::ephemeral(fate::ask_put_away(&event, &club.settings)))
}

async fn decide(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let change = match call.input.press {
        Press::Keep(_) => FateChange::Keep,
        Press::LetGo(_) => FateChange::LetGo,
        Press::PutAwaySurely(_) => FateChange::PutAway,
        _ => return Err(Refusal::Outdated.into()),
    };
    let view = deps.service.event(call.context.member()?, event).await?;
    let render = |facts: &EventFacts| answer(&call, &view, facts).into();
    Ok(Answer::Kept(deps.service.decide_fate(call.ask(&render)?, event, change).await?))
}

/// The message that the button stands on as it reads now: the one in the event's channel, the panel, or the question.
fn answer(call: &Call<Pressed>, before: &EventView, facts: &EventFacts) -> Value {
    let (event, settings) = (&facts.event, &facts.club.settings);
    let is_public = call.input.message.is_some_and(|message| !message.ephemeral);
    shown::update(&match call.input.press {
        Press::PutAwaySurely(_) => fate::decided(event, settings),
        _ if !is_public => shown::event_panel(facts, shown::around(before), before.repeats.as_ref()),
        _ if event.is_cancelled() => announce::cancelled(event, &facts.sheet, settings),
        _ => announce::finished(event, settings),
    })
}

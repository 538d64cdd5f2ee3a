//! **Show**, and the choice of an event.

use futures::FutureExt;

use super::{chosen, event_of, reading};
use crate::{
    domain::{id::EventId, refusal::Refusal},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    view::{
        custom_id::{Press, Showing, verb},
        reply,
    },
};

/// Goes on with the event chosen.
pub(super) const PICK: PressHandler<Deps> =
    reading(verb::PICK_EVENT, Audience::Everyone, Declared::Update, |deps, call| pick(deps, call).boxed());

/// Turns the pages of the events to choose from.
pub(super) const PAGE: PressHandler<Deps> =
    reading(verb::EVENTS_PAGE, Audience::Everyone, Declared::Update, |deps, call| page(deps, call).boxed());

/// Shows the event's card to the person alone.
pub(super) const SHOW: PressHandler<Deps> =
    reading(verb::SHOW, Audience::Everyone, Declared::Ephemeral, |deps, call| show(deps, call).boxed());

async fn pick(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::PickEvent(showing) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let actor = call.context.member()?;
    if showing == Showing::Panel {
        deps.service.organised_club(actor).await?;
    }
    let event = chosen(&call.input).and_then(EventId::from_short).ok_or(Refusal::UnknownEvent)?;
    let view = deps.service.event(actor, event).await?;
    Ok(Answer::Update(shown::event(deps, actor, &view, showing).await?))
}

async fn page(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::EventsPage { page, showing } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let (club, events) = deps.service.events_to_choose(call.context.member()?).await?;
    Ok(Answer::Update(reply::pick_event(showing, &events, page, &club.zone)))
}

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let view = deps.service.event(actor, event_of(call.input.press)?).await?;
    Ok(Answer::ephemeral(shown::copy(actor, &view.facts)))
}

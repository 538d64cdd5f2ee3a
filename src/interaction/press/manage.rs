//! What an organiser does with an event: its panel, and the buttons on it.

use futures::FutureExt;

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
    service::{
        event::{EventFacts, Signups},
        find::{EventOpening, EventView},
    },
    view::{
        custom_id::{Press, verb},
        modal::{Draft, event_cancel, event_edit},
        reply,
    },
};

/// Opens the form that cancels the event.
pub(super) const CANCEL: PressHandler<Deps> =
    reading(verb::CANCEL, Audience::Organiser, Declared::Modal, |deps, call| cancel(deps, call).boxed());

/// Closes sign-ups.
pub(super) const CLOSE: PressHandler<Deps> =
    changing(verb::CLOSE, Audience::Organiser, Declared::Update, |deps, call| signups(deps, call).boxed());

/// Asks for the event's channel.
pub(super) const CREATE_CHANNEL: PressHandler<Deps> =
    changing(verb::CREATE_CHANNEL, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        create_channel(deps, call).boxed()
    });

/// Opens the form that edits the event.
pub(super) const EDIT: PressHandler<Deps> =
    reading(verb::EDIT, Audience::Organiser, Declared::Modal, |deps, call| edit(deps, call).boxed());

/// Shows the event's panel.
pub(super) const MANAGE: PressHandler<Deps> =
    reading(verb::MANAGE, Audience::Organiser, Declared::Ephemeral, |deps, call| panel(deps, call).boxed());

/// Opens sign-ups again.
pub(super) const OPEN: PressHandler<Deps> =
    changing(verb::OPEN, Audience::Organiser, Declared::Update, |deps, call| signups(deps, call).boxed());

async fn panel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let view = organised(deps, &call).await?;
    Ok(Answer::ephemeral(shown::panel_of(&view)))
}

async fn edit(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let EventOpening { club, event, .. } = opened(deps, &call).await?;
    let filled = event_edit::filled(&event, &club.zone);
    Ok(Answer::Modal(event_edit::modal(call.context.id, (event.id, event.revision), &club.zone, &filled)))
}

async fn cancel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let opening = opened(deps, &call).await?;
    let about = event_cancel::About::from(&opening);
    Ok(Answer::Modal(event_cancel::modal(call.context.id, &about, &Draft::default())))
}

async fn signups(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (event, signups) = match call.input.press {
        Press::CloseSignups(event) => (event, Signups::Close),
        Press::OpenSignups(event) => (event, Signups::Open),
        _ => return Err(Refusal::Outdated.into()),
    };
    let view = deps.service.event(call.context.member()?, event).await?;
    let (around, repeats) = (shown::around(&view), view.repeats);
    let render =
        |facts: &EventFacts| shown::update(&shown::event_panel(facts, around, repeats.as_ref())).into();
    Ok(Answer::Kept(deps.service.set_signups(call.ask(&render)?, event, signups).await?))
}

async fn create_channel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let render = |facts: &EventFacts| shown::message(&reply::channel_coming(&shown::facts(facts))).into();
    Ok(Answer::Kept(deps.service.create_channel(call.ask(&render)?, event).await?))
}

/// What the form about the event needs.
async fn opened(deps: &Deps, call: &Call<Pressed>) -> Result<EventOpening, Failure> {
    Ok(deps.service.open_event(call.context.member()?, event_of(call.input.press)?).await?)
}

/// The event, for one of its organisers.
pub(super) async fn organised(deps: &Deps, call: &Call<Pressed>) -> Result<EventView, Failure> {
    let view = deps.service.event(call.context.member()?, event_of(call.input.press)?).await?;
    if call.context.member()?.is_organiser(&view.facts.club.settings) {
        Ok(view)
    } else {
        Err(Refusal::NotOrganiser.into())
    }
}

//! What makes more of an event: a copy, a template, a rule by which it comes again; and its move to another series.

use futures::FutureExt;

use super::{changing, chosen, event_of, reading};
use crate::{
    domain::{id::SeriesId, refusal::Refusal},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{
        event::EventFacts,
        find::{EventOpening, EventView},
    },
    view::{
        custom_id::{Press, verb},
        field::NAME,
        modal::{Draft, event_duplicate, event_repeat, template},
        series,
    },
};

/// The most series that an event can be moved to.
const MAX_SERIES: u64 = 1_000;

/// Moves the event to the series chosen.
pub(super) const CHOOSE_SERIES: PressHandler<Deps> =
    changing(verb::CHOOSE_SERIES, Audience::Organiser, Declared::Update, |deps, call| {
        move_to(deps, call).boxed()
    });

/// Opens the form of a copy.
pub(super) const DUPLICATE: PressHandler<Deps> =
    reading(verb::DUPLICATE, Audience::Organiser, Declared::Modal, |deps, call| {
        duplicate(deps, call).boxed()
    });

/// Offers the series to move to.
pub(super) const MOVE_TO_SERIES: PressHandler<Deps> =
    reading(verb::MOVE_TO_SERIES, Audience::Organiser, Declared::Update, |deps, call| {
        ask_move(deps, call).boxed()
    });

/// Opens the form of a rule.
pub(super) const REPEAT: PressHandler<Deps> =
    reading(verb::REPEAT, Audience::Organiser, Declared::Modal, |deps, call| repeat(deps, call).boxed());

/// Opens the form of a template.
pub(super) const SAVE_TEMPLATE: PressHandler<Deps> =
    reading(verb::SAVE_TEMPLATE, Audience::Organiser, Declared::Modal, |deps, call| save(deps, call).boxed());

/// Ends a rule.
pub(super) const STOP_REPEATING: PressHandler<Deps> =
    changing(verb::STOP_REPEATING, Audience::Organiser, Declared::Update, |deps, call| {
        stop(deps, call).boxed()
    });

async fn duplicate(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let EventOpening { club, event, .. } = opened(deps, &call).await?;
    let filled = event_duplicate::filled(&event, &club.zone, deps.service.clock().now());
    Ok(Answer::Modal(event_duplicate::modal(call.context.id, event.id, &club.zone, &filled)))
}

async fn save(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = opened(deps, &call).await?.event;
    let filled = Draft::default().with_text(NAME, event.name.as_str());
    Ok(Answer::Modal(template::save(call.context.id, event.id, &filled)))
}

async fn repeat(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let EventOpening { club, event, .. } = deps.service.open_event(call.context.member()?, event).await?;
    Ok(Answer::Modal(event_repeat::modal(call.context.id, event.id, &club.zone, &event_repeat::filled())))
}

async fn stop(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let around = shown::around(&deps.service.event(call.context.member()?, event).await?);
    let render = |facts: &EventFacts| shown::update(&shown::event_panel(facts, around, None)).into();
    Ok(Answer::Kept(deps.service.stop_repeating(call.ask(&render)?, event).await?))
}

async fn ask_move(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::MoveToSeries { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let actor = call.context.member()?;
    let EventView { facts, .. } = deps.service.event(actor, event).await?;
    let all = deps.service.search_series(actor, "", MAX_SERIES).await?;
    Ok(Answer::Update(series::ask_move(&facts.event, &all, page)))
}

async fn move_to(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let to = match chosen(&call.input) {
        Some(series::NO_SERIES) => None,
        chosen => Some(chosen.and_then(SeriesId::from_short).ok_or(Refusal::UnknownSeries)?),
    };
    let render =
        |facts: &EventFacts| shown::update(&series::moved(&facts.event, facts.series.as_ref())).into();
    Ok(Answer::Kept(deps.service.move_event(call.ask(&render)?, event, to).await?))
}

/// What a form about the event needs, be it over or not.
async fn opened(deps: &Deps, call: &Call<Pressed>) -> Result<EventOpening, Failure> {
    Ok(deps.service.open_any_event(call.context.member()?, event_of(call.input.press)?).await?)
}

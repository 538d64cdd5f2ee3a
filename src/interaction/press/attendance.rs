//! **Check in**, and who took part as organisers note it.

use std::collections::BTreeSet;

use futures::FutureExt;

use super::{changing, event_of, reading};
use crate::{
    domain::{id::UserId, refusal::Refusal},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{attendance::AttendanceView, check_in::CheckedIn},
    view::{
        attendance, check_in,
        custom_id::{Press, verb},
        message::Body,
    },
};

/// Checks somebody in.
pub(super) const CHECK_IN: PressHandler<Deps> =
    changing(verb::CHECK_IN, Audience::Everyone, Declared::Ephemeral, |deps, call| check(deps, call).boxed());

/// Shows who took part.
pub(super) const LIST: PressHandler<Deps> =
    reading(verb::ATTENDANCE, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        list(deps, call).boxed()
    });

/// Notes who of a page didn't take part.
pub(super) const NO_SHOWS: PressHandler<Deps> =
    changing(verb::NO_SHOWS, Audience::Organiser, Declared::Update, |deps, call| {
        no_shows(deps, call).boxed()
    });

/// Notes that all others took part.
pub(super) const REST: PressHandler<Deps> =
    changing(verb::REST_ATTENDED, Audience::Organiser, Declared::Update, |deps, call| {
        rest(deps, call).boxed()
    });

async fn check(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let render = |done: &CheckedIn| shown::message(&check_in::checked_in(&done.event, done.anew)).into();
    Ok(Answer::Kept(deps.service.check_in(call.ask(&render)?, event).await?))
}

async fn list(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Attendance { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let body = body(&deps.service.open_attendance(call.context.member()?, event).await?, page);
    Ok(if call.input.is_on_own_page() { Answer::Update(body) } else { Answer::ephemeral(body) })
}

async fn no_shows(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::NoShows { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let chosen = call.input.values.iter().filter_map(|value| UserId::from_short(value));
    let chosen: BTreeSet<UserId> = chosen.collect();
    let render = |view: &AttendanceView| shown::update(&body(view, page)).into();
    Ok(Answer::Kept(deps.service.note_no_shows(call.ask(&render)?, (event, page), &chosen).await?))
}

async fn rest(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let render = |view: &AttendanceView| shown::update(&body(view, 1)).into();
    Ok(Answer::Kept(deps.service.note_rest_attended(call.ask(&render)?, event).await?))
}

fn body(view: &AttendanceView, page: u16) -> Body {
    attendance::page(&view.facts.event, &view.facts.sheet, &view.names, page)
}

//! When somebody can drive: an event's hours, and the zone that they are shown in.

use futures::FutureExt;
use jiff::Timestamp;

use super::{changing, event_of, manage::organised, reading};
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
    service::availability::{Hours, Reply, Unanswered},
    view::{
        custom_id::{Press, verb},
        entries, field, hours,
        modal::{Draft, hours_zone},
    },
};

/// Saves the hours that they can drive.
pub(super) const CAN_DRIVE: PressHandler<Deps> = answer(verb::CAN_DRIVE);
/// Takes the club's zone for theirs.
pub(super) const CLUB_ZONE: PressHandler<Deps> =
    changing(verb::CLUB_ZONE, Audience::Everyone, Declared::Update, |deps, call| {
        club_zone(deps, call).boxed()
    });
/// Shows the hours.
pub(super) const HOURS: PressHandler<Deps> =
    reading(verb::HOURS, Audience::Everyone, Declared::Ephemeral, |deps, call| show(deps, call).boxed());
/// Opens the form of another zone.
pub(super) const OTHER_ZONE: PressHandler<Deps> =
    reading(verb::OTHER_ZONE, Audience::Everyone, Declared::Modal, |deps, call| {
        other_zone(deps, call).boxed()
    });
/// Answers all hours at once.
pub(super) const PICK: PressHandler<Deps> = answer(verb::PICK_HOURS);
/// Saves the hours that they would like most.
pub(super) const PREFER: PressHandler<Deps> = answer(verb::PREFER);
/// Lists who hasn't answered.
pub(super) const UNANSWERED: PressHandler<Deps> =
    reading(verb::UNANSWERED, Audience::Organiser, Declared::Update, |deps, call| {
        unanswered(deps, call).boxed()
    });

const fn answer(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Update, |deps, call| run(deps, call).boxed())
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let facts = deps.service.event(call.context.member()?, event).await?.facts;
    let chosen = || call.input.values.iter().filter_map(|value| value.parse().ok()).collect();
    let (reply, page, start) = match call.input.press {
        Press::CanDrive { page, start, .. } => {
            (Reply::Available { chosen: chosen(), shown: hours::on_page(&facts.event, page) }, page, start)
        }
        Press::Prefer { page, start, .. } => {
            (Reply::Preferred { chosen: chosen(), shown: hours::on_page(&facts.event, page) }, page, start)
        }
        Press::PickHours { pick, start, .. } => (Reply::Pick(pick), 0, start),
        _ => return Err(Refusal::Outdated.into()),
    };
    let start = Timestamp::from_second(start).map_err(|_| Refusal::Outdated)?;
    let render = |hours: &Hours| shown::update(&shown::hours(hours, page)).into();
    Ok(Answer::Kept(deps.service.answer_hours(call.ask(&render)?, (event, start), &reply).await?))
}

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Hours { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let found = deps.service.hours(call.context.member()?, event).await?;
    let body = match (&found.zone, page) {
        (None, 0) => hours::ask_zone(&found.facts.event, &found.facts.club.zone),
        _ => shown::hours(&found, page.saturating_sub(1)),
    };
    Ok(if page > 0 { Answer::Update(body) } else { Answer::ephemeral(body) })
}

async fn club_zone(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let render = |hours: &Hours| shown::update(&shown::hours(hours, 0)).into();
    Ok(Answer::Kept(deps.service.choose_zone_for(call.ask(&render)?, event, None).await?))
}

async fn other_zone(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let lives_in = deps.service.open_zone(call.context.member()?).await?;
    let filled = Draft::default().with(field::ZONE, lives_in.map(|zone| zone.name().to_owned()));
    Ok(Answer::Modal(hours_zone::modal(call.context.id, event, &filled)))
}

async fn unanswered(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Unanswered { page, .. } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let view = organised(deps, &call).await?;
    let Unanswered { asked, people } = &view.unanswered;
    Ok(Answer::Update(entries::unanswered(&view.facts.event, people, *asked, page)))
}

//! Whether people are ready for their race: one's own check, and the boards for captains and organisers.

use futures::FutureExt;

use super::{changing, chosen, reading};
use crate::{
    domain::{
        id::{EventId, TeamId},
        refusal::{Refusal, TeamRefusal},
    },
    interaction::{
        answer::{Answer, Callback, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::readiness::OwnReadiness,
    view::{
        custom_id::{Press, TeamPress, verb},
        readiness,
    },
};

/// Shows how ready the people of all of an event's teams are.
pub(super) const ALL: PressHandler<Deps> = board(verb::READINESS_OF_ALL, Audience::Organiser);
/// Checks whoever presses it.
pub(super) const CHECK: PressHandler<Deps> =
    changing(verb::CHECK_ME, Audience::Everyone, Declared::Ephemeral, |deps, call| check(deps, call).boxed());
/// Checks them again.
pub(super) const CHECK_AGAIN: PressHandler<Deps> =
    changing(verb::CHECK_AGAIN, Audience::Everyone, Declared::Update, |deps, call| check(deps, call).boxed());
/// Says whether they hear the others.
pub(super) const HEARS: PressHandler<Deps> =
    changing(verb::HEARS, Audience::Everyone, Declared::Update, |deps, call| hears(deps, call).boxed());
/// Shows how ready the people of the team chosen are.
pub(super) const PICK: PressHandler<Deps> = board(verb::PICK_READINESS, Audience::Organiser);
/// Shows how ready a team's people are.
pub(super) const TEAM: PressHandler<Deps> = board(verb::READINESS, Audience::Everyone);

const fn board(verb: &'static str, audience: Audience) -> PressHandler<Deps> {
    reading(verb, audience, Declared::Update, |deps, call| show(deps, call).boxed())
}

async fn check(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (team, deferred) = match call.input.press {
        Press::Team(TeamPress::Check(team)) => (team, Callback::deferred_message(true)),
        Press::Team(TeamPress::CheckAgain(team)) => (team, Callback::deferred_update()),
        _ => return Err(Refusal::Outdated.into()),
    };
    let deferred = deferred.into_json();
    let render = |(): &()| deferred.clone().into();
    Ok(Answer::Kept(deps.service.check_readiness(call.ask(&render)?, &call.context.token, team).await?))
}

async fn hears(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Team(TeamPress::Hears { hears, team }) = call.input.press else {
        return Err(Refusal::Outdated.into());
    };
    let render = |own: &OwnReadiness| shown::update(&shown::readiness(own)).into();
    Ok(Answer::Kept(deps.service.say_hears(call.ask(&render)?, team, hears).await?))
}

/// Whose readiness is shown, and which page.
enum Of {
    Event(EventId, u16),
    Team(TeamId, u16),
}

fn of(pressed: &Pressed) -> Result<Of, Refusal> {
    let Press::Team(press) = pressed.press else { return Err(Refusal::Outdated) };
    Ok(match press {
        TeamPress::PickReadiness(_) => {
            Of::Team(chosen(pressed).and_then(TeamId::from_short).ok_or(TeamRefusal::Unknown)?, 0)
        }
        TeamPress::Readiness { page, team } => Of::Team(team, page),
        TeamPress::ReadinessOfAll { event, page } => Of::Event(event, page),
        _ => return Err(Refusal::Outdated),
    })
}

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    Ok(Answer::Update(match of(&call.input)? {
        Of::Event(event, page) => {
            let facts = deps.service.readiness_of_event(actor, event).await?;
            readiness::of_event(&shown::readiness_board(actor, &facts), page)
        }
        Of::Team(team, page) => {
            let facts = deps.service.readiness_of_team(actor, team).await?;
            readiness::of_team(&shown::readiness_board(actor, &facts), team, page)
        }
    }))
}

//! An event's teams, and what is changed about one.

use futures::FutureExt;

use super::{changing, chosen, entry::picked, reading};
use crate::{
    domain::{
        id::{EventId, TeamId, UserId},
        refusal::{Refusal, TeamRefusal},
        team::Duty,
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::team::{Finalized, TeamChange, TeamOutcome},
    view::{
        custom_id::{Press, TeamPress, verb},
        modal::team as form,
        team::{self, TeamsView, notice},
    },
};

/// Joins the team that one was asked to join.
pub(super) const ACCEPT: PressHandler<Deps> = answer(verb::ACCEPT_TEAM);
/// Declines to join it.
pub(super) const DECLINE: PressHandler<Deps> = answer(verb::DECLINE_TEAM);
/// Settles an event's teams.
pub(super) const FINALIZE: PressHandler<Deps> =
    changing(verb::FINALIZE, Audience::Organiser, Declared::Update, |deps, call| {
        finalize(deps, call).boxed()
    });
/// Takes back what people were asked.
pub(super) const UNASK: PressHandler<Deps> = change(verb::UNASK);
/// Has the member chosen join.
pub(super) const ADD: PressHandler<Deps> = change(verb::ADD_MATE);
/// Asks whether to disband a team.
pub(super) const DISBAND: PressHandler<Deps> = look(verb::DISBAND);
/// Disbands it.
pub(super) const DISBAND_SURELY: PressHandler<Deps> =
    changing(verb::DISBAND_SURELY, Audience::Organiser, Declared::Update, |deps, call| {
        disband(deps, call).boxed()
    });
/// Takes somebody out.
pub(super) const DROP: PressHandler<Deps> = change(verb::DROP_MATE);
/// Opens a team's form.
pub(super) const EDIT: PressHandler<Deps> =
    reading(verb::EDIT_TEAM, Audience::Everyone, Declared::Modal, |deps, call| edit(deps, call).boxed());
/// Has somebody of the sheet join.
pub(super) const JOIN: PressHandler<Deps> = change(verb::JOIN_TEAM);
/// Has somebody lead.
pub(super) const LEAD: PressHandler<Deps> = change(verb::LEAD_TEAM);
/// Shows an event's teams.
pub(super) const LIST: PressHandler<Deps> = look(verb::TEAMS);
/// Makes a team in the class chosen.
pub(super) const NEW: PressHandler<Deps> =
    changing(verb::NEW_TEAM, Audience::Organiser, Declared::Update, |deps, call| create(deps, call).boxed());
/// Shows a team to the person alone.
pub(super) const OPEN: PressHandler<Deps> =
    reading(verb::OPEN_TEAM, Audience::Everyone, Declared::Ephemeral, |deps, call| open(deps, call).boxed());
/// Shows the team chosen.
pub(super) const PICK: PressHandler<Deps> = look(verb::PICK_TEAM);
/// Shows the person chosen.
pub(super) const PICK_MATE: PressHandler<Deps> = look(verb::PICK_MATE);
/// Has somebody do something else.
pub(super) const SET_DUTY: PressHandler<Deps> = change(verb::SET_DUTY);
/// Shows a team.
pub(super) const SHOW: PressHandler<Deps> = look(verb::TEAM);

const fn look(verb: &'static str) -> PressHandler<Deps> {
    reading(verb, Audience::Everyone, Declared::Update, |deps, call| show(deps, call).boxed())
}

const fn change(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Update, |deps, call| run(deps, call).boxed())
}

const fn answer(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Ephemeral, |deps, call| said(deps, call).boxed())
}

const fn press(pressed: &Pressed) -> Result<TeamPress, Refusal> {
    match pressed.press {
        Press::Team(press) => Ok(press),
        _ => Err(Refusal::Outdated),
    }
}

/// The team chosen.
fn chosen_team(pressed: &Pressed) -> Result<TeamId, TeamRefusal> {
    chosen(pressed).and_then(TeamId::from_short).ok_or(TeamRefusal::Unknown)
}

fn chosen_user(pressed: &Pressed) -> Result<UserId, Refusal> {
    chosen(pressed).and_then(UserId::from_short).ok_or(Refusal::UnknownPerson)
}

/// What a press only looks at.
enum Look {
    /// A page of an event's teams.
    List(EventId, u16),
    /// Somebody of a team.
    Mate(TeamId, UserId),
    /// A team, with the question whether to disband it.
    Question(TeamId),
    /// A team.
    Team(TeamId),
}

fn looked_at(pressed: &Pressed) -> Result<Look, Refusal> {
    Ok(match press(pressed)? {
        TeamPress::Disband(team) => Look::Question(team),
        TeamPress::List { event, page } => Look::List(event, page),
        TeamPress::Pick(_) => Look::Team(chosen_team(pressed)?),
        TeamPress::PickMate(team) => Look::Mate(team, chosen_user(pressed)?),
        TeamPress::Show(team) => Look::Team(team),
        _ => return Err(Refusal::Outdated),
    })
}

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let look = looked_at(&call.input)?;
    let facts = match look {
        Look::List(event, _) => deps.service.teams(actor, event).await?,
        Look::Mate(team, _) | Look::Question(team) | Look::Team(team) => {
            deps.service.team(actor, team).await?
        }
    };
    let view: TeamsView<'_> = shown::teams(actor, &facts);
    Ok(Answer::Update(match look {
        Look::List(_, page) => team::list(&view, page),
        Look::Mate(id, user) => team::mate(&view, id, user),
        Look::Question(id) => team::ask_disband(&view, id),
        Look::Team(id) => team::panel(&view, id),
    }))
}

async fn open(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let TeamPress::Open(team) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let actor = call.context.member()?;
    let facts = deps.service.team(actor, team).await?;
    Ok(Answer::ephemeral(team::panel(&shown::teams(actor, &facts), team)))
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let pressed = &call.input;
    let (team, change) = match press(pressed)? {
        TeamPress::Add { duty, team } => (team, TeamChange::Add(picked(pressed)?, duty)),
        TeamPress::Drop { team, user } => (team, TeamChange::Drop(user)),
        TeamPress::Join(team) => (team, TeamChange::Join(chosen_user(pressed)?, Duty::Driver)),
        TeamPress::Lead { team, user } => (team, TeamChange::Lead(user)),
        TeamPress::SetDuty { duty, team, user } => (team, TeamChange::Join(user, duty)),
        TeamPress::Unask(team) => (team, TeamChange::Unask),
        _ => return Err(Refusal::Outdated.into()),
    };
    let actor = call.context.member()?;
    let render = |outcome: &TeamOutcome| shown::update(&shown::team(actor, outcome)).into();
    Ok(Answer::Kept(deps.service.change_team(call.ask(&render)?, team, change).await?))
}

/// What somebody says who was asked to join.
async fn said(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (team, accepts) = match press(&call.input)? {
        TeamPress::Accept(team) => (team, true),
        TeamPress::Decline(team) => (team, false),
        _ => return Err(Refusal::Outdated.into()),
    };
    let actor = call.context.member()?;
    let render = |outcome: &TeamOutcome| {
        let view = shown::teams(actor, &outcome.after);
        shown::message(&if accepts { team::panel(&view, team) } else { notice::declines(&view, team) }).into()
    };
    Ok(Answer::Kept(deps.service.answer_invitation(call.ask(&render)?, team, accepts).await?))
}

async fn finalize(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let TeamPress::Finalize(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let actor = call.context.member()?;
    let render = |finalized: &Finalized| shown::update(&shown::finalized(actor, finalized)).into();
    Ok(Answer::Kept(deps.service.finalize_teams(call.ask(&render)?, event).await?))
}

async fn disband(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let TeamPress::DisbandSurely(team) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let actor = call.context.member()?;
    let render =
        |outcome: &TeamOutcome| shown::update(&team::list(&shown::teams(actor, &outcome.after), 0)).into();
    Ok(Answer::Kept(deps.service.disband_team(call.ask(&render)?, team).await?))
}

async fn create(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let TeamPress::NewIn(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let (class, name) = chosen(&call.input).and_then(team::read_new_value).ok_or(Refusal::Outdated)?;
    let actor = call.context.member()?;
    let render = |outcome: &TeamOutcome| shown::update(&shown::team(actor, outcome)).into();
    Ok(Answer::Kept(deps.service.create_team(call.ask(&render)?, event, (name, class)).await?))
}

async fn edit(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let TeamPress::Edit(team) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let team = deps.service.open_team(call.context.member()?, team).await?;
    Ok(Answer::Modal(form::modal(call.context.id, (team.id, team.revision), &form::filled(&team))))
}

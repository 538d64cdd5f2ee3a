//! What organisers do to a sheet for other people.

use futures::FutureExt;
use twilight_model::id::{Id, marker::UserMarker};

use super::{changing, chosen, event_of, reading};
use crate::{
    domain::{
        account::Account,
        id::{ClassId, EventId, UserId},
        refusal::Refusal,
        signup::Wish,
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::entry::{Crowd, EntryOutcome, Whom, lacking_roles},
    view::{
        custom_id::{Press, verb},
        entries::{self, CrowdFacts},
        message::Body,
    },
};

/// Puts the member chosen on the sheet.
pub(super) const ADD: PressHandler<Deps> = deed(verb::ADD_ENTRY);
/// Lists the people.
pub(super) const LIST: PressHandler<Deps> =
    reading(verb::ENTRIES, Audience::Organiser, Declared::Update, |deps, call| list(deps, call).boxed());
/// Puts somebody in the class chosen.
pub(super) const MOVE: PressHandler<Deps> = deed(verb::MOVE_ENTRY);
/// Shows the person chosen.
pub(super) const PICK: PressHandler<Deps> =
    reading(verb::PICK_ENTRY, Audience::Organiser, Declared::Update, |deps, call| pick(deps, call).boxed());
/// Takes somebody off the sheet.
pub(super) const REMOVE: PressHandler<Deps> = deed(verb::REMOVE_ENTRY);
/// Lists who never said anything.
pub(super) const SILENT: PressHandler<Deps> =
    reading(verb::SILENT, Audience::Organiser, Declared::Update, |deps, call| silent(deps, call).boxed());
/// Notes somebody as tentative.
pub(super) const TENTATIVE: PressHandler<Deps> = deed(verb::ENTRY_TENTATIVE);

const fn deed(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Organiser, Declared::Update, |deps, call| run(deps, call).boxed())
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let (whom, wish) = wish(&call.input)?;
    let render = |outcome: &EntryOutcome| shown::update(&answer(outcome)).into();
    Ok(Answer::Kept(deps.service.enter(call.ask(&render)?, event, (whom, wish)).await?))
}

fn wish(pressed: &Pressed) -> Result<(Whom, Wish), Refusal> {
    let class = || chosen(pressed).and_then(ClassId::from_short).ok_or(Refusal::UnknownClass);
    match pressed.press {
        Press::AddEntry(_) => Ok((Whom::Account(picked(pressed)?), Wish::sign_up(None))),
        Press::EntryTentative { user, .. } => Ok((Whom::OnSheet(user), Wish::Tentative)),
        Press::MoveEntry { user, .. } => Ok((Whom::OnSheet(user), Wish::sign_up(Some(class()?)))),
        Press::RemoveEntry { user, .. } => Ok((Whom::OnSheet(user), Wish::Withdraw { sure: true })),
        _ => Err(Refusal::Outdated),
    }
}

/// The account of the member chosen.
pub(super) fn picked(pressed: &Pressed) -> Result<Account, Refusal> {
    let id: Option<Id<UserMarker>> = chosen(pressed).and_then(|id| id.parse().ok());
    let user = id.and_then(|id| pressed.picked.user(id)).ok_or(Refusal::UnknownPerson)?;
    if user.bot {
        return Err(Refusal::IsBot);
    }
    // What the server calls them is as good as what they call themselves, until they act.
    let global_name = (user.name != user.username).then(|| user.name.clone());
    Ok(Account { global_name, id: user.id, nickname: None, username: user.username.clone() })
}

fn answer(outcome: &EntryOutcome) -> Body {
    let EntryOutcome { discord, facts, needs_class, user, .. } = outcome;
    match facts.sheet.of(*user) {
        None if *needs_class => entries::ask_class(&facts.event, *user, *discord),
        _ => entries::one(&facts.event, &facts.sheet, *user),
    }
}

async fn list(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Entries { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let crowd = deps.service.crowd(call.context.member()?, event).await?;
    let body = people(&crowd, page);
    Ok(Answer::Update(body))
}

fn people(crowd: &Crowd, page: u16) -> Body {
    let (event, sheet) = (&crowd.view.facts.event, &crowd.view.facts.sheet);
    let lacking = lacking_roles(event, sheet, &crowd.members);
    entries::people(&CrowdFacts { event, lacking: &lacking, names: &crowd.names, sheet }, page)
}

async fn pick(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event: EventId = event_of(call.input.press)?;
    let user = chosen(&call.input).and_then(UserId::from_short).ok_or(Refusal::UnknownPerson)?;
    let crowd = deps.service.crowd(call.context.member()?, event).await?;
    Ok(Answer::Update(entries::one(&crowd.view.facts.event, &crowd.view.facts.sheet, user)))
}

async fn silent(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Silent { event, page } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let found = deps.service.silent(call.context.member()?, event).await?;
    let body = entries::silent(&found.view.facts.event, &found.people, found.is_synced, page);
    Ok(Answer::Update(body))
}

//! Crews that are proposed to an organiser, and what they are built from.

use futures::FutureExt;
use twilight_model::id::{Id, marker::UserMarker};

use super::{changing, chosen, reading};
use crate::{
    domain::{
        id::{EventId, UserId},
        refusal::Refusal,
    },
    interaction::{
        answer::{Answer, Callback, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{
        crew::{AcceptedCrews, MovedMate, Wanted},
        partners::Partners,
    },
    view::{
        crew,
        custom_id::{CrewPress, Press, verb},
        modal::crew_rules,
        partners,
    },
};

/// Makes teams of the crews.
pub(super) const ACCEPT: PressHandler<Deps> =
    changing(verb::ACCEPT_CREWS, Audience::Organiser, Declared::Update, |deps, call| {
        accept(deps, call).boxed()
    });
/// Searches anew.
pub(super) const AGAIN: PressHandler<Deps> =
    changing(verb::SEARCH_CREWS, Audience::Organiser, Declared::Update, |deps, call| {
        again(deps, call).boxed()
    });
/// Asks where somebody is to be.
pub(super) const ASK_MOVE: PressHandler<Deps> =
    reading(verb::ASK_MOVE, Audience::Organiser, Declared::Update, |deps, call| show(deps, call).boxed());
/// Drops the crews.
pub(super) const DISCARD: PressHandler<Deps> =
    changing(verb::DISCARD_CREWS, Audience::Organiser, Declared::Update, |deps, call| {
        discard(deps, call).boxed()
    });
/// Moves somebody.
pub(super) const MOVE: PressHandler<Deps> =
    changing(verb::MOVE_MATE, Audience::Organiser, Declared::Update, |deps, call| {
        move_mate(deps, call).boxed()
    });
/// Names those with whom somebody would like to drive.
pub(super) const NAME_PARTNERS: PressHandler<Deps> =
    changing(verb::NAME_PARTNERS, Audience::Everyone, Declared::Update, |deps, call| {
        name_partners(deps, call).boxed()
    });
/// Shows a page of the crews.
pub(super) const PAGE: PressHandler<Deps> =
    reading(verb::CREWS, Audience::Organiser, Declared::Update, |deps, call| show(deps, call).boxed());
/// Shows with whom somebody would like to drive.
pub(super) const PARTNERS: PressHandler<Deps> =
    reading(verb::PARTNERS, Audience::Everyone, Declared::Ephemeral, |deps, call| {
        show_partners(deps, call).boxed()
    });
/// Has crews proposed.
pub(super) const PROPOSE: PressHandler<Deps> =
    changing(verb::PROPOSE, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        propose(deps, call).boxed()
    });
/// Opens the form of the rules.
pub(super) const RULES: PressHandler<Deps> =
    reading(verb::CREW_RULES, Audience::Organiser, Declared::Modal, |deps, call| rules(deps, call).boxed());

const fn press(pressed: &Pressed) -> Result<CrewPress, Refusal> {
    match pressed.press {
        Press::Crew(press) => Ok(press),
        _ => Err(Refusal::Outdated),
    }
}

fn chosen_user(pressed: &Pressed) -> Result<UserId, Refusal> {
    chosen(pressed).and_then(UserId::from_short).ok_or(Refusal::UnknownPerson)
}

/// Has crews found that come as a message of their own.
pub(in crate::interaction) async fn ask<I: Send + Sync>(
    deps: &Deps,
    call: &Call<I>,
    event: EventId,
) -> Result<Answer, Failure> {
    let render = |(): &()| Callback::deferred_message(true).into_json().into();
    let asked = deps.service.ask_crews(call.ask(&render)?, &call.context.token, (event, Wanted::Shown));
    Ok(Answer::Kept(asked.await?))
}

/// Has crews found that take the place of the message that was pressed.
pub(in crate::interaction) async fn ask_here<I: Send + Sync>(
    deps: &Deps,
    call: &Call<I>,
    (event, wanted): (EventId, Wanted),
) -> Result<Answer, Failure> {
    let render = |(): &()| shown::update(&crew::searching()).into();
    let asked = deps.service.ask_crews(call.ask(&render)?, &call.context.token, (event, wanted));
    Ok(Answer::Kept(asked.await?))
}

async fn propose(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Propose(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    ask(deps, &call, event).await
}

async fn again(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Again(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    ask_here(deps, &call, (event, Wanted::Again)).await
}

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (event, page) = match press(&call.input)? {
        CrewPress::AskMove { event, .. } => (event, None),
        CrewPress::Page { event, page } => (event, Some(page)),
        _ => return Err(Refusal::Outdated.into()),
    };
    let facts = deps.service.crews(call.context.member()?, event).await?;
    let view = shown::crews(&facts);
    Ok(Answer::Update(match page {
        Some(page) => crew::preview(&view, page),
        None => crew::ask_where(&view, chosen_user(&call.input)?),
    }))
}

async fn move_mate(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Move { event, revision, user } = press(&call.input)? else {
        return Err(Refusal::Outdated.into());
    };
    let target = chosen(&call.input).and_then(crew::read_target).ok_or(Refusal::Outdated)?;
    let render = |outcome: &MovedMate| {
        let MovedMate { after, before, user } = outcome;
        shown::update(&crew::moved(&shown::crews(after), before, *user)).into()
    };
    Ok(Answer::Kept(deps.service.move_mate(call.ask(&render)?, (event, revision), (user, target)).await?))
}

async fn accept(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Accept { event, revision } = press(&call.input)? else {
        return Err(Refusal::Outdated.into());
    };
    let actor = call.context.member()?;
    let render = |AcceptedCrews { after, filled, made }: &AcceptedCrews| {
        shown::update(&crew::accepted(&shown::teams(actor, after), made, filled)).into()
    };
    Ok(Answer::Kept(deps.service.accept_crews(call.ask(&render)?, (event, revision)).await?))
}

async fn discard(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Discard(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let render = |(): &()| shown::update(&crew::discarded()).into();
    Ok(Answer::Kept(deps.service.discard_crews(call.ask(&render)?, event).await?))
}

async fn rules(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Rules(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let rules = deps.service.open_crew_rules(call.context.member()?, event).await?;
    Ok(Answer::Modal(crew_rules::modal(call.context.id, event, &crew_rules::filled(rules))))
}

async fn show_partners(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::Partners(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let found = deps.service.partners(call.context.member()?, event).await?;
    Ok(Answer::ephemeral(partners::panel(&found.facts.event, &found.facts.sheet, &found.named)))
}

async fn name_partners(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let CrewPress::NamePartners(event) = press(&call.input)? else { return Err(Refusal::Outdated.into()) };
    let named: Vec<Id<UserMarker>> = call.input.values.iter().filter_map(|id| id.parse().ok()).collect();
    if named.iter().any(|id| call.input.picked.user(*id).is_some_and(|user| user.bot)) {
        return Err(Refusal::IsBot.into());
    }
    let render = |found: &Partners| {
        let Partners { facts, named } = found;
        shown::update(&partners::panel(&facts.event, &facts.sheet, named)).into()
    };
    Ok(Answer::Kept(deps.service.name_partners(call.ask(&render)?, event, &named).await?))
}

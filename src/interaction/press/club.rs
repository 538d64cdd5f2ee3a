//! The club's panel and settings, and what organisers answer.

use futures::FutureExt;

use super::{changing, reading};
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
    service::panel::AnsweredQuestion,
    view::{
        announce,
        custom_id::{Press, verb},
        modal::settings,
        reply,
    },
};

/// Answers a question.
pub(super) const ANSWER: PressHandler<Deps> =
    changing(verb::ANSWER, Audience::Organiser, Declared::Update, |deps, call| answer(deps, call).boxed());

/// Draws the club's panel anew.
pub(super) const PANEL: PressHandler<Deps> =
    reading(verb::PANEL, Audience::Organiser, Declared::Update, |deps, call| panel(deps, call).boxed());

/// Has the club's server looked over. What is found is a message of its own: the panel stays as it is.
pub(super) const HEALTH: PressHandler<Deps> =
    changing(verb::HEALTH, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        shown::health(deps, call).boxed()
    });

/// Has an owner's work tried again.
pub(super) const RETRY: PressHandler<Deps> =
    changing(verb::RETRY, Audience::Organiser, Declared::Ephemeral, |deps, call| retry(deps, call).boxed());

/// Opens the form of a group of settings.
pub(super) const SETTINGS: PressHandler<Deps> =
    reading(verb::SETTINGS, Audience::Organiser, Declared::Modal, |deps, call| form(deps, call).boxed());

/// The message that asked shows the answer instead of its buttons; the panel says so beside itself, as it holds more.
async fn answer(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Answer { answer, question } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let in_panel = call.input.message.is_none_or(|message| message.ephemeral);
    let render = |given: &AnsweredQuestion| {
        let body = announce::answered(&given.question, given.answer, call.context.user.id);
        if in_panel { shown::message(&body).into() } else { shown::update(&body).into() }
    };
    Ok(Answer::Kept(deps.service.answer_question(call.ask(&render)?, question, answer).await?))
}

async fn panel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    Ok(Answer::Update(shown::panel(deps, &call.context).await?))
}

async fn retry(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Retry(owner) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let render = |(): &()| shown::message(&reply::retried()).into();
    Ok(Answer::Kept(deps.service.retry_owner(call.ask(&render)?, owner).await?))
}

async fn form(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Settings(group) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let club = deps.service.organised_club(call.context.member()?).await?;
    Ok(Answer::Modal(settings::modal(call.context.id, group, &settings::filled(&club, group))))
}

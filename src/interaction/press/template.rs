//! The club's templates, and what an organiser does with one.

use futures::FutureExt;

use super::{changing, chosen, reading};
use crate::{
    domain::{id::TemplateId, refusal::Refusal, template::Template},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{find::TemplateKey, template::TemplateView},
    view::{
        custom_id::{Press, verb},
        field::NAME,
        modal::{Draft, template as form},
        template,
    },
};

/// Asks whether the template is to be deleted.
pub(super) const ASK_DELETE: PressHandler<Deps> =
    reading(verb::ASK_DELETE_TEMPLATE, Audience::Organiser, Declared::Update, |deps, call| {
        ask(deps, call).boxed()
    });

/// Deletes it.
pub(super) const DELETE: PressHandler<Deps> =
    changing(verb::DELETE_TEMPLATE, Audience::Organiser, Declared::Update, |deps, call| {
        delete(deps, call).boxed()
    });

/// Lists them.
pub(super) const LIST: PressHandler<Deps> =
    reading(verb::TEMPLATES, Audience::Organiser, Declared::Update, |deps, call| list(deps, call).boxed());

/// Shows the one chosen.
pub(super) const PICK: PressHandler<Deps> =
    reading(verb::PICK_TEMPLATE, Audience::Organiser, Declared::Update, |deps, call| {
        pick(deps, call).boxed()
    });

/// Opens the form that renames it.
pub(super) const RENAME: PressHandler<Deps> =
    reading(verb::RENAME_TEMPLATE, Audience::Organiser, Declared::Modal, |deps, call| {
        rename(deps, call).boxed()
    });

async fn list(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Templates(page) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let templates = deps.service.templates(call.context.member()?).await?;
    Ok(Answer::Update(template::list(&templates, page)))
}

async fn pick(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let id = chosen(&call.input).and_then(TemplateId::from_short).ok_or(Refusal::UnknownTemplate)?;
    let TemplateView { series, template } = deps.service.template(call.context.member()?, id).await?;
    Ok(Answer::Update(template::panel(&template, series.as_ref())))
}

async fn rename(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::RenameTemplate(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let opening = deps.service.open_template(call.context.member()?, TemplateKey::Id(id), None).await?;
    let filled = Draft::default().with_text(NAME, opening.1.name.as_str());
    Ok(Answer::Modal(form::rename(call.context.id, id, &filled)))
}

async fn ask(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::AskDeleteTemplate(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let TemplateView { template, .. } = deps.service.template(call.context.member()?, id).await?;
    Ok(Answer::Update(template::ask_delete(&template)))
}

async fn delete(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::DeleteTemplate(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let render = |template: &Template| shown::update(&template::deleted(template)).into();
    Ok(Answer::Kept(deps.service.delete_template(call.ask(&render)?, id).await?))
}

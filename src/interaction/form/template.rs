//! The forms that keep an event as a template, and rename one.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        refusal::{Field, Refusal},
        template::Template,
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    view::{
        custom_id::{Form, verb},
        field::{NAME, REPLACE},
        modal::template as modal,
        template,
    },
};

/// The form that renames a template.
pub(super) const RENAME: FormHandler<Deps> = form(
    verb::TEMPLATE_RENAME,
    Audience::Organiser,
    |deps, call| rename(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

/// The form that keeps an event as a template.
pub(super) const SAVE: FormHandler<Deps> = form(
    verb::TEMPLATE_SAVE,
    Audience::Organiser,
    |deps, call| save(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn rename(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let Form::TemplateRename(id) = call.input.form else { return Err(Refusal::Outdated.into()) };
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.name(NAME, Field::Name);
    let name = reader.finish(name)?;
    let render = |renamed: &Template| shown::message(&template::renamed(renamed)).into();
    Ok(Answer::Kept(deps.service.rename_template(call.ask(&render)?, id, name).await?))
}

async fn save(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let Form::TemplateSave(event) = call.input.form else { return Err(Refusal::Outdated.into()) };
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.name(NAME, Field::Name);
    let name = reader.finish(name)?;
    let replace = call.input.fields.is_checked(REPLACE);
    let render = |saved: &Template| shown::message(&template::saved(saved)).into();
    Ok(Answer::Kept(deps.service.save_template(call.ask(&render)?, event, (name, replace)).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let (opened, filled) = (call.context.id, &call.input.filled);
    match call.input.form {
        Form::TemplateRename(id) => Ok(Answer::Modal(modal::rename(opened, id, filled))),
        Form::TemplateSave(event) => Ok(Answer::Modal(modal::save(opened, event, filled))),
        _ => Err(Refusal::Outdated.into()),
    }
}

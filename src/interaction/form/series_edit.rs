//! The forms that change a series: what it is called and where its channels stand, and what its events are like.

use futures::FutureExt;
use twilight_model::{
    channel::ChannelType,
    id::{Id, marker::ChannelMarker},
};

use super::{form, read::Reader};
use crate::{
    domain::refusal::{Field, Refusal},
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        fields::Fields,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::series::edit::{SeriesChange, SeriesFacts},
    view::{
        custom_id::{Form, verb},
        field::{CATEGORY, NAME},
        modal::series_edit,
        reply,
    },
};

/// The form of what its events are like.
pub(super) const DEFAULTS: FormHandler<Deps> = form(
    verb::SERIES_DEFAULTS,
    Audience::Organiser,
    |deps, call| defaults(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

/// The form of its name and category.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SERIES_EDIT,
    Audience::Organiser,
    |deps, call| edit(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn edit(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let Form::SeriesEdit(id) = call.input.form else { return Err(Refusal::Outdated.into()) };
    let adopted_category = category(&call.input.fields)?;
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.name(NAME, Field::Name);
    let change = reader.finish(name.map(|name| SeriesChange::Home { adopted_category, name }))?;
    let render =
        |facts: &SeriesFacts| shown::message(&shown::series_panel(facts, Some(reply::SERIES_EDITED))).into();
    Ok(Answer::Kept(deps.service.change_series(call.ask(&render)?, id, change).await?))
}

async fn defaults(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let Form::SeriesDefaults(id) = call.input.form else { return Err(Refusal::Outdated.into()) };
    let before = deps.service.series_facts(call.context.member()?, id).await?.series.defaults;
    let mut reader = Reader::new(&call.input.fields);
    let read = reader.series_defaults(&before);
    let change = reader.finish(read.map(SeriesChange::Defaults))?;
    let render = |facts: &SeriesFacts| {
        shown::message(&shown::series_panel(facts, Some(reply::SERIES_DEFAULTS_SAVED))).into()
    };
    Ok(Answer::Kept(deps.service.change_series(call.ask(&render)?, id, change).await?))
}

/// The category that was picked, if one was.
fn category(fields: &Fields) -> Result<Option<Id<ChannelMarker>>, Refusal> {
    if fields.text(CATEGORY).is_empty() {
        return Ok(None);
    }
    let picked = fields.channel(CATEGORY).filter(|channel| channel.kind == ChannelType::GuildCategory);
    picked.map(|category| Some(category.id)).ok_or(Refusal::NotACategory)
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let (opened, filled) = (call.context.id, &call.input.filled);
    match call.input.form {
        Form::SeriesDefaults(id) => Ok(Answer::Modal(series_edit::defaults_modal(opened, id, filled))),
        Form::SeriesEdit(id) => Ok(Answer::Modal(series_edit::modal(opened, id, filled))),
        _ => Err(Refusal::Outdated.into()),
    }
}

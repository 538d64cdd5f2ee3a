//! The form of `/series create`.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        club::Series,
        refusal::{Field, Refusal},
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::series::NewSeries,
    view::{
        custom_id::{Form, verb},
        field,
        modal::series_create,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SERIES,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let Form::SeriesCreate { category } = call.input.form else { return Err(Refusal::Outdated.into()) };
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.name(field::NAME, Field::Name);
    let new = reader.finish(name.map(|name| NewSeries { adopted_category: category, name }))?;
    let render = |series: &Series| shown::message(&reply::series_created(series)).into();
    Ok(Answer::Kept(deps.service.create_series(call.ask(&render)?, new).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let Form::SeriesCreate { category } = call.input.form else { return Err(Refusal::Outdated.into()) };
    Ok(Answer::Modal(series_create::modal(call.context.id, category, &call.input.filled)))
}

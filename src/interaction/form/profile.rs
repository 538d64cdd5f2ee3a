//! The form of what somebody says about their racing.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::rating::IRating,
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    view::{custom_id::verb, modal::profile, profile::rated},
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SET_PROFILE,
    Audience::Everyone,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let mut reader = Reader::new(&call.input.fields);
    let rating = reader.rating();
    let rating = reader.finish(rating)?;
    let render = |rating: &Option<IRating>| shown::message(&rated(*rating)).into();
    Ok(Answer::Kept(deps.service.rate(call.ask(&render)?, rating).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    Ok(Answer::Modal(profile::modal(call.context.id, &call.input.filled)))
}

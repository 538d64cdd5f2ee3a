//! The form of what somebody adds to their sign-up.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        id::EventId,
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
    service::{
        Rendered,
        signup::{SignupOutcome, SignupResult},
    },
    view::{
        custom_id::{Form, verb},
        field,
        modal::signup_note,
        signup,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::WRITE_NOTE,
    Audience::Everyone,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    let mut reader = Reader::new(&call.input.fields);
    let note = reader.optional_name(field::NOTE, Field::Note);
    let note = reader.finish(note)?;
    let render = |outcome: &SignupOutcome| {
        let SignupOutcome { facts, result, user, .. } = outcome;
        let body = match result {
            SignupResult::Changed => signup::standing(&facts.event, &facts.sheet, *user),
            _ => signup::unchanged(&facts.event, &facts.sheet, *user),
        };
        shown::message(&body).into()
    };
    let Rendered { callback, .. } = deps.service.note_signup(call.ask(&render)?, event, note).await?;
    Ok(Answer::Kept(callback))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    Ok(Answer::Modal(signup_note::modal(call.context.id, event, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::SignupNote(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

//! The form of what proposed crews have to keep to.

use futures::FutureExt;

use super::read::Reader;
use crate::{
    domain::{
        crew::{DraftRules, Sizes},
        id::EventId,
        refusal::{Field, Refusal},
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Submitted,
        press::crew,
        table::{Audience, Call, Effect, FormHandler, Reopened},
    },
    service::crew::Wanted,
    view::{
        custom_id::{Form, verb},
        field,
        modal::crew_rules,
    },
};

/// The form. The crews that keep to it take the place of those whose button opened it.
pub(super) const FORM: FormHandler<Deps> = FormHandler {
    audience: Audience::Organiser,
    declared: Declared::Update,
    effect: Effect::Changes,
    reopen: |_, call| reopen(call).boxed(),
    run: |deps, call| run(deps, call).boxed(),
    verb: verb::SET_CREW_RULES,
};

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    let mut reader = Reader::new(&call.input.fields);
    let most = u8::try_from(Sizes::MOST).unwrap_or(u8::MAX);
    let min = reader.whole((field::CREW_MIN, Field::CrewMin), 1..=most);
    let max = reader.whole((field::CREW_MAX, Field::CrewMax), min.unwrap_or(1)..=most);
    let awake = reader.whole((field::AWAKE, Field::Awake), 0..=most);
    let limit = reader.optional_whole((field::CREW_LIMIT, Field::CrewLimit), 1..=DraftRules::MOST_CREWS);
    let rules = min.zip(max).zip(awake.zip(limit));
    let rules = rules.map(|((min, max), (awake, limit))| DraftRules { awake, limit, max, min });
    let rules = reader.finish(rules)?;
    crew::ask_here(deps, &call, (event, Wanted::By(rules))).await
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let event = which(&call.input.form)?;
    Ok(Answer::Modal(crew_rules::modal(call.context.id, event, &call.input.filled)))
}

const fn which(form: &Form) -> Result<EventId, Refusal> {
    match form {
        Form::CrewRules(event) => Ok(*event),
        _ => Err(Refusal::Outdated),
    }
}

//! The form of a team.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        id::TeamId,
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
    service::team::{TeamEdit, TeamOutcome},
    view::{
        custom_id::{Form, verb},
        field,
        modal::team,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SET_TEAM,
    Audience::Everyone,
    |deps, call| run(deps, call).boxed(),
    |deps, call| reopen(deps, call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let (team, revision) = which(&call.input.form)?;
    let mut reader = Reader::new(&call.input.fields);
    let name = reader.name(field::NAME, Field::Name);
    let number = reader.car_number();
    let car = reader.optional_name(field::CAR, Field::Car);
    let edit = name.zip(number).zip(car);
    let edit = reader.finish(edit.map(|((name, number), car)| TeamEdit { car, name, number }))?;
    let actor = call.context.member()?;
    let render = |outcome: &TeamOutcome| shown::message(&shown::team(actor, outcome)).into();
    Ok(Answer::Kept(deps.service.edit_team(call.ask(&render)?, (team, revision), edit).await?))
}

/// Opens the form on the team as it stands now.
async fn reopen(deps: &Deps, call: Call<Reopened>) -> Result<Answer, Failure> {
    let (team, _) = which(&call.input.form)?;
    let team = deps.service.open_team(call.context.member()?, team).await?;
    Ok(Answer::Modal(team::modal(call.context.id, (team.id, team.revision), &call.input.filled)))
}

const fn which(form: &Form) -> Result<(TeamId, u64), Refusal> {
    match form {
        Form::Team { revision, team } => Ok((*team, *revision)),
        _ => Err(Refusal::Outdated),
    }
}

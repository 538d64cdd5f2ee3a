//! The form of `/club setup`.

use futures::FutureExt;

use super::{form, read::Reader};
use crate::{
    domain::{
        club::Club,
        refusal::{Field, Refusal},
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        fields::Fields,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::club::NewClub,
    view::{custom_id::verb, field, modal::club_setup, reply},
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SETUP,
    Audience::ManageServer,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let new = read(&call.input.fields)?;
    let render = |club: &Club| shown::message(&reply::club_set_up(club)).into();
    Ok(Answer::Kept(deps.service.set_up_club(call.ask(&render)?, new).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    Ok(Answer::Modal(club_setup::modal(call.context.id, &call.input.filled)))
}

fn read(fields: &Fields) -> Result<NewClub, Refusal> {
    let mut reader = Reader::new(fields);
    let (name, zone) = (reader.name(field::NAME, Field::Name), reader.zone());
    let organiser_channel = reader.organiser_channel();
    reader.finish(name.zip(zone).map(|(name, zone)| NewClub { name, organiser_channel, zone }))
}

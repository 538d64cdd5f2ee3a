//! `/club setup`: opens the form that creates the server's club.

use futures::FutureExt;

use super::super::topic;
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    view::{
        modal::{Draft, club_setup},
        settings,
    },
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::ManageServer,
    complete: None,
    declared: Declared::Modal,
    description: "Creates this server's club; also how to admit your organisers.",
    effect: Effect::Reads,
    name: "setup",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

/// A club that is there already is shown with its settings.
async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    match deps.service.find_club(call.context.server()?.id).await? {
        Some(_) => {
            let view = deps.service.settings(call.context.member()?).await?;
            Ok(Answer::ephemeral(settings::panel(&shown::settings(&view))))
        }
        None => Ok(Answer::Modal(club_setup::modal(call.context.id, &Draft::default()))),
    }
}

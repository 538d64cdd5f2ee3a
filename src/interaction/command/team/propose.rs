//! `/team propose`: crews out of an event's sign-ups.

use futures::FutureExt;

use super::super::{
    event::find::{self, EVENT},
    topic,
};
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        press::crew,
        table::{Audience, Call, Effect, Leaf},
    },
    service::find::Resolved,
    view::{custom_id::Showing, reply},
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_event(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Proposes balanced crews from the sign-ups, to be changed and accepted.",
    effect: Effect::Changes,
    name: "propose",
    options: &[EVENT],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::TEAMS,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    match find::resolve(deps, &call).await? {
        Resolved::One(view) => crew::ask(deps, &call, view.facts.event.id).await,
        Resolved::Several(club, events) => {
            Ok(Answer::ephemeral(reply::pick_event(Showing::Teams, &events, 0, &club.zone)))
        }
    }
}

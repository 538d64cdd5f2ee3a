//! **Remind now**, for organisers.

use futures::FutureExt;

use super::{changing, event_of};
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::remind::Reminded,
    view::{custom_id::verb, reminder},
};

/// Has everybody whom the event concerns reminded of it.
pub(super) const NOW: PressHandler<Deps> =
    changing(verb::REMIND, Audience::Organiser, Declared::Ephemeral, |deps, call| now(deps, call).boxed());

async fn now(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let render = |reminded: &Reminded| {
        shown::message(&reminder::reminding(&reminded.event, &reminded.concerned)).into()
    };
    Ok(Answer::Kept(deps.service.remind_now(call.ask(&render)?, event).await?))
}

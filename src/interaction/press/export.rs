//! Files of an event.

use futures::FutureExt;

use super::{changing, event_of};
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Callback, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        table::{Audience, Call, PressHandler},
    },
    service::export::EventFile,
    view::custom_id::{Press, verb},
};

/// Asks for the event as a file for calendars.
pub(super) const CALENDAR: PressHandler<Deps> = handler(verb::EXPORT_CALENDAR);
/// Asks for the event's sheet.
pub(super) const SHEET: PressHandler<Deps> = handler(verb::EXPORT_SHEET);

const fn handler(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Organiser, Declared::Ephemeral, |deps, call| run(deps, call).boxed())
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let which = match call.input.press {
        Press::ExportCalendar(_) => EventFile::Calendar,
        Press::ExportSheet(_) => EventFile::Sheet,
        _ => return Err(Refusal::Outdated.into()),
    };
    let render = |(): &()| Callback::deferred_message(true).into_json().into();
    let asked = deps.service.ask_event_file(call.ask(&render)?, &call.context.token, (event, which));
    Ok(Answer::Kept(asked.await?))
}

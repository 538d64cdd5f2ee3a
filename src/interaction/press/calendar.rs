//! Links to calendars: one's own, and the club's for its organisers.

use futures::FutureExt;

use super::{changing, reading};
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        table::{Audience, Call, PressHandler},
    },
    service::calendar::{CalendarLink, ClubCalendar},
    view::{
        calendar::{self, CalendarFacts},
        custom_id::{CalendarOf, Press, verb},
        message::Body,
    },
};

/// Shows a link. Whoever was never seen becomes a person. The service itself admits organisers alone to the club's.
pub(super) const SHOW: PressHandler<Deps> =
    changing(verb::CALENDAR, Audience::Anywhere, Declared::Ephemeral, |deps, call| show(deps, call).boxed());

/// Asks whether to replace a link, beside the message that shows it.
pub(super) const ASK: PressHandler<Deps> =
    reading(verb::ASK_NEW_LINK, Audience::Anywhere, Declared::Ephemeral, |_, call| ask(call).boxed());

/// Replaces a link. The answer isn't kept, so that the link isn't: the button names the link that it replaces, and a repeat replaces none.
pub(super) const RENEW: PressHandler<Deps> =
    changing(verb::NEW_LINK, Audience::Anywhere, Declared::Update, |deps, call| renew(deps, call).boxed());

async fn show(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Calendar(of) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let (service, context) = (&deps.service, &call.context);
    Ok(Answer::ephemeral(match of {
        CalendarOf::Club => clubs(deps, &service.club_calendar(context.member()?).await?, calendar::link),
        CalendarOf::Me => {
            let link = service.my_calendar(&context.user, context.request_id.as_str()).await?;
            mine(deps, &link, calendar::link)
        }
    }))
}

async fn ask(call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::AskNewLink { of, serial } = call.input.press else { return Err(Refusal::Outdated.into()) };
    Ok(Answer::ephemeral(calendar::ask_new(of, serial)))
}

async fn renew(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::NewLink { of, serial } = call.input.press else { return Err(Refusal::Outdated.into()) };
    let (service, context) = (&deps.service, &call.context);
    let request = context.request_id.as_str();
    Ok(Answer::Update(match of {
        CalendarOf::Club => {
            let renewed = service.renew_club_calendar(context.member()?, serial, request).await?;
            clubs(deps, &renewed, calendar::renewed)
        }
        CalendarOf::Me => {
            let renewed = service.renew_my_calendar(&context.user, serial, request).await?;
            mine(deps, &renewed, calendar::renewed)
        }
    }))
}

fn clubs(deps: &Deps, calendar: &ClubCalendar, view: fn(&CalendarFacts<'_>) -> Body) -> Body {
    let (address, serial) = (address(deps, &calendar.link), calendar.link.serial);
    view(&CalendarFacts { address: &address, club: Some(&calendar.club.name), serial })
}

fn mine(deps: &Deps, link: &CalendarLink, view: fn(&CalendarFacts<'_>) -> Body) -> Body {
    view(&CalendarFacts { address: &address(deps, link), club: None, serial: link.serial })
}

fn address(deps: &Deps, link: &CalendarLink) -> String {
    format!("{}/calendar/{}.ics", deps.site, link.token)
}

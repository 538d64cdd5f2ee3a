//! `GET /link`: to Discord's authorize page, and the page that linking ends on.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Doors,
    page::{Action, Page, Tone},
    pass::Purpose,
};
use crate::{
    discord::{Consent, Identity},
    domain::{account::Account, email::Email},
    service::{
        link::{Linked, Proof},
        ticket::Ticket,
    },
};

#[derive(Deserialize)]
pub(super) struct Asked {
    ticket: Option<String>,
}

/// Sends the browser to Discord's authorize page.
pub(super) async fn begin(
    State(doors): State<Doors>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(Asked { ticket })) = asked else { return over(&doors).into_response() };
    let ticket = match ticket.map(|sealed| doors.0.service.read_ticket(&sealed)) {
        Some(None) => return over(&doors).into_response(),
        ticket => ticket.flatten(),
    };
    let (cookie, set) = doors.0.cookies.keep(&headers, &doors.0.ids);
    let Some(state) = doors.0.passes.issue(Purpose::Link { ticket }, &cookie) else {
        return over(&doors).into_response();
    };
    let to = doors.0.discord.authorize(Consent::Identify, &state);
    (set, Redirect::to(to.as_str())).into_response()
}

/// What Discord vouches for.
pub(super) fn proof(identity: &Identity) -> Proof {
    let email = identity.email.as_deref().filter(|_| identity.verified);
    let account = Account {
        global_name: identity.global_name.clone(),
        id: identity.id,
        nickname: None,
        username: identity.username.clone(),
    };
    Proof { account, email: email.and_then(|email| Email::parse(email).ok()) }
}

/// The button was pressed before, or waited too long.
pub(super) fn over(doors: &Doors) -> Page {
    let body = html! {
        p { "The button works once, and for a quarter of an hour. Type " code { "/link" } " in Discord for a fresh one." }
    };
    Page::stopped(StatusCode::GONE, "That button is over", body).with(back(doors, None))
}

/// The browser is signed in to Discord as somebody else than who pressed.
pub(super) fn somebody_else(doors: &Doors, identity: &Identity, ticket: &Ticket) -> Page {
    let body = html! {
        p { "In this browser you are signed in to Discord as " strong { (identity.username) } ". The button was made for another \
            account, so nothing was linked." }
        p { "Sign in with the account that typed " code { "/link" } ", or type it as " strong { (identity.username) } "." }
    };
    Page::stopped(StatusCode::FORBIDDEN, "Another Discord account", body).with(back(doors, Some(ticket)))
}

/// The page that linking ends on.
pub(super) fn page(doors: &Doors, proof: &Proof, linked: &Linked, ticket: Option<&Ticket>) -> Page {
    let heading = if linked.rosters.is_empty() { "Your account is linked" } else { "Your club knows you" };
    let body = html! {
        (who(proof, linked))
        @if !linked.merged.is_empty() { (merged(linked)) }
        @if !linked.unclear.is_empty() { (unclear(linked)) }
    };
    let next = html! { code { "/me" } " in Discord shows your events and what your club knows of you. " code { "/unlink" } " undoes this." };
    Page::new(Tone::Done, heading, body).then(next).with(back(doors, ticket))
}

fn who(proof: &Proof, linked: &Linked) -> Markup {
    let account = &proof.account.username;
    if linked.rosters.is_empty() {
        let why = match &proof.email {
            Some(_) => "no roster has its e-mail address or its username yet",
            None => "Discord has no verified e-mail address for it, and no roster has its username",
        };
        return html! {
            p { "You are " strong { (account) } " on Discord. Who you are in your club isn’t known: " (why) "." }
            p { "Once your club has entered you, type " code { "/link" } " again. If its site gave you a code, "
                code { "/link code:" } " takes it at once." }
        };
    }
    html! {
        p { "On Discord you are " strong { (account) } ". In your club you are:" }
        ul { @for roster in &linked.rosters { li { strong { (roster.name) } " of " (roster.club) } } }
    }
}

fn merged(linked: &Linked) -> Markup {
    html! {
        p { "You had answered twice for these events. One answer is left: the better place, or what you said last." }
        ul { @for event in &linked.merged { li { (event) } } }
    }
}

fn unclear(linked: &Linked) -> Markup {
    html! {
        p { "In these clubs it can’t be told which entry of the roster is yours. Ask an organiser for a code, and type it with " code { "/link code:" } ":" }
        ul { @for club in &linked.unclear { li { (club) } } }
    }
}

pub(super) fn back(doors: &Doors, ticket: Option<&Ticket>) -> Action {
    let href = match ticket.and_then(|ticket| ticket.guild) {
        Some(guild) => doors.server(guild),
        None => format!("{}/channels/@me", doors.0.discord_site),
    };
    Action::link("Back to Discord", href)
}

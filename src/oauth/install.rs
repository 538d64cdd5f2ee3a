//! `GET /install`: to Discord's authorize page, and the page that an installation ends on.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use serde::Deserialize;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::GuildMarker},
};

use super::{
    Doors, broken,
    page::{Action, Page, Tone},
    pass::{Move, Purpose},
};
use crate::{
    discord::Consent,
    domain::{name::ClubName, permission},
    service::install::{Installed, NewInstall},
};

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The token of an invitation.
    club: Option<String>,
    /// The server to add the app to.
    server: Option<Id<GuildMarker>>,
}

/// Sends the browser to Discord's authorize page.
pub(super) async fn begin(
    State(doors): State<Doors>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Ok(Query(Asked { club: invitation, server })) = asked else {
        return damaged(&doors).into_response();
    };
    if let Some(token) = &invitation {
        match doors.0.service.invitation(token).await {
            Ok(Some(_)) => {}
            Ok(None) => return invitation_over(&doors, None).into_response(),
            Err(error) => return broken(&doors, &error).into_response(),
        }
    }
    let (cookie, set) = doors.0.cookies.keep(&headers, &doors.0.ids);
    let purpose = Purpose::Install { invitation, server };
    let Some(state) = doors.0.passes.issue(purpose, &cookie) else { return damaged(&doors).into_response() };
    let to = doors.0.discord.authorize(consent(server), &state);
    (set, Redirect::to(to.as_str())).into_response()
}

/// What an installation asks for.
pub(super) const fn consent(server: Option<Id<GuildMarker>>) -> Consent {
    Consent::Install { permissions: permission::ASKED, server }
}

fn damaged(doors: &Doors) -> Page {
    let body =
        html! { p { "The link that brought you here is damaged. Copy it whole, or begin without it." } };
    Page::stopped(StatusCode::BAD_REQUEST, "That link isn’t complete", body)
        .with(Action::link("Add to Discord", doors.0.public_url.join("/install")))
}

/// The page that an installation ends on.
pub(super) fn page(doors: &Doors, new: &NewInstall, installed: Installed, cookie: &str) -> Page {
    let open = Action::link("Open the server", doors.server(new.guild));
    let page = match installed {
        Installed::Bound(club) => bound(&club, &new.name).with(open),
        Installed::Moved(club) => moved(&club, &new.name).with(open),
        Installed::HasClub(club) => has_club(&club, &new.name).with(open),
        Installed::NoClub => no_club(&new.name).with(open),
        Installed::Taken { club, theirs } => taken(&club, &theirs, &new.name)
            .with(Action::link("Choose another server", address(doors, new.invitation.as_deref()))),
        Installed::InvitationOver => invitation_over(doors, Some(&new.name)).with(open),
        Installed::Elsewhere { club, server } => return ask(doors, new, (&club, server.as_deref()), cookie),
    };
    lacking(doors, new, page)
}

fn bound(club: &ClubName, server: &str) -> Page {
    let body = html! {
        p { "Simlane now runs the club in the server " strong { (server) } "." }
    };
    let next = html! { "type " code { "/club panel" } " there. It shows what is left to choose." };
    Page::new(Tone::Done, format!("{club} is on Discord"), body).then(next)
}

fn moved(club: &ClubName, server: &str) -> Page {
    let body = html! {
        p { "It now lives in the server " strong { (server) } ", where its coming events get their channels within a minute. What was \
            made in the former server stays as it is." }
    };
    let next =
        html! { "type " code { "/club settings" } " there, and choose the organisers’ role and channel." };
    Page::new(Tone::Done, format!("{club} has moved"), body).then(next)
}

fn has_club(club: &ClubName, server: &str) -> Page {
    let body = html! {
        p { "It runs the club " strong { (club) } " in the server " strong { (server) } ", as before." }
    };
    let next = html! { "type " code { "/club panel" } " there to see how it goes." };
    Page::new(Tone::Done, "Simlane is in your server", body).then(next)
}

fn no_club(server: &str) -> Page {
    let body = html! {
        p { "It was added to the server " strong { (server) } "." }
    };
    let next = html! { "type " code { "/club setup" } " there, and give your club’s name and time zone." };
    Page::new(Tone::Done, "Simlane is in your server", body).then(next)
}

fn taken(club: &ClubName, theirs: &ClubName, server: &str) -> Page {
    let body = html! {
        p { "The server " strong { (server) } " already belongs to the club " strong { (theirs) } ", and a server holds one club. \
            Neither club has changed." }
        p { "To bring " strong { (club) } " to Discord, add Simlane to a server of its own." }
    };
    Page::stopped(StatusCode::CONFLICT, "That server has a club", body)
}

fn invitation_over(doors: &Doors, server: Option<&str>) -> Page {
    let body = html! {
        p { "An invitation works once, and for a week. Ask for a new one where you got it." }
        @match server {
            Some(server) => p { "Simlane is in the server " strong { (server) } " all the same. To set up a club of its own there, \
                type " code { "/club setup" } "." },
            None => p { "Or add Simlane to your server without one, and set up a new club there." },
        }
    };
    let page = Page::stopped(StatusCode::GONE, "That invitation is over", body);
    match server {
        Some(_) => page,
        None => page.with(Action::link("Add without it", doors.0.public_url.join("/install"))),
    }
}

fn ask(doors: &Doors, new: &NewInstall, (club, from): (&ClubName, Option<&str>), cookie: &str) -> Page {
    let Some(pass) = doors.0.passes.issue(Purpose::Move(Move::of(new)), cookie) else {
        return invitation_over(doors, Some(&new.name));
    };
    let body = html! {
        p {
            "The club " strong { (club) } " lives in "
            @match from { Some(from) => { "the server " strong { (from) } }, None => "another server" }
            ", and a club lives in one server."
        }
        p { "If it moves to the server " strong { (new.name) } ":" }
        ul {
            li { "its coming events get their channels anew there;" }
            li { "what was made in the former server stays as it is, and is no longer kept up to date;" }
            li { "you choose the organisers’ role and channel again." }
        }
    };
    let to = doors.0.public_url.join("/install/move");
    Page::new(Tone::Ask, format!("Move {club} here?"), body)
        .with(Action::Post { field: ("pass", pass), label: "Move it here", to })
        .with(Action::link("Leave it where it is", doors.0.public_url.join("/")))
}

/// The page with what the app lacks in the server, if it lacks anything.
fn lacking(doors: &Doors, new: &NewInstall, mut page: Page) -> Page {
    let missing = new.granted.map(permission::missing).unwrap_or(Permissions::empty());
    if missing.is_empty() || page.tone != Tone::Done {
        return page;
    }
    page.tone = Tone::Short;
    page.body = html! {
        (page.body)
        p { "It lacks permissions that it needs there, and can’t make everything until it has them:" }
        ul.chips { @for name in permission::names(missing) { li { (name) } } }
    };
    page.next = Some(html! { "press " strong { "Fix permissions" } ", and leave everything ticked." });
    let again = doors.0.public_url.join(&format!("/install?server={}", new.guild));
    page.actions.insert(0, Action::link("Fix permissions", again));
    page
}

/// Where an installation begins, with an invitation or without.
pub(super) fn address(doors: &Doors, invitation: Option<&str>) -> String {
    let Some(token) = invitation else { return doors.0.public_url.join("/install") };
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("club", token).finish();
    doors.0.public_url.join(&format!("/install?{query}"))
}

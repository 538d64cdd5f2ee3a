//! `GET /oauth/callback`: where Discord's authorize page sends the browser back to.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Doors, broken, install, link,
    page::{Action, Page},
    pass::{Pass, PassError, Purpose},
};
use crate::{
    discord::{Consent, Grant, OAuthError},
    service::{ServiceError, install::NewInstall, oauth::Step, ticket::Ticket},
};

/// What the authorize page says. Its `guild_id` and `permissions` are hints, and not read.
#[derive(Deserialize)]
pub(super) struct Said {
    code: Option<String>,
    error: Option<String>,
    state: Option<String>,
}

/// Somebody who came back, with the pass that they had left with.
struct Back<'a> {
    cookie: String,
    doors: &'a Doors,
    pass: Pass,
    state: String,
}

/// Why somebody who came back gets no further.
enum Stop {
    /// Discord's side failed; nothing was done.
    Discord(OAuthError),
    /// Ours did.
    Service(ServiceError),
}

impl From<OAuthError> for Stop {
    fn from(error: OAuthError) -> Self {
        Self::Discord(error)
    }
}

impl From<ServiceError> for Stop {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

/// Ends a way through OAuth on a page.
pub(super) async fn end(
    State(doors): State<Doors>,
    headers: HeaderMap,
    said: Result<Query<Said>, axum::extract::rejection::QueryRejection>,
) -> Page {
    let Ok(Query(Said { code, error, state: Some(state) })) = said else { return unknown(&doors) };
    let cookie = doors.0.cookies.read(&headers);
    let pass = match (doors.0.passes.read(&state, cookie.as_deref()), cookie) {
        (Ok(Pass { purpose: Purpose::Move(_), .. }), _) => return unknown(&doors),
        (Ok(pass), Some(cookie)) => Back { cookie, doors: &doors, pass, state },
        (Err(PassError::Over), _) => return over(&doors),
        (Err(PassError::OtherBrowser) | Ok(_), _) => return other_browser(&doors),
        (Err(PassError::Unreadable), _) => return unknown(&doors),
    };
    match (code, error) {
        (Some(code), None) => pass.go_on(&code).await,
        (_, Some(error)) if error == "access_denied" => pass.refused(),
        (_, error) => {
            tracing::warn!(error = error.as_deref().map(brief), "the authorize page brought no code");
            pass.failed(&OAuthError::Refused("no code".to_owned()))
        }
    }
}

impl Back<'_> {
    /// Takes the code, once.
    async fn go_on(self, code: &str) -> Page {
        let service = &self.doors.0.service;
        match service.take_step(Step::State, &self.pass.nonce, self.pass.until).await {
            Ok(true) => {}
            Ok(false) => return self.used(),
            Err(error) => return broken(self.doors, &error),
        }
        let stop = match self.finish(code).await {
            Ok(page) => return page,
            Err(stop) => stop,
        };
        if let Err(error) = service.untake_step(&self.pass.nonce).await {
            tracing::error!(%error, "a step that came to nothing stays taken");
        }
        match stop {
            Stop::Discord(error) => self.failed(&error),
            Stop::Service(error) => broken(self.doors, &error).with(self.again()),
        }
    }

    async fn finish(&self, code: &str) -> Result<Page, Stop> {
        let grant = self.doors.0.discord.exchange(code).await?;
        match &self.pass.purpose {
            Purpose::Install { invitation, .. } => self.install(grant, invitation.clone()).await,
            Purpose::Link { ticket } => self.link(grant, ticket.as_ref()).await,
            Purpose::Move(_) => Ok(unknown(self.doors)),
        }
    }

    async fn install(&self, grant: Grant, invitation: Option<String>) -> Result<Page, Stop> {
        let doors = self.doors;
        let guild = grant.guild.ok_or_else(|| OAuthError::Incomplete("guild".to_owned()))?;
        let by = doors.0.discord.identity(&grant.token).await?.id;
        let granted = guild.granted(doors.0.application);
        let new = NewInstall {
            by,
            granted,
            guild: guild.id,
            invitation,
            locale: guild.preferred_locale,
            moves: false,
            name: guild.name,
        };
        let installed = doors.0.service.install(new.clone(), &doors.0.ids.reference()).await?;
        Ok(install::page(doors, &new, installed, &self.cookie))
    }

    async fn link(&self, grant: Grant, ticket: Option<&Ticket>) -> Result<Page, Stop> {
        let (doors, service) = (self.doors, &self.doors.0.service);
        let identity = doors.0.discord.identity(&grant.token).await?;
        if let Some(ticket) = ticket {
            if ticket.account != identity.id {
                return Ok(link::somebody_else(doors, &identity, ticket));
            }
            if !service.take_step(Step::Ticket, &ticket.nonce, ticket.until).await? {
                return Ok(link::over(doors));
            }
        }
        let proof = link::proof(&identity);
        match service.link_proven(proof.clone(), &doors.0.ids.reference()).await {
            Ok(linked) => Ok(link::page(doors, &proof, &linked, ticket)),
            Err(error) => {
                if let Some(ticket) = ticket {
                    service.untake_step(&ticket.nonce).await?;
                }
                Err(error.into())
            }
        }
    }

    /// To the authorize page once more, with the same pass.
    fn again(&self) -> Action {
        let consent = match &self.pass.purpose {
            Purpose::Install { server, .. } => install::consent(*server),
            Purpose::Link { .. } | Purpose::Move(_) => Consent::Identify,
        };
        Action::link("Try again", self.doors.0.discord.authorize(consent, &self.state).as_str())
    }

    /// The person said no on Discord's page.
    fn refused(&self) -> Page {
        let (what, away) = match &self.pass.purpose {
            Purpose::Link { ticket } => (
                "You cancelled on Discord’s page, so your account isn’t linked.",
                link::back(self.doors, ticket.as_ref()),
            ),
            Purpose::Install { .. } | Purpose::Move(_) => (
                "You cancelled on Discord’s page, so Simlane isn’t added to a server.",
                Action::link("To the start", self.doors.0.public_url.join("/")),
            ),
        };
        Page::stopped(StatusCode::OK, "Cancelled", html! { p { (what) } }).with(self.again()).with(away)
    }

    /// Somebody has come back with it before; whether that came to an end isn't known.
    fn used(&self) -> Page {
        let body = |how: Markup| {
            html! {
                p { "If the page told you then that it worked, nothing is left to do." }
                p { "If it never came, begin again: " (how) }
            }
        };
        match &self.pass.purpose {
            Purpose::Link { ticket } => {
                let body = body(html! { "type " code { "/link" } " in Discord for a fresh button." });
                Page::stopped(StatusCode::GONE, "This page was opened before", body)
                    .with(link::back(self.doors, ticket.as_ref()))
            }
            Purpose::Install { invitation, .. } => {
                let body = body(html! { "adding Simlane twice does no harm." });
                Page::stopped(StatusCode::GONE, "This page was opened before", body)
                    .with(Action::link("Begin again", install::address(self.doors, invitation.as_deref())))
            }
            Purpose::Move(_) => unknown(self.doors),
        }
    }

    /// Discord's side failed.
    fn failed(&self, error: &OAuthError) -> Page {
        let reference = self.doors.0.ids.reference();
        tracing::warn!(%error, reference, "Discord's side of a way through OAuth failed");
        let (status, what) = match error {
            OAuthError::InvalidCode => {
                (StatusCode::BAD_REQUEST, "Discord took too long to bring you back, or did it twice.")
            }
            OAuthError::Unavailable(_) => {
                (StatusCode::BAD_GATEWAY, "Discord isn’t answering right now. Try again in a minute.")
            }
            OAuthError::Incomplete(_) => {
                (StatusCode::BAD_GATEWAY, "Discord’s answer wasn’t complete. Trying again mostly helps.")
            }
            OAuthError::Refused(_) => (
                StatusCode::BAD_GATEWAY,
                "Discord didn’t accept this app’s request. Tell whoever runs this service.",
            ),
        };
        let body = html! { p { (what) } p.soft { "Reference " code { (reference) } } };
        Page::stopped(status, "Discord didn’t finish this", body).with(self.again())
    }
}

fn stopped(doors: &Doors, status: StatusCode, heading: &str, body: Markup) -> Page {
    Page::stopped(status, heading, body)
        .with(Action::link("Add to Discord", doors.0.public_url.join("/install")))
        .with(Action::link("To the start", doors.0.public_url.join("/")))
}

fn unknown(doors: &Doors) -> Page {
    let body =
        html! { p { "This page ends what was begun elsewhere, and can’t tell what that was. Begin again." } };
    stopped(doors, StatusCode::BAD_REQUEST, "Nothing to finish here", body)
}

fn over(doors: &Doors) -> Page {
    let body =
        html! { p { "You may take ten minutes on Discord’s page. Begin again; it takes a few clicks." } };
    stopped(doors, StatusCode::GONE, "That took too long", body)
}

fn other_browser(doors: &Doors) -> Page {
    let body = html! {
        p { "It was begun in another browser, or this one keeps no cookies. Begin and end in the same browser, so that nobody can \
            make you finish what they began." }
    };
    stopped(doors, StatusCode::FORBIDDEN, "Begun in another browser", body)
}

/// What somebody else's text may bring into the log.
fn brief(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_graphic()).take(60).collect()
}

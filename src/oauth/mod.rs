//! The ways in through Discord's authorize page, and the pages that they end on.

mod callback;
mod cookie;
mod install;
mod link;
mod moving;
pub mod page;
mod pass;

use std::sync::Arc;

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};
use maud::html;
use twilight_model::id::{
    Id,
    marker::{ApplicationMarker, GuildMarker},
};

use self::{
    cookie::Cookies,
    page::{Action, Page},
    pass::Passes,
};
use crate::{
    base::{
        clock::Clock,
        config::{PublicUrl, SecretKey},
        ids::Ids,
        seal::Sealer,
    },
    discord::OAuthPort,
    service::Service,
};

/// What a pass's sealing key is derived for.
const PASSES: &str = "oauth passes";

/// The path that Discord's authorize page sends the browser back to.
pub const CALLBACK: &str = "/oauth/callback";

/// What the ways in share. Cheap to clone.
#[derive(Clone)]
pub struct Doors(Arc<Parts>);

/// What [`Doors::new`] is given.
pub struct DoorParts {
    /// The application.
    pub application: Id<ApplicationMarker>,
    /// What time it is.
    pub clock: Clock,
    /// Discord's side.
    pub discord: Arc<dyn OAuthPort>,
    /// Where people open Discord: scheme and host, without a slash at the end.
    pub discord_site: String,
    /// Where cookies and passes get their names from.
    pub ids: Ids,
    /// What passes are sealed with.
    pub key: SecretKey,
    /// Where people reach this service.
    pub public_url: PublicUrl,
    /// The use cases.
    pub service: Service,
}

struct Parts {
    application: Id<ApplicationMarker>,
    cookies: Cookies,
    discord: Arc<dyn OAuthPort>,
    discord_site: String,
    ids: Ids,
    passes: Passes,
    public_url: PublicUrl,
    service: Service,
}

impl Doors {
    /// Doors of these parts.
    #[must_use]
    pub fn new(parts: DoorParts) -> Self {
        let DoorParts { application, clock, discord, discord_site, ids, key, public_url, service } = parts;
        let cookies = Cookies::new(public_url.join("/").starts_with("https:"));
        let passes = Passes::new(clock, ids.clone(), Sealer::new(&key, PASSES, ids.clone()));
        Self(Arc::new(Parts {
            application,
            cookies,
            discord,
            discord_site,
            ids,
            passes,
            public_url,
            service,
        }))
    }

    /// Where people open a server in Discord.
    fn server(&self, guild: Id<GuildMarker>) -> String {
        format!("{}/channels/{guild}", self.0.discord_site)
    }
}

/// The routes.
pub fn router(doors: Doors) -> Router {
    Router::new()
        .route("/install", get(install::begin))
        .route("/install/move", post(moving::agree))
        .route("/link", get(link::begin))
        .route(CALLBACK, get(callback::end))
        .with_state(doors)
}

/// Something failed on our side; the log knows more under the reference.
fn broken(doors: &Doors, error: &(dyn std::error::Error + 'static)) -> Page {
    let reference = doors.0.ids.reference();
    tracing::error!(error = chain(error), reference, "a way through OAuth ended in a failure");
    let body = html! {
        p { "Something failed on our side, and nothing is lost. Try again in a minute." }
        p.soft { "If it goes on, tell whoever runs this service the reference " code { (reference) } "." }
    };
    Page::stopped(StatusCode::INTERNAL_SERVER_ERROR, "That did not work", body)
        .with(Action::link("To the start", doors.0.public_url.join("/")))
}

/// An error with everything that lies beneath it.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
}

impl std::fmt::Debug for Doors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Doors").finish_non_exhaustive()
    }
}

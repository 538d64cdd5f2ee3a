//! Discord in a browser: the product without a Discord account.
//!
//! Every page is drawn here and says in its address who looks at what; see `place.rs`. What people do are forms. A page that is
//! open hears of changes and asks for itself again; the script in `assets/page.js` does that, and nothing that a form can do.

mod act;
mod assets;
mod chat;
mod choices;
mod clock;
mod component;
mod composer;
mod desk;
mod events;
mod faults;
mod fields;
mod form;
mod gallery;
mod hands;
mod head;
mod members;
mod message;
mod nav;
mod page;
mod parts;
mod place;
mod scene;
mod side;
mod site;
mod stream;
#[cfg(test)]
mod tests;
mod text;
mod threads;
mod windows;
mod wire;

use std::{fmt, io, net::SocketAddr};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

pub use self::gallery::{GalleryError, gallery};
use self::{
    fields::Fields,
    place::{Params, Place},
    site::Site,
};
use crate::{stage::Stage, tour};

/// Where the page is unless told otherwise, if that is free.
const USUAL: &str = "127.0.0.1:7070";
/// Somebody who has just left the server, and where they live.
const GONE: (&str, &str) = ("Noor", "Africa/Cairo");
/// Bytes of a form with its files: a little more than a file may have.
const FORM_MAX: usize = 12 * 1024 * 1024;
/// Any free port of this machine.
const ANYWHERE: &str = "127.0.0.1:0";

/// How the page is started.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Where it listens; without one at port 7070 of this machine, or if that is taken at a free one.
    pub listen: Option<SocketAddr>,
    /// Whether the tour's story is played first, so that there is a club to look at.
    pub tour: bool,
    /// When the clock begins to run; without one now. The story has a beginning of its own.
    pub begins: Option<Timestamp>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nothing could be started behind it.
    #[error("{0}")]
    Stage(String),
    /// It can't be listened on.
    #[error("cannot listen on {address}: {source}. Give another address with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// It didn't end in order.
    #[error("not everything ended in order: {0}")]
    End(String),
    /// The story didn't go as it should.
    #[error("the story went wrong: {0}")]
    Tour(String),
}

/// A page that is there to be opened.
pub struct Web {
    address: SocketAddr,
    service: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<io::Result<()>>,
    moving: JoinHandle<()>,
    site: Site,
}

/// What every route shares.
#[derive(Clone)]
struct Shared {
    site: Site,
    stop: CancellationToken,
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Web").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Web {
    /// Starts a Discord, the service, and the page.
    ///
    /// # Errors
    ///
    /// When one of them doesn't start, or the story goes wrong.
    pub async fn start(options: Options) -> Result<Self, WebError> {
        let listener = listen(options.listen).await?;
        let address = listener.local_addr().map_err(|error| WebError::Stage(error.to_string()))?;
        let begins = if options.tour { tour::BEGINS } else { options.begins.unwrap_or_else(Timestamp::now) };
        let stage = Stage::start(begins).await.map_err(|error| WebError::Stage(error.to_string()))?;
        let gone = stage.guild.member(GONE.0);
        gone.lives_in(GONE.1);
        gone.leave();
        if options.tour {
            tour::play(&stage).await.map_err(WebError::Tour)?;
        }
        let service = stage.service();
        stage.discord.shown_at(&format!("http://{address}"));
        let (site, stop) = (Site::new(stage), CancellationToken::new());
        let routes = router(Shared { site: site.clone(), stop: stop.clone() });
        let server = axum::serve(listener, routes).with_graceful_shutdown(stop.clone().cancelled_owned());
        let serving = tokio::spawn(server.into_future());
        let moving = tokio::spawn(hands::run(site.clone()));
        Ok(Self { address, service, stop, serving, moving, site })
    }

    /// Where it is, such as `http://127.0.0.1:7070`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the service behind it listens.
    #[must_use]
    pub fn service(&self) -> String {
        format!("http://{}", self.service)
    }

    /// Ends all of it.
    ///
    /// # Errors
    ///
    /// When something didn't end in order.
    pub async fn end(self) -> Result<(), WebError> {
        self.stop.cancel();
        self.moving.abort();
        let _ = self.moving.await;
        let served = self.serving.await.map_err(io::Error::other).flatten();
        let stage = self.site.into_stage().await.ok_or(WebError::End("a page is still drawn".to_owned()))?;
        stage.end().await.map_err(|error| WebError::End(error.to_string()))?;
        served.map_err(|error| WebError::End(error.to_string()))
    }
}

async fn listen(wanted: Option<SocketAddr>) -> Result<TcpListener, WebError> {
    if let Some(address) = wanted {
        return TcpListener::bind(address).await.map_err(|source| WebError::Listen { address, source });
    }
    match TcpListener::bind(USUAL).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind(ANYWHERE)
            .await
            .map_err(|source| WebError::Listen { address: SocketAddr::from(([127, 0, 0, 1], 0)), source }),
    }
}

fn router(shared: Shared) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/changes", get(stream::changes))
        .route("/channels/{guild}", get(enter))
        .route("/assets/{name}", get(assets::get))
        .route("/{viewer}/{guild}/{channel}", get(show))
        .route("/{viewer}/{guild}/{channel}/suggest", get(suggest))
        .route("/{viewer}/{guild}/{channel}/{act}", post(perform))
        .fallback(|| async { (StatusCode::NOT_FOUND, page::nothing_here()) })
        .layer(middleware::from_fn(same_origin))
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .with_state(shared)
}

/// Refuses what another site's page sends here: nobody but the sandbox's own pages moves its clock.
async fn same_origin(request: Request, next: Next) -> Response {
    if is_foreign(request.headers()) {
        return (StatusCode::FORBIDDEN, "Only the sandbox's own pages may do that.").into_response();
    }
    next.run(request).await
}

fn is_foreign(headers: &HeaderMap) -> bool {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let theirs = header(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    theirs.is_some() && theirs != header(header::HOST)
}

/// `GET /`: the first channel of the first server, through its organiser's eyes.
async fn home(State(Shared { site, .. }): State<Shared>) -> Redirect {
    let guild = site.stage.guild.id();
    let viewer = site.stage.cast.lena.id();
    let place = Place { viewer, guild: Some(guild), channel: None, params: Params::default() };
    Redirect::to(&act::first_channel(&site, &place).href())
}

/// `GET /channels/{guild}`: a server, or conversations, through the eyes of who went to the authorize page last.
async fn enter(State(Shared { site, .. }): State<Shared>, Path(guild): Path<String>) -> Redirect {
    let viewer = site.discord.0.records.last_user().unwrap_or(site.stage.cast.lena.id());
    let guild = guild.parse().ok().filter(|id| site.discord.with(|state| state.guilds.contains_key(id)));
    let place = Place { viewer, guild, channel: None, params: Params::default() };
    Redirect::to(&act::first_channel(&site, &place).href())
}

type Address = (String, String, String);

/// `GET /{viewer}/{guild}/{channel}`
async fn show(
    State(Shared { site, .. }): State<Shared>,
    Path((viewer, guild, channel)): Path<Address>,
    Query(params): Query<Params>,
) -> Response {
    let Some(place) = Place::parse(&viewer, &guild, &channel, params) else { return missing() };
    if place.channel.is_none() && act::first_channel(&site, &place) != place {
        return Redirect::to(&act::first_channel(&site, &place).href()).into_response();
    }
    page::page(&site, &place).map_or_else(missing, IntoResponse::into_response)
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, page::nothing_here()).into_response()
}

/// `GET /{viewer}/{guild}/{channel}/suggest`: what is suggested for an option.
async fn suggest(
    State(Shared { site, .. }): State<Shared>,
    Path((viewer, guild, channel)): Path<Address>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Response {
    let Some(place) = Place::parse(&viewer, &guild, &channel, Params::default()) else { return missing() };
    let found = act::suggest(&site, &place, &Fields::new(fields)).await;
    composer::suggestions(&found).into_response()
}

/// `POST /{viewer}/{guild}/{channel}/{act}`: does something, and leads on to where it can be seen.
async fn perform(
    State(Shared { site, .. }): State<Shared>,
    Path((viewer, guild, channel, act)): Path<(String, String, String, String)>,
    Query(params): Query<Params>,
    fields: Fields,
) -> Response {
    let Some(place) = Place::parse(&viewer, &guild, &channel, params) else { return missing() };
    if !site.knows(place.viewer) {
        return missing();
    }
    let next = match act::perform(&site, &place, &act, &fields).await {
        Ok(next) => next,
        Err(why) => {
            site.desk.notice(&place, "That didn’t work.", &why.to_string());
            place
        }
    };
    site.discord.0.records.changed();
    Redirect::to(&next.href()).into_response()
}

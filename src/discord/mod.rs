//! Discord's REST API: a port to read and a port to write, over one careful way of sending.
//!
//! Requests are built with twilight-http and sent through a client of our own, once each: who calls decides
//! whether to call again, from the [`Class`] and the [`Outcome`] of the [`Error`].

use std::{fmt, sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::{Url, redirect};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use twilight_http::request::Request;

use crate::base::clock::Clock;

mod cdn;
mod error;
mod guard;
mod limits;
mod model;
mod oauth;
mod park;
mod read;
mod refusal;
mod target;
#[cfg(test)]
pub(crate) mod testing;
mod transport;
mod webhook;
mod write;

pub use self::{
    cdn::{AddressFault, AttachmentPort, Cdn, Fetch, FetchError},
    error::{Class, Error, Full, Gone, Outcome},
    guard::Stop,
    model::{
        Application, AuditEntry, BotUser, Channel, Guild, Member, Message, Role, ScheduledEvent, ThreadState,
    },
    oauth::{AddedTo, Consent, Grant, Identity, OAuth, OAuthError, OAuthPort, OAuthSetup},
    read::{MEMBERS_PAGE, ReadPort},
    webhook::Upload,
    write::{
        ChannelEdit, ChannelKind, EventEdit, NewChannel, NewEvent, NewThread, RoleLook, ThreadEdit, WritePort,
    },
};

use self::{error::Cause, transport::Transport};

/// A call on its way. Dropping it leaves open whether it has its effect.
pub type Call<'a, T> = BoxFuture<'a, Result<T, Error>>;

/// How long things may take.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Timings {
    /// From asking to the whole answer, the wait for a turn included. A lease has to outlast it.
    pub call: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self { call: Duration::from_secs(10) }
    }
}

/// What a [`Discord`] is made of.
#[derive(Debug)]
pub struct Setup {
    /// Scheme and host of the API; the path `/api/v10` is added.
    pub base: Url,
    /// What 429s and invalid requests are timed by. Deadlines run on the machine's clock.
    pub clock: Clock,
    /// Where people read about this app; Discord wants it in every request.
    pub homepage: Url,
    /// The client to send with, made by [`client`].
    pub http: reqwest::Client,
    /// How long things may take.
    pub timings: Timings,
    /// The bot's token, without `Bot `.
    pub token: SecretString,
}

/// Why no [`Discord`] could be made.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SetupError {
    /// The bot token has characters that no header can hold.
    #[error("the bot token has characters that a token never has")]
    Token,
    /// The homepage has characters that no header can hold.
    #[error("the homepage cannot stand in a header")]
    Homepage,
}

/// Discord, through its REST API. Clones are cheap and share limits, holds and counts.
#[derive(Clone)]
pub struct Discord {
    /// Builds requests and never sends any.
    build: Arc<twilight_http::Client>,
    transport: Arc<Transport>,
}

impl Discord {
    /// Makes one. A process needs a single one: limits that are not shared are not kept.
    ///
    /// Must be called inside a tokio runtime, with a TLS provider installed.
    ///
    /// # Errors
    ///
    /// When the token or the homepage cannot stand in a header.
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        let build = twilight_http::Client::builder().ratelimiter(None).build();
        Ok(Self { build: Arc::new(build), transport: Arc::new(Transport::new(setup)?) })
    }

    /// Why nothing is being sent, if so.
    #[must_use]
    pub fn stopped(&self) -> Option<Stop> {
        self.transport.guard.stop(self.transport.now())
    }

    /// Sends again after the token was refused: someone says that it is right now.
    pub fn retry_token(&self) {
        self.transport.guard.allow_token();
    }

    /// Sends a request and reads its answer.
    fn read<T>(&self, request: Result<Request, twilight_http::Error>) -> Call<'_, T>
    where
        T: DeserializeOwned + Send,
    {
        async move { self.transport.read(built(request)?).await }.boxed()
    }

    /// Sends a request whose answer says nothing new.
    fn done(&self, request: Result<Request, twilight_http::Error>) -> Call<'_, ()> {
        async move { self.transport.send(built(request)?).await.map(drop) }.boxed()
    }
}

/// A request that breaks one of Discord's rules is refused before it is sent.
fn built(request: Result<Request, twilight_http::Error>) -> Result<Request, Error> {
    request.map_err(|error| {
        Error::broken("request".into(), Cause::Request(error::chain(&error)), Outcome::NotDone)
    })
}

/// What every request says of itself. See Discord Docs/Reference, User Agent.
fn user_agent(homepage: &Url) -> String {
    format!("DiscordBot ({homepage}, {})", env!("CARGO_PKG_VERSION"))
}

/// The client to send requests with.
///
/// It follows no redirect, which would carry the token elsewhere, repeats nothing by itself, and asks no proxy that
/// the configuration doesn't name. A TLS provider has to be installed before.
///
/// # Errors
///
/// When TLS cannot be set up.
pub fn client() -> reqwest::Result<reqwest::Client> {
    let never = reqwest::retry::never();
    reqwest::Client::builder().redirect(redirect::Policy::none()).retry(never).no_proxy().build()
}

impl fmt::Debug for Discord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discord").finish_non_exhaustive()
    }
}

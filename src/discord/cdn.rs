//! The files that people attach, from Discord's CDN.
//!
//! An attachment's address comes with a signed interaction, but it is an address all the same: what it names is asked
//! for only where Discord keeps attachments, without the bot's token, once, and no further than a limit.

mod address;
mod source;
#[cfg(test)]
mod tests;

use std::time::Duration;

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::{ClientBuilder, StatusCode, Url, redirect};
use tokio::time::timeout;

use super::error::chain;
use address::PublicResolver;
use source::{Host, Source};

/// A file on its way.
pub type Fetch<'a> = BoxFuture<'a, Result<Vec<u8>, FetchError>>;

/// Fetches the files that people attach.
pub trait AttachmentPort: Send + Sync {
    /// The bytes of the attachment at `url`, which Discord gave; at most `limit` of them. Never more are kept.
    fn fetch<'a>(&'a self, url: &'a str, limit: usize) -> Fetch<'a>;
}

/// Discord's CDN. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Cdn {
    deadline: Duration,
    /// Asks Discord's hosts.
    http: reqwest::Client,
    source: Source,
    /// Asks the host that stands in for Discord, wherever it is.
    stand_in: reqwest::Client,
}

/// Why there is no file. Its `Display` is fit for a log: it has no address, whose signature opens the file to anybody.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FetchError {
    /// The address isn't one of an attachment on Discord's CDN. Nothing was sent.
    #[error("not an attachment's address: {0}")]
    Address(AddressFault),
    /// No connection, or it broke in the middle of the file.
    #[error("connection failed: {0}")]
    Connection(String),
    /// The address has expired, as they do after a day, or the attachment was deleted.
    #[error("expired or deleted (status {0})")]
    Gone(u16),
    /// The file goes on beyond the limit.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The whole file wasn't there within the deadline.
    #[error("not there within {0:?}")]
    TooSlow(Duration),
    /// An answer that isn't the file; a redirect is one.
    #[error("status {0} instead of a file")]
    Status(u16),
}

/// What is wrong with an attachment's address.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AddressFault {
    /// It can't be read as one.
    #[error("not an address")]
    Unreadable,
    /// It has a user or a password in it.
    #[error("it has a user in it")]
    User,
    /// Another scheme, host or port than the CDN's.
    #[error("another host")]
    Host,
    /// A path on the CDN where no attachments are.
    #[error("another path")]
    Path,
}

impl Cdn {
    /// How long a file of a few megabytes may take. An answer that waits for it is deferred.
    pub const DEADLINE: Duration = Duration::from_secs(10);

    /// The CDN that goes with the API at `api`: Discord's own, and with another API than `discord.com` its host as well.
    ///
    /// `deadline` is how long a file may take, from asking to its last byte. A TLS provider has to be installed before.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(api: &Url, deadline: Duration) -> reqwest::Result<Self> {
        let http = client().https_only(true).dns_resolver(PublicResolver).build()?;
        Ok(Self { deadline, http, source: Source::of(api), stand_in: client().build()? })
    }

    async fn get(&self, (host, address): (Host, Url), limit: usize) -> Result<Vec<u8>, FetchError> {
        let http = match host {
            Host::Discord => &self.http,
            Host::StandIn => &self.stand_in,
        };
        let mut response = http.get(address).send().await.map_err(lost)?;
        judge(response.status())?;
        let too_large = FetchError::TooLarge { limit };
        // What the header says is believed only if it is too much.
        let announced = response.content_length().map(usize::try_from);
        if announced.is_some_and(|length| length.is_ok_and(|length| length > limit)) {
            return Err(too_large);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if chunk.len() > limit - body.len() {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

impl AttachmentPort for Cdn {
    fn fetch<'a>(&'a self, url: &'a str, limit: usize) -> Fetch<'a> {
        async move {
            let address = self.source.admit(url).map_err(FetchError::Address)?;
            let file = timeout(self.deadline, self.get(address, limit)).await;
            file.unwrap_or(Err(FetchError::TooSlow(self.deadline)))
        }
        .boxed()
    }
}

impl FetchError {
    /// What the person who attached the file can do, as a sentence or two.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::Address(_) => "That isn't a file attached on Discord. Attach the file itself.".to_owned(),
            Self::Gone(_) => "The link to that file has expired. Upload it again.".to_owned(),
            Self::TooLarge { limit } => {
                format!("That file is larger than {}. Attach a smaller one.", size(*limit))
            }
            Self::Connection(_) | Self::TooSlow(_) | Self::Status(_) => {
                "The file couldn't be fetched from Discord. Try again in a minute.".to_owned()
            }
        }
    }
}

/// A client of its own: it has no token to lose, follows no redirect, asks no proxy, and repeats nothing.
fn client() -> ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .user_agent(concat!("simlane/", env!("CARGO_PKG_VERSION")))
}

fn judge(status: StatusCode) -> Result<(), FetchError> {
    match status {
        StatusCode::OK => Ok(()),
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => {
            Err(FetchError::Gone(status.as_u16()))
        }
        _ => Err(FetchError::Status(status.as_u16())),
    }
}

fn lost(error: reqwest::Error) -> FetchError {
    FetchError::Connection(chain(&error.without_url()))
}

/// A number of bytes as people say it.
fn size(bytes: usize) -> String {
    const MEBIBYTE: usize = 1024 * 1024;
    if bytes >= MEBIBYTE { format!("{} MiB", bytes / MEBIBYTE) } else { format!("{bytes} bytes") }
}

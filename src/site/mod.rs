//! Calls to clubs' sites: a layer of its own, and besides `discord/` the only one that calls anybody.
//!
//! It isn't part of `discord/`, as nothing there fits: people choose the addresses, no token of ours may go along, and Discord's limits and
//! classes of errors mean nothing to a site. What goes out is a POST without credentials to a public https address, once, with a time
//! limit, and without following redirects; of the answer nothing but its status is read.

use std::time::Duration;

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::{
    ClientBuilder, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
    redirect,
};
use tokio::time::timeout;

use crate::{
    base::address::{lookup_public, site_url},
    domain::webhook::Received,
};

/// A message to a site.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call<'c> {
    /// JSON.
    pub body: &'c str,
    /// What says whose message it is.
    pub headers: [(&'static str, String); 3],
    /// Where it goes.
    pub url: &'c str,
}

/// Calls sites.
pub trait SitePort: Send + Sync {
    /// Posts a message, and tells what the site made of it.
    fn post<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Received>;
}

/// Clubs' sites. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Sites {
    deadline: Duration,
    http: reqwest::Client,
    is_local: bool,
}

impl Sites {
    /// How long a site may take to answer.
    pub const DEADLINE: Duration = Duration::from_secs(10);

    /// Sites on the public internet; with `is_local`, which is for a service that only this machine can reach, on any address, and
    /// without TLS, too. `deadline` is how long each may take. A TLS provider has to be installed before.
    ///
    /// # Errors
    /// When TLS can't be set up.
    pub fn new(deadline: Duration, is_local: bool) -> reqwest::Result<Self> {
        let client = if is_local { client() } else { client().https_only(true).dns_resolver(PublicResolver) };
        Ok(Self { deadline, http: client.build()?, is_local })
    }

    async fn send(&self, call: Call<'_>) -> Received {
        // Names are held to public addresses when they are resolved, but an address that is written out is never resolved.
        let url = match site_url(call.url, self.is_local) {
            Ok(url) => url,
            Err(fault) => return Received::Failed(fault.to_string()),
        };
        let mut request =
            self.http.post(url).header(CONTENT_TYPE, "application/json").body(call.body.to_owned());
        for (name, value) in call.headers {
            let Ok(value) = HeaderValue::from_str(&value) else { continue };
            request = request.header(HeaderName::from_static(name), value);
        }
        match request.send().await {
            Ok(response) => judge(response.status()),
            Err(error) => Received::Failed(format!("connection failed: {}", root(&error.without_url()))),
        }
    }
}

impl SitePort for Sites {
    fn post<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Received> {
        async move {
            let received = timeout(self.deadline, self.send(call)).await;
            received.unwrap_or_else(|_| Received::Failed(format!("no answer within {:?}", self.deadline)))
        }
        .boxed()
    }
}

/// Resolves names to public addresses only.
#[derive(Clone, Copy, Debug)]
struct PublicResolver;

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = lookup_public(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A client without a token to lose, which follows no redirect, asks no proxy, and repeats nothing.
fn client() -> ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .user_agent(concat!("simlane/", env!("CARGO_PKG_VERSION")))
}

fn judge(status: StatusCode) -> Received {
    match status {
        status if status.is_success() => Received::Taken,
        StatusCode::GONE => Received::Gone,
        status => Received::Failed(format!("status {}", status.as_u16())),
    }
}

/// What lies at the bottom of an error: what is above it says only that a request was sent.
fn root(error: &(dyn std::error::Error + 'static)) -> String {
    let last = std::iter::successors(Some(error), |error| error.source()).last();
    last.map_or_else(String::new, ToString::to_string)
}

#[cfg(test)]
mod tests;

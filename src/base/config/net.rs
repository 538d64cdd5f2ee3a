//! Where people reach this service, and where it listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use url::{Host, Url};

use super::env::Env;

/// Where people reach this service: scheme, host, and perhaps a path prefix; never ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    pub(super) fn read(env: &mut Env<'_>) -> Option<Self> {
        env.or_default("PUBLIC_URL", "http://localhost:8080", Self::parse)
    }

    fn parse(value: &str) -> Result<Self, String> {
        let url = http_url(value)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("has a query or a fragment; give scheme, host and path only".to_owned());
        }
        Ok(Self(url))
    }

    /// The address of `path` (which begins with a slash) as people reach it.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }
}

/// An http or https address without a user in it.
pub(super) fn http_url(value: &str) -> Result<Url, String> {
    let url = Url::parse(value).map_err(|error| format!("is not an address ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("is not an http or https address".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user or a password in it".to_owned());
    }
    Ok(url)
}

/// The two addresses that a process listens on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listeners {
    /// The public one.
    pub listen: SocketAddr,
    /// The deployer's: metrics and the job board.
    pub operator: SocketAddr,
}

impl Listeners {
    pub(super) fn read(env: &mut Env<'_>) -> Option<Self> {
        let listen = env.or_default("LISTEN_ADDR", "0.0.0.0:8080", address);
        let operator = env.or_default("OPERATOR_ADDR", "127.0.0.1:9090", address);
        let port = env.optional("PORT", "8080", |value| {
            value.parse::<u16>().map_err(|_| "is not a port, a number up to 65535".to_owned())
        });
        let mut listen = listen?;
        if let Some(port) = port? {
            listen.set_port(port);
        }
        let both = Self { listen, operator: operator? };
        if both.collide() {
            env.fault("OPERATOR_ADDR", "has the public listener's port", "127.0.0.1:9090");
            return None;
        }
        Some(both)
    }

    /// Whether only this machine can reach the operator's address.
    #[must_use]
    pub const fn operator_is_local(&self) -> bool {
        self.operator.ip().is_loopback()
    }

    /// Port 0 asks the system for a free one, so it never collides.
    fn collide(&self) -> bool {
        let overlap = self.listen.ip() == self.operator.ip()
            || self.listen.ip().is_unspecified()
            || self.operator.ip().is_unspecified();
        overlap && self.listen.port() != 0 && self.listen.port() == self.operator.port()
    }
}

fn address(value: &str) -> Result<SocketAddr, String> {
    let localhost = |port: &str| port.parse().map(|port| (IpAddr::from(Ipv4Addr::LOCALHOST), port).into());
    let parsed = match value.strip_prefix("localhost:") {
        Some(port) => localhost(port).ok(),
        None => value.parse().ok(),
    };
    parsed.ok_or_else(|| "is not an IP address and a port".to_owned())
}

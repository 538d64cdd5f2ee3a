//! Where the facts and the job queue are kept.

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::env::Env;

pub(super) const POSTGRES_EXAMPLE: &str = "postgres://simlane:password@localhost/simlane";
pub(super) const REDIS_EXAMPLE: &str = "redis://localhost:6379";
const SQLITE_DEFAULT: &str = "sqlite://data/simlane.db?mode=rwc";

/// `DATABASE_URL`. Prints without user, password and parameters.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// A file, or `sqlite::memory:`.
    Sqlite(ConnectionUrl),
    /// A server.
    Postgres(ConnectionUrl),
}

/// A connection string whose secret parts are never printed.
#[derive(Clone)]
pub struct ConnectionUrl {
    whole: SecretString,
    shown: String,
}

impl ConnectionUrl {
    /// The whole string, to connect with.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.whole.expose_secret()
    }
}

impl fmt::Display for ConnectionUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for ConnectionUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.shown, f)
    }
}

impl DatabaseUrl {
    pub(super) fn read(env: &mut Env<'_>) -> Option<Self> {
        env.or_default("DATABASE_URL", SQLITE_DEFAULT, Self::parse)
    }

    fn parse(value: &str) -> Result<Self, String> {
        if let Some(place) = value.strip_prefix("sqlite:") {
            let path = place.trim_start_matches("//").split('?').next().unwrap_or_default();
            if path.is_empty() {
                return Err("names no SQLite file".to_owned());
            }
            let shown = format!("sqlite:{path}");
            return Ok(Self::Sqlite(ConnectionUrl { whole: value.into(), shown }));
        }
        server(value, &["postgres", "postgresql"]).map(Self::Postgres).map_err(|problem| match problem {
            ServerFault::Scheme => "is neither sqlite: nor postgres:".to_owned(),
            ServerFault::Malformed(why) => why,
        })
    }

    /// The whole string, to connect with.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => url.expose(),
        }
    }

    /// The SQLite file's folder, which must exist before the file can be made.
    #[must_use]
    pub fn folder(&self) -> Option<PathBuf> {
        let Self::Sqlite(url) = self else { return None };
        let path = url.shown.strip_prefix("sqlite:")?;
        let folder = Path::new(path).parent()?;
        (path != ":memory:" && !folder.as_os_str().is_empty()).then(|| folder.to_path_buf())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => url.fmt(f),
        }
    }
}

/// `REDIS_URL`. Prints without user, password and parameters.
#[derive(Clone, Debug)]
pub struct RedisUrl(ConnectionUrl);

impl RedisUrl {
    #[allow(clippy::option_option, reason = "the two levels say different things: faulty, and unset")]
    pub(super) fn read(env: &mut Env<'_>) -> Option<Option<Self>> {
        env.optional("REDIS_URL", REDIS_EXAMPLE, Self::parse)
    }

    /// Reads a Redis address.
    ///
    /// # Errors
    /// What is wrong with it, to follow its name.
    pub fn parse(value: &str) -> Result<Self, String> {
        server(value, &["redis", "rediss"]).map(Self).map_err(|problem| match problem {
            ServerFault::Scheme => "is neither redis: nor rediss:".to_owned(),
            ServerFault::Malformed(why) => why,
        })
    }

    /// The whole string, to connect with.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

enum ServerFault {
    Scheme,
    Malformed(String),
}

/// Reads a server's address. What is shown of it leaves out the user and the parameters, either of which may
/// hold a password.
fn server(value: &str, schemes: &[&str]) -> Result<ConnectionUrl, ServerFault> {
    let malformed = |why: &str| ServerFault::Malformed(why.to_owned());
    let url = Url::parse(value)
        .map_err(|error| ServerFault::Malformed(format!("is not a connection address ({error})")))?;
    if !schemes.contains(&url.scheme()) {
        return Err(ServerFault::Scheme);
    }
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| malformed("names no host"))?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let shown = format!("{}://{host}{port}{}", url.scheme(), url.path());
    Ok(ConnectionUrl { whole: value.into(), shown })
}

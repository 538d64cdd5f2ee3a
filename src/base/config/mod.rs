//! The environment, parsed once into types; every fault is reported at once and no secret is ever printed.

mod database;
mod discord;
mod env;
mod fault;
mod log;
mod net;
mod role;
mod secret;
#[cfg(test)]
mod tests;

pub use database::{ConnectionUrl, DatabaseUrl, RedisUrl};
pub use discord::{ApiUrl, DiscordConfig};
pub use fault::{Fault, Faults};
pub use log::{LogConfig, LogFormat};
pub use net::{Listeners, PublicUrl};
pub use role::Role;
pub use secret::{OperatorToken, SecretKey};

use crate::base::ids::Ids;
use env::Env;

/// Everything that the environment and the command line decide, for the whole life of the process.
///
/// `{:?}` prints it without its secrets.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which parts of the service this process runs.
    pub role: Role,
    /// The Discord application.
    pub discord: DiscordConfig,
    /// Where people reach this service.
    pub public_url: PublicUrl,
    /// SQLite or PostgreSQL.
    pub database: DatabaseUrl,
    /// The job queue between processes; without it jobs run in this one.
    pub redis: Option<RedisUrl>,
    /// The two addresses that this process listens on.
    pub listeners: Listeners,
    /// Signs links and seals secrets at rest.
    pub secret_key: SecretKey,
    /// The operator's bearer token; without it the operator's API is off.
    pub operator_token: Option<OperatorToken>,
    /// What is logged, and how.
    pub log: LogConfig,
}

impl Config {
    /// Reads the environment through `lookup`. `ids` draws a secret key where none is set and none is needed.
    ///
    /// # Errors
    /// [`Faults`] names every missing and malformed value, not only the first.
    pub fn parse(role: Role, lookup: impl Fn(&str) -> Option<String>, ids: &Ids) -> Result<Self, Faults> {
        let mut env = Env::new(&lookup);
        let discord = DiscordConfig::read(&mut env);
        let public_url = PublicUrl::read(&mut env);
        let database = DatabaseUrl::read(&mut env);
        let redis = RedisUrl::read(&mut env);
        let listeners = Listeners::read(&mut env);
        let secret_key = SecretKey::read(&mut env, public_url.as_ref(), ids);
        let operator_token = OperatorToken::read(&mut env);
        let log = LogConfig::read(&mut env);
        if role.is_split() {
            require_shared_stores(&mut env, database.as_ref(), redis.as_ref());
        }
        let whole = || {
            Some(Self {
                role,
                discord: discord?,
                public_url: public_url?,
                database: database?,
                redis: redis?,
                listeners: listeners?,
                secret_key: secret_key?,
                operator_token: operator_token?,
                log: log?,
            })
        };
        env.finish(whole())
    }

    /// Reads only `DATABASE_URL`, for the commands that need nothing else (`migrate`, `backup`).
    ///
    /// # Errors
    /// [`Faults`] when it is malformed.
    pub fn parse_database(lookup: impl Fn(&str) -> Option<String>) -> Result<DatabaseUrl, Faults> {
        let mut env = Env::new(&lookup);
        let database = DatabaseUrl::read(&mut env);
        env.finish(database)
    }

    /// What a deployer should know about a configuration that is allowed but has consequences, a sentence each.
    #[must_use]
    pub fn hints(&self) -> Vec<&'static str> {
        let mut hints = Vec::new();
        if self.secret_key.is_ephemeral() {
            hints.push(
                "SECRET_KEY is not set: this start drew its own, so links that are out and replies that \
                 are pending die with this process",
            );
        }
        hints
    }
}

/// Processes that share the work must share the facts and the queue.
fn require_shared_stores(
    env: &mut Env<'_>,
    database: Option<&DatabaseUrl>,
    redis: Option<&Option<RedisUrl>>,
) {
    if matches!(database, Some(DatabaseUrl::Sqlite(_))) {
        env.fault(
            "DATABASE_URL",
            "is SQLite, but split roles (--role web, --role worker) need PostgreSQL",
            database::POSTGRES_EXAMPLE,
        );
    }
    if matches!(redis, Some(None)) {
        env.fault(
            "REDIS_URL",
            "is not set, but split roles (--role web, --role worker) need Redis",
            database::REDIS_EXAMPLE,
        );
    }
}

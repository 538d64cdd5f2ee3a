//! The two pairs that the service runs on: SQLite with jobs in the process, and PostgreSQL with Redis.

use std::sync::atomic::{AtomicU32, Ordering};

use sandbox::Discord;
use sea_orm::{ConnectionTrait, Database};
use simlane::base::{
    config::{Config, Role},
    ids::Ids,
};
use tempfile::TempDir;

use super::redis::RedisServer;

/// The operator's token.
pub(crate) const OPERATOR: &str = "the-operators-own-token";

/// A database and a queue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Pair {
    /// SQLite, and jobs in the process.
    Sqlite,
    /// PostgreSQL and Redis.
    Postgres,
}

/// Stores of a test's own, empty at first.
pub(crate) enum Stores {
    Sqlite(TempDir),
    Postgres { redis: RedisServer, schema: String },
}

impl Stores {
    pub(crate) async fn new(pair: Pair) -> Self {
        match pair {
            Pair::Sqlite => Self::Sqlite(tempfile::tempdir().unwrap()),
            Pair::Postgres => {
                static COUNT: AtomicU32 = AtomicU32::new(0);
                let count = COUNT.fetch_add(1, Ordering::Relaxed);
                let schema = format!("it_{}_{count}", std::process::id());
                execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).await;
                Self::Postgres { redis: RedisServer::start().await, schema }
            }
        }
    }

    /// The Redis of the pair that has one.
    pub(crate) fn redis(&self) -> &RedisServer {
        match self {
            Self::Postgres { redis, .. } => redis,
            Self::Sqlite(_) => panic!("this pair has no Redis"),
        }
    }

    pub(crate) fn database_url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}/simlane.db?mode=rwc", folder.path().display()),
            Self::Postgres { schema, .. } => {
                let url = postgres_url();
                let sign = if url.contains('?') { '&' } else { '?' };
                format!("{url}{sign}options[search_path]={schema}")
            }
        }
    }

    /// The environment of a process on these stores, for that Discord.
    pub(crate) fn environment(&self, discord: &Discord) -> Vec<(&'static str, String)> {
        let application = discord.application();
        let mut environment = vec![
            ("DATABASE_URL", self.database_url()),
            ("DISCORD_API_URL", discord.url().to_owned()),
            ("DISCORD_APPLICATION_ID", application.id.to_string()),
            ("DISCORD_BOT_TOKEN", application.bot_token.clone()),
            ("DISCORD_CLIENT_SECRET", application.client_secret.clone()),
            ("DISCORD_PUBLIC_KEY", application.public_key_hex.clone()),
            ("LISTEN_ADDR", "127.0.0.1:0".to_owned()),
            ("OPERATOR_ADDR", "127.0.0.1:0".to_owned()),
            ("OPERATOR_TOKEN", OPERATOR.to_owned()),
            ("SECRET_KEY", "5ec2e7".repeat(11)[..64].to_owned()),
        ];
        if let Self::Postgres { redis, .. } = self {
            environment.push(("REDIS_URL", redis.url()));
        }
        environment
    }

    /// The configuration of a process on these stores, for that Discord.
    pub(crate) fn config(&self, role: Role, discord: &Discord) -> Config {
        let environment = self.environment(discord);
        let lookup =
            |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        Config::parse(role, lookup, &Ids::system()).unwrap()
    }

    /// Changes rows behind the service's back.
    pub(crate) async fn execute(&self, sql: &str) {
        let database = Database::connect(self.database_url()).await.unwrap();
        database.execute_unprepared(sql).await.unwrap();
        database.close().await.unwrap();
    }

    /// Removes what would outlive the test.
    pub(crate) async fn end(self) {
        if let Self::Postgres { schema, .. } = self {
            execute(&format!("DROP SCHEMA {schema} CASCADE")).await;
        }
    }
}

fn postgres_url() -> String {
    std::env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
        panic!("TEST_DATABASE_URL is not set: run the tests with ./.ci/test (see README.md), which sets PostgreSQL up")
    })
}

async fn execute(sql: &str) {
    let database = Database::connect(postgres_url()).await.unwrap();
    database.execute_unprepared(sql).await.unwrap();
    database.close().await.unwrap();
}

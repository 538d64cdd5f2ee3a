//! Connections: how many, and with which settings.

use std::{
    path::Path,
    str::FromStr,
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::{
        Executor,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use super::{
    error::StoreError,
    tx::{DbInstant, Tx, statement},
};

/// Connections to PostgreSQL at most.
const POSTGRES_CONNECTIONS: u32 = 16;
/// Connections that only read from SQLite.
const SQLITE_READERS: u32 = 4;
/// How long a statement waits for a connection or for SQLite's lock. Discord waits three seconds for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is tried before it is used.
const STALE: Duration = Duration::from_secs(5);

/// Which database it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// PostgreSQL: shared by several processes.
    Postgres,
    /// SQLite: one file, one process, one writer.
    Sqlite,
}

/// The database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    kind: Kind,
    pub(super) read: DatabaseConnection,
    pub(super) write: DatabaseConnection,
}

impl Store {
    /// Connects to `url`, which begins with `sqlite:`, `postgres:` or `postgresql:` and may hold a password.
    /// A SQLite file's folder is made.
    ///
    /// # Errors
    ///
    /// When `url` is of another kind, or the database can't be reached or opened.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            return Self::sqlite(url).await;
        }
        let rest = url.strip_prefix("postgresql://").or_else(|| url.strip_prefix("postgres://"));
        let rest =
            rest.ok_or_else(|| StoreError::Db("the URL is neither SQLite's nor PostgreSQL's".into()))?;
        // sea-orm knows PostgreSQL's URLs by this scheme only, and repeats the whole of one that it can't read.
        let url = format!("postgres://{rest}");
        PgConnectOptions::from_str(&url).map_err(|error| StoreError::Db(error.into()))?;
        let pool = Database::connect(postgres_options(url)).await.map_err(unreachable)?;
        Ok(Self { kind: Kind::Postgres, read: pool.clone(), write: pool })
    }

    /// Connects to a database that is there: looking at one never makes one.
    ///
    /// # Errors
    ///
    /// See [`Store::connect`]; also when `url` names a SQLite file that doesn't exist.
    pub async fn connect_existing(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") && !is_in_memory(url) {
            let file = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Db(error.into()))?;
            let file = file.get_filename();
            if !file.exists() {
                let missing = format!("there is no {}; serve and migrate make it", file.display());
                return Err(StoreError::Db(missing.into()));
            }
        }
        Self::connect(url).await
    }

    async fn sqlite(url: &str) -> Result<Self, StoreError> {
        let file = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Db(error.into()))?;
        let in_memory = is_in_memory(url);
        if !in_memory && let Some(folder) = file.get_filename().parent() {
            make_folder(folder)?;
        }
        let write = Database::connect(sqlite_options(url, 1)).await?;
        // A database in memory lives in its one connection.
        let read = if in_memory {
            write.clone()
        } else {
            Database::connect(sqlite_options(url, SQLITE_READERS)).await?
        };
        Ok(Self { kind: Kind::Sqlite, read, write })
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Begins a transaction that writes. SQLite has one at a time, in the order of asking: whoever asks for a
    /// second one while holding the first waits for themselves.
    ///
    /// # Errors
    ///
    /// When the database is busy or away.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.kind == Kind::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx::new(self.write.begin_with_options(options).await?, self.kind))
    }

    /// How long it is until `instant`, by the database's clock; nothing once it has passed.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn until(&self, instant: DbInstant) -> Result<Duration, StoreError> {
        let left = instant.0.saturating_sub(self.db_now().await?.0);
        Ok(Duration::from_millis(u64::try_from(left).unwrap_or_default()))
    }

    /// The database's own clock, by which leases and deadlines of calls run.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn db_now(&self) -> Result<DbInstant, StoreError> {
        DbInstant::read(&self.read).await
    }

    /// How long the database takes to answer.
    ///
    /// # Errors
    ///
    /// When it doesn't answer.
    pub async fn ping(&self) -> Result<Duration, StoreError> {
        let asked = Instant::now();
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(asked.elapsed())
    }

    /// Writes a copy of the database, as it is at one instant, to a file that doesn't exist yet. SQLite only.
    ///
    /// # Errors
    ///
    /// When it isn't SQLite, the file exists, or it can't be written.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        let (Kind::Sqlite, Some(file)) = (self.kind, file.to_str()) else {
            return Err(StoreError::Db(
                "only SQLite is copied to a file, and only to one with a UTF-8 name".into(),
            ));
        };
        self.write.execute_raw(statement(&self.write, "VACUUM INTO $1", [file.into()])).await?;
        Ok(())
    }

    /// Closes every connection once its statement is done.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.read.close_by_ref().await?;
        self.write.close_by_ref().await?;
        Ok(())
    }
}

/// Without a connection there is no telling a server that is busy from one that isn't there.
fn unreachable(error: DbErr) -> StoreError {
    match StoreError::from(error) {
        StoreError::Busy(_) => StoreError::Db("the server doesn't answer".into()),
        other => other,
    }
}

fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

fn make_folder(folder: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(folder).map_err(|error| StoreError::Db(error.into()))
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("query_only", if connections > 1 { "ON" } else { "OFF" })
        });
    options
}

fn postgres_options(url: String) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire_if_idle_for(STALE)
        .sqlx_logging(false)
        .map_sqlx_postgres_pool_opts(|pool| {
            // Set here and not in the start-up packet, which poolers refuse to pass on.
            pool.after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'",
                        )
                        .await
                        .map(|_| ())
                })
            })
        });
    options
}

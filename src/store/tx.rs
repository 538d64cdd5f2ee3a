//! Transactions, and what can be read from.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseExecutor, DatabaseTransaction, DbBackend, Statement, Value};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    connect::{Kind, Store},
    error::StoreError,
};
use crate::domain::id::WebhookId;

/// Where rows are read from: the store's own readers, or a transaction that sees its own changes.
pub trait Source: sealed::Connected {}

impl<T: sealed::Connected> Source for T {}

pub(super) mod sealed {
    use super::DatabaseExecutor;

    /// Keeps the connection inside the store.
    pub trait Connected: Sync {
        /// The connection to read from.
        fn conn(&self) -> DatabaseExecutor<'_>;
    }
}

/// A transaction. Dropped without [`Tx::commit`], it never happened.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    kind: Kind,
    /// The webhooks that have something to hear of it.
    told: Mutex<BTreeSet<WebhookId>>,
}

impl Tx {
    pub(super) const fn new(inner: DatabaseTransaction, kind: Kind) -> Self {
        Self { inner, kind, told: Mutex::new(BTreeSet::new()) }
    }

    /// The webhooks that have something to hear of what was changed in it so far.
    #[must_use]
    pub fn webhooks(&self) -> BTreeSet<WebhookId> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that these webhooks have something to hear of it.
    pub(super) fn tell(&self, webhooks: impl IntoIterator<Item = WebhookId>) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).extend(webhooks);
    }

    /// Makes it last.
    ///
    /// # Errors
    ///
    /// When the database fails; nothing of the transaction has happened then, or the connection broke before
    /// the database could say that all of it has.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }

    /// Makes it not have happened, and waits until that is so.
    ///
    /// # Errors
    ///
    /// When the database fails, which undoes the transaction as well.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.inner.rollback().await?)
    }

    /// Which database it is of.
    pub(super) const fn kind(&self) -> Kind {
        self.kind
    }

    /// The clause that locks the rows of a `SELECT` until the transaction ends. On SQLite the transaction
    /// itself is the lock.
    pub(super) const fn for_update(&self) -> &'static str {
        match self.kind {
            Kind::Postgres => " FOR UPDATE",
            Kind::Sqlite => "",
        }
    }

    /// Like [`Tx::for_update`] for the rows of one table, leaving alone who only refers to them.
    pub(super) fn for_no_key_update_of(&self, table: &str) -> String {
        match self.kind {
            Kind::Postgres => format!(" FOR NO KEY UPDATE OF {table}"),
            Kind::Sqlite => String::new(),
        }
    }

    /// The clause that keeps the rows of one table from being deleted until the transaction ends, and lets them be changed.
    pub(super) fn for_key_share_of(&self, table: &str) -> String {
        match self.kind {
            Kind::Postgres => format!(" FOR KEY SHARE OF {table}"),
            Kind::Sqlite => String::new(),
        }
    }

    pub(super) const fn for_share(&self) -> &'static str {
        match self.kind {
            Kind::Postgres => " FOR SHARE",
            Kind::Sqlite => "",
        }
    }
}

/// A transaction of the worker that holds a guild's newest lease. The lease can't pass to another before the
/// transaction ends.
#[derive(Debug)]
pub struct Fenced {
    fence: i64,
    guild: Id<GuildMarker>,
    tx: Tx,
}

impl Fenced {
    pub(super) const fn new(tx: Tx, guild: Id<GuildMarker>, fence: i64) -> Self {
        Self { fence, guild, tx }
    }

    /// The fencing number of the lease, for the rows it writes.
    pub(super) const fn fence(&self) -> i64 {
        self.fence
    }

    /// The guild that is leased.
    #[must_use]
    pub const fn guild(&self) -> Id<GuildMarker> {
        self.guild
    }

    /// The transaction, for writes that people make too.
    #[must_use]
    pub const fn tx(&self) -> &Tx {
        &self.tx
    }

    /// Makes it last. See [`Tx::commit`].
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

impl sealed::Connected for Store {
    fn conn(&self) -> DatabaseExecutor<'_> {
        (&self.read).into()
    }
}

impl sealed::Connected for Tx {
    fn conn(&self) -> DatabaseExecutor<'_> {
        (&self.inner).into()
    }
}

impl sealed::Connected for Fenced {
    fn conn(&self) -> DatabaseExecutor<'_> {
        self.tx.conn()
    }
}

/// An instant on the database's own clock. It has nothing to do with the clock that is passed in elsewhere.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct DbInstant(pub(super) i64);

impl DbInstant {
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let sql = format!("SELECT {} AS now", db_clock(db.get_database_backend()));
        let row = db.query_one_raw(statement(db, sql, [])).await?;
        let row = row.ok_or_else(|| StoreError::Db("the database doesn't tell its time".into()))?;
        Ok(Self(row.try_get("", "now")?))
    }

    pub(super) const fn plus(self, by: Duration) -> i64 {
        self.0.saturating_add(millis(by))
    }
}

/// A span in the database's unit.
pub(super) const fn millis(span: Duration) -> i64 {
    let millis = span.as_millis();
    if millis > i64::MAX as u128 { i64::MAX } else { millis as i64 }
}

/// The expression for the database's own time, in unix milliseconds; the true time even late in a transaction.
pub(super) const fn db_clock(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        _ => "CAST(ROUND(unixepoch('now', 'subsec') * 1000) AS INTEGER)",
    }
}

/// A statement written out, with `$1`, `$2`… for its values, as both databases read them.
pub(super) fn statement(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

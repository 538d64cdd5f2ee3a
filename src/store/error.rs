//! How the database can fail its users.

use std::error::Error;

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why something could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much is going on, or two transactions stood in each other's way: worth another try.
    #[error("the database is busy: {0}")]
    Busy(#[source] Box<dyn Error + Send + Sync>),
    /// A row holds what this version can't have written.
    #[error("row {id} of {table} is unreadable: {what}")]
    Corrupt {
        /// The row's key.
        id: String,
        /// The row's table.
        table: &'static str,
        /// The column, and what is wrong with it.
        what: String,
    },
    /// The database failed, or refused a statement.
    #[error("the database failed: {0}")]
    Db(#[source] Box<dyn Error + Send + Sync>),
    /// Another worker holds a newer lease on the guild: whoever reads this must stop working on it.
    #[error("another worker has the guild's lease")]
    Fenced,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if is_busy(&error) { Self::Busy(error.into()) } else { Self::Db(error.into()) }
    }
}

/// Whether `error` passes by itself: no free connection, SQLite's lock, PostgreSQL's deadlocks and timeouts.
fn is_busy(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => match error.as_ref() {
            sqlx::Error::PoolTimedOut => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_busy_code(&code)),
            _ => false,
        },
        _ => false,
    }
}

/// SQLite's extended result codes for a locked database, and PostgreSQL's for serialization failures,
/// deadlocks, lock and statement timeouts. See <https://www.sqlite.org/rescode.html> and PostgreSQL's
/// Appendix A.
fn is_busy_code(code: &str) -> bool {
    matches!(code, "5" | "6" | "261" | "262" | "517" | "773" | "40001" | "40P01" | "55P03" | "57014")
}

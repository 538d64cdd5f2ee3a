//! Bringing the schema up to date.

use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;

use super::{
    connect::{Kind, Store},
    error::StoreError,
    tx::sealed::Connected,
};

/// PostgreSQL's advisory lock of ours: "simlane" in ASCII.
const LOCK: i64 = 0x0073_696d_6c61_6e65;

impl Store {
    /// Applies every migration that isn't yet, all of them or none. Several processes may do so at once: one
    /// does the work, the others wait.
    ///
    /// # Errors
    ///
    /// When a migration fails, or the database holds migrations that this version doesn't know.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if self.kind() == Kind::Postgres {
            let wait = format!("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({LOCK})");
            tx.conn().execute_unprepared(&wait).await?;
        }
        Migrator::up(tx.conn(), None).await?;
        tx.commit().await
    }

    /// How many migrations are yet to be applied.
    ///
    /// # Errors
    ///
    /// When the database fails, or holds migrations that this version doesn't know.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        Ok(Migrator::get_pending_migrations_read_only(&self.read).await?.len())
    }
}

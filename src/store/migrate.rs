//! Bringing the schema up to date.

use std::collections::HashSet;

use migration::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    connect::{Kind, Store},
    error::StoreError,
    tx::{sealed::Connected, statement},
};

/// PostgreSQL's advisory lock of ours: "simlane" in ASCII.
const LOCK: i64 = 0x0073_696d_6c61_6e65;

/// The table in which the applied migrations stand.
const APPLIED: &str = "seaql_migrations";

impl Store {
    /// Applies every migration that isn't yet, all of them or none. Several processes may do so at once: one
    /// does the work, the others wait. What a later release has applied is left as it is.
    ///
    /// # Errors
    ///
    /// When a migration fails.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if self.kind() == Kind::Postgres {
            let wait = format!("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({LOCK})");
            tx.conn().execute_unprepared(&wait).await?;
        }
        Migrator::up(tx.conn(), None).await?;
        tx.commit().await
    }

    /// How many migrations are yet to be applied. Reads only.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        let all = Migrator::migrations();
        if !SchemaManager::new(&self.read).has_table(APPLIED).await? {
            return Ok(all.len());
        }
        let sql = format!("SELECT version FROM {APPLIED}");
        let rows = self.read.query_all_raw(statement(&self.read, sql, [])).await?;
        let applied =
            rows.iter().map(|row| row.try_get("", "version")).collect::<Result<HashSet<String>, DbErr>>()?;
        Ok(all.iter().filter(|one| !applied.contains(one.name())).count())
    }
}

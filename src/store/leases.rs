//! Leases: one worker at a time acts on a guild.
//!
//! A lease runs on the database's clock, so that workers needn't agree on the time. Its fencing number grows
//! with every lease given out; a worker whose lease ran out while a call of its own hung can't write any more
//! once there is a successor.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    connect::Store,
    convert::count,
    error::StoreError,
    tx::{Fenced, db_clock, millis, sealed::Connected, statement},
};
use crate::domain::id::OwnerId;

/// The right to act on a guild, until it runs out or is released.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lease {
    /// Grows with every lease on the guild.
    pub fence: u64,
    /// The guild.
    pub guild: Id<GuildMarker>,
}

impl Store {
    /// Takes the guild's lease for `ttl`; `None` while another worker has it, or when the guild was never seen.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn take_lease(
        &self,
        guild: Id<GuildMarker>,
        ttl: Duration,
    ) -> Result<Option<Lease>, StoreError> {
        let now = db_clock(self.write.get_database_backend());
        let sql = format!(
            "UPDATE owners SET lease_until = {now} + $2, lease_fence = lease_fence + 1
             WHERE id = $1 AND lease_until < {now} RETURNING lease_fence"
        );
        let values = [OwnerId::of_guild(guild).uuid().into(), millis(ttl).into()];
        let row = self.write.query_one_raw(statement(&self.write, sql, values)).await?;
        let Some(row) = row else { return Ok(None) };
        let fence: i64 = row.try_get("", "lease_fence")?;
        Ok(Some(Lease { fence: fence.cast_unsigned(), guild }))
    }

    /// Lets the lease last for `ttl` from now; `false` when another worker has a newer one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn renew_lease(&self, lease: &Lease, ttl: Duration) -> Result<bool, StoreError> {
        let now = db_clock(self.write.get_database_backend());
        self.update_lease(lease, &format!("{now} + {}", millis(ttl))).await
    }

    /// Gives the lease back; harmless when another worker has a newer one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn release_lease(&self, lease: &Lease) -> Result<(), StoreError> {
        self.update_lease(lease, "0").await.map(|_| ())
    }

    async fn update_lease(&self, lease: &Lease, until: &str) -> Result<bool, StoreError> {
        let sql = format!("UPDATE owners SET lease_until = {until} WHERE id = $1 AND lease_fence = $2");
        let values = [OwnerId::of_guild(lease.guild).uuid().into(), count(lease.fence).into()];
        let result = self.write.execute_raw(statement(&self.write, sql, values)).await?;
        Ok(result.rows_affected() == 1)
    }

    /// Begins a transaction for the holder of `lease`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Fenced`] once another worker got a newer lease; else when the database is busy or away.
    pub async fn fenced(&self, lease: &Lease) -> Result<Fenced, StoreError> {
        let tx = self.begin().await?;
        let sql =
            format!("SELECT 1 FROM owners WHERE id = $1 AND lease_fence = $2{share}", share = tx.for_share());
        let values = [OwnerId::of_guild(lease.guild).uuid().into(), count(lease.fence).into()];
        let db = tx.conn();
        let holds = db.query_one_raw(statement(&db, sql, values)).await?.is_some();
        drop(db);
        if holds { Ok(Fenced::new(tx, lease.guild, count(lease.fence))) } else { Err(StoreError::Fenced) }
    }
}

//! What becomes of an event's channel, and when people are asked to check in.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in tables() {
            add(manager, table, columns).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in tables() {
            take(manager, table, columns).await?;
        }
        Ok(())
    }
}

fn tables() -> [(&'static str, Vec<ColumnDef>); 2] {
    [
        ("events", vec![text("fate").default("grace").take(), big_integer_null("fate_at")]),
        ("club_settings", vec![integer("check_in_minutes").default(30).take()]),
    ]
}

//! What crews are proposed from, with whom people would like to drive and how good they are, and proposals that aren't settled yet.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in tables() {
            add(manager, table, columns).await?;
        }
        create(manager, vec![crew_drafts()], vec![index("crew_drafts", &["expires_at"])]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["crew_drafts"]).await?;
        for (table, columns) in tables() {
            take(manager, table, columns).await?;
        }
        Ok(())
    }
}

fn tables() -> [(&'static str, Vec<ColumnDef>); 2] {
    [("signups", vec![json_binary_null("partners")]), ("users", vec![integer_null("irating")])]
}

fn crew_drafts() -> TableCreateStatement {
    Table::create()
        .table("crew_drafts")
        .col(uuid("event_id"))
        .col(big_integer("discord_id"))
        .col(json_binary("draft"))
        .col(big_integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("event_id").col("discord_id"))
        .foreign_key(&mut part_of("crew_drafts", "event_id", "events"))
        .take()
}

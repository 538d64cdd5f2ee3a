//! Reminders and updates: when a club wants them, what an event had, and who wants none. And the language of a club's dates.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, part_of, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in tables() {
            add(manager, table, columns).await?;
        }
        create(manager, vec![event_notices()], Vec::new()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["event_notices"]).await?;
        for (table, columns) in tables() {
            take(manager, table, columns).await?;
        }
        Ok(())
    }
}

fn tables() -> [(&'static str, Vec<ColumnDef>); 2] {
    [
        (
            "club_settings",
            vec![
                boolean("clean_reminders").default(true).take(),
                text("locale").default("en").take(),
                json_binary("reminders").default("[1440,60]").take(),
                integer_null("update_hours").default(24).take(),
            ],
        ),
        ("users", vec![boolean("no_reminders").default(false).take()]),
    ]
}

fn event_notices() -> TableCreateStatement {
    Table::create()
        .table("event_notices")
        .col(pk_uuid("event_id"))
        .col(big_integer_null("reminded_at"))
        .col(json_binary_null("snapshot"))
        .foreign_key(&mut part_of("event_notices", "event_id", "events"))
        .take()
}

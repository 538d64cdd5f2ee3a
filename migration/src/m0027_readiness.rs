//! How ready people of teams are for their races.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![index("readiness", &["team_id"]), index("readiness", &["user_id"])];
        create(manager, vec![readiness()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["readiness"]).await
    }
}

fn readiness() -> TableCreateStatement {
    Table::create()
        .table("readiness")
        .col(uuid("event_id"))
        .col(uuid("user_id"))
        .col(uuid("team_id"))
        .col(big_integer("checked_at"))
        .col(json_binary("sees"))
        .col(json_binary("in_thread"))
        .col(json_binary("joins"))
        .col(boolean_null("connected"))
        .col(big_integer_null("voice_id"))
        .col(boolean_null("hears"))
        .primary_key(Index::create().col("event_id").col("user_id"))
        .foreign_key(&mut part_of("readiness", "event_id", "events"))
        .foreign_key(&mut part_of("readiness", "team_id", "teams"))
        .foreign_key(&mut part_of("readiness", "user_id", "users"))
        .take()
}

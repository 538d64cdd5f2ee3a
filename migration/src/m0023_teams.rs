//! Teams of events, and who is in them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("teams", &["event_id", "name_key"]).unique().take(),
            index("teams", &["event_id", "number"]).unique().take(),
            index("teams", &["class_id"]),
            index("team_members", &["team_id"]),
            index("team_members", &["user_id"]),
        ];
        create(manager, vec![teams(), team_members()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["team_members", "teams"]).await
    }
}

fn teams() -> TableCreateStatement {
    Table::create()
        .table("teams")
        .col(uuid("id").primary_key())
        .col(uuid("event_id"))
        .col(uuid("class_id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(text_null("number"))
        .col(text_null("car"))
        .col(big_integer_null("finalized_at"))
        .col(big_integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut part_of("teams", "event_id", "events"))
        .foreign_key(&mut part_of("teams", "class_id", "event_classes"))
        .take()
}

fn team_members() -> TableCreateStatement {
    Table::create()
        .table("team_members")
        .col(uuid("event_id"))
        .col(uuid("user_id"))
        .col(uuid("team_id"))
        .col(big_integer("discord_id"))
        .col(text("duty"))
        .col(boolean("leads"))
        .col(integer("ord"))
        .primary_key(Index::create().col("event_id").col("user_id"))
        .foreign_key(&mut part_of("team_members", "team_id", "teams"))
        .foreign_key(&mut part_of("team_members", "event_id", "events"))
        .foreign_key(&mut reference("team_members", "user_id", ("users", "id")))
        .take()
}

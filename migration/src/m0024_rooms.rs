//! What a club's teams get, and the practice rooms that somebody opened or closed.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "club_settings", settings()).await?;
        let indexes = vec![
            index("rooms", &["event_id"]),
            index("rooms", &["team_id"]),
            index("team_members", &["discord_id"]),
        ];
        create(manager, vec![rooms()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_account = Index::drop();
        by_account.name("team_members_discord_id").table("team_members");
        manager.drop_index(by_account).await?;
        drop(manager, &["rooms"]).await?;
        take(manager, "club_settings", settings()).await
    }
}

fn settings() -> Vec<ColumnDef> {
    vec![json_binary("teams").default("{}").take()]
}

fn rooms() -> TableCreateStatement {
    Table::create()
        .table("rooms")
        .col(pk_uuid("id"))
        .col(uuid("event_id"))
        .col(uuid_null("team_id"))
        .col(big_integer_null("open_until"))
        .col(big_integer("changed_at"))
        .foreign_key(&mut part_of("rooms", "event_id", "events"))
        .foreign_key(&mut part_of("rooms", "team_id", "teams"))
        .take()
}

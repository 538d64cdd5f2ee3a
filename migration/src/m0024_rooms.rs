//! What a club's teams get, the practice rooms that somebody opened or closed, and who was asked to join a team.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, reference, take};

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
            index("team_invitations", &["event_id"]),
            index("team_invitations", &["user_id"]),
        ];
        create(manager, vec![rooms(), invitations()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_account = Index::drop();
        by_account.name("team_members_discord_id").table("team_members");
        manager.drop_index(by_account).await?;
        drop(manager, &["team_invitations", "rooms"]).await?;
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

fn invitations() -> TableCreateStatement {
    Table::create()
        .table("team_invitations")
        .col(uuid("team_id"))
        .col(uuid("user_id"))
        .col(uuid("event_id"))
        .col(big_integer("discord_id"))
        .col(text("duty"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("declined_at"))
        .primary_key(Index::create().col("team_id").col("user_id"))
        .foreign_key(&mut part_of("team_invitations", "team_id", "teams"))
        .foreign_key(&mut part_of("team_invitations", "event_id", "events"))
        .foreign_key(&mut reference("team_invitations", "user_id", ("users", "id")))
        .take()
}

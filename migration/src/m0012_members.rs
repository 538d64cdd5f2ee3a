//! What is known of guilds' roles, and files that are owed with late answers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, part_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![guild_roles(), follow_up_files()], Vec::new()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["follow_up_files", "guild_roles"]).await
    }
}

fn guild_roles() -> TableCreateStatement {
    Table::create()
        .table("guild_roles")
        .col(big_integer("guild_id").primary_key())
        .col(json_binary("roles"))
        .col(json_binary("held"))
        .col(big_integer("read_at"))
        .foreign_key(&mut part_of("guild_roles", "guild_id", "guilds"))
        .take()
}

fn follow_up_files() -> TableCreateStatement {
    Table::create()
        .table("follow_up_files")
        .col(uuid("follow_up_id"))
        .col(integer("number"))
        .col(text("name"))
        .col(blob("content"))
        .primary_key(Index::create().col("follow_up_id").col("number"))
        .foreign_key(&mut part_of("follow_up_files", "follow_up_id", "follow_ups"))
        .take()
}

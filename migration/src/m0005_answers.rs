//! Answers given, forms refused, replies owed: what interactions leave behind for a while.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["answers", "drafts", "follow_ups"].map(|table| index(table, &["expires_at"]));
        create(manager, vec![answers(), drafts(), follow_ups()], indexes.into()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["follow_ups", "drafts", "answers"]).await
    }
}

fn answers() -> TableCreateStatement {
    Table::create()
        .table("answers")
        .col(text("key").primary_key())
        .col(json_binary("body"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .take()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table("drafts")
        .col(pk_uuid("id"))
        .col(big_integer("guild_id"))
        .col(big_integer("user_id"))
        .col(text("form"))
        .col(json_binary("context"))
        .col(json_binary("fields"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .take()
}

fn follow_ups() -> TableCreateStatement {
    Table::create()
        .table("follow_ups")
        .col(pk_uuid("id"))
        .col(blob("sealed_token"))
        .col(text("kind"))
        .col(json_binary("body"))
        .col(text("request_id"))
        .col(big_integer("expires_at"))
        .col(big_integer("claim_until"))
        .col(integer("tries"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .take()
}

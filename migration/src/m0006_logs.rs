//! What people used, what organisers changed, and the service's own settings.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("command_log", &["guild_id", "at"]),
            index("command_log", &["at"]),
            index("audit_log", &["club_id", "at"]),
        ];
        create(manager, vec![command_log(), audit_log(), bot_settings()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["bot_settings", "audit_log", "command_log"]).await
    }
}

fn command_log() -> TableCreateStatement {
    Table::create()
        .table("command_log")
        .col(pk_uuid("id"))
        .col(big_integer_null("guild_id"))
        .col(big_integer("user_id"))
        .col(text("command"))
        .col(text("outcome"))
        .col(integer("millis"))
        .col(big_integer("at"))
        .take()
}

fn audit_log() -> TableCreateStatement {
    Table::create()
        .table("audit_log")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(big_integer("actor"))
        .col(text("action"))
        .col(text("subject_kind"))
        .col(text("subject_id"))
        .col(json_binary_null("before"))
        .col(json_binary_null("after"))
        .col(big_integer("at"))
        .foreign_key(&mut reference("audit_log", "club_id", ("clubs", "id")))
        .take()
}

fn bot_settings() -> TableCreateStatement {
    Table::create()
        .table("bot_settings")
        .col(integer("id").primary_key())
        .col(big_integer_null("bot_user_id"))
        .col(text_null("commands_hash"))
        .col(big_integer_null("commands_at"))
        .col(text_null("commands_error"))
        .col(big_integer("updated_at"))
        .take()
}

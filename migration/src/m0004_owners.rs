//! Owners of Discord resources, what stands there for them, and what was said and asked.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = vec![owners(), bindings(), messages(), questions(), deletions()];
        create(manager, tables, indexes()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["deletions", "questions", "messages", "bindings", "owners"]).await
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    let unserved = || Expr::col("requested").gt(Expr::col("done"));
    let is_channel = Expr::col("discord_id").is_not_null().and(Expr::col("kind").ne("card"));
    vec![
        index("owners", &["not_before"]).and_where(unserved()).take(),
        index("owners", &["guild_id"]).and_where(unserved()).take(),
        index("owners", &["due_at"]),
        index("owners", &["guild_id", "due_at"]),
        index("owners", &["check_due_at"]),
        index("bindings", &["owner_id", "slot"]).unique().take(),
        index("bindings", &["guild_id", "discord_id"]).unique().and_where(is_channel).take(),
        index("bindings", &["guild_id"]),
        index("messages", &["owner_id", "key"]).unique().take(),
        index("questions", &["owner_id", "kind", "slot"])
            .unique()
            .and_where(Expr::col("state").eq("open"))
            .take(),
        index("questions", &["owner_id"]),
        index("questions", &["guild_id", "state"]),
        index("deletions", &["guild_id", "at"]),
        index("deletions", &["at"]),
    ]
}

fn owners() -> TableCreateStatement {
    Table::create()
        .table("owners")
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(big_integer("guild_id"))
        .col(uuid_null("club_id"))
        .col(big_integer("requested"))
        .col(big_integer("requested_at"))
        .col(integer("request_rank"))
        .col(big_integer("done"))
        .col(big_integer_null("due_at"))
        .col(integer("due_rank"))
        .col(big_integer_null("expires_at"))
        .col(big_integer("not_before"))
        .col(integer("begun"))
        .col(integer("tries"))
        .col(text_null("last_error"))
        .col(text_null("error_class"))
        .col(big_integer("check_due_at"))
        .col(boolean("check_wanted"))
        .col(big_integer("lease_until"))
        .col(big_integer("lease_fence"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference("owners", "guild_id", ("guilds", "id")))
        .foreign_key(&mut reference("owners", "club_id", ("clubs", "id")))
        .take()
}

fn bindings() -> TableCreateStatement {
    Table::create()
        .table("bindings")
        .col(pk_uuid("id"))
        .col(uuid("owner_id"))
        .col(big_integer("guild_id"))
        .col(text("slot"))
        .col(text("kind"))
        .col(big_integer_null("channel_id"))
        .col(big_integer_null("discord_id"))
        .col(text("state"))
        .col(text_null("evidence"))
        .col(text("token"))
        .col(text_null("applied_hash"))
        .col(json_binary_null("applied"))
        .col(integer("view_version"))
        .col(big_integer_null("attempt_at"))
        .col(big_integer_null("attempt_deadline"))
        .col(big_integer("fence"))
        .col(big_integer("clicks"))
        .col(big_integer_null("clicked_at"))
        .col(big_integer_null("settle_at"))
        .col(big_integer_null("settled_at"))
        .col(big_integer_null("unsettled_at"))
        .col(integer("remakes"))
        .col(boolean("renamed"))
        .col(text_null("seen_name"))
        .col(big_integer_null("not_before"))
        .col(integer("tries"))
        .col(text_null("error_class"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut part_of("bindings", "owner_id", "owners"))
        .foreign_key(&mut reference("bindings", "guild_id", ("guilds", "id")))
        .take()
}

fn messages() -> TableCreateStatement {
    Table::create()
        .table("messages")
        .col(pk_uuid("id"))
        .col(uuid("owner_id"))
        .col(text("key"))
        .col(big_integer("channel_id"))
        .col(text("state"))
        .col(text("nonce"))
        .col(big_integer_null("message_id"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("attempt_at"))
        .col(big_integer_null("attempt_deadline"))
        .col(big_integer_null("said_at"))
        .col(big_integer("fence"))
        .col(big_integer_null("not_before"))
        .col(integer("tries"))
        .col(text_null("error_class"))
        .col(text_null("last_error"))
        .foreign_key(&mut part_of("messages", "owner_id", "owners"))
        .take()
}

fn questions() -> TableCreateStatement {
    Table::create()
        .table("questions")
        .col(pk_uuid("id"))
        .col(big_integer("guild_id"))
        .col(uuid("owner_id"))
        .col(text("kind"))
        .col(text("slot"))
        .col(json_binary("detail"))
        .col(text("state"))
        .col(big_integer_null("answered_by"))
        .col(big_integer_null("answered_at"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference("questions", "guild_id", ("guilds", "id")))
        .foreign_key(&mut part_of("questions", "owner_id", "owners"))
        .take()
}

fn deletions() -> TableCreateStatement {
    Table::create()
        .table("deletions")
        .col(pk_uuid("id"))
        .col(big_integer("guild_id"))
        .col(big_integer("at"))
        .foreign_key(&mut reference("deletions", "guild_id", ("guilds", "id")))
        .take()
}

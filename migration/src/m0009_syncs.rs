//! Member syncs: the runs, what each has read so far, and what each changes.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("sync_runs", &["active_guild"]).unique().take(),
            index("sync_runs", &["guild_id", "started_at"]),
            index("sync_runs", &["state", "claim_until"]),
        ];
        create(manager, vec![imports(), sync_runs(), sync_members(), sync_changes()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["sync_changes", "sync_members", "sync_runs", "imports"]).await
    }
}

fn imports() -> TableCreateStatement {
    Table::create()
        .table("imports")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(big_integer("by"))
        .col(text("file_name"))
        .col(json_binary("roster"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut part_of("imports", "club_id", "clubs"))
        .take()
}

fn sync_runs() -> TableCreateStatement {
    Table::create()
        .table("sync_runs")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(big_integer("guild_id"))
        .col(big_integer_null("active_guild"))
        .col(text("kind"))
        .col(text("state"))
        .col(uuid_null("undoes"))
        .col(big_integer_null("started_by"))
        .col(big_integer("cursor"))
        .col(big_integer_null("expected"))
        .col(integer("pages"))
        .col(integer("calls"))
        .col(json_binary("results"))
        .col(text_null("trouble"))
        .col(blob_null("sealed_token"))
        .col(big_integer_null("token_expires_at"))
        .col(big_integer_null("shown_at"))
        .col(uuid_null("claim"))
        .col(big_integer("claim_until"))
        .col(big_integer("not_before"))
        .col(integer("tries"))
        .col(big_integer("started_at"))
        .col(big_integer_null("planned_at"))
        .col(big_integer_null("applied_at"))
        .col(big_integer_null("finished_at"))
        .col(big_integer_null("undone_at"))
        .foreign_key(&mut part_of("sync_runs", "club_id", "clubs"))
        .take()
}

fn sync_members() -> TableCreateStatement {
    Table::create()
        .table("sync_members")
        .col(uuid("run_id"))
        .col(big_integer("discord_id"))
        .col(text("username"))
        .col(text_null("global_name"))
        .col(text_null("nickname"))
        .col(json_binary("roles"))
        .col(boolean("is_bot"))
        .primary_key(Index::create().col("run_id").col("discord_id"))
        .foreign_key(&mut part_of("sync_members", "run_id", "sync_runs"))
        .take()
}

fn sync_changes() -> TableCreateStatement {
    Table::create()
        .table("sync_changes")
        .col(uuid("run_id"))
        .col(big_integer("ord"))
        .col(text("kind"))
        .col(big_integer_null("discord_id"))
        .col(uuid_null("user_id"))
        .col(json_binary("detail"))
        .col(text("state"))
        .col(text_null("why"))
        .primary_key(Index::create().col("run_id").col("ord"))
        .foreign_key(&mut part_of("sync_changes", "run_id", "sync_runs"))
        .take()
}

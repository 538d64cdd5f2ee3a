//! Who a club's people are: its members, who is in its server, and what was answered about who is who.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, reference, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "users", vec![uuid_null("merged_into")]).await?;
        add(manager, "discord_identities", link_columns()).await?;
        add(manager, "club_settings", settings_columns()).await?;
        let indexes = vec![
            index("conflicts", &["club_id", "discord_id"]).unique().take(),
            index("discord_identities", &["email"]),
            index("guild_members", &["discord_id"]),
            index("members", &["club_id", "email"]),
            index("members", &["club_id", "external_id"]).unique().take(),
            index("members", &["user_id"]),
            index("signups", &["discord_id"]),
        ];
        create(manager, vec![members(), guild_members(), match_answers(), conflicts()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["conflicts", "match_answers", "guild_members", "members"]).await?;
        for (table, name) in
            [("signups", "signups_discord_id"), ("discord_identities", "discord_identities_email")]
        {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        take(manager, "club_settings", settings_columns()).await?;
        take(manager, "discord_identities", link_columns()).await?;
        take(manager, "users", vec![uuid_null("merged_into")]).await
    }
}

fn link_columns() -> Vec<ColumnDef> {
    vec![text_null("global_name"), text_null("email"), text_null("linked_by"), big_integer_null("linked_at")]
}

fn settings_columns() -> Vec<ColumnDef> {
    vec![
        big_integer_null("member_role_id"),
        boolean("nightly_sync").default(false).take(),
        json_binary("role_map").default("[]").take(),
    ]
}

fn members() -> TableCreateStatement {
    Table::create()
        .table("members")
        .col(uuid("club_id"))
        .col(uuid("user_id"))
        .col(text_null("external_id"))
        .col(text("name"))
        .col(text_null("email"))
        .col(big_integer_null("iracing_id"))
        .col(text_null("iracing_name"))
        .col(text_null("discord"))
        .col(text_null("zone"))
        .col(json_binary("aliases"))
        .col(json_binary("roles"))
        .col(boolean("on_roster"))
        .col(text("status"))
        .col(json_binary_null("evidence"))
        .col(big_integer_null("left_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("club_id").col("user_id"))
        .foreign_key(&mut part_of("members", "club_id", "clubs"))
        .foreign_key(&mut reference("members", "user_id", ("users", "id")))
        .take()
}

fn guild_members() -> TableCreateStatement {
    Table::create()
        .table("guild_members")
        .col(big_integer("guild_id"))
        .col(big_integer("discord_id"))
        .col(text("username"))
        .col(text_null("global_name"))
        .col(text_null("nickname"))
        .col(json_binary("roles"))
        .col(big_integer("seen_at"))
        .col(big_integer_null("left_at"))
        .primary_key(Index::create().col("guild_id").col("discord_id"))
        .foreign_key(&mut part_of("guild_members", "guild_id", "guilds"))
        .take()
}

fn match_answers() -> TableCreateStatement {
    Table::create()
        .table("match_answers")
        .col(uuid("club_id"))
        .col(big_integer("discord_id"))
        .col(uuid("user_id"))
        .col(text("verdict"))
        .col(big_integer("answered_by"))
        .col(big_integer("answered_at"))
        .primary_key(Index::create().col("club_id").col("discord_id").col("user_id"))
        .foreign_key(&mut part_of("match_answers", "club_id", "clubs"))
        .foreign_key(&mut reference("match_answers", "user_id", ("users", "id")))
        .take()
}

fn conflicts() -> TableCreateStatement {
    Table::create()
        .table("conflicts")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(big_integer("discord_id"))
        .col(json_binary("candidates"))
        .col(text("state"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut part_of("conflicts", "club_id", "clubs"))
        .take()
}

//! Clubs, the guilds they are bound to, and what they chose.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, part_of, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![clubs(), guilds(), club_settings()], vec![]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["club_settings", "guilds", "clubs"]).await
    }
}

fn clubs() -> TableCreateStatement {
    Table::create()
        .table("clubs")
        .col(pk_uuid("id"))
        .col(text("name"))
        .col(text("zone"))
        .col(big_integer("created_at"))
        .take()
}

fn guilds() -> TableCreateStatement {
    Table::create()
        .table("guilds")
        .col(big_integer("id").primary_key())
        .col(uuid_null("club_id").unique_key())
        .col(text_null("name"))
        .col(text("state"))
        .col(big_integer_null("lost_at"))
        .col(big_integer_null("installed_by"))
        .col(big_integer("bot_permissions"))
        .col(integer_null("channels"))
        .col(integer_null("roles"))
        .col(big_integer_null("retried_at"))
        .col(text_null("locale"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference("guilds", "club_id", ("clubs", "id")))
        .take()
}

fn club_settings() -> TableCreateStatement {
    Table::create()
        .table("club_settings")
        .col(uuid("club_id").primary_key())
        .col(boolean("auto_create_channels"))
        .col(text("channel_naming_pattern"))
        .col(boolean("discord_integration_enabled"))
        .col(integer("grace_hours"))
        .col(json_binary("notification_preferences"))
        .col(big_integer_null("organiser_channel_id"))
        .col(big_integer_null("organiser_role_id"))
        .col(text("put_away"))
        .col(integer_null("race_voice_lead_hours"))
        .col(text("race_voice_access"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut part_of("club_settings", "club_id", "clubs"))
        .take()
}

//! Series, events, their classes and who signed up.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![series(), events(), event_classes(), signups()], indexes()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["signups", "event_classes", "events", "series"]).await
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("series", &["club_id", "name_key"]).unique().take(),
        index("events", &["club_id", "end_at"]),
        index("events", &["series_id"]),
        index("event_classes", &["event_id"]),
        index("signups", &["event_id", "user_id"]).unique().take(),
        index("signups", &["class_id"]),
        index("signups", &["user_id"]),
    ]
}

fn series() -> TableCreateStatement {
    Table::create()
        .table("series")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(big_integer_null("adopted_category_id"))
        .col(big_integer_null("archived_at"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference("series", "club_id", ("clubs", "id")))
        .take()
}

fn events() -> TableCreateStatement {
    Table::create()
        .table("events")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(uuid_null("series_id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(text_null("track"))
        .col(text("description"))
        .col(big_integer("start_at"))
        .col(integer("length_minutes"))
        .col(big_integer("end_at"))
        .col(text("state"))
        .col(big_integer_null("state_at"))
        .col(text_null("state_reason"))
        .col(text("channel_name"))
        .col(boolean("channels_wanted"))
        .col(big_integer("created_at"))
        .col(big_integer("created_by"))
        .col(big_integer("revision"))
        .foreign_key(&mut reference("events", "club_id", ("clubs", "id")))
        .foreign_key(&mut reference("events", "series_id", ("series", "id")))
        .take()
}

fn event_classes() -> TableCreateStatement {
    Table::create()
        .table("event_classes")
        .col(pk_uuid("id"))
        .col(uuid("event_id"))
        .col(integer("position"))
        .col(text_null("name"))
        .col(integer_null("capacity"))
        .foreign_key(&mut part_of("event_classes", "event_id", "events"))
        .take()
}

fn signups() -> TableCreateStatement {
    Table::create()
        .table("signups")
        .col(pk_uuid("id"))
        .col(uuid("event_id"))
        .col(uuid("user_id"))
        .col(big_integer("discord_id"))
        .col(uuid_null("class_id"))
        .col(text("state"))
        .col(big_integer("ord"))
        .col(big_integer_null("promoted_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut part_of("signups", "event_id", "events"))
        .foreign_key(&mut reference("signups", "user_id", ("users", "id")))
        .foreign_key(&mut reference("signups", "discord_id", ("discord_identities", "discord_id")))
        .foreign_key(&mut reference("signups", "class_id", ("event_classes", "id")))
        .take()
}

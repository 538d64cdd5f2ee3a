//! People and their Discord accounts.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![users(), discord_identities()], vec![index("discord_identities", &["user_id"])])
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["discord_identities", "users"]).await
    }
}

fn users() -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(pk_uuid("id"))
        .col(text("display_name"))
        .col(text_null("zone"))
        .col(big_integer("created_at"))
        .take()
}

fn discord_identities() -> TableCreateStatement {
    Table::create()
        .table("discord_identities")
        .col(big_integer("discord_id").primary_key())
        .col(uuid("user_id"))
        .col(text("username"))
        .col(text("name"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference("discord_identities", "user_id", ("users", "id")))
        .take()
}

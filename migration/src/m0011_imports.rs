//! Imports that are being worked on.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![index("import_jobs", &["claim_until"]), index("imports", &["expires_at"])];
        create(manager, vec![import_jobs()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("imports_expires_at").table("imports").to_owned()).await?;
        drop(manager, &["import_jobs"]).await
    }
}

fn import_jobs() -> TableCreateStatement {
    Table::create()
        .table("import_jobs")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(big_integer("by"))
        .col(text("kind"))
        .col(text("file_name"))
        .col(blob("sealed"))
        .col(big_integer("token_expires_at"))
        .col(text("request_id"))
        .col(big_integer("cursor"))
        .col(json_binary("done"))
        .col(big_integer("claim_until"))
        .col(integer("tries"))
        .col(big_integer("created_at"))
        .foreign_key(&mut part_of("import_jobs", "club_id", "clubs"))
        .take()
}

//! What is listed page by page is found by an index.

use sea_orm_migration::prelude::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in LISTED {
            manager.create_index(index(table, &["club_id", "id"])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in LISTED {
            let index = Index::drop().name(format!("{table}_club_id_id")).table(table).to_owned();
            manager.drop_index(index).await?;
        }
        Ok(())
    }
}

const LISTED: [&str; 2] = ["conflicts", "sync_runs"];

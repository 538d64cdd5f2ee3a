//! What two people hold who turn out to be one is found by an index.

use sea_orm_migration::prelude::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in HELD {
            manager.create_index(index(table, &[column])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in HELD {
            let index = Index::drop().name(format!("{table}_{column}")).table(table).to_owned();
            manager.drop_index(index).await?;
        }
        Ok(())
    }
}

/// What names a person whom a merge takes along.
const HELD: [(&str, &str); 3] =
    [("link_codes", "user_id"), ("match_answers", "user_id"), ("users", "merged_into")];

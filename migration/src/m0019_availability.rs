//! When somebody can drive, hour by hour, beside what they said about the event.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "signups", vec![json_binary_null("availability")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, "signups", vec![json_binary_null("availability")]).await
    }
}

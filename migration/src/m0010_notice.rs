//! What whoever runs the service has to say to everybody.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "bot_settings", vec![text_null("notice")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, "bot_settings", vec![text_null("notice")]).await
    }
}

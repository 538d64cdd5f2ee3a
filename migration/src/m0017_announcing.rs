//! Where a club's coming events are announced: as Discord's own events, and on a board.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "club_settings", columns()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, "club_settings", columns()).await
    }
}

fn columns() -> Vec<ColumnDef> {
    vec![big_integer_null("announcement_channel_id"), boolean("native_events").default(true).to_owned()]
}

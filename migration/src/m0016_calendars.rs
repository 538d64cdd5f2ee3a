//! Links to calendars: which of an owner's links is the one that works.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in OWNERS {
            add(manager, table, vec![serial()]).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in OWNERS {
            take(manager, table, vec![serial()]).await?;
        }
        Ok(())
    }
}

/// Who has a calendar.
const OWNERS: [&str; 2] = ["clubs", "users"];

fn serial() -> ColumnDef {
    integer("calendar_serial").default(0).take()
}

//! What events are made from: a series' defaults, templates, and rules by which events come again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, reference, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "series", defaults()).await?;
        let indexes = vec![
            index("templates", &["club_id", "name_key"]).unique().take(),
            index("templates", &["series_id"]),
            index("recurrences", &["due_at"]),
            index("recurrences", &["club_id"]),
            index("recurrences", &["series_id"]),
            index("occurrences", &["event_id"]),
        ];
        create(manager, vec![templates(), recurrences(), occurrences()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["occurrences", "recurrences", "templates"]).await?;
        take(manager, "series", defaults()).await
    }
}

fn defaults() -> Vec<ColumnDef> {
    vec![json_binary("defaults").default("{}").take()]
}

fn templates() -> TableCreateStatement {
    Table::create()
        .table("templates")
        .col(uuid("id").primary_key())
        .col(uuid("club_id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(uuid_null("series_id"))
        .col(json_binary("blueprint"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference("templates", "club_id", ("clubs", "id")))
        .foreign_key(&mut reference("templates", "series_id", ("series", "id")))
        .take()
}

fn recurrences() -> TableCreateStatement {
    Table::create()
        .table("recurrences")
        .col(uuid("id").primary_key())
        .col(uuid("club_id"))
        .col(uuid_null("series_id"))
        .col(text("name"))
        .col(json_binary("rule"))
        .col(json_binary("blueprint"))
        .col(integer("made"))
        .col(big_integer_null("due_at"))
        .col(big_integer_null("stopped_at"))
        .col(big_integer("created_at"))
        .col(big_integer("created_by"))
        .foreign_key(&mut reference("recurrences", "club_id", ("clubs", "id")))
        .foreign_key(&mut reference("recurrences", "series_id", ("series", "id")))
        .take()
}

/// Each occurrence once, whoever makes it.
fn occurrences() -> TableCreateStatement {
    Table::create()
        .table("occurrences")
        .col(uuid("recurrence_id"))
        .col(integer("ordinal"))
        .col(uuid("event_id"))
        .primary_key(Index::create().col("recurrence_id").col("ordinal"))
        .foreign_key(&mut part_of("occurrences", "recurrence_id", "recurrences"))
        .foreign_key(&mut part_of("occurrences", "event_id", "events"))
        .take()
}

//! The terms of a sign-up sheet, and what people add to their line on it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, index, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in tables() {
            add(manager, table, columns).await?;
        }
        manager.create_index(index("events", &["external_id", "club_id"]).unique().take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("events_external_id_club_id").table("events").to_owned();
        manager.drop_index(index).await?;
        for (table, columns) in tables() {
            take(manager, table, columns).await?;
        }
        Ok(())
    }
}

fn tables() -> [(&'static str, Vec<ColumnDef>); 3] {
    let json = |name: &'static str, empty: &'static str| json_binary(name).default(empty).take();
    [
        ("events", vec![json("terms", "{}"), text_null("external_id"), text_null("signup_url")]),
        ("event_classes", vec![json("cars", "[]"), json("roles", "[]")]),
        (
            "signups",
            vec![
                text_null("car"),
                text_null("note"),
                big_integer_null("offered_until"),
                boolean("offer_lapsed").default(false).take(),
                big_integer_null("checked_in_at"),
                boolean_null("attended"),
            ],
        ),
    ]
}

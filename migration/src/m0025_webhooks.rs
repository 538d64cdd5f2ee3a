//! Webhooks: where clubs' sites want to hear of changes, and what they are yet to hear.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{create, drop, index, part_of, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("webhooks", &["club_id", "id"]),
            index("webhook_deliveries", &["event_id"]),
            index("webhook_deliveries", &["not_before"]),
        ];
        create(manager, vec![webhooks(), webhook_deliveries()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["webhook_deliveries", "webhooks"]).await
    }
}

fn webhooks() -> TableCreateStatement {
    Table::create()
        .table("webhooks")
        .col(uuid("id").primary_key())
        .col(uuid("club_id"))
        .col(text("url"))
        .col(text("kinds"))
        .col(blob("sealed_secret"))
        .col(big_integer("created_at"))
        .col(big_integer("claim_until"))
        .col(big_integer_null("delivered_at"))
        .col(big_integer_null("failing_since"))
        .col(text_null("last_error"))
        .col(big_integer_null("disabled_at"))
        .col(text_null("disabled_for"))
        .foreign_key(&mut reference("webhooks", "club_id", ("clubs", "id")))
        .take()
}

fn webhook_deliveries() -> TableCreateStatement {
    Table::create()
        .table("webhook_deliveries")
        .col(uuid("webhook_id"))
        .col(uuid("event_id"))
        .col(text("kind"))
        .col(big_integer("requested"))
        .col(big_integer("done"))
        .col(big_integer("changed_at"))
        .col(big_integer_null("not_before"))
        .col(integer("tries"))
        .col(big_integer_null("given_up_at"))
        .col(text_null("last_error"))
        .primary_key(Index::create().col("webhook_id").col("event_id").col("kind"))
        .foreign_key(&mut part_of("webhook_deliveries", "webhook_id", "webhooks"))
        .foreign_key(&mut part_of("webhook_deliveries", "event_id", "events"))
        .take()
}

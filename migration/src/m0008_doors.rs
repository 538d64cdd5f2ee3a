//! The ways in: OAuth, link codes, invitations, and the API's tokens. What is secret is kept as a hash.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add, create, drop, index, part_of, reference, take};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "audit_log", vec![uuid_null("token_id")]).await?;
        let tables = vec![
            oauth_states(),
            link_codes(),
            link_tries(),
            club_invites(),
            api_tokens(),
            idempotency_keys(),
        ];
        let indexes = vec![
            index("api_tokens", &["club_id"]),
            index("api_tokens", &["hash"]).unique().take(),
            index("idempotency_keys", &["created_at"]),
            index("link_codes", &["club_id", "user_id"]),
            index("oauth_states", &["expires_at"]),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables =
            ["idempotency_keys", "api_tokens", "club_invites", "link_tries", "link_codes", "oauth_states"];
        drop(manager, &tables).await?;
        take(manager, "audit_log", vec![uuid_null("token_id")]).await
    }
}

fn oauth_states() -> TableCreateStatement {
    Table::create()
        .table("oauth_states")
        .col(text("hash").primary_key())
        .col(text("kind"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .take()
}

fn link_codes() -> TableCreateStatement {
    Table::create()
        .table("link_codes")
        .col(text("hash").primary_key())
        .col(uuid("club_id"))
        .col(uuid("user_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut part_of("link_codes", "club_id", "clubs"))
        .foreign_key(&mut reference("link_codes", "user_id", ("users", "id")))
        .take()
}

fn link_tries() -> TableCreateStatement {
    Table::create()
        .table("link_tries")
        .col(big_integer("discord_id").primary_key())
        .col(integer("wrong"))
        .col(big_integer("since"))
        .col(big_integer_null("locked_until"))
        .take()
}

fn club_invites() -> TableCreateStatement {
    Table::create()
        .table("club_invites")
        .col(text("hash").primary_key())
        .col(uuid("club_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut part_of("club_invites", "club_id", "clubs"))
        .take()
}

fn api_tokens() -> TableCreateStatement {
    Table::create()
        .table("api_tokens")
        .col(pk_uuid("id"))
        .col(uuid("club_id"))
        .col(text("hash"))
        .col(text("name"))
        .col(json_binary("scopes"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut part_of("api_tokens", "club_id", "clubs"))
        .take()
}

fn idempotency_keys() -> TableCreateStatement {
    Table::create()
        .table("idempotency_keys")
        .col(text("caller"))
        .col(text("key"))
        .col(text("request_hash"))
        .col(integer("status"))
        .col(json_binary("body"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("caller").col("key"))
        .take()
}

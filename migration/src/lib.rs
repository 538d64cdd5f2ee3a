//! Simlane's database schema, one file per change.
//!
//! Migrations only add, so that a release works with the schema before and after its own; `down` exists for
//! tests. Every statement runs on SQLite and on PostgreSQL. Instants are whole milliseconds since the unix
//! epoch in UTC.

pub use sea_orm_migration::{MigratorTrait, SchemaManager};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, EntityTrait, QueryOrder},
    seaql_migrations,
};

mod m0001_clubs;
mod m0002_users;
mod m0003_events;
mod m0004_owners;
mod m0005_answers;
mod m0006_logs;
mod m0007_people;
mod m0008_doors;
mod m0009_syncs;
mod m0010_notice;
mod m0011_imports;
mod m0012_members;
mod m0013_pages;
mod m0014_merges;
mod m0015_terms;
mod m0016_calendars;
mod m0017_announcing;
mod m0018_blueprints;
mod m0019_availability;
mod m0020_reminders;
mod m0022_fates;
mod m0023_teams;
mod m0024_rooms;
mod m0025_webhooks;
mod m0026_crews;
mod m0027_readiness;

/// Every change of the schema, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_clubs::Migration),
            Box::new(m0002_users::Migration),
            Box::new(m0003_events::Migration),
            Box::new(m0004_owners::Migration),
            Box::new(m0005_answers::Migration),
            Box::new(m0006_logs::Migration),
            Box::new(m0007_people::Migration),
            Box::new(m0008_doors::Migration),
            Box::new(m0009_syncs::Migration),
            Box::new(m0010_notice::Migration),
            Box::new(m0011_imports::Migration),
            Box::new(m0012_members::Migration),
            Box::new(m0013_pages::Migration),
            Box::new(m0014_merges::Migration),
            Box::new(m0015_terms::Migration),
            Box::new(m0016_calendars::Migration),
            Box::new(m0017_announcing::Migration),
            Box::new(m0018_blueprints::Migration),
            Box::new(m0019_availability::Migration),
            Box::new(m0020_reminders::Migration),
            Box::new(m0022_fates::Migration),
            Box::new(m0023_teams::Migration),
            Box::new(m0024_rooms::Migration),
            Box::new(m0025_webhooks::Migration),
            Box::new(m0026_crews::Migration),
            Box::new(m0027_readiness::Migration),
        ]
    }

    /// What a later release applied is left out: its changes only added, so there is nothing here to undo or to redo.
    async fn get_migration_models<C>(db: &C) -> Result<Vec<seaql_migrations::Model>, DbErr>
    where
        C: ConnectionTrait,
    {
        Self::install(db).await?;
        let applied =
            seaql_migrations::Entity::find().order_by_asc(seaql_migrations::Column::Version).all(db).await?;
        let known = Self::migrations();
        let is_known = |model: &seaql_migrations::Model| known.iter().any(|one| one.name() == model.version);
        Ok(applied.into_iter().filter(is_known).collect())
    }
}

/// The row of `to` that `column` of `from` names; the row it stands in can't outlive it, nor be deleted along
/// with it.
fn reference(
    from: &'static str,
    column: &'static str,
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to.0, to.1).take()
}

/// Like [`reference()`], within one aggregate: deleting the row of `to` deletes this one.
fn part_of(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).take()
}

/// An index named after its table and columns.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).take();
    for &column in columns {
        index.col(column);
    }
    index
}

/// Creates the tables, then the indexes.
async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Adds columns to a table that exists, one at a time as SQLite wants it.
async fn add(manager: &SchemaManager<'_>, table: &'static str, columns: Vec<ColumnDef>) -> Result<(), DbErr> {
    for column in columns {
        manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
    }
    Ok(())
}

/// Takes columns away again.
async fn take(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    for column in columns {
        let column = column.get_column_name();
        manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
    }
    Ok(())
}

/// Drops the tables, in the order given, with their indexes.
async fn drop(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for &table in tables {
        manager.drop_table(Table::drop().table(table).take()).await?;
    }
    Ok(())
}

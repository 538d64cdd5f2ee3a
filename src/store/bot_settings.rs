//! The service's own settings: one row for all guilds.

use entity::bot_settings::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, prelude::*, sea_query::OnConflict};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    connect::Store,
    convert::{Row, flake, ms},
    error::StoreError,
    tx::Source,
};
use crate::domain::name::Notice;

const ONLY: i32 = 1;

/// What the service remembers about itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BotSettings {
    /// The app's bot account, once known.
    pub bot_user: Option<Id<UserMarker>>,
    /// When the commands were registered last.
    pub commands_at: Option<Timestamp>,
    /// Why their last registration failed; `None` once it succeeded.
    pub commands_error: Option<String>,
    /// The hash of the commands registered last.
    pub commands_hash: Option<String>,
    /// What whoever runs the service has to say to everybody.
    pub notice: Option<Notice>,
}

/// How a registration of the commands ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Registration {
    /// Discord didn't take them.
    Failed {
        /// Why.
        error: String,
    },
    /// Discord has them.
    Succeeded {
        /// Their hash.
        hash: String,
    },
}

/// Reads them; the defaults before they were ever saved.
///
/// # Errors
///
/// When the database fails.
pub async fn get(db: &impl Source) -> Result<BotSettings, StoreError> {
    let Some(model) = Entity::find_by_id(ONLY).one(&db.conn()).await? else {
        return Ok(BotSettings::default());
    };
    let row = Row::new("bot_settings", &ONLY);
    Ok(BotSettings {
        bot_user: row.flake_opt("bot_user_id", model.bot_user_id)?,
        commands_at: row.at_opt("commands_at", model.commands_at)?,
        commands_error: model.commands_error,
        commands_hash: model.commands_hash,
        notice: model.notice.map(|notice| row.parsed("notice", notice.parse())).transpose()?,
    })
}

/// Saves all of them.
///
/// # Errors
///
/// When the database fails.
pub async fn save(store: &Store, settings: BotSettings, now: Timestamp) -> Result<(), StoreError> {
    let row = Model {
        bot_user_id: settings.bot_user.map(flake),
        commands_at: settings.commands_at.map(ms),
        commands_error: settings.commands_error,
        commands_hash: settings.commands_hash,
        notice: settings.notice.map(|notice| notice.to_string()),
        ..empty(now)
    };
    let all = vec![
        Column::BotUserId,
        Column::CommandsAt,
        Column::CommandsError,
        Column::CommandsHash,
        Column::Notice,
    ];
    upsert(store, row, all).await
}

/// Remembers how a registration of the commands ended, and leaves everything else as it is.
///
/// # Errors
///
/// When the database fails.
pub async fn registered(store: &Store, ended: Registration, now: Timestamp) -> Result<(), StoreError> {
    let (columns, error, hash) = match ended {
        Registration::Failed { error } => (vec![Column::CommandsError], Some(error), None),
        Registration::Succeeded { hash } => {
            (vec![Column::CommandsAt, Column::CommandsError, Column::CommandsHash], None, Some(hash))
        }
    };
    let row = Model {
        commands_at: hash.is_some().then_some(ms(now)),
        commands_error: error,
        commands_hash: hash,
        ..empty(now)
    };
    upsert(store, row, columns).await
}

/// Remembers the app's bot account, and leaves everything else as it is.
///
/// # Errors
///
/// When the database fails.
pub async fn met_bot(store: &Store, bot: Id<UserMarker>, now: Timestamp) -> Result<(), StoreError> {
    let row = Model { bot_user_id: Some(flake(bot)), ..empty(now) };
    upsert(store, row, vec![Column::BotUserId]).await
}

/// Keeps what whoever runs the service has to say to everybody, and leaves everything else as it is.
///
/// # Errors
///
/// When the database fails.
pub async fn tell(store: &Store, notice: Option<Notice>, now: Timestamp) -> Result<(), StoreError> {
    let row = Model { notice: notice.map(|notice| notice.to_string()), ..empty(now) };
    upsert(store, row, vec![Column::Notice]).await
}

/// The row in which nothing stands yet.
fn empty(now: Timestamp) -> Model {
    Model {
        bot_user_id: None,
        commands_at: None,
        commands_error: None,
        commands_hash: None,
        id: ONLY,
        notice: None,
        updated_at: ms(now),
    }
}

async fn upsert(store: &Store, row: Model, columns: Vec<Column>) -> Result<(), StoreError> {
    let columns = columns.into_iter().chain([Column::UpdatedAt]);
    let replace = OnConflict::column(Column::Id).update_columns(columns).to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(replace);
    insert.exec_without_returning(&store.write).await?;
    Ok(())
}

//! The commands that do one thing and exit.

use std::path::Path;

use super::{CliError, say};
use crate::{
    app::{self, App, Parts, core},
    base::{
        config::{Config, DatabaseUrl},
        shutdown,
    },
    jobs::register::Registered,
    store::Store,
};

/// `simlane migrate`.
pub(super) async fn migrate(database: &DatabaseUrl) -> Result<(), CliError> {
    let store = Store::connect(database.expose()).await?;
    let pending = store.pending_migrations().await?;
    store.migrate().await?;
    match pending {
        0 => say(format_args!("{database} is up to date")),
        1 => say(format_args!("{database}: 1 migration applied")),
        many => say(format_args!("{database}: {many} migrations applied")),
    }
    Ok(store.close().await?)
}

/// `simlane register`.
pub(super) async fn register(config: &Config) -> Result<(), CliError> {
    let parts = Parts::default();
    let store = app::open(config.database.expose()).await?;
    let registrar = core::registrar(config, &parts, &store, core::discord(config, &parts)?);
    match registrar.register().await? {
        Registered::Unchanged => say("Discord has these commands already"),
        Registered::Written => say("the commands are registered"),
    }
    Ok(store.close().await?)
}

/// `simlane backup FILE`.
pub(super) async fn backup(database: &DatabaseUrl, file: &Path) -> Result<(), CliError> {
    let store = Store::connect_existing(database.expose()).await?;
    store.backup(file).await?;
    say(format_args!("{database} is copied to {}", file.display()));
    Ok(store.close().await?)
}

/// `simlane tick`.
pub(super) async fn tick(config: &Config) -> Result<(), CliError> {
    let asked = shutdown::on_signals()?;
    Ok(App::tick(config, &Parts::default(), asked).await?)
}

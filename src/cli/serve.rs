//! `simlane serve`.

use super::CliError;
use crate::{
    app::{App, Parts},
    base::{config::Config, shutdown},
};

/// Runs the service until it is asked to stop.
pub(super) async fn serve(config: Config) -> Result<(), CliError> {
    let asked = shutdown::on_signals()?;
    for hint in config.hints() {
        tracing::warn!(hint, "configuration");
    }
    let running = tokio::select! {
        started = App::start(config, Parts::default()) => started?,
        () = asked.cancelled() => return Ok(()),
    };
    asked.cancelled().await;
    match running.stop().await {
        Ok(()) => tracing::info!("stopped"),
        Err(unfinished) => {
            tracing::warn!(jobs = unfinished.jobs, "stopped with jobs in hand; they are taken up again");
        }
    }
    Ok(())
}

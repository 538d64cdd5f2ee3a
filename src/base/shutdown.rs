//! SIGINT and SIGTERM ask the process to drain.

use std::io;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long a process may take to finish or release what is in hand. Hosts kill after 30 s.
pub const DRAIN: Duration = Duration::from_secs(25);

/// A token that the first SIGINT or SIGTERM cancels. A SIGINT after that ends the process at once: someone at a
/// terminal has pressed Ctrl-C twice.
///
/// # Errors
/// An [`io::Error`] when the system refuses the signal handlers.
pub fn on_signals() -> io::Result<CancellationToken> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let token = CancellationToken::new();
    let asked = token.clone();
    tokio::spawn(async move {
        let name = tokio::select! {
            _ = interrupt.recv() => "SIGINT",
            _ = terminate.recv() => "SIGTERM",
        };
        tracing::info!(signal = name, "draining: finishing what is in hand");
        asked.cancel();
        interrupt.recv().await;
        tracing::warn!("asked again: ending now");
        std::process::exit(130);
    });
    Ok(token)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::process::{Command, id};

    use super::*;

    #[tokio::test]
    async fn sigterm_asks_for_a_drain() {
        let asked = on_signals().unwrap();
        assert!(!asked.is_cancelled());
        Command::new("kill").args(["-TERM", &id().to_string()]).status().unwrap();
        tokio::time::timeout(Duration::from_secs(5), asked.cancelled()).await.unwrap();
    }
}

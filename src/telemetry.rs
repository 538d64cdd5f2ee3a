//! Logs and metrics, set up once for the process.

use std::io::{IsTerminal, stderr};
use std::sync::OnceLock;

use metrics::gauge;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::base::config::{LogConfig, LogFormat};

/// Upper bounds in seconds for everything measured in time: an answer within Discord's 3 s, a job within 25 s.
const SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 25.0];

/// Logs could not be set up: something in this process did it before.
#[derive(Debug, thiserror::Error)]
#[error("logging is set up already")]
pub struct AlreadyLogging;

/// Sends log lines to standard error, as `config` says. Spans' fields (the request id among them) stand in every
/// line written inside them.
///
/// # Errors
/// [`AlreadyLogging`] when the process has a subscriber.
pub fn log(config: &LogConfig) -> Result<(), AlreadyLogging> {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.filter))
        .with_span_events(FmtSpan::NONE)
        .with_writer(stderr);
    let set = match config.format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).try_init(),
    };
    set.map_err(|_| AlreadyLogging)
}

/// The process's metrics, to render on the operator's address.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// The metrics of this process; the first call sets them up.
    ///
    /// # Errors
    /// [`BuildError`] when something else in this process records metrics already.
    pub fn install() -> Result<Self, BuildError> {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        if let Some(handle) = HANDLE.get() {
            return Ok(Self(handle.clone()));
        }
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
            .install_recorder()?;
        gauge!("simlane_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Ok(Self(HANDLE.get_or_init(|| handle).clone()))
    }

    /// Everything recorded so far, in Prometheus's text format.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use metrics::{counter, histogram};

    use super::*;

    #[test]
    fn metrics_render_with_buckets_and_install_twice() {
        let metrics = Metrics::install().unwrap();
        counter!("simlane_test_total", "kind" => "a").increment(2);
        histogram!("simlane_test_seconds").record(0.02);
        let text = Metrics::install().unwrap().render();
        assert!(text.contains("simlane_test_total{kind=\"a\"} 2"), "{text}");
        assert!(text.contains("simlane_test_seconds_bucket{le=\"0.025\"} 1"), "{text}");
        assert!(metrics.render().contains("simlane_build_info{version="));
    }
}

//! Logs and metrics, set up once for the process.

use std::io::{IsTerminal, stderr};
use std::sync::OnceLock;
use std::time::Duration;

use metrics::gauge;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Subscriber;
use tracing::subscriber::set_global_default;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::base::config::{LogConfig, LogFormat};

/// Upper bounds in seconds for everything measured in time: an answer within Discord's 3 s, a job within 25 s.
const SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 25.0];

/// How often measurements are sorted into their buckets.
const UPKEEP: Duration = Duration::from_secs(10);

/// Libraries that tell of their own comings and goings, and are heard from `warn` on unless the filter names them.
const TALKATIVE: &str = "apalis_core=warn,sea_orm_migration=warn,tokio_cron_scheduler=warn";

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
    let colour = stderr().is_terminal();
    set_global_default(subscriber(config, colour, stderr)).map_err(|_| AlreadyLogging)
}

fn subscriber<W>(config: &LogConfig, colour: bool, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(format!("{TALKATIVE},{}", config.filter));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    match config.format {
        LogFormat::Text => Box::new(lines.with_ansi(colour).finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).with_current_span(false).finish()),
    }
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

    /// Sorts what was measured into its buckets until the task is dropped: where nobody reads the metrics, nothing else does, and every
    /// measurement would be kept.
    pub async fn keep_up(self) {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            self.0.run_upkeep();
        }
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

    use std::sync::{Arc, Mutex};

    use metrics::{counter, histogram};
    use tracing::subscriber::with_default;

    use super::*;

    /// The lines that `log` writes in `format` for an event inside a request's span.
    fn lines(format: LogFormat, filter: &str) -> String {
        let written = Arc::new(Mutex::new(Vec::new()));
        let config = LogConfig { filter: filter.to_owned(), format };
        let writer = {
            let written = Arc::clone(&written);
            move || Written(Arc::clone(&written))
        };
        with_default(subscriber(&config, false, writer), || {
            let _request = tracing::info_span!("request", request_id = "K7QX2M9A").entered();
            let _job = tracing::info_span!("job", guild = 7).entered();
            tracing::info!(steps = 2, "built");
            tracing::debug!("details");
        });
        let bytes = written.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    struct Written(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_says_for_whom_in_both_formats() {
        let json = lines(LogFormat::Json, "info");
        assert_eq!(json.lines().count(), 1, "{json}");
        let line: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&line["message"], &line["steps"]), (&"built".into(), &2.into()));
        assert_eq!(line["spans"][0]["request_id"], "K7QX2M9A");
        assert_eq!(line["spans"][1]["guild"], 7);
        let text = lines(LogFormat::Text, "debug");
        assert!(text.contains("request_id=\"K7QX2M9A\"") && text.contains("built steps=2"), "{text}");
        assert_eq!(text.lines().count(), 2, "{text}");
    }

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

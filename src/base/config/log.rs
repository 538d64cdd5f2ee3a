//! What is logged, and how.

use tracing_subscriber::EnvFilter;

use super::env::Env;

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people at a terminal.
    Text,
    /// One JSON object a line, for hosts that collect logs.
    Json,
}

/// `RUST_LOG` and `LOG_FORMAT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// A filter in the syntax of [`EnvFilter`], known to parse.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

impl LogConfig {
    pub(super) fn read(env: &mut Env<'_>) -> Option<Self> {
        let filter = env.or_default("RUST_LOG", "info", |value| match EnvFilter::builder().parse(value) {
            Ok(_) => Ok(value.to_owned()),
            Err(_) => Err("is not a list of levels and targets".to_owned()),
        });
        let format = env.or_default("LOG_FORMAT", "text", |value| match value {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err("is neither text nor json".to_owned()),
        });
        Some(Self { filter: filter?, format: format? })
    }
}

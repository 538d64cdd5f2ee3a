//! The operator's listener: metrics for Prometheus.

use axum::{Router, http::header, routing::get};

/// The routes of the operator's listener; `render` gives every metric in the text format of Prometheus.
pub fn router(render: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let show = || async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], render()) };
    Router::new().route("/metrics", get(show))
}

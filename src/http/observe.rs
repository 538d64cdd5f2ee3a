//! Every request's span, log line and metrics. Log lines have a constant message and fields, and nothing that a person typed.

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;
use tracing::{Instrument, field};

use crate::base::ids::{Ids, RequestId};

/// The route whose requests bring a name of their own: the interaction's id.
const NAMED: &str = "/interactions";

/// Runs the request within its span, and reports how it ended.
pub(super) async fn observe(State(ids): State<Ids>, mut request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = matched.unwrap_or("none").to_owned();
    let method = method(&request);
    let span = tracing::info_span!("request", method, route, request_id = field::Empty);
    if route != NAMED {
        let id = RequestId::new(&ids);
        span.record("request_id", id.as_str());
        request.extensions_mut().insert(id);
    }
    async move {
        let begun = Instant::now();
        let response = next.run(request).await;
        let took = begun.elapsed();
        let status = response.status().as_u16();
        metrics::counter!("simlane_http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
            .increment(1);
        metrics::histogram!("simlane_http_request_seconds", "method" => method, "route" => route).record(took.as_secs_f64());
        tracing::debug!(status, micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "request finished");
        response
    }
    .instrument(span)
    .await
}

/// The method's name, one of few whatever a client makes up.
fn method(request: &Request) -> &'static str {
    match request.method().as_str() {
        "DELETE" => "DELETE",
        "GET" => "GET",
        "HEAD" => "HEAD",
        "PATCH" => "PATCH",
        "POST" => "POST",
        "PUT" => "PUT",
        _ => "other",
    }
}

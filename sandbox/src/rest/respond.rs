//! Answers as bytes, with Discord's headers.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};

use super::{Answer, ApiError};
use crate::limits::Standing;

/// The response that says this.
pub(super) fn response(answer: &Result<Answer, ApiError>, standing: Option<&Standing>) -> Response<Body> {
    let (status, body) = match answer {
        Ok(answer) => (answer.status, answer.body.clone()),
        Err(error) => (error.status, Some(error.body())),
    };
    let mut response = match body {
        // What stands before Discord answers for it when it is away, and not in JSON.
        Some(_) if matches!(status, 502..=504) => page(status),
        Some(body) => json(&body),
        None => Response::new(Body::empty()),
    };
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    limit_headers(response.headers_mut(), answer, standing);
    response
}

fn json(body: &serde_json::Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn page(status: u16) -> Response<Body> {
    let mut response =
        Response::new(Body::from(format!("<html><title>{status}</title><body>{status}</body></html>")));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

fn limit_headers(headers: &mut HeaderMap, answer: &Result<Answer, ApiError>, standing: Option<&Standing>) {
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    if let Some(standing) = standing {
        set("x-ratelimit-limit", standing.limit.to_string());
        set("x-ratelimit-remaining", standing.remaining.to_string());
        set("x-ratelimit-reset", format!("{:.3}", standing.reset.as_duration().as_secs_f64()));
        set("x-ratelimit-reset-after", format!("{:.3}", standing.reset_after.as_secs_f64()));
        set("x-ratelimit-bucket", hex::encode(standing.bucket));
    }
    if let Err(ApiError { limited: Some(limited), .. }) = answer {
        set("retry-after", limited.retry_after.as_secs_f64().ceil().to_string());
        set("x-ratelimit-scope", limited.scope.to_owned());
        if limited.global {
            set("x-ratelimit-global", "true".to_owned());
        }
    }
}

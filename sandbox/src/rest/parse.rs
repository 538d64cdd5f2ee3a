//! From bytes to a request of a known route.

use axum::http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{
    ApiError, Request,
    routes::{self, Route, Whose},
    serve::Raw,
};

/// Where the API is.
const BASE: &str = "/api/v10";

/// A request of a known route.
pub(super) struct Parsed {
    pub(super) route: &'static Route,
    pub(super) request: Request,
    /// Why its body can't be used.
    pub(super) problem: Option<ApiError>,
}

/// Takes a request apart; of one without a route the error is its path.
pub(super) fn request(raw: &Raw) -> Result<Parsed, String> {
    let full = raw.uri.path();
    let path = below_base(full).ok_or_else(|| full.to_owned())?;
    let (route, params) = routes::find(&raw.method, path).ok_or_else(|| path.to_owned())?;
    let (body, problem) = match route.of {
        Whose::Application => (Some(form(&raw.body)), None),
        _ => json(&raw.body),
    };
    let request = Request {
        method: raw.method.clone(),
        template: route.template,
        path: path.to_owned(),
        params,
        raw_query: raw.uri.query().map(str::to_owned),
        query: query(raw.uri.query().unwrap_or_default()),
        body,
        files: raw.files.clone(),
        reason: reason(&raw.headers),
        authorization: raw.headers.get("authorization").and_then(|v| v.to_str().ok()).map(str::to_owned),
    };
    Ok(Parsed { route, request, problem })
}

/// The path below the API's base. OAuth has no versions, so its base may be without one.
fn below_base(full: &str) -> Option<&str> {
    let unversioned = || full.strip_prefix("/api").filter(|path| path.starts_with("/oauth2/"));
    full.strip_prefix(BASE).or_else(unversioned)
}

fn json(body: &[u8]) -> (Option<Value>, Option<ApiError>) {
    if body.is_empty() {
        return (None, None);
    }
    match serde_json::from_slice(body) {
        Ok(body) => (Some(body), None),
        Err(_) => (None, Some(ApiError::new(400, 50109, "The request body contains invalid JSON."))),
    }
}

/// The fields of a form, as an object of texts.
fn form(body: &[u8]) -> Value {
    let fields = query(&String::from_utf8_lossy(body));
    fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect()
}

/// The parameters of a query.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(k, v)| (decode(k), decode(v)))
        .collect()
}

fn reason(headers: &HeaderMap) -> Option<String> {
    let given = headers.get("x-audit-log-reason")?.to_str().ok()?;
    let reason: String = percent_decode_str(given).decode_utf8_lossy().chars().take(512).collect();
    (!reason.is_empty()).then_some(reason)
}

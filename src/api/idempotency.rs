//! `Idempotency-Key`: a POST that is sent again with the same key gets the answer of the first, and nothing happens twice.
//!
//! A key is claimed before its request is worked on. What was done keeps it, with the answer; what came to nothing gives it back. A
//! request that failed on our side, or whose process died, may have been done: its key stays claimed, and whoever repeats it is told so.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{OriginalUri, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use secrecy::ExposeSecret as _;
use tracing::Instrument as _;

use super::{Api, caller::Caller, problem::Problem};
use crate::{
    base::digest::digest,
    service::once::{Answer, Kept, Keyed, Once},
};

/// The header that carries a key.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key.
pub(super) const LONGEST: usize = 255;

/// A request with a key.
#[derive(Clone, Debug)]
struct Asked {
    caller: String,
    hash: String,
    key: String,
}

impl Asked {
    fn keyed(&self) -> Keyed<'_> {
        Keyed { caller: &self.caller, hash: &self.hash, key: &self.key }
    }
}

/// Answers a POST with a key once.
pub(super) async fn once(State(api): State<Api>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().map(Caller::key);
    let (Some(caller), &Method::POST) = (caller, request.method()) else { return next.run(request).await };
    let key = match key(request.headers()) {
        Ok(Some(key)) => key,
        Ok(None) => return next.run(request).await,
        Err(problem) => return problem.into_response(),
    };
    let (parts, body) = request.into_parts();
    // It was read whole, within its limit.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return Problem::Internal.into_response() };
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    let hash = digest(&format!("{uri}\n{}", String::from_utf8_lossy(&body)));
    let asked = Asked { caller, hash, key };
    match api.service().claim_once(asked.keyed()).await {
        Ok(Once::First) => first(api, asked, Request::from_parts(parts, Body::from(body)), next).await,
        Ok(Once::Answered(kept)) => again(&kept),
        Ok(Once::Open) => Problem::KeyInUse.into_response(),
        Ok(Once::Other) => Problem::KeyReused.into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Has the request answered, whether or not whoever sent it still waits.
async fn first(api: Api, asked: Asked, request: Request, next: Next) -> Response {
    let work = async move {
        let response = next.run(request).await;
        settle(&api, &asked, response).await
    };
    match tokio::spawn(work.in_current_span()).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request to the API broke off");
            Problem::Internal.into_response()
        }
    }
}

/// Keeps the answer to what was done.
async fn settle(api: &Api, asked: &Asked, response: Response) -> Response {
    let status = response.status();
    let (response, settled) = if status.is_success() {
        let (parts, body) = response.into_parts();
        // Answers to POST are short, and all there.
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&body);
        let location = parts.headers.get(header::LOCATION).and_then(|at| at.to_str().ok());
        let answer = Answer { body: &text, location, status: status.as_u16() };
        let kept = api.service().keep_once(asked.keyed(), answer).await;
        (Response::from_parts(parts, Body::from(body.clone())), kept)
    } else if status == StatusCode::INTERNAL_SERVER_ERROR {
        (response, Ok(()))
    } else {
        (response, api.service().give_back_once(asked.keyed()).await)
    };
    if let Err(error) = settled {
        tracing::error!(%error, "an idempotency key could not be settled; its request can't be repeated");
    }
    response
}

/// The answer that was given before.
fn again(kept: &Kept) -> Response {
    let (Ok(status), Some(body)) = (StatusCode::from_u16(kept.status), &kept.body) else {
        return Problem::Conflict("It was done before, and its answer isn’t kept any more.".to_owned())
            .into_response();
    };
    let body = body.expose_secret();
    let mut response = (status, Bytes::copy_from_slice(body.as_bytes())).into_response();
    if body.is_empty() {
        response.headers_mut().remove(header::CONTENT_TYPE);
    } else {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(at) = kept.location.as_deref().and_then(|at| at.parse().ok()) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

/// The key of a request: 1 to 255 visible ASCII characters, once.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut all = headers.get_all(KEY).iter();
    let Some(first) = all.next() else { return Ok(None) };
    let text = first.to_str().unwrap_or_default();
    let is_key = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key || all.next().is_some() {
        return Err(Problem::Malformed(format!(
            "An Idempotency-Key is 1 to {LONGEST} visible ASCII characters, once."
        )));
    }
    Ok(Some(text.to_owned()))
}

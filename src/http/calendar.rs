//! `GET /calendar/{token}.ics`: a person's or a club's events, for programs that ask again and again.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    base::{
        clock::Clock,
        digest::digest,
        ids::Ids,
        pace::{Misses, Pace, quota},
    },
    service::{Service, ServiceError, calendar::CalendarOwner},
};

/// How often one calendar may be asked for at once, and how often more in a minute, over all programs that have its link.
const BURST: u32 = 30;
const PER_MINUTE: u32 = 30;

/// What programs may keep, and for how long, in seconds: nobody else's cache may, as the address is a secret.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=300");
const KIND: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// What answers for calendars. Cheap to clone.
#[derive(Clone)]
pub struct Calendars(Arc<Parts>);

struct Parts {
    asked: Pace<CalendarOwner>,
    ids: Ids,
    misses: Misses,
    service: Service,
}

impl Calendars {
    /// Calendars of that service.
    #[must_use]
    pub fn new(service: Service, ids: Ids) -> Self {
        let clock: Clock = service.clock().clone();
        let asked = Pace::new(clock.clone(), quota(PER_MINUTE, BURST));
        Self(Arc::new(Parts { asked, ids, misses: Misses::new(clock), service }))
    }
}

/// The route.
pub fn router(calendars: Calendars) -> Router {
    Router::new().route("/calendar/{file}", get(show)).with_state(calendars)
}

async fn show(
    State(calendars): State<Calendars>,
    file: Result<Path<String>, PathRejection>,
    peer: Option<Extension<SocketAddr>>,
    headers: HeaderMap,
) -> Response {
    let parts = &calendars.0;
    let token = file.ok().and_then(|Path(file)| file.strip_suffix(".ics").map(str::to_owned));
    let owner = match &token {
        Some(token) => parts.service.calendar_owner(token).await,
        None => Ok(None),
    };
    match owner {
        Ok(Some(owner)) => parts.feed(owner, &headers).await,
        Ok(None) => match parts.misses.miss(peer.map(|Extension(peer)| peer.ip())) {
            Ok(()) => (StatusCode::NOT_FOUND, UNKNOWN).into_response(),
            Err(wait) => too_many(wait),
        },
        Err(error) => broken(&parts.ids, &error),
    }
}

impl Parts {
    async fn feed(&self, owner: CalendarOwner, headers: &HeaderMap) -> Response {
        if let Err(wait) = self.asked.take(&owner) {
            return too_many(wait);
        }
        match self.service.calendar(owner).await {
            Ok(text) => answer(text, headers),
            Err(error) => broken(&self.ids, &error),
        }
    }
}

const UNKNOWN: &str = "There is no calendar at this address any more, or there never was. \
    The Calendar button of /me in Discord shows your link, that of /club settings your club's.\n";

/// The calendar, or that it is still the one that the program has.
fn answer(text: String, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", digest(&text));
    let value = HeaderValue::try_from(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    let always: [(HeaderName, HeaderValue); 3] = [
        (header::CACHE_CONTROL, KEEP),
        (header::ETAG, value),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    (always, [(header::CONTENT_TYPE, KIND)], text).into_response()
}

/// Whether one of the tags that a program names is that one; whether a cache on the way weakened it doesn't matter (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let named = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = named.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|named| named == "*" || named.strip_prefix("W/").unwrap_or(named) == tag)
}

fn too_many(wait: Duration) -> Response {
    let seconds = wait.as_secs().saturating_add(1);
    let headers = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
    let text = format!("That is too often. Ask again in {seconds} s; once an hour is plenty.\n");
    (StatusCode::TOO_MANY_REQUESTS, headers, text).into_response()
}

/// Something failed on our side; the log knows more under the reference.
fn broken(ids: &Ids, error: &ServiceError) -> Response {
    let reference = ids.reference();
    tracing::error!(error = %error, reference, "a calendar could not be shown");
    let text = format!("Something failed on our side. Try again in a minute. (Reference {reference})\n");
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        let known = |named: &'static [&'static str]| {
            let mut headers = HeaderMap::new();
            for tags in named {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(tags));
            }
            is_known(&headers, "\"a1\"")
        };
        assert!(known(&["\"a1\""]) && known(&["W/\"a1\""]) && known(&["*"]));
        assert!(known(&["\"b\", \"a1\""]) && known(&["\"b\"", "W/\"a1\""]));
        assert!(!known(&[]) && !known(&["\"a\""]) && !known(&["a1"]));
    }
}

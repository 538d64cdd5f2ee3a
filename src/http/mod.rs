//! HTTP: the public listener that Discord and people reach, and the operator's.

pub mod calendar;
pub mod health;
mod home;
mod interactions;
pub mod listen;
mod observe;
pub mod operator;
mod webhook_events;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use tower_http::limit::RequestBodyLimitLayer;

use crate::{
    base::ids::Ids,
    interaction::{desk::Desk, dispatch::Dispatcher, verify::Verifier},
};

/// The largest body that is read, in bytes. Discord's payloads stay far below it.
pub const BODY_LIMIT: usize = 256 * 1024;

/// What the public routes share.
#[derive(Debug)]
pub struct Public<D: 'static> {
    /// What answers interactions.
    pub dispatcher: Dispatcher<D>,
    /// Where the names of requests come from.
    pub ids: Ids,
    /// What `/readyz` asks.
    pub readiness: Arc<dyn health::Readiness>,
    /// What tells Discord's requests from anybody else's.
    pub verifier: Verifier,
}

impl<D> Clone for Public<D> {
    fn clone(&self) -> Self {
        Self {
            dispatcher: self.dispatcher.clone(),
            ids: self.ids.clone(),
            readiness: Arc::clone(&self.readiness),
            verifier: self.verifier.clone(),
        }
    }
}

impl<D> FromRef<Public<D>> for Verifier {
    fn from_ref(public: &Public<D>) -> Self {
        public.verifier.clone()
    }
}

/// The routes of the public listener: its own, `others` that know themselves what they need, and the `api`, which limits its
/// bodies itself.
pub fn router<D: Desk>(public: Public<D>, others: Router, api: Router) -> Router {
    let ids = public.ids.clone();
    Router::new()
        .route("/", get(home::show))
        .route("/healthz", get(health::alive))
        .route("/interactions", post(interactions::receive::<D>))
        .route("/readyz", get(health::ready::<D>))
        .route("/webhook-events", post(webhook_events::receive::<D>))
        .with_state(public)
        .merge(others)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .merge(api)
        .layer(middleware::from_fn_with_state(ids, observe::observe))
        .layer(DefaultBodyLimit::disable())
}

/// The routes of a process that only runs jobs: whether it lives.
pub fn worker_router() -> Router {
    Router::new().route("/healthz", get(health::alive))
}

#[cfg(test)]
mod tests;

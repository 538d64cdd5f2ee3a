//! The API for clubs' sites and for the operator: `/api/v1`.
//!
//! A request passes, in this order: `problem::render`, which gives every error its shape; `caller::identify`, which knows the
//! bearer and holds them to their pace; `body::take`, which reads the body; `idempotency::once`, which gives a repeated POST the first
//! one's answer; and the handler, which takes a `Call`, parses, calls the service, and gives JSON.

mod body;
mod caller;
mod clubs;
mod conflicts;
mod discord;
mod docs;
mod events;
mod fields;
mod idempotency;
mod limit;
mod openapi;
mod operator;
mod page;
mod problem;
mod revision;
mod series;
mod signups;
mod syncs;
mod teams;
mod tokens;
mod users;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{any, get},
};
use utoipa_axum::router::OpenApiRouter;

use self::{limit::Limits, page::Cursors, problem::Problem};
use crate::{
    base::{
        clock::Clock,
        config::{OperatorToken, PublicUrl, SecretKey},
        ids::Ids,
        seal::Sealer,
    },
    service::Service,
};

/// The path below which everything of the API lies.
pub const ROOT: &str = "/api/v1";

/// What cursors' sealing key is derived for.
const CURSORS: &str = "api cursors";

/// What the routes of the API share. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Parts>);

/// What [`Api::new`] is given.
pub struct ApiParts {
    /// What time it is.
    pub clock: Clock,
    /// Where sealing gets its chance from.
    pub ids: Ids,
    /// What cursors are sealed with.
    pub key: SecretKey,
    /// The operator's token; without it nobody is the operator.
    pub operator: Option<OperatorToken>,
    /// Where people reach this service.
    pub public_url: PublicUrl,
    /// The use cases.
    pub service: Service,
}

struct Parts {
    cursors: Cursors,
    limits: Limits,
    operator: Option<OperatorToken>,
    public_url: PublicUrl,
    service: Service,
}

impl Api {
    /// An API of these parts.
    #[must_use]
    pub fn new(parts: ApiParts) -> Self {
        let ApiParts { clock, ids, key, operator, public_url, service } = parts;
        let cursors = Cursors::new(Sealer::new(&key, CURSORS, ids));
        Self(Arc::new(Parts { cursors, limits: Limits::new(clock), operator, public_url, service }))
    }

    fn service(&self) -> &Service {
        &self.0.service
    }
}

/// The routes.
pub fn router(api: Api) -> Router {
    let (routes, document) = routes().split_for_parts();
    let document = openapi::Document::new(document, &api.0.public_url);
    let routes = routes
        .layer(middleware::from_fn_with_state(api.clone(), idempotency::once))
        .layer(middleware::from_fn(body::take))
        .layer(middleware::from_fn_with_state(api.clone(), caller::identify))
        .route(&format!("{ROOT}/docs"), get(docs::show).with_state(document.clone()))
        .route(&format!("{ROOT}/openapi.json"), get(openapi::Document::show).with_state(document))
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .with_state(api.clone());
    let anything_else = || any(|| async { Problem::NoSuchPath });
    routes
        .route(ROOT, anything_else())
        .route(&format!("{ROOT}/"), anything_else())
        .route(&format!("{ROOT}/{{*rest}}"), anything_else())
        .layer(middleware::from_fn_with_state(api.0.public_url.clone(), problem::render))
}

/// Every route that is in the document.
fn routes() -> OpenApiRouter<Api> {
    let all = [
        clubs::routes(),
        discord::routes(),
        users::routes(),
        series::routes(),
        events::routes(),
        signups::routes(),
        teams::routes(),
        syncs::routes(),
        conflicts::routes(),
        operator::routes(),
        tokens::routes(),
        webhooks::routes(),
    ];
    let all = all.into_iter().fold(OpenApiRouter::new(), OpenApiRouter::merge);
    OpenApiRouter::with_openapi(openapi::information()).nest(ROOT, all)
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ApiParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiParts").finish_non_exhaustive()
    }
}

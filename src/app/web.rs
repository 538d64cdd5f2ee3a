//! The listeners.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{
    Parts, StartError,
    core::{self, Core},
    ready::Ready,
};
use crate::{
    api::{self, Api, ApiParts},
    base::config::Config,
    http::{
        self, Public,
        calendar::{self, Calendars},
        listen,
    },
    interaction::{deps::Deps, dispatch::Dispatcher, registry::REGISTRY, verify::Verifier},
    oauth::{self, DoorParts, Doors},
    telemetry::Metrics,
};

/// What a process answers on its addresses.
pub(super) struct Web {
    /// What answers interactions; `None` in a process that only runs jobs.
    pub(super) dispatcher: Option<Dispatcher<Deps>>,
    /// Where the operator's listener is.
    pub(super) operator: Option<SocketAddr>,
    /// Where the public listener is.
    pub(super) public: SocketAddr,
}

impl Web {
    /// Serves on the listeners until `stop`.
    pub(super) fn start(
        config: &Config,
        parts: &Parts,
        core: &Core,
        (public, operator): (TcpListener, Option<(TcpListener, Metrics)>),
        stop: &CancellationToken,
    ) -> Result<Self, StartError> {
        let serve = |listener: TcpListener, router: Router| {
            let address = listener.local_addr();
            let router = router.layer(middleware::from_fn_with_state(core.abandon.clone(), end_abandoned));
            core.spawn(listen::serve(listener, router, stop.clone()));
            address.map_err(|source| StartError::Listen { address: config.listeners.listen, source })
        };
        let dispatcher = config.role.serves_web().then(|| dispatcher(config, parts, core));
        let router = match &dispatcher {
            Some(dispatcher) => {
                let public = Public {
                    dispatcher: dispatcher.clone(),
                    ids: parts.ids.clone(),
                    readiness: Arc::new(Ready { queue: core.queue.clone(), store: core.store.clone() }),
                    verifier: Verifier::new(config.discord.public_key, parts.clock.clone()),
                };
                http::router(
                    public,
                    oauth::router(doors(config, parts, core)?).merge(calendars(parts, core)),
                    api::router(api(config, parts, core)),
                )
            }
            None => http::worker_router(),
        };
        let operators = |(listener, metrics): (TcpListener, Metrics)| {
            serve(listener, http::operator::router(move || metrics.render()))
        };
        Ok(Self {
            dispatcher,
            operator: operator.map(operators).transpose()?,
            public: serve(public, router)?,
        })
    }
}

fn dispatcher(config: &Config, parts: &Parts, core: &Core) -> Dispatcher<Deps> {
    let deps = Deps { service: core.service.clone(), site: config.public_url.join("") };
    Dispatcher::new(deps, REGISTRY, parts.timings.answer, parts.ids.clone())
}

fn api(config: &Config, parts: &Parts, core: &Core) -> Api {
    Api::new(ApiParts {
        clock: parts.clock.clone(),
        ids: parts.ids.clone(),
        key: config.secret_key.clone(),
        operator: config.operator_token.clone(),
        public_url: config.public_url.clone(),
        service: core.service.clone(),
    })
}

fn calendars(parts: &Parts, core: &Core) -> Router {
    calendar::router(Calendars::new(core.service.clone(), parts.ids.clone()))
}

fn doors(config: &Config, parts: &Parts, core: &Core) -> Result<Doors, StartError> {
    let discord = core::oauth(config, parts)?;
    Ok(Doors::new(DoorParts {
        application: config.discord.application_id,
        clock: parts.clock.clone(),
        discord: Arc::new(discord),
        discord_site: config.discord.api_url.as_str().trim_end_matches('/').to_owned(),
        ids: parts.ids.clone(),
        key: config.secret_key.clone(),
        public_url: config.public_url.clone(),
        service: core.service.clone(),
    }))
}

/// Whoever still waits on an open connection when everything is abandoned gets no answer of the handler's any more.
async fn end_abandoned(State(abandon): State<CancellationToken>, request: Request, next: Next) -> Response {
    let answered = abandon.run_until_cancelled(next.run(request)).await;
    answered.unwrap_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

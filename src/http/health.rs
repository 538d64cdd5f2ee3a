//! Whether the service lives (`/healthz`) and can serve (`/readyz`).

use std::{fmt, time::Duration};

use axum::{Json, extract::State, http::StatusCode};
use futures::future::{self, BoxFuture};
use serde::Serialize;

use super::Public;
use crate::interaction::desk::Desk;

/// How long a check may take before what it checks counts as away.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

/// What the service depends on.
pub trait Readiness: fmt::Debug + Send + Sync {
    /// Whether the database answers.
    fn database(&self) -> BoxFuture<'_, bool>;

    /// Whether the queue's Redis answers; `None` when jobs run inside the process.
    fn redis(&self) -> BoxFuture<'_, Option<bool>>;

    /// Whether Discord has the commands of this version; `None` when that can't be told.
    fn commands(&self) -> BoxFuture<'_, Option<Commands>> {
        Box::pin(future::ready(None))
    }
}

/// Whether Discord has the commands of this version.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Commands {
    /// Registering them fails, and is tried again.
    Failing,
    /// They were not registered yet.
    Pending,
    /// It has them.
    Registered,
}

/// What `/readyz` says.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    commands: Option<Commands>,
    database: Reach,
    #[serde(skip_serializing_if = "Option::is_none")]
    redis: Option<Reach>,
    status: Status,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Reach {
    Away,
    Up,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Degraded,
    Ready,
    Unavailable,
}

/// `GET /healthz`: the process runs and takes requests.
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: fails for the database only. Without Redis clicks go on, and the sweep finds the work; commands that aren't
/// registered are said and harm nobody who knows them.
pub(super) async fn ready<D: Desk>(State(public): State<Public<D>>) -> (StatusCode, Json<Report>) {
    let checks = future::join3(
        tokio::time::timeout(CHECK_TIMEOUT, public.readiness.database()),
        tokio::time::timeout(CHECK_TIMEOUT, public.readiness.redis()),
        tokio::time::timeout(CHECK_TIMEOUT, public.readiness.commands()),
    );
    let (database, redis, commands) = checks.await;
    let (database, redis) = (database.unwrap_or(false), redis.unwrap_or(Some(false)));
    let commands = commands.ok().flatten();
    let (code, status) = match (database, redis) {
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, Status::Unavailable),
        (true, Some(false)) => (StatusCode::OK, Status::Degraded),
        (true, _) => (StatusCode::OK, Status::Ready),
    };
    let report = Report { commands, database: Reach::of(database), redis: redis.map(Reach::of), status };
    (code, Json(report))
}

impl Reach {
    const fn of(up: bool) -> Self {
        if up { Self::Up } else { Self::Away }
    }
}

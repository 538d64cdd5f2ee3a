//! Member syncs: started, looked at, applied, stopped and undone.

mod view;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::view::{Sync, SyncDetail};
use super::{
    Api, ROOT,
    body::{self, Path},
    caller::Call,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    domain::{
        id::{ClubId, SyncId},
        refusal::Refusal,
        scope::Scope,
        sync::{Run, SyncKind},
    },
    service::ServiceError,
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(apply))
        .routes(routes!(stop))
        .routes(routes!(undo))
}

/// A sync that is to be started.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SyncBody {
    /// What it does: a preview where it isn’t said.
    mode: Option<Mode>,
}

/// What a sync does.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SyncMode)]
enum Mode {
    /// Makes the changes at once, unless more than a fifth of the club would leave: then it waits for a yes.
    Apply,
    /// Shows what would change, and waits for an hour to be applied.
    #[default]
    Preview,
    /// Takes back what the last sync changed.
    Undo,
}

/// The path of a sync.
type SyncPath = Path<(ClubId, SyncId)>;

/// A sync that was set going: where it stands tells `Location`.
struct Going(Run);

impl IntoResponse for Going {
    fn into_response(self) -> Response {
        let Self(run) = self;
        let at = format!("{ROOT}/clubs/{}/discord/syncs/{}", run.club, run.id);
        let mut response = (StatusCode::ACCEPTED, Json(Sync::from(run))).into_response();
        if let Ok(at) = HeaderValue::from_str(&at) {
            response.headers_mut().insert(header::LOCATION, at);
        }
        response
    }
}

/// Start a sync
///
/// Holds who is in the club’s Discord server against its roster. It works on by itself: read it at `Location` until its `state` is one that rests.
/// One sync runs in a server at a time. Without a body it is a preview. Scope: `sync:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/sync",
    operation_id = "start_sync",
    tag = "syncs",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = Option<SyncBody>,
    responses((
        status = 202,
        description = "The sync is under way.",
        body = Sync,
        headers(("Location" = String, description = "Where the sync is read.")),
    )),
)]
async fn start(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body: Option<body::Json<SyncBody>>,
) -> Result<Going, Problem> {
    let club = call.club(club, Scope::SyncWrite)?;
    let (by, request_id) = (call.doer(), call.request_id());
    let run = match body.and_then(|body::Json(body)| body.mode).unwrap_or_default() {
        Mode::Apply => api.service().start_sync(club, SyncKind::Api, by, request_id).await?,
        Mode::Preview => api.service().start_sync(club, SyncKind::Preview, by, request_id).await?,
        Mode::Undo => api.service().order_undo(club, None, by, request_id).await?,
    };
    Ok(Going(run))
}

/// Syncs of a club
///
/// The latest first. Scope: `sync:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/discord/syncs",
    operation_id = "list_syncs",
    tag = "syncs",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery),
    responses((status = 200, description = "A page of syncs.", body = Page<Sync>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    paging: Paging,
) -> Result<Listed<Sync>, Problem> {
    let club = call.club(club, Scope::SyncRead)?;
    let found = api.service().syncs_of(club, paging.after()?, paging.wanted()).await?;
    paging.page(found, |run| run.id, Sync::from)
}

/// A sync
///
/// While it waits for a yes, `samples` has examples of what it would change. Scope: `sync:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/discord/syncs/{sync}",
    operation_id = "show_sync",
    tag = "syncs",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("sync" = uuid::Uuid, Path, description = "The sync’s identifier."),
    ),
    responses((status = 200, description = "The sync.", body = SyncDetail)),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path((club, sync)): SyncPath,
) -> Result<Json<SyncDetail>, Problem> {
    let club = call.club(club, Scope::SyncRead)?;
    let run = api.service().sync_by_id(club, sync).await?;
    let run = run.ok_or(ServiceError::Refused(Refusal::UnknownSync))?;
    Ok(Json(api.service().shown_sync(run).await?.into()))
}

/// Apply a sync
///
/// Makes exactly the changes that a sync in state `planned` or `asking` has shown. What rests on something that has changed since is left out, and
/// counted in `results.skipped`. Scope: `sync:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/syncs/{sync}/apply",
    operation_id = "apply_sync",
    tag = "syncs",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("sync" = uuid::Uuid, Path, description = "The sync’s identifier."),
    ),
    responses((
        status = 202,
        description = "Its changes are being made.",
        body = Sync,
        headers(("Location" = String, description = "Where the sync is read.")),
    )),
)]
async fn apply(State(api): State<Api>, call: Call, Path((club, sync)): SyncPath) -> Result<Going, Problem> {
    let club = call.club(club, Scope::SyncWrite)?;
    Ok(Going(api.service().order_apply(club, sync, call.doer(), call.request_id()).await?))
}

/// Stop a sync
///
/// Drops what a sync in state `planned` or `asking` has shown. Scope: `sync:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/syncs/{sync}/stop",
    operation_id = "stop_sync",
    tag = "syncs",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("sync" = uuid::Uuid, Path, description = "The sync’s identifier."),
    ),
    responses((status = 200, description = "It is dropped.", body = Sync)),
)]
async fn stop(
    State(api): State<Api>,
    call: Call,
    Path((club, sync)): SyncPath,
) -> Result<Json<Sync>, Problem> {
    let club = call.club(club, Scope::SyncWrite)?;
    Ok(Json(api.service().order_stop(club, sync, call.doer(), call.request_id()).await?.into()))
}

/// Undo a sync
///
/// Takes back what the sync that was applied last has changed, for 24 hours after `applied_at`. The undo is a sync of its own. Scope: `sync:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/syncs/{sync}/undo",
    operation_id = "undo_sync",
    tag = "syncs",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("sync" = uuid::Uuid, Path, description = "The identifier of the sync to take back."),
    ),
    responses((
        status = 202,
        description = "The undo is under way.",
        body = Sync,
        headers(("Location" = String, description = "Where the undo is read.")),
    )),
)]
async fn undo(State(api): State<Api>, call: Call, Path((club, sync)): SyncPath) -> Result<Going, Problem> {
    let club = call.club(club, Scope::SyncWrite)?;
    Ok(Going(api.service().order_undo(club, Some(sync), call.doer(), call.request_id()).await?))
}

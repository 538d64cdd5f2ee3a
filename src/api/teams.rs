//! Teams: who shares a car in an event.

mod body;
mod view;

use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use self::{
    body::TeamsBody,
    view::{Settled, Teams},
};
use super::{
    Api,
    body::{Json as Body, Path},
    caller::Call,
    events::club_of,
    problem::Problem,
    revision::{IfMatch, Tagged},
};
use crate::{
    domain::{id::EventId, refusal::Refusal, scope::Scope},
    service::{
        ServiceError,
        site::teams::{SiteTeams, TeamsPut},
    },
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show, put)).routes(routes!(settle))
}

/// Teams of an event
///
/// All of them, the one made first first, and who has a place and is in none. Scope: `teams:read`.
#[utoipa::path(
    get,
    path = "/events/{event}/teams",
    operation_id = "show_teams",
    tag = "teams",
    params(("event" = uuid::Uuid, Path, description = "The event’s identifier.")),
    responses((
        status = 200,
        description = "The teams.",
        body = Teams,
        headers(("ETag" = String, description = "Another one whenever anything of the teams is otherwise.")),
    )),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
) -> Result<Tagged<Json<Teams>>, Problem> {
    let club = club_of(&api, &call, event, Scope::TeamsRead).await?;
    Ok(answer(api.service().site_teams(club, event).await?))
}

/// Set the teams of an event
///
/// All that it is to have. One with an `id`, or with the name that a team has, is that team, changed; others are made; teams that aren’t in the list
/// are disbanded, and their people keep their places. Drivers and reserves need a place in the team’s class: sign them up first. Either all of it is
/// done or nothing. What settled teams have on Discord follows within moments. Scope: `teams:write`.
#[utoipa::path(
    put,
    path = "/events/{event}/teams",
    operation_id = "put_teams",
    tag = "teams",
    params(
        ("event" = uuid::Uuid, Path, description = "The event’s identifier."),
        ("If-Match" = Option<String>, Header, description = "Only if the `ETag` of the teams is still that."),
    ),
    request_body = TeamsBody,
    responses((
        status = 200,
        description = "The teams as they are now.",
        body = Teams,
        headers(("ETag" = String, description = "Another one whenever anything of the teams is otherwise.")),
    )),
)]
async fn put(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
    IfMatch(revision): IfMatch,
    Body(body): Body<TeamsBody>,
) -> Result<Tagged<Json<Teams>>, Problem> {
    let club = club_of(&api, &call, event, Scope::TeamsWrite).await?;
    let by_id = body.by_id();
    let (orders, by, request_id) = (body.read()?, call.doer(), call.request_id());
    let done = api.service().put_site_teams(club, (event, revision), orders, by, request_id).await;
    match done.map_err(problem)? {
        TeamsPut::Done(teams) => Ok(answer(*teams)),
        TeamsPut::Unfit(misfits) => Err(body::unfit(misfits, &by_id)),
    }
}

/// Settle the teams of an event
///
/// Each in which somebody drives gets what settled teams have on Discord. Done again, those that are new are settled. Scope: `teams:write`.
#[utoipa::path(
    post,
    path = "/events/{event}/teams/finalize",
    operation_id = "finalize_teams",
    tag = "teams",
    params(("event" = uuid::Uuid, Path, description = "The event’s identifier.")),
    responses((status = 200, description = "Which were settled, and all teams as they are now.", body = Settled)),
)]
async fn settle(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
) -> Result<Json<Settled>, Problem> {
    let club = club_of(&api, &call, event, Scope::TeamsWrite).await?;
    let (by, request_id) = (call.doer(), call.request_id());
    Ok(Json(api.service().settle_site_teams(club, event, by, request_id).await?.into()))
}

fn answer(teams: SiteTeams) -> Tagged<Json<Teams>> {
    Tagged(teams.revision, Json(teams.into()))
}

fn problem(error: ServiceError) -> Problem {
    match error {
        ServiceError::Refused(Refusal::ChangedMeanwhile) => Problem::PreconditionFailed,
        other => other.into(),
    }
}

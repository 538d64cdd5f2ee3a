//! Events: races, each with its sign-up sheet's terms.

mod body;
mod classes;
mod view;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use self::{
    body::{EventBody, EventPatch},
    view::Event,
};
use super::{
    Api, ROOT,
    body::{Json as Body, Path, Query},
    caller::Call,
    page::{Listed, Page, PageQuery, Paging},
    problem::{FieldError, Problem},
    revision::{IfMatch, Tagged},
};
use crate::{
    domain::{
        id::{ClubId, EventId, SeriesId},
        name::Description,
        refusal::Refusal,
        scope::Scope,
    },
    service::{
        ServiceError,
        site::events::{Listing, SiteEvent, Stands},
    },
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, put)).routes(routes!(show, edit, cancel))
}

/// Which events are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EventsQuery {
    /// Only the one that your site calls that.
    external_id: Option<String>,
    /// Only those that end after that instant (RFC 3339).
    #[param(format = DateTime)]
    from: Option<String>,
    /// Only those of that series.
    #[param(value_type = Option<uuid::Uuid>)]
    series: Option<SeriesId>,
    /// Only those that stand like that.
    #[param(inline)]
    state: Option<Stand>,
    /// Only those that start before that instant (RFC 3339).
    #[param(format = DateTime)]
    until: Option<String>,
}

/// Why an event is cancelled.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CancelQuery {
    /// Why, for the people who meant to come: at most 1,000 characters.
    #[param(max_length = 1000)]
    reason: Option<String>,
}

impl EventsQuery {
    fn read(self) -> Result<Listing, Problem> {
        let external_id = self.external_id.map(|id| id.parse()).transpose();
        let external_id =
            external_id.map_err(|error| Problem::Malformed(format!("The external_id has {error}.")))?;
        Ok(Listing {
            external_id,
            from: instant("from", self.from)?,
            series: self.series,
            state: self.state.map(Stands::from),
            until: instant("until", self.until)?,
        })
    }
}

fn instant(name: &str, typed: Option<String>) -> Result<Option<Timestamp>, Problem> {
    let read = typed.map(|typed| typed.parse()).transpose();
    read.map_err(|_| Problem::Malformed(format!("{name} is an instant, such as 2026-12-05T14:00:00Z.")))
}

/// Events of a club
///
/// In the order in which they were made. Those to come: `from` with the instant of now. Scope: `events:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/events",
    operation_id = "list_events",
    tag = "events",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery, EventsQuery),
    responses((status = 200, description = "A page of events.", body = Page<Event>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    Query(query): Query<EventsQuery>,
    paging: Paging,
) -> Result<Listed<Event>, Problem> {
    let club = call.club(club, Scope::EventsRead)?;
    let found = api.service().site_events(club, &query.read()?, paging.after()?, paging.wanted()).await?;
    paging.page(found, |one| one.event.id, Event::from)
}

/// Make an event
///
/// Its channel and card stand on Discord within moments. Sent again with the same `external_id`, it is the same event, brought to what is sent; what is
/// left out then stays as it is. Scope: `events:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/events",
    operation_id = "put_event",
    tag = "events",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = EventBody,
    responses(
        (
            status = 201,
            description = "The event, new.",
            body = Event,
            headers(
                ("ETag" = String, description = "Its revision."),
                ("Location" = String, description = "Where the event is read."),
            ),
        ),
        (
            status = 200,
            description = "The event that has this `external_id`, as it is now.",
            body = Event,
            headers(("ETag" = String, description = "Its revision.")),
        ),
    ),
)]
async fn put(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    Body(body): Body<EventBody>,
) -> Result<Response, Problem> {
    let club = call.club(club, Scope::EventsWrite)?;
    let guild = api.service().site_club(club).await?.guild;
    let draft = body.read(guild)?;
    let put = api.service().put_event(club, draft, call.doer(), call.request_id()).await;
    let (event, is_new) = put.map_err(problem)?;
    if !is_new {
        return Ok(answer(event).into_response());
    }
    let at = format!("{ROOT}/events/{}", event.event.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, at)], answer(event)).into_response())
}

/// An event
///
/// Scope: `events:read`.
#[utoipa::path(
    get,
    path = "/events/{event}",
    operation_id = "show_event",
    tag = "events",
    params(("event" = uuid::Uuid, Path, description = "The event’s identifier.")),
    responses((
        status = 200,
        description = "The event.",
        body = Event,
        headers(("ETag" = String, description = "Its revision.")),
    )),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
) -> Result<Tagged<Json<Event>>, Problem> {
    let club = club_of(&api, &call, event, Scope::EventsRead).await?;
    Ok(answer(api.service().site_event(club, event).await?))
}

/// Change an event
///
/// Its channel and card follow within moments, and whoever waits moves up where there is room now. Scope: `events:write`.
#[utoipa::path(
    patch,
    path = "/events/{event}",
    operation_id = "edit_event",
    tag = "events",
    params(
        ("event" = uuid::Uuid, Path, description = "The event’s identifier."),
        ("If-Match" = Option<String>, Header, description = "Only if the event’s `ETag` is still that."),
    ),
    request_body = EventPatch,
    responses((
        status = 200,
        description = "The event as it is now.",
        body = Event,
        headers(("ETag" = String, description = "Its revision.")),
    )),
)]
async fn edit(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
    IfMatch(revision): IfMatch,
    Body(body): Body<EventPatch>,
) -> Result<Tagged<Json<Event>>, Problem> {
    let club = club_of(&api, &call, event, Scope::EventsWrite).await?;
    let guild = api.service().site_club(club).await?.guild;
    let (change, by, request_id) = (body.read(guild)?, call.doer(), call.request_id());
    let changed = api.service().change_site_event(club, (event, revision), change, by, request_id).await;
    Ok(answer(changed.map_err(problem)?))
}

/// Cancel an event
///
/// Whoever meant to come is told in its channel, which is put away after the club’s grace. One that is cancelled already stays so, for the reason given
/// first. Scope: `events:write`.
#[utoipa::path(
    delete,
    path = "/events/{event}",
    operation_id = "cancel_event",
    tag = "events",
    params(
        ("event" = uuid::Uuid, Path, description = "The event’s identifier."),
        ("If-Match" = Option<String>, Header, description = "Only if the event’s `ETag` is still that."),
        CancelQuery,
    ),
    responses((
        status = 200,
        description = "The event, cancelled.",
        body = Event,
        headers(("ETag" = String, description = "Its revision.")),
    )),
)]
async fn cancel(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
    IfMatch(revision): IfMatch,
    Query(query): Query<CancelQuery>,
) -> Result<Tagged<Json<Event>>, Problem> {
    let club = club_of(&api, &call, event, Scope::EventsWrite).await?;
    let reason = Description::parse(query.reason.as_deref().unwrap_or_default());
    let reason = reason.map_err(|error| Problem::Malformed(format!("The reason has {error}.")))?;
    let (by, request_id) = (call.doer(), call.request_id());
    let cancelled = api.service().cancel_site_event(club, (event, revision), reason, by, request_id).await;
    Ok(answer(cancelled.map_err(problem)?))
}

/// The club whose event it may be: the token's, or for the operator the one that has it.
pub(super) async fn club_of(api: &Api, call: &Call, event: EventId, scope: Scope) -> Result<ClubId, Problem> {
    match call.own_club(scope)? {
        Some(club) => Ok(club),
        None => Ok(api.service().club_of_event(event).await?),
    }
}

fn answer(event: SiteEvent) -> Tagged<Json<Event>> {
    Tagged(event.event.revision, Json(event.into()))
}

/// What a refused change of an event is: where a value of the body is to blame, it points there.
fn problem(error: ServiceError) -> Problem {
    let invalid = |at: &str, why: &str| Problem::Invalid(vec![FieldError::new(at, why)]);
    match error {
        ServiceError::Refused(Refusal::ChangedMeanwhile) => Problem::PreconditionFailed,
        ServiceError::Refused(Refusal::SeriesArchived(_)) => {
            invalid("/series_id", "That series is archived: nothing new comes into it. Send another.")
        }
        ServiceError::Refused(Refusal::UnknownClass) => {
            invalid("/classes", "An id isn’t that of a class of the event. Leave it out for a new class.")
        }
        ServiceError::Refused(Refusal::UnknownSeries) => {
            invalid("/series_id", "The club has no such series. Send one of its own, or null.")
        }
        other => other.into(),
    }
}

/// How an event stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, serde::Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EventState)]
enum Stand {
    /// It won’t take place.
    Cancelled,
    /// Nobody may sign up any more.
    Closed,
    /// People may sign up.
    Open,
}

impl From<Stand> for Stands {
    fn from(state: Stand) -> Self {
        match state {
            Stand::Cancelled => Self::Cancelled,
            Stand::Closed => Self::Closed,
            Stand::Open => Self::Open,
        }
    }
}

//! Series: championships and cups.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api, ROOT,
    body::{self, Path, Query},
    caller::Call,
    fields::Fields,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    domain::{
        club,
        id::{ClubId, SeriesId},
        name::SeriesName,
        scope::Scope,
    },
    service::site::series::SiteSeriesChange,
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(show, edit))
}

/// Which series are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SeriesQuery {
    /// Only those that are archived, or aren’t.
    archived: Option<bool>,
}

/// A championship or cup: events that share channel categories.
#[derive(Debug, Serialize, ToSchema)]
struct Series {
    /// A category of the club’s server that an organiser handed over, instead of one of its own.
    #[schema(example = "1174000000000000006")]
    adopted_category_id: Option<String>,
    /// Whether it is archived: nothing new comes into it.
    archived: bool,
    /// When it was archived.
    archived_at: Option<Timestamp>,
    /// The club.
    #[schema(value_type = uuid::Uuid)]
    club: ClubId,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: SeriesId,
    /// Its name.
    #[schema(example = "Winter Cup")]
    name: String,
}

/// A series to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeriesBody {
    /// Its name: 1 to 60 characters, another than those of the club’s other series.
    #[schema(example = "Winter Cup", min_length = 1, max_length = 60)]
    name: String,
}

/// What is to be changed of a series. What isn’t there, or null, stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeriesPatch {
    /// Whether it is archived. It can be once all its events are put away; its categories go then.
    archived: Option<bool>,
    /// Its name: 1 to 60 characters, another than those of the club’s other series.
    #[schema(example = "Winter Cup", min_length = 1, max_length = 60)]
    name: Option<String>,
}

impl From<club::Series> for Series {
    fn from(series: club::Series) -> Self {
        let club::Series { adopted_category, archived_at, club, id, name, .. } = series;
        Self {
            adopted_category_id: adopted_category.map(|category| category.to_string()),
            archived: archived_at.is_some(),
            archived_at,
            club,
            id,
            name: name.to_string(),
        }
    }
}

impl SeriesBody {
    fn read(&self) -> Result<SeriesName, Problem> {
        let mut fields = Fields::default();
        let name = fields.take("/name", self.name.parse());
        fields.finish(name)
    }
}

impl SeriesPatch {
    fn read(&self) -> Result<SiteSeriesChange, Problem> {
        let mut fields = Fields::default();
        let name = self.name.as_ref().and_then(|name| fields.take("/name", name.parse()));
        fields.finish(Some(SiteSeriesChange { archived: self.archived, name }))
    }
}

/// Series of a club
///
/// In the order in which they were made. Scope: `series:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/series",
    operation_id = "list_series",
    tag = "series",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery, SeriesQuery),
    responses((status = 200, description = "A page of series.", body = Page<Series>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    Query(query): Query<SeriesQuery>,
    paging: Paging,
) -> Result<Listed<Series>, Problem> {
    let club = call.club(club, Scope::SeriesRead)?;
    let found =
        api.service().site_series_list(club, query.archived, paging.after()?, paging.wanted()).await?;
    paging.page(found, |series| series.id, Series::from)
}

/// Make a series
///
/// Its category is made on Discord within moments. Scope: `series:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/series",
    operation_id = "make_series",
    tag = "series",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = SeriesBody,
    responses((
        status = 201,
        description = "The series.",
        body = Series,
        headers(("Location" = String, description = "Where the series is read.")),
    )),
)]
async fn make(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<SeriesBody>,
) -> Result<(StatusCode, [(header::HeaderName, String); 1], Json<Series>), Problem> {
    let club = call.club(club, Scope::SeriesWrite)?;
    let series = api.service().make_site_series(club, body.read()?, call.doer(), call.request_id()).await?;
    let at = format!("{ROOT}/series/{}", series.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, at)], Json(series.into())))
}

/// A series
///
/// Scope: `series:read`.
#[utoipa::path(
    get,
    path = "/series/{series}",
    operation_id = "show_series",
    tag = "series",
    params(("series" = uuid::Uuid, Path, description = "The series’ identifier.")),
    responses((status = 200, description = "The series.", body = Series)),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path(series): Path<SeriesId>,
) -> Result<Json<Series>, Problem> {
    let club = club_of(&api, &call, series, Scope::SeriesRead).await?;
    Ok(Json(api.service().site_series(club, series).await?.into()))
}

/// Change a series
///
/// Scope: `series:write`.
#[utoipa::path(
    patch,
    path = "/series/{series}",
    operation_id = "edit_series",
    tag = "series",
    params(("series" = uuid::Uuid, Path, description = "The series’ identifier.")),
    request_body = SeriesPatch,
    responses((status = 200, description = "The series as it is now.", body = Series)),
)]
async fn edit(
    State(api): State<Api>,
    call: Call,
    Path(series): Path<SeriesId>,
    body::Json(body): body::Json<SeriesPatch>,
) -> Result<Json<Series>, Problem> {
    let club = club_of(&api, &call, series, Scope::SeriesWrite).await?;
    let (change, by, request_id) = (body.read()?, call.doer(), call.request_id());
    Ok(Json(api.service().change_site_series(club, series, change, by, request_id).await?.into()))
}

/// The club whose series it may be: the token's, or for the operator the one that has it.
async fn club_of(api: &Api, call: &Call, series: SeriesId, scope: Scope) -> Result<ClubId, Problem> {
    match call.own_club(scope)? {
        Some(club) => Ok(club),
        None => Ok(api.service().club_of_series(series).await?),
    }
}

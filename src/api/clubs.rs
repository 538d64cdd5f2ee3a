//! Clubs.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api,
    body::{self, Path},
    caller::Call,
    fields::Fields,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    domain::{id::ClubId, name::ClubName, scope::Scope, zone::Zone},
    service::site::{ClubChange, SiteClub},
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(show, edit))
}

/// A racing club.
#[derive(Debug, Serialize, ToSchema)]
struct Club {
    /// The Discord server that it is bound to; null until somebody follows an invitation.
    #[schema(example = "1174000000000000000")]
    guild_id: Option<String>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: ClubId,
    /// Its name.
    #[schema(example = "Night Owls")]
    name: String,
    /// The IANA time zone in which its people type times.
    #[schema(example = "Europe/Berlin")]
    zone: String,
}

/// A club to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClubBody {
    /// Its name: 1 to 60 characters.
    #[schema(example = "Night Owls", min_length = 1, max_length = 60)]
    name: String,
    /// The IANA time zone in which its people type times.
    #[schema(example = "Europe/Berlin", min_length = 1)]
    zone: String,
}

/// What is to be changed of a club. What isn’t there, or null, stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClubPatch {
    /// Its name: 1 to 60 characters.
    #[schema(example = "Night Owls", min_length = 1, max_length = 60)]
    name: Option<String>,
    /// The IANA time zone in which its people type times.
    #[schema(example = "Europe/Berlin", min_length = 1)]
    zone: Option<String>,
}

impl From<SiteClub> for Club {
    fn from(club: SiteClub) -> Self {
        Self {
            guild_id: club.guild.map(|guild| guild.to_string()),
            id: club.id,
            name: club.name.to_string(),
            zone: club.zone.name().to_owned(),
        }
    }
}

impl ClubBody {
    fn read(&self) -> Result<(ClubName, Zone), Problem> {
        let mut fields = Fields::default();
        let name = fields.take("/name", self.name.parse());
        let zone = fields.take("/zone", Zone::parse(&self.zone));
        fields.finish(name.zip(zone))
    }
}

impl ClubPatch {
    fn read(&self) -> Result<ClubChange, Problem> {
        let mut fields = Fields::default();
        let name = self.name.as_ref().and_then(|name| fields.take("/name", name.parse()));
        let zone = self.zone.as_ref().and_then(|zone| fields.take("/zone", Zone::parse(zone)));
        fields.finish(Some(ClubChange { name, settings: None, zone }))
    }
}

/// All clubs
///
/// The oldest first, those included that were set up in Discord. The operator’s token only.
#[utoipa::path(
    get,
    path = "/clubs",
    operation_id = "list_clubs",
    tag = "clubs",
    params(PageQuery),
    responses((status = 200, description = "A page of clubs.", body = Page<Club>)),
)]
async fn list(State(api): State<Api>, call: Call, paging: Paging) -> Result<Listed<Club>, Problem> {
    call.operator()?;
    let found = api.service().site_clubs(paging.after()?, paging.wanted()).await?;
    paging.page(found, |club| club.id, Club::from)
}

/// Make a club
///
/// It isn’t on Discord yet: make an invitation for it. The operator’s token only.
#[utoipa::path(
    post,
    path = "/clubs",
    operation_id = "make_club",
    tag = "clubs",
    request_body = ClubBody,
    responses((status = 201, description = "The club.", body = Club)),
)]
async fn make(
    State(api): State<Api>,
    call: Call,
    body::Json(body): body::Json<ClubBody>,
) -> Result<(StatusCode, Json<Club>), Problem> {
    call.operator()?;
    let club = api.service().found_club(body.read()?, call.doer(), call.request_id()).await?;
    Ok((StatusCode::CREATED, Json(club.into())))
}

/// A club
///
/// Scope: `clubs:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}",
    operation_id = "show_club",
    tag = "clubs",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    responses((status = 200, description = "The club.", body = Club)),
)]
async fn show(State(api): State<Api>, call: Call, Path(club): Path<ClubId>) -> Result<Json<Club>, Problem> {
    let club = call.club(club, Scope::ClubsRead)?;
    Ok(Json(api.service().site_club(club).await?.into()))
}

/// Change a club
///
/// Scope: `clubs:write`.
#[utoipa::path(
    patch,
    path = "/clubs/{club}",
    operation_id = "edit_club",
    tag = "clubs",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = ClubPatch,
    responses((status = 200, description = "The club as it is now.", body = Club)),
)]
async fn edit(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<ClubPatch>,
) -> Result<Json<Club>, Problem> {
    let club = call.club(club, Scope::ClubsWrite)?;
    let change = body.read()?;
    let changed = api.service().change_site_club(club, change, call.doer(), call.request_id()).await?;
    Ok(Json(changed.into()))
}

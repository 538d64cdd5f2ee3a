//! Clubs.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Api, body::Path, caller::Call, problem::Problem};
use crate::{
    domain::{id::ClubId, scope::Scope},
    service::site::SiteClub,
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show))
}

/// A racing club.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Club {
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

/// A club
///
/// Scope: `clubs:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}",
    tag = "clubs",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    responses((status = 200, description = "The club.", body = Club)),
)]
async fn show(State(api): State<Api>, call: Call, Path(club): Path<ClubId>) -> Result<Json<Club>, Problem> {
    let club = call.club(club, Scope::ClubsRead)?;
    Ok(Json(api.service().site_club(club).await?.into()))
}

//! A club on Discord: how it is there, how it gets there, and what it chose.

mod settings;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::settings::Settings;
use super::{
    Api,
    body::{self, Path},
    caller::Call,
    problem::Problem,
};
use crate::{
    domain::{
        id::{ClubId, SyncId},
        permission,
        scope::Scope,
        sync::{Run, SyncKind, SyncState},
    },
    service::site::{ClubChange, Guild, OnDiscord},
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(invite)).routes(routes!(choose))
}

/// How a club is on Discord, as far as the service knows without asking.
#[derive(Debug, Serialize, ToSchema)]
struct Discord {
    /// The server; null for a club that isn’t on Discord.
    guild: Option<Server>,
    health: Health,
    /// The last sync of the club’s members.
    last_sync: Option<LastSync>,
    settings: Settings,
}

/// A club’s server.
#[derive(Debug, Serialize, ToSchema)]
struct Server {
    /// Channels that it had when they were last counted, of 500.
    channels: Option<u16>,
    /// Its identifier.
    #[schema(example = "1174000000000000000")]
    id: String,
    /// Its name, where Discord told it.
    #[schema(example = "Night Owls")]
    name: Option<String>,
    /// Roles that it had when they were last counted, of 250.
    roles: Option<u16>,
}

/// What keeps the service from its work there.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// How many events, series and the like can’t be brought to how they should be; it is tried again and again.
    failing: usize,
    /// Since when the app is known to be removed from the server. A month later the server is forgotten.
    lost_at: Option<Timestamp>,
    /// Permissions that the app needs there and lacks, by Discord’s English names.
    #[schema(example = json!(["Manage Channels"]))]
    missing_permissions: Vec<String>,
    /// Whether it is there and nothing is missing, failing or unanswered.
    ok: bool,
    /// How many questions wait for the organisers, in `/club panel`.
    open_questions: usize,
}

/// A sync in short.
#[derive(Debug, Serialize, ToSchema)]
struct LastSync {
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: SyncId,
    /// How far it is.
    state: SyncState,
    /// When it began.
    sync_timestamp: Timestamp,
    /// Why it runs.
    sync_type: SyncKind,
}

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
struct Invitation {
    /// Until when it is good.
    expires_at: Timestamp,
    /// Where it leads through Discord’s authorize page. Good once, for whoever manages a server.
    #[schema(example = "https://simlane.example/install?club=0123456789ABCDEFGHJKMNPQRSTVWXYZ")]
    url: String,
}

impl From<OnDiscord> for Discord {
    fn from(of: OnDiscord) -> Self {
        let health = Health::of(&of);
        Self {
            guild: of.guild.map(Server::from),
            health,
            last_sync: of.last_sync.map(LastSync::from),
            settings: of.club.settings.into(),
        }
    }
}

impl From<Guild> for Server {
    fn from(guild: Guild) -> Self {
        Self {
            channels: guild.headroom.map(|used| used.channels),
            id: guild.id.to_string(),
            name: guild.name,
            roles: guild.headroom.map(|used| used.roles),
        }
    }
}

impl From<Run> for LastSync {
    fn from(run: Run) -> Self {
        Self { id: run.id, state: run.state, sync_timestamp: run.started_at, sync_type: run.kind }
    }
}

impl Health {
    fn of(of: &OnDiscord) -> Self {
        let missing = of.guild.as_ref().map(|guild| permission::missing(guild.permissions));
        let missing_permissions = missing.map(permission::names).unwrap_or_default();
        let lost_at = of.guild.as_ref().and_then(|guild| guild.lost_at);
        let is_fine = of.guild.is_some() && lost_at.is_none() && missing_permissions.is_empty();
        Self {
            failing: of.failing,
            lost_at,
            missing_permissions,
            ok: is_fine && of.failing == 0 && of.questions == 0,
            open_questions: of.questions,
        }
    }
}

/// A club on Discord
///
/// Its server, what is wrong there, the last sync, and what the club chose. Scope: `clubs:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/discord",
    operation_id = "show_discord",
    tag = "discord",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    responses((status = 200, description = "How it is.", body = Discord)),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
) -> Result<Json<Discord>, Problem> {
    let club = call.club(club, Scope::ClubsRead)?;
    Ok(Json(api.service().on_discord(club).await?.into()))
}

/// Invite to bind a club to a server
///
/// Whoever manages a server and follows the address adds the app there, and the club is that server’s. A club that has a server already moves
/// once they say yes. Scope: `clubs:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/invite",
    operation_id = "invite_club",
    tag = "discord",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    responses((status = 201, description = "The invitation. It is shown here and never again.", body = Invitation)),
)]
async fn invite(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let club = call.club(club, Scope::ClubsWrite)?;
    let made = api.service().invite(club, call.doer(), call.request_id()).await?;
    let url = api.0.public_url.join(&format!("/install?club={}", made.token.expose_secret()));
    Ok((StatusCode::CREATED, Json(Invitation { expires_at: made.until, url })))
}

/// Choose a club’s settings
///
/// All of them: what the body says takes the place of what was chosen before. Scope: `clubs:write`.
#[utoipa::path(
    put,
    path = "/clubs/{club}/discord/settings",
    operation_id = "choose_settings",
    tag = "discord",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = Settings,
    responses((status = 200, description = "The settings as they are now.", body = Settings)),
)]
async fn choose(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<Settings>,
) -> Result<Json<Settings>, Problem> {
    let club = call.club(club, Scope::ClubsWrite)?;
    let known = api.service().site_club(club).await?;
    let settings = body.read(known.guild, &known.settings)?;
    let change = ClubChange { settings: Some(settings), ..ClubChange::default() };
    let club = api.service().change_site_club(club, change, call.doer(), call.request_id()).await?;
    Ok(Json(club.settings.into()))
}

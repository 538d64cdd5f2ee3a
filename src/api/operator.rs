//! What whoever runs the service looks after.

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    Api,
    body::{self, required},
    caller::Call,
    fields::Fields,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::service::bot::{BotSettings, UsedCommand};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show, edit)).routes(routes!(commands))
}

/// The service’s own settings, for all clubs.
#[derive(Debug, Serialize, ToSchema)]
struct Settings {
    /// The app’s bot account, once known.
    bot_user_id: Option<String>,
    /// When its commands were registered with Discord last.
    commands_at: Option<Timestamp>,
    /// Why their last registration failed; null once it succeeded.
    commands_error: Option<String>,
    /// What `/info` tells everybody; null for nothing.
    #[schema(example = "Back at nine: the database moves.")]
    notice: Option<String>,
    /// The service’s version.
    #[schema(example = "0.1.0")]
    version: &'static str,
}

/// What is to be changed of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingsPatch {
    /// What `/info` tells everybody: 1 to 500 characters, or null for nothing.
    #[serde(deserialize_with = "required")]
    #[schema(example = "Back at nine: the database moves.", min_length = 1, max_length = 500, required)]
    notice: Option<String>,
}

/// A command that somebody used.
#[derive(Debug, Serialize, ToSchema)]
struct Command {
    /// When.
    at: Timestamp,
    /// The command.
    #[schema(example = "event create")]
    command: String,
    /// The server; null in direct messages.
    #[schema(example = "1174000000000000000")]
    guild_id: Option<String>,
    /// Its identifier.
    id: Uuid,
    /// How long the answer took, in milliseconds.
    milliseconds: u64,
    /// What became of it.
    #[schema(example = "answered")]
    outcome: String,
    /// Who used it.
    #[schema(example = "1174000000000000001")]
    user_id: String,
}

impl From<BotSettings> for Settings {
    fn from(settings: BotSettings) -> Self {
        Self {
            bot_user_id: settings.bot_user.map(|user| user.to_string()),
            commands_at: settings.commands_at,
            commands_error: settings.commands_error,
            notice: settings.notice.map(|notice| notice.to_string()),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl From<UsedCommand> for Command {
    fn from(used: UsedCommand) -> Self {
        Self {
            at: used.at,
            command: used.command,
            guild_id: used.guild.map(|guild| guild.to_string()),
            id: used.id,
            milliseconds: u64::try_from(used.took.as_millis()).unwrap_or(u64::MAX),
            outcome: used.outcome,
            user_id: used.user.to_string(),
        }
    }
}

/// The service’s settings
///
/// The operator’s token only.
#[utoipa::path(
    get,
    path = "/operator/settings",
    operation_id = "show_operator_settings",
    tag = "operator",
    responses((status = 200, description = "The settings.", body = Settings)),
)]
async fn show(State(api): State<Api>, call: Call) -> Result<Json<Settings>, Problem> {
    call.operator()?;
    Ok(Json(api.service().bot_settings().await?.into()))
}

/// Change the service’s settings
///
/// The operator’s token only.
#[utoipa::path(
    patch,
    path = "/operator/settings",
    operation_id = "edit_operator_settings",
    tag = "operator",
    request_body = SettingsPatch,
    responses((status = 200, description = "The settings as they are now.", body = Settings)),
)]
async fn edit(
    State(api): State<Api>,
    call: Call,
    body::Json(body): body::Json<SettingsPatch>,
) -> Result<Json<Settings>, Problem> {
    call.operator()?;
    let mut fields = Fields::default();
    let notice = body.notice.and_then(|notice| fields.take("/notice", notice.parse()));
    let notice = fields.finish(Some(notice))?;
    api.service().tell_everybody(notice).await?;
    Ok(Json(api.service().bot_settings().await?.into()))
}

/// The command log
///
/// Which commands were used, the latest first. The operator’s token only.
#[utoipa::path(
    get,
    path = "/operator/commands",
    operation_id = "list_commands",
    tag = "operator",
    params(PageQuery),
    responses((status = 200, description = "A page of the log.", body = Page<Command>)),
)]
async fn commands(State(api): State<Api>, call: Call, paging: Paging) -> Result<Listed<Command>, Problem> {
    call.operator()?;
    let found = api.service().used_commands(paging.after()?, paging.wanted()).await?;
    paging.page(found, |used| used.id, Command::from)
}

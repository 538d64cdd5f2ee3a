//! Webhooks of a club.

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api,
    body::{self, Path},
    caller::Call,
    fields::{Fields, Words},
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    base::address::{LONGEST_URL, UrlFault, site_url},
    domain::{
        id::{ClubId, WebhookId},
        scope::Scope,
        webhook::{self, Disabled, MAX_WEBHOOKS, WebhookKind, WebhookKinds},
    },
    service::webhook::{MadeWebhook, NewWebhook},
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(remove))
}

/// Where a club’s site hears of changes.
#[derive(Debug, Serialize, ToSchema)]
struct Webhook {
    /// When it was made.
    created_at: Timestamp,
    /// When it last took a message.
    delivered_at: Option<Timestamp>,
    /// When it was switched off, if it was. It hears nothing any more: delete it, and make another.
    disabled_at: Option<Timestamp>,
    /// Why it was.
    disabled_reason: Option<DisabledReason>,
    /// What it hears of.
    #[schema(value_type = Vec<WebhookKind>)]
    events: WebhookKinds,
    /// Since when it has taken nothing that it was told.
    failing_since: Option<Timestamp>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: WebhookId,
    /// Why it didn’t take the last message, if it didn’t.
    #[schema(example = "status 500")]
    last_error: Option<String>,
    /// Where it is told.
    #[schema(example = "https://club.example/simlane")]
    url: String,
}

/// Why a webhook was switched off.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DisabledReason {
    /// It took nothing for five days.
    Failing,
    /// The site answered 410.
    Gone,
    /// The service’s key has changed, so that the secret can’t be read any more.
    KeyLost,
}

/// A fresh webhook.
#[derive(Debug, Serialize, ToSchema)]
struct FreshWebhook {
    #[serde(flatten)]
    of: Webhook,
    /// What its messages are signed with: keep it, for it is shown here and never again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

/// A webhook to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookBody {
    /// What it is to hear of.
    #[schema(min_items = 1, value_type = Vec<WebhookKind>)]
    events: WebhookKinds,
    /// Where it is told: an https address on the public internet.
    #[schema(example = "https://club.example/simlane", max_length = 500)]
    url: String,
}

impl From<webhook::Webhook> for Webhook {
    fn from(of: webhook::Webhook) -> Self {
        let (disabled_at, reason) = of.disabled.unzip();
        Self {
            created_at: of.created_at,
            delivered_at: of.delivered_at,
            disabled_at,
            disabled_reason: reason.map(|reason| match reason {
                Disabled::Failing => DisabledReason::Failing,
                Disabled::Gone => DisabledReason::Gone,
                Disabled::Sealed => DisabledReason::KeyLost,
            }),
            events: of.kinds,
            failing_since: of.failing_since,
            id: of.id,
            last_error: of.last_error,
            url: of.url,
        }
    }
}

impl From<MadeWebhook> for FreshWebhook {
    fn from(made: MadeWebhook) -> Self {
        Self { secret: made.secret.expose_secret().to_owned(), of: made.webhook.into() }
    }
}

impl WebhookBody {
    /// The webhook; `is_local` where only this machine can reach the service.
    fn read(self, is_local: bool) -> Result<NewWebhook, Problem> {
        let mut fields = Fields::default();
        if self.events.is_empty() {
            fields.fault("/events", "A webhook that hears of nothing is of no use. Name at least one.");
        }
        let url = fields.take("/url", site_url(&self.url, is_local));
        fields.finish(url.map(|url| NewWebhook { kinds: self.events, url: url.into() }))
    }
}

impl Words for UrlFault {
    fn words(&self) -> String {
        match self {
            Self::Private => "It doesn’t lead to the public internet. Send an address that does.".to_owned(),
            Self::TooLong => format!("It’s too long: {LONGEST_URL} bytes at most."),
            Self::Unfit => "It’s no https address. Send one as https://club.example/simlane.".to_owned(),
        }
    }
}

/// Webhooks of a club
///
/// The oldest first, those that are switched off included. Scope: `webhooks:write`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/webhooks",
    operation_id = "list_webhooks",
    tag = "webhooks",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery),
    responses((status = 200, description = "A page of webhooks.", body = Page<Webhook>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    paging: Paging,
) -> Result<Listed<Webhook>, Problem> {
    let club = call.club(club, Scope::WebhooksWrite)?;
    let found = api.service().webhooks(club, paging.after()?, paging.wanted()).await?;
    paging.page(found, |webhook| webhook.id, Webhook::from)
}

/// Make a webhook
///
/// From now on, whatever changes is told there within moments: a POST that says what has changed of which event, signed with the secret that the answer
/// shows once. Ten at most. Scope: `webhooks:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/webhooks",
    operation_id = "make_webhook",
    tag = "webhooks",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = WebhookBody,
    responses((status = 201, description = "The webhook.", body = FreshWebhook)),
)]
async fn make(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<WebhookBody>,
) -> Result<(StatusCode, Json<FreshWebhook>), Problem> {
    let club = call.club(club, Scope::WebhooksWrite)?;
    let new = body.read(api.0.public_url.is_local())?;
    let made = api.service().make_webhook(club, new, call.doer(), call.request_id()).await?;
    let full =
        || Problem::Conflict(format!("The club has {MAX_WEBHOOKS} webhooks already. Delete one first."));
    Ok((StatusCode::CREATED, Json(made.ok_or_else(full)?.into())))
}

/// Delete a webhook
///
/// It hears nothing any more, not even what it was yet to be told. Scope: `webhooks:write`.
#[utoipa::path(
    delete,
    path = "/clubs/{club}/webhooks/{webhook}",
    operation_id = "delete_webhook",
    tag = "webhooks",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("webhook" = uuid::Uuid, Path, description = "The webhook’s identifier."),
    ),
    responses((status = 204, description = "It is deleted.")),
)]
async fn remove(
    State(api): State<Api>,
    call: Call,
    Path((club, webhook)): Path<(ClubId, WebhookId)>,
) -> Result<StatusCode, Problem> {
    let club = call.club(club, Scope::WebhooksWrite)?;
    if api.service().delete_webhook(club, webhook, call.doer(), call.request_id()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::NotFound("The club has no such webhook.".to_owned()))
    }
}

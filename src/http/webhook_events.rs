//! `POST /webhook-events`: what Discord tells the application about itself.
//!
//! See [Discord Docs/Webhook Events](https://docs.discord.com/developers/events/webhook-events).

use axum::{
    extract::State,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::Public;
use crate::interaction::{
    desk::{Desk, Install},
    verify::Signed,
};

/// The application was added to a guild, or to an account.
const AUTHORIZED: &str = "APPLICATION_AUTHORIZED";
/// It was taken away from one of them, and it isn't told from which.
const DEAUTHORIZED: &str = "APPLICATION_DEAUTHORIZED";

#[derive(Deserialize)]
struct Envelope {
    event: Option<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Value,
}

/// What is told of an installation. One to an account names no guild.
#[derive(Deserialize)]
struct Authorized {
    guild: Option<AddedTo>,
    user: Account,
}

#[derive(Deserialize)]
struct AddedTo {
    id: Id<GuildMarker>,
    name: Option<String>,
    preferred_locale: Option<String>,
}

#[derive(Deserialize)]
struct Account {
    id: Id<UserMarker>,
}

/// Acknowledges a signed event, and Discord's PING, with an empty 204. What couldn't be noted gets a 500, so that Discord tells it
/// again.
pub(super) async fn receive<D: Desk>(
    State(public): State<Public<D>>,
    signed: Signed,
) -> (StatusCode, [(header::HeaderName, &'static str); 1]) {
    let status = match serde_json::from_slice::<Envelope>(signed.body()) {
        Ok(Envelope { event: Some(event) }) => take(&public, event).await,
        Ok(Envelope { event: None }) => {
            tracing::debug!("webhook events pinged");
            StatusCode::NO_CONTENT
        }
        Err(_) => {
            tracing::warn!("unreadable webhook event");
            StatusCode::NO_CONTENT
        }
    };
    // Discord asks for a valid content type, of nothing.
    (status, [(header::CONTENT_TYPE, "application/json")])
}

async fn take<D: Desk>(public: &Public<D>, event: Event) -> StatusCode {
    tracing::info!(event = event.name(), "webhook event");
    if event.kind == DEAUTHORIZED {
        public.dispatcher.deps().removed(&public.ids.reference());
    }
    if event.kind != AUTHORIZED {
        return StatusCode::NO_CONTENT;
    }
    let Ok(authorized) = serde_json::from_value::<Authorized>(event.data) else {
        tracing::warn!("unreadable webhook event");
        return StatusCode::NO_CONTENT;
    };
    let Some(guild) = authorized.guild else { return StatusCode::NO_CONTENT };
    let install =
        Install { by: authorized.user.id, guild: guild.id, locale: guild.preferred_locale, name: guild.name };
    match public.dispatcher.deps().installed(install, &public.ids.reference()).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::error!(%error, "an installation could not be noted; Discord tells it again");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

impl Event {
    /// The event's name as Discord's documentation has it.
    fn name(&self) -> &'static str {
        [AUTHORIZED, DEAUTHORIZED].into_iter().find(|known| *known == self.kind).unwrap_or("another")
    }
}

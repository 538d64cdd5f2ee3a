//! The routes under `/webhooks/{webhook_id}/{webhook_token}` and `/interactions/{interaction_id}/{interaction_token}/callback`.
//!
//! Every function here has the shape of a `rest::Handler`; the route table names them.

use crate::{
    Discord,
    model::State,
    rest::{Answer, ApiError, Request},
};

/// `POST /interactions/{interaction_id}/{interaction_token}/callback`
pub(crate) fn callback(_: &Discord, _: &mut State, _: &Request) -> Result<Answer, ApiError> {
    Err(ApiError::new(404, 10062, "Unknown interaction"))
}

/// `POST /webhooks/{webhook_id}/{webhook_token}`
pub(crate) fn execute(_: &Discord, _: &mut State, _: &Request) -> Result<Answer, ApiError> {
    Err(ApiError::new(404, 10015, "Unknown Webhook"))
}

/// `GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn get_message(_: &Discord, _: &mut State, _: &Request) -> Result<Answer, ApiError> {
    Err(ApiError::new(404, 10015, "Unknown Webhook"))
}

/// `PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn edit_message(_: &Discord, _: &mut State, _: &Request) -> Result<Answer, ApiError> {
    Err(ApiError::new(404, 10015, "Unknown Webhook"))
}

/// `DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn delete_message(_: &Discord, _: &mut State, _: &Request) -> Result<Answer, ApiError> {
    Err(ApiError::new(404, 10015, "Unknown Webhook"))
}

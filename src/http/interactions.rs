//! `POST /interactions`: what people do on Discord.

use axum::extract::State;
use tracing::Span;

use super::Public;
use crate::interaction::{
    answer::Callback,
    desk::Desk,
    dispatch::unreadable,
    incoming::{self, Reading},
    verify::Signed,
};

/// Answers a signed interaction; always with 200, whatever it holds.
pub(super) async fn receive<D: Desk>(State(public): State<Public<D>>, signed: Signed) -> Callback {
    match incoming::read(&signed) {
        Reading::Ping => Callback::pong(),
        Reading::Incoming(incoming) => {
            Span::current().record("request_id", incoming.context.request_id.as_str());
            public.dispatcher.answer(*incoming).await
        }
        Reading::UnreadableCompletion => Callback::choices(Vec::new()),
        Reading::Unreadable => {
            tracing::warn!("unreadable interaction");
            unreadable()
        }
    }
}

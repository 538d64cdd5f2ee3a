//! The REST API: from a connection to an answer.

mod answer;
mod request;

use std::sync::Weak;

use tokio::net::TcpListener;

pub(crate) use answer::{Answer, ApiError, FormErrors};
pub(crate) use request::Request;

use crate::{Discord, discord::Inner, model::State};

/// What answers a route. It sees everything under the lock, so it must not lock again.
pub(crate) type Handler = fn(&Discord, &mut State, &Request) -> Result<Answer, ApiError>;

/// Accepts connections until the sandbox is gone.
pub(crate) async fn serve(listener: TcpListener, discord: Weak<Inner>) {
    let _ = (listener, discord);
}

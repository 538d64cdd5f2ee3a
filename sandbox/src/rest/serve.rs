//! Connections: bytes in, bytes out, and connections that are closed without an answer.

use std::{convert::Infallible, sync::Weak};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Response, StatusCode, Uri},
    response::{IntoResponse as _, Redirect},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::{
    pipeline,
    uploads::{self, Upload},
};
use crate::{Discord, attachments, discord::Inner, oauth};

/// Discord's own limit is about this much.
const BODY_MAX: usize = 25 * 1024 * 1024;

/// A request as it came.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) method: String,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) files: Vec<Upload>,
}

/// A connection is to be closed without an answer.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection was dropped")]
pub(super) struct Dropped;

/// Accepts connections until the sandbox is gone.
pub(crate) async fn serve(listener: TcpListener, discord: Weak<Inner>) -> Infallible {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(stream, discord.clone()))),
            // Out of file descriptors, most likely: others have to end first.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
}

async fn connection(stream: TcpStream, discord: Weak<Inner>) {
    // Answers are small and people wait for them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(discord.clone(), request));
    // An error is a client that hung up, or a connection that a fault dropped.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(discord: Weak<Inner>, request: hyper::Request<Incoming>) -> Result<Response<Body>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(Body::new(body), BODY_MAX).await.map_err(|_| Dropped)?;
    let discord = Discord(discord.upgrade().ok_or(Dropped)?);
    if parts.uri.path().starts_with("/attachments/") {
        return Ok(attachments::answer(discord, &parts.uri).await);
    }
    if parts.method == Method::GET && parts.uri.path().starts_with("/channels/") {
        return Ok(client(&discord, &parts.uri));
    }
    if let Some(page) = oauth::answer(&discord, parts.method.as_str(), &parts.uri, &body).await {
        return Ok(page);
    }
    let (body, files) = uploads::split(&parts.headers, body).await;
    let raw = Raw { method: parts.method.to_string(), uri: parts.uri, headers: parts.headers, body, files };
    // In a task of its own: what Discord has received goes on when the client hangs up.
    tokio::spawn(pipeline::run(discord, raw)).await.map_err(|_| Dropped)?
}

/// Where people open Discord itself: the page that shows it.
fn client(discord: &Discord, uri: &Uri) -> Response<Body> {
    match discord.page() {
        Some(page) => Redirect::to(&format!("{page}{}", uri.path())).into_response(),
        None => (StatusCode::NOT_FOUND, "Nobody shows this Discord on a page.").into_response(),
    }
}

//! Handing files out, as Discord's CDN does.

use std::{future::pending, io::Cursor};

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri, header},
    response::IntoResponse as _,
};
use tokio::io::{AsyncReadExt as _, repeat};
use tokio_util::io::ReaderStream;

use super::{Attachment, Served};
use crate::{Discord, rest::query};

const MEBIBYTE: u64 = 1024 * 1024;
/// What the CDN says for every address that it doesn't know, or no longer.
const GONE: &str = "This content is no longer available.";

/// `GET /attachments/{channel_id}/{attachment_id}/{filename}`. Whoever is kept waiting doesn't keep the sandbox.
pub(crate) async fn answer(discord: Discord, uri: &Uri) -> Response<Body> {
    let found = find(&discord, uri);
    drop(discord);
    match found.as_ref().map(|attachment| &attachment.served) {
        None | Some(Served::Gone) => (StatusCode::NOT_FOUND, GONE).into_response(),
        Some(Served::Redirected(to)) => (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response(),
        Some(Served::Hanging) => pending().await,
        Some(Served::AsItIs | Served::Streamed { .. }) => found.map_or_else(Response::default, file),
    }
}

/// The file at an address that is signed and hasn't expired.
fn find(discord: &Discord, uri: &Uri) -> Option<Attachment> {
    let id = uri.path().split('/').nth(3)?.parse().ok()?;
    let signed = query(uri.query()?);
    let signature = signed.iter().find(|(name, _)| name == "hm").map(|(_, value)| value.clone())?;
    let now = discord.now();
    discord.with(|state| {
        let file = state.files.get(&id)?;
        let fits = file.path == uri.path() && file.signature == signature && now < file.expires;
        fits.then(|| file.attachment.clone())
    })
}

fn file(attachment: Attachment) -> Response<Body> {
    let body = match attachment.served {
        Served::Streamed { mebibytes } => {
            let more = (mebibytes * MEBIBYTE).saturating_sub(attachment.content.len() as u64);
            let content = Cursor::new(attachment.content).chain(repeat(b'x').take(more));
            Body::from_stream(ReaderStream::new(content))
        }
        _ => Body::from(attachment.content),
    };
    let kind = attachment.content_type.as_deref().unwrap_or("application/octet-stream");
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

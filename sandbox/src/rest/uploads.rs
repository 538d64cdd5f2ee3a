//! Files that come with a request, as parts of a form. See Discord Docs/Reference, Uploading Files.

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, multipart::MultipartError},
    http::{HeaderMap, Request, header::CONTENT_TYPE},
};

/// A file that came with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// What is in it.
    pub(crate) content: Vec<u8>,
    /// Its name.
    pub(crate) filename: String,
    /// The `n` of `files[n]`.
    pub(crate) number: u64,
}

/// The JSON of a request, and its files. What is no form stays as it came, and so does a form that can't be read.
pub(super) async fn split(headers: &HeaderMap, body: Bytes) -> (Bytes, Vec<Upload>) {
    match form(headers, body.clone()).await {
        Ok(Some(split)) => split,
        Ok(None) | Err(_) => (body, Vec::new()),
    }
}

async fn form(headers: &HeaderMap, body: Bytes) -> Result<Option<(Bytes, Vec<Upload>)>, MultipartError> {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return Ok(None) };
    let mut request = Request::new(Body::from(body));
    request.headers_mut().insert(CONTENT_TYPE, kind.clone());
    DefaultBodyLimit::disable().apply(&mut request);
    let Ok(mut parts) = Multipart::from_request(request, &()).await else { return Ok(None) };
    let (mut json, mut files) = (Bytes::new(), Vec::new());
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')?.parse().ok());
        let filename = part.file_name().unwrap_or_default().to_owned();
        let content = part.bytes().await?;
        match number {
            Some(number) => files.push(Upload { content: content.to_vec(), filename, number }),
            None if name == "payload_json" => json = content,
            None => {}
        }
    }
    Ok(Some((json, files)))
}

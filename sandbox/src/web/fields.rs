//! The fields of a form that was sent.

use std::str::FromStr;

use axum::{
    extract::{Form, FromRequest, Multipart, Request},
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};

use crate::{Attachment, people::Unavailable};

/// The fields of a form that was sent, in order; a name can come more than once.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    texts: Vec<(String, String)>,
    files: Vec<(String, Attachment)>,
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    /// Reads a form of either encoding.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = Form::from_request(request, state).await;
            return form.map(|Form(texts)| Self::new(texts)).map_err(|error| error.into_response());
        }
        let parts = Multipart::from_request(request, state).await.map_err(|error| error.into_response())?;
        Self::of_parts(parts).await.map_err(|error| error.into_response())
    }
}

impl Fields {
    pub(super) const fn new(texts: Vec<(String, String)>) -> Self {
        Self { texts, files: Vec::new() }
    }

    async fn of_parts(mut parts: Multipart) -> Result<Self, axum::extract::multipart::MultipartError> {
        let mut fields = Self::default();
        while let Some(part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                None => fields.texts.push((name, part.text().await?)),
                // Nothing was chosen.
                Some(filename) if filename.is_empty() => {}
                Some(filename) => {
                    let file = Attachment::new(&filename, part.bytes().await?);
                    fields.files.push((name, file));
                }
            }
        }
        Ok(fields)
    }

    /// Every file whose field's name begins so, without that beginning.
    pub(super) fn files_below<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Attachment)> {
        self.files.iter().filter_map(move |(name, file)| Some((name.strip_prefix(prefix)?, file)))
    }

    /// The first value of a name without the space around it, empty if there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a name exactly as it was typed, empty if there is none.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.texts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name that isn't empty.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, v)| v.as_str())
    }

    /// Every field whose name begins so, without that beginning.
    pub(super) fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The first value of a name, as something else.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, Unavailable> {
        let value = self.get(name);
        value.parse().map_err(|_| Unavailable(format!("{value:?} can’t be taken for {name}.")))
    }
}

//! Files that people attach to a command and that the service sends, and what becomes of whoever fetches them.

mod receive;
mod serve;
#[cfg(test)]
mod tests;

use std::{fmt, time::Duration};

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

pub(crate) use receive::receive;
pub(crate) use serve::answer;

use crate::{Discord, Snowflake, model::State};

/// How long the address of a file works.
const ADDRESS_LIFE: Duration = Duration::from_secs(24 * 3_600);

/// What a file's name can't have in it as it is, in an address.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// A file that somebody attaches to a command.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub filename: String,
    /// What Discord takes it for, such as `text/csv`, if it can tell.
    pub content_type: Option<String>,
    /// What is in it.
    pub content: Vec<u8>,
    /// The size in bytes that the interaction tells, if that is a lie.
    pub claimed_size: Option<u64>,
    /// The address that the interaction tells, if it isn't the sandbox's own.
    pub url: Option<String>,
    /// What becomes of whoever fetches it from the sandbox.
    pub served: Served,
}

/// What becomes of whoever fetches a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Served {
    /// They get it.
    #[default]
    AsItIs,
    /// They are sent to another address.
    Redirected(String),
    /// They get it with so many mebibytes in all, and no header tells how much it will be.
    Streamed {
        /// The size, 1,048,576 bytes each.
        mebibytes: u64,
    },
    /// It is gone: 404.
    Gone,
    /// Nothing comes, and the connection stays open.
    Hanging,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.content.len();
        f.debug_struct("Attachment")
            .field("filename", &self.filename)
            .field("bytes", &bytes)
            .finish_non_exhaustive()
    }
}

impl Attachment {
    /// A file of this name, whose type its ending tells.
    #[must_use]
    pub fn new(filename: &str, content: impl Into<Vec<u8>>) -> Self {
        Self {
            filename: filename.to_owned(),
            content_type: type_of(filename).map(str::to_owned),
            content: content.into(),
            claimed_size: None,
            url: None,
            served: Served::AsItIs,
        }
    }

    /// The file, taken for another type.
    #[must_use]
    pub fn of_type(self, content_type: &str) -> Self {
        Self { content_type: Some(content_type.to_owned()), ..self }
    }

    /// The file, told to have so many bytes.
    #[must_use]
    pub fn claiming(self, bytes: u64) -> Self {
        Self { claimed_size: Some(bytes), ..self }
    }

    /// The file, told to be at another address altogether.
    #[must_use]
    pub fn elsewhere(self, url: &str) -> Self {
        Self { url: Some(url.to_owned()), ..self }
    }

    /// The file, served like this.
    #[must_use]
    pub fn served(self, served: Served) -> Self {
        Self { served, ..self }
    }
}

/// What Discord takes a file for by the ending of its name.
fn type_of(filename: &str) -> Option<&'static str> {
    let (_, ending) = filename.rsplit_once('.')?;
    Some(match ending.to_lowercase().as_str() {
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => return None,
    })
}

/// A file that was attached.
#[derive(Clone, Debug)]
pub(crate) struct File {
    attachment: Attachment,
    /// What the end of its path has to be: channel, id and name.
    path: String,
    /// Until when its address works.
    expires: Timestamp,
    /// What `hm` in its address has to be.
    signature: String,
    /// As `resolved` has it.
    pub(crate) json: Value,
}

impl Discord {
    /// Takes a file that somebody attaches in a channel, or sends there.
    pub(crate) fn attach(&self, state: &mut State, channel: Snowflake, attachment: Attachment) -> Snowflake {
        let now = self.now();
        let id = state.id(now);
        let expires = now.checked_add(ADDRESS_LIFE).unwrap_or(Timestamp::MAX);
        let path = format!("/attachments/{channel}/{id}/{}", encoded(&attachment.filename));
        let signature = self.sign(b"attachment", &path).chars().take(64).collect::<String>();
        let query = format!("ex={:x}&is={:x}&hm={signature}", expires.as_second(), now.as_second());
        let own = format!("{}{path}?{query}", self.url());
        let url = attachment.url.as_ref().unwrap_or(&own);
        let size = attachment.claimed_size.unwrap_or(attachment.content.len() as u64);
        let mut json = json!({
            "id": id, "filename": attachment.filename, "size": size, "url": url, "proxy_url": url, "ephemeral": true,
        });
        if let Some(kind) = &attachment.content_type {
            json["content_type"] = json!(kind);
        }
        state.files.insert(id, File { attachment, path, expires, signature, json });
        id
    }
}

/// A name in a path.
fn encoded(name: &str) -> String {
    utf8_percent_encode(name, IN_PATH).to_string()
}

//! Scheduled events: what a request for one says.
//!
//! Built here and not by twilight, whose builders take a reason for the audit log and leave it out of these requests.

use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};
use twilight_http::{
    Error,
    request::{Request, RequestBuilder},
    routing::Route,
};

/// External: it takes place outside of Discord. See Discord Docs/Guild Scheduled Event, Entity Types.
const EXTERNAL: u8 = 3;
/// Only for members of the guild; there is no other level.
const GUILD_ONLY: u8 = 2;
/// Where a call says why it is made. See Discord Docs/Audit Log.
const REASON: HeaderName = HeaderName::from_static("x-audit-log-reason");

/// A scheduled event to be made that takes place outside of Discord's voice channels: Discord starts and ends it by itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewEvent {
    /// What it is about, 1 to 1,000 characters.
    pub description: String,
    /// When it ends, after its start.
    pub ends: Timestamp,
    /// Where it takes place, in words: 1 to 100 characters.
    pub location: String,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// When it starts, in the future.
    pub starts: Timestamp,
}

/// What to change about a scheduled event. What is `None` is left out of the request and stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EventEdit {
    /// What it is about, 1 to 1,000 characters.
    pub description: Option<String>,
    /// When it ends.
    pub ends: Option<Timestamp>,
    /// Where it takes place, in words: 1 to 100 characters.
    pub location: Option<String>,
    /// Its name, 1 to 100 characters.
    pub name: Option<String>,
    /// When it starts, in the future; not of one that is on.
    pub starts: Option<Timestamp>,
}

/// The body that makes one.
pub(super) fn created(event: &NewEvent) -> Value {
    let NewEvent { description, ends, location, name, starts } = event;
    json!({
        "description": description,
        "entity_metadata": { "location": location },
        "entity_type": EXTERNAL,
        "name": name,
        "privacy_level": GUILD_ONLY,
        "scheduled_end_time": ends.to_string(),
        "scheduled_start_time": starts.to_string(),
    })
}

/// The body that changes one: what changes, and no more.
pub(super) fn edited(edit: &EventEdit) -> Value {
    let EventEdit { description, ends, location, name, starts } = edit;
    let fields = [
        ("description", description.as_ref().map(|text| json!(text))),
        ("entity_metadata", location.as_ref().map(|location| json!({ "location": location }))),
        ("name", name.as_ref().map(|name| json!(name))),
        ("scheduled_end_time", ends.map(|at| json!(at.to_string()))),
        ("scheduled_start_time", starts.map(|at| json!(at.to_string()))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// A request with its reason.
pub(super) fn request(route: &Route<'_>, body: Option<&Value>, reason: &str) -> Result<Request, Error> {
    let reason = utf8_percent_encode(reason, NON_ALPHANUMERIC).to_string();
    // What is percent-encoded is ASCII, which any header holds.
    let headers = HeaderValue::from_str(&reason).into_iter().map(|reason| (REASON, reason));
    let request = RequestBuilder::new(route).headers(headers);
    body.into_iter().fold(request, RequestBuilder::json).build()
}

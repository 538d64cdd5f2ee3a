//! Files that the service sends with a message.

use serde_json::{Map, Value};

use super::Attachment;
use crate::{
    Discord, Snowflake,
    interaction::components::{all, kind, text, type_of},
    model::State,
    rest::{ApiError, FormErrors, Upload},
};

/// The largest file, in bytes. See Discord Docs/Reference, Uploading Files.
const FILE_MAX: usize = 10 * 1024 * 1024;
/// How many files a message has at most.
const FILES_MAX: usize = 10;

/// Takes files that come with a message into a channel: with them and with those of its files that the body keeps, `attachments` is what
/// the message has then. A body that names a file which isn't there is refused.
pub(crate) fn receive(
    discord: &Discord,
    state: &mut State,
    channel: Snowflake,
    (body, files): (&mut Map<String, Value>, &[Upload]),
    had: &[Value],
) -> Result<(), ApiError> {
    if files.iter().any(|file| file.content.len() > FILE_MAX) {
        return Err(ApiError::new(413, 40005, "Request entity too large"));
    }
    let mut errors = FormErrors::default();
    let wanted = body.get("attachments").and_then(Value::as_array).cloned();
    let mut has = if wanted.is_some() { Vec::new() } else { had.to_vec() };
    let listed =
        wanted.unwrap_or_else(|| files.iter().map(|file| serde_json::json!({ "id": file.number })).collect());
    for (at, wanted) in listed.iter().enumerate() {
        let id = id_of(wanted);
        let new = files.iter().find(|file| Some(file.number) == id);
        let old = had.iter().find(|one| id_of(one) == id);
        match (new, old) {
            (Some(file), _) => {
                let name = Some(text(wanted, "filename")).filter(|name| !name.is_empty());
                let attachment = Attachment::new(name.unwrap_or(&file.filename), file.content.clone());
                let taken = discord.attach(state, channel, attachment);
                has.extend(state.files.get(&taken).map(|file| file.json.clone()));
            }
            (None, Some(old)) => has.push(old.clone()),
            (None, None) => {
                let path = format!("attachments.{at}.id");
                errors.add(&path, "ATTACHMENT_NOT_FOUND", "Attachment data not found");
            }
        }
    }
    if has.len() > FILES_MAX {
        errors.add("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    missing(body, &has, &mut errors);
    errors.finish()?;
    if !files.is_empty() || body.contains_key("attachments") {
        body.insert("attachments".to_owned(), has.into());
    }
    Ok(())
}

/// Notes the files that components show and that aren't there.
fn missing(body: &Map<String, Value>, has: &[Value], errors: &mut FormErrors) {
    let components = body.get("components").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for shown in all(components).into_iter().filter(|component| type_of(component) == kind::FILE) {
        let name = text(&shown["file"], "url").trim_start_matches("attachment://");
        if !has.iter().any(|attachment| text(attachment, "filename") == name) {
            let message = format!("The referenced attachment {name} could not be found");
            errors.add("components", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message);
        }
    }
}

/// An id, as text or as a number.
fn id_of(attachment: &Value) -> Option<u64> {
    let id = &attachment["id"];
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}

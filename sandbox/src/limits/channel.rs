//! What a channel may be made of. See Discord Docs/Resources/Guild, Create Guild Channel, and Resources/Channel, Modify Channel.

use serde_json::{Map, Value};

use super::{
    form::{Form, bits},
    thread::auto_archive,
};
use crate::{
    Permissions, Snowflake,
    model::{ChannelKind, Overwrite, OverwriteKind},
    rest::{ApiError, FormErrors},
};

/// What a create or an edit of a channel asks for; what was left out is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChannelForm {
    pub(crate) kind: Option<ChannelKind>,
    pub(crate) name: Option<String>,
    /// `Some(None)` takes it away.
    pub(crate) topic: Option<Option<String>>,
    /// `Some(None)` takes it out of its category.
    pub(crate) parent: Option<Option<Snowflake>>,
    pub(crate) position: Option<u64>,
    pub(crate) overwrites: Option<Vec<Overwrite>>,
    pub(crate) nsfw: Option<bool>,
    pub(crate) bitrate: Option<u64>,
    pub(crate) user_limit: Option<u64>,
    pub(crate) rate_limit_per_user: Option<u64>,
    pub(crate) archived: Option<bool>,
    pub(crate) locked: Option<bool>,
    pub(crate) invitable: Option<bool>,
    pub(crate) auto_archive_minutes: Option<u64>,
}

impl ChannelForm {
    /// Reads a body; `kind` is what the channel is, or for a create nothing.
    pub(crate) fn read(body: &Map<String, Value>, kind: Option<ChannelKind>) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        let wanted = kind.or_else(|| wanted_kind(&mut form));
        let name =
            if kind.is_none() { form.required_text("name", 1, 100) } else { form.text("name", 1, 100) };
        let mut read = Self {
            kind: wanted,
            topic: form.has("topic").then(|| form.text("topic", 0, 1024).map(str::to_owned)),
            parent: form.has("parent_id").then(|| form.id("parent_id")),
            position: form.number("position", 0, i32::MAX as u64),
            nsfw: form.boolean("nsfw"),
            bitrate: form.number("bitrate", 8_000, 96_000),
            user_limit: form.number("user_limit", 0, 99),
            rate_limit_per_user: form.number("rate_limit_per_user", 0, 21_600),
            archived: form.boolean("archived"),
            locked: form.boolean("locked"),
            invitable: form.boolean("invitable"),
            auto_archive_minutes: auto_archive(&mut form),
            overwrites: overwrites(&mut form),
            name: None,
        };
        read.name = match (name, wanted) {
            (Some(name), Some(kind)) => Some(named(&mut form, name, kind)),
            (Some(_), None) | (None, _) => None,
        };
        errors.finish()?;
        Ok(read)
    }
}

fn wanted_kind(form: &mut Form<'_, '_>) -> Option<ChannelKind> {
    let Some(number) = form.number("type", 0, u64::MAX) else { return Some(ChannelKind::Text) };
    let kind = ChannelKind::creatable(number);
    if kind.is_none() {
        form.refuse("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4, 5, 13, 14, 15, 16}.");
    }
    kind
}

fn named(form: &mut Form<'_, '_>, asked: &str, kind: ChannelKind) -> String {
    let name = channel_name(asked, kind);
    if name.is_empty() && !asked.is_empty() {
        form.refuse("name", "BASE_TYPE_REQUIRED", "This field is required");
    }
    name
}

/// The name that Discord makes of one that was asked for: a text channel's is lower case, with dashes for spaces and
/// without punctuation.
pub(crate) fn channel_name(asked: &str, kind: ChannelKind) -> String {
    if kind != ChannelKind::Text {
        return asked.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut name = String::with_capacity(asked.len());
    for letter in asked.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            '-' | ' ' if name.ends_with('-') => {}
            letter if letter.is_whitespace() => name.push('-'),
            '-' | '_' => name.push(letter),
            letter if letter.is_ascii_punctuation() || letter.is_control() => {}
            letter => name.push(letter),
        }
    }
    name.trim_matches('-').to_owned()
}

fn overwrites(form: &mut Form<'_, '_>) -> Option<Vec<Overwrite>> {
    let list = form.list("permission_overwrites", 0, 100)?;
    let path = form.path("permission_overwrites");
    let mut read: Vec<Overwrite> = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(fields) = entry.as_object() else {
            form.errors.add(&path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            continue;
        };
        let mut entry = Form::new(fields, &path, form.errors);
        let Some(id) = entry.id("id") else {
            entry.errors.required(&format!("{path}.id"));
            continue;
        };
        if let Some(overwrite) = overwrite(&mut entry, id) {
            read.retain(|known| known.id != id);
            read.push(overwrite);
        }
    }
    Some(read)
}

/// Reads the body of `PUT /channels/{channel_id}/permissions/{overwrite_id}`.
pub(crate) fn overwrite_form(body: &Map<String, Value>, id: Snowflake) -> Result<Overwrite, ApiError> {
    let mut errors = FormErrors::default();
    let read = overwrite(&mut Form::new(body, "", &mut errors), id);
    errors.finish()?;
    read.ok_or_else(|| ApiError::new(400, 50035, "Invalid Form Body"))
}

fn overwrite(form: &mut Form<'_, '_>, id: Snowflake) -> Option<Overwrite> {
    let kind = match form.get("type").and_then(bits) {
        Some(0) => Some(OverwriteKind::Role),
        Some(1) => Some(OverwriteKind::Member),
        Some(_) => {
            form.refuse("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 1}.");
            None
        }
        None => {
            let path = form.path("type");
            form.errors.required(&path);
            None
        }
    };
    let allow = permissions(form, "allow");
    let deny = permissions(form, "deny");
    Some(Overwrite { id, kind: kind?, allow: allow?, deny: deny? })
}

fn permissions(form: &mut Form<'_, '_>, name: &str) -> Option<Permissions> {
    let Some(value) = form.get(name) else { return Some(Permissions::NONE) };
    let read = bits(value);
    if read.is_none() {
        form.refuse(name, "NUMBER_TYPE_COERCE", format!("Value {value} is not int."));
    }
    read.map(Permissions::from_bits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_channels_name_is_made_safe_and_others_keep_theirs() {
        let text = |asked| channel_name(asked, ChannelKind::Text);
        assert_eq!(text("Sim Cup  Spa 24h!"), "sim-cup-spa-24h");
        assert_eq!(text("  --Ünter__Ring-- "), "ünter__ring");
        assert_eq!(text("🏁 Race Day"), "🏁-race-day");
        assert_eq!(text("@everyone"), "everyone");
        assert_eq!(text("!!!"), "");
        assert_eq!(channel_name("Race  Voice!", ChannelKind::Voice), "Race Voice!");
    }

    #[test]
    fn every_wrong_field_is_named_where_it_is() {
        let body = json!({
            "name": "", "type": 99, "bitrate": 1, "user_limit": 100, "topic": "x".repeat(1025),
            "permission_overwrites": [{ "id": "12", "type": 7, "allow": "many" }],
        });
        let error = ChannelForm::read(body.as_object().unwrap(), None).unwrap_err();
        assert_eq!((error.status, error.code), (400, 50035));
        let errors = error.errors.unwrap();
        let code = |pointer: &str| errors.pointer(&format!("{pointer}/_errors/0/code")).cloned();
        assert_eq!(code("/name"), Some(json!("BASE_TYPE_BAD_LENGTH")));
        assert_eq!(code("/type"), Some(json!("BASE_TYPE_CHOICES")));
        assert_eq!(code("/bitrate"), Some(json!("NUMBER_TYPE_MIN")));
        assert_eq!(code("/user_limit"), Some(json!("NUMBER_TYPE_MAX")));
        assert_eq!(code("/topic"), Some(json!("BASE_TYPE_MAX_LENGTH")));
        assert_eq!(code("/permission_overwrites/0/type"), Some(json!("BASE_TYPE_CHOICES")));
        assert_eq!(code("/permission_overwrites/0/allow"), Some(json!("NUMBER_TYPE_COERCE")));
    }

    #[test]
    fn what_is_left_out_differs_from_what_is_taken_away() {
        let body =
            json!({ "parent_id": null, "permission_overwrites": [{ "id": 5, "type": 0, "deny": "1024" }] });
        let form = ChannelForm::read(body.as_object().unwrap(), Some(ChannelKind::Text)).unwrap();
        assert_eq!((form.parent, form.topic), (Some(None), None));
        let overwrite = form.overwrites.unwrap()[0];
        assert_eq!((overwrite.id, overwrite.deny), (Snowflake::new(5), Permissions::VIEW_CHANNEL));
    }
}

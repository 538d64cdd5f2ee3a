//! What a message may hold. See Discord Docs/Resources/Message, and Components/Reference.

use super::{component, form::Form};

/// Characters of a message that isn't made of components.
const CONTENT_MAX: usize = 2_000;
/// Characters of all embeds of a message.
const EMBEDS_TEXT_MAX: usize = 6_000;

/// Which rules a message is under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MessageLimits {
    /// Whether everything in it is a component.
    pub(crate) v2: bool,
    /// Whether it was so before this edit.
    pub(crate) was_v2: bool,
}

/// Notes everything in a message's body that breaks a limit.
pub(crate) fn message_limits(form: &mut Form<'_, '_>, limits: MessageLimits) {
    if limits.v2 {
        no_legacy_fields(form);
        component::v2(form);
    } else {
        form.text("content", 0, CONTENT_MAX);
        component::legacy(form);
        embeds(form);
    }
    if limits.was_v2
        && form.has("flags")
        && form.get("flags").and_then(serde_json::Value::as_u64).is_some_and(is_legacy)
    {
        let message = "The IS_COMPONENTS_V2 flag cannot be removed from a message";
        form.refuse("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message);
    }
    if form.get("nonce").is_some_and(serde_json::Value::is_string) {
        form.text("nonce", 0, 25);
    }
}

const fn is_legacy(flags: u64) -> bool {
    flags & crate::Message::COMPONENTS_V2 == 0
}

fn no_legacy_fields(form: &mut Form<'_, '_>) {
    for name in ["content", "embeds", "poll", "sticker_ids"] {
        let empty = form.get(name).is_none_or(|value| match value {
            serde_json::Value::String(text) => text.is_empty(),
            serde_json::Value::Array(list) => list.is_empty(),
            _ => false,
        });
        if !empty {
            let message =
                format!("The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
            form.refuse(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
        }
    }
}

fn embeds(form: &mut Form<'_, '_>) {
    let Some(embeds) = form.list("embeds", 0, 10) else { return };
    let mut characters = 0;
    for (index, embed) in embeds.iter().enumerate() {
        let path = format!("{}.{index}", form.path("embeds"));
        let Some(fields) = embed.as_object() else { continue };
        let mut embed = Form::new(fields, &path, form.errors);
        for (name, max) in [("title", 256), ("description", 4_096)] {
            characters += embed.text(name, 0, max).map_or(0, |text| text.chars().count());
        }
        let listed = embed.list("fields", 0, 25).unwrap_or_default();
        for (index, field) in listed.iter().enumerate() {
            let path = format!("{path}.fields.{index}");
            let Some(fields) = field.as_object() else { continue };
            let mut field = Form::new(fields, &path, embed.errors);
            for (name, max) in [("name", 256), ("value", 1_024)] {
                characters += field.required_text(name, 1, max).map_or(0, |text| text.chars().count());
            }
        }
    }
    if characters > EMBEDS_TEXT_MAX {
        let message = format!("Embed size exceeds maximum size of {EMBEDS_TEXT_MAX}");
        form.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

//! Discord's error answers: what they say, and which [`Class`] that is.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::error::{Class, Full, Gone};

/// How much of Discord's message an error keeps, in characters.
const MESSAGE_LENGTH: usize = 200;

/// How many of a form's faults an error names.
const FAULTS_NAMED: usize = 5;

/// The body of an error answer. Every field may be missing: what stands between Discord and us answers in HTML.
///
/// See [Discord Docs/Error Messages](https://docs.discord.com/developers/reference#error-messages).
#[derive(Debug, Default, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    code: u32,
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Value,
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
    /// Whether the body was Discord's own.
    #[serde(skip)]
    pub(super) genuine: bool,
}

impl Refusal {
    /// Reads a body, whatever it holds.
    pub(super) fn parse(body: &[u8]) -> Self {
        serde_json::from_slice(body).map_or_else(|_| Self::default(), |read| Self { genuine: true, ..read })
    }

    /// Discord's code, 0 when it gave none.
    pub(super) const fn code(&self) -> u32 {
        self.code
    }

    /// Whether a 429 with this body is about the bot as a whole.
    pub(super) const fn global(&self) -> bool {
        self.global
    }

    /// How long to wait, when the body says so.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    /// Whether it is a limit that passes by itself, with or without the status 429: the write limits of a channel
    /// (20028) and a guild (20029), and the edits of messages over an hour old (30046).
    pub(super) const fn passes(&self) -> bool {
        matches!(self.code, 20_028 | 20_029 | 30_046)
    }

    /// Discord's message on one line, with the places and codes of a form's faults, but never the text they quote.
    pub(super) fn message(&self) -> String {
        let mut text =
            if self.genuine { self.message.clone() } else { "not an answer of Discord's API".into() };
        for (place, code) in self.faults().into_iter().take(FAULTS_NAMED) {
            text.push_str(&format!("; {place}: {code}"));
        }
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MESSAGE_LENGTH).collect()
    }

    /// What to do about it. A 429 is not asked here: it has its own instant.
    pub(super) fn class(&self, status: StatusCode) -> Class {
        if status.is_server_error() {
            return Class::Broken;
        }
        match self.code {
            10_003 => Class::Gone(Gone::Channel),
            10_004 => Class::Gone(Gone::Guild),
            10_007 => Class::Gone(Gone::Member),
            10_008 => Class::Gone(Gone::Message),
            10_009 => Class::Gone(Gone::Overwrite),
            10_011 => Class::Gone(Gone::Role),
            10_013 => Class::Gone(Gone::User),
            10_015 | 50_027 => Class::Gone(Gone::Webhook),
            10_062 => Class::Gone(Gone::Interaction),
            10_065 => Class::Gone(Gone::VoiceState),
            10_070 | 180_000 => Class::Gone(Gone::ScheduledEvent),
            10_000..20_000 => Class::Gone(Gone::Other),
            30_005 => Class::Full(Full::Roles),
            30_013 => Class::Full(Full::Channels),
            30_038 => Class::Full(Full::ScheduledEvents),
            160_006 => Class::Full(Full::Threads),
            50_001 | 50_013 => Class::Forbidden,
            50_035 => self.class_of_form(),
            // Without Discord's own body it is not about the bot's permissions: the host or the way is blocked.
            _ if status == StatusCode::FORBIDDEN && self.genuine => Class::Forbidden,
            _ => Class::Broken,
        }
    }

    /// A full or missing category has no code of its own, only a fault inside an invalid form.
    fn class_of_form(&self) -> Class {
        let has = |wanted: &str| self.faults().iter().any(|(_, code)| code == wanted);
        if has("CHANNEL_PARENT_MAX_CHANNELS") {
            Class::Full(Full::Category)
        } else if has("CHANNEL_PARENT_INVALID") {
            Class::Gone(Gone::Category)
        } else {
            Class::Broken
        }
    }

    /// Each fault of an invalid form: where, and its code.
    fn faults(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.errors, &mut Vec::new(), &mut found);
        found
    }
}

/// Walks the nested `errors` object, whose leaves are lists under `_errors`.
fn collect<'a>(errors: &'a Value, place: &mut Vec<&'a str>, found: &mut Vec<(String, String)>) {
    for (name, inner) in errors.as_object().into_iter().flatten() {
        if name == "_errors" {
            let codes = inner.as_array().into_iter().flatten().filter_map(|fault| fault["code"].as_str());
            found.extend(codes.map(|code| (place.join("."), code.to_owned())));
        } else {
            place.push(name);
            collect(inner, place, found);
            place.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn class(status: u16, body: &Value) -> Class {
        let status = StatusCode::from_u16(status).unwrap_or_default();
        Refusal::parse(body.to_string().as_bytes()).class(status)
    }

    #[test]
    fn every_known_code_has_its_class() {
        let table = [
            (404, 10_003, Class::Gone(Gone::Channel)),
            (404, 10_004, Class::Gone(Gone::Guild)),
            (404, 10_007, Class::Gone(Gone::Member)),
            (404, 10_008, Class::Gone(Gone::Message)),
            (404, 10_009, Class::Gone(Gone::Overwrite)),
            (404, 10_011, Class::Gone(Gone::Role)),
            (404, 10_013, Class::Gone(Gone::User)),
            (404, 10_015, Class::Gone(Gone::Webhook)),
            (404, 10_062, Class::Gone(Gone::Interaction)),
            (404, 10_065, Class::Gone(Gone::VoiceState)),
            (404, 10_070, Class::Gone(Gone::ScheduledEvent)),
            (400, 180_000, Class::Gone(Gone::ScheduledEvent)),
            (404, 10_014, Class::Gone(Gone::Other)),
            (401, 50_027, Class::Gone(Gone::Webhook)),
            (400, 30_005, Class::Full(Full::Roles)),
            (400, 30_013, Class::Full(Full::Channels)),
            (400, 30_038, Class::Full(Full::ScheduledEvents)),
            (400, 160_006, Class::Full(Full::Threads)),
            (403, 50_001, Class::Forbidden),
            (403, 50_013, Class::Forbidden),
            (403, 40_333, Class::Forbidden),
            (400, 50_083, Class::Broken),
            (400, 50_035, Class::Broken),
            (401, 0, Class::Broken),
            (404, 0, Class::Broken),
            (500, 10_003, Class::Broken),
            (502, 0, Class::Broken),
        ];
        for (status, code, expected) in table {
            assert_eq!(class(status, &json!({ "code": code, "message": "m" })), expected, "{status} {code}");
        }
    }

    #[test]
    fn a_full_and_a_missing_category_are_found_inside_the_form() {
        let form = |code| {
            let parent = json!({ "_errors": [{ "code": code, "message": "Category …" }] });
            json!({ "code": 50_035, "message": "Invalid Form Body", "errors": { "parent_id": parent } })
        };
        assert_eq!(class(400, &form("CHANNEL_PARENT_MAX_CHANNELS")), Class::Full(Full::Category));
        assert_eq!(class(400, &form("CHANNEL_PARENT_INVALID")), Class::Gone(Gone::Category));
    }

    #[test]
    fn the_message_names_places_and_codes_but_quotes_nobody() {
        let body = json!({
            "code": 50_035,
            "message": "Invalid\nForm Body",
            "errors": { "components": { "0": { "label": {
                "_errors": [{ "code": "BASE_TYPE_BAD_LENGTH", "message": "\"Ana's secret\" is too long" }]
            } } } }
        });
        insta::assert_snapshot!(
            Refusal::parse(body.to_string().as_bytes()).message(),
            @"Invalid Form Body; components.0.label: BASE_TYPE_BAD_LENGTH"
        );
        insta::assert_snapshot!(Refusal::parse(b"<html>").message(), @"not an answer of Discord's API");
    }
}

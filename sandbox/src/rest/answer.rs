//! Answers, and errors in Discord's own shape. See Discord Docs/Topics/Opcodes and Status Codes, and Reference/Error Messages.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// A successful answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The JSON body; none for a 204.
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) const fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) const fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    pub(crate) const fn empty() -> Self {
        Self { status: 204, body: None }
    }

    /// The answer with these fields left out.
    pub(crate) fn without(mut self, fields: &[&str]) -> Self {
        if let Some(Value::Object(body)) = &mut self.body {
            body.retain(|name, _| !fields.contains(&name.as_str()));
        }
        self
    }
}

/// An error as Discord answers it: a status, a code of its own, and for a malformed form where it is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: String,
    /// The nested `errors` object of a 50035.
    pub(crate) errors: Option<Value>,
    /// Only for a 429.
    pub(crate) limited: Option<Box<Limited>>,
    /// What OAuth calls the error; its body is another then. See RFC 6749, 5.2.
    pub(crate) oauth: Option<&'static str>,
}

/// What a 429 says beyond its message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limited {
    pub(crate) retry_after: Duration,
    pub(crate) global: bool,
    /// `user`, `global` or `shared`.
    pub(crate) scope: &'static str,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None, limited: None, oauth: None }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_event() -> Self {
        Self::new(404, 10070, "Unknown Guild Scheduled Event")
    }

    pub(crate) fn unknown_guild() -> Self {
        Self::new(404, 10004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> Self {
        Self::new(404, 10007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn unknown_overwrite() -> Self {
        Self::new(404, 10009, "Unknown Overwrite")
    }

    pub(crate) fn unknown_role() -> Self {
        Self::new(404, 10011, "Unknown Role")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10013, "Unknown User")
    }

    pub(crate) fn unknown_voice_state() -> Self {
        Self::new(404, 10065, "Unknown Voice State")
    }

    pub(crate) fn wrong_channel_type() -> Self {
        Self::new(400, 50024, "Cannot execute action on this channel type")
    }

    pub(crate) fn thread_archived() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn threads_full() -> Self {
        Self::new(400, 160_006, "Maximum number of active threads reached")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn limited(retry_after: Duration, global: bool, scope: &'static str) -> Self {
        let limited = Some(Box::new(Limited { retry_after, global, scope }));
        Self { limited, ..Self::new(429, 0, "You are being rate limited.") }
    }

    /// An error of the token endpoint; some have no description.
    pub(crate) fn oauth(status: u16, error: &'static str, description: &str) -> Self {
        Self { oauth: Some(error), ..Self::new(status, 0, description) }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        if let Some(error) = self.oauth {
            let description = Some(self.message.as_str()).filter(|text| !text.is_empty());
            return description.map_or_else(
                || json!({ "error": error }),
                |text| json!({ "error": error, "error_description": text }),
            );
        }
        let mut body = json!({ "message": self.message });
        if let Some(limited) = &self.limited {
            body["retry_after"] = json!(limited.retry_after.as_secs_f64());
            body["global"] = json!(limited.global);
        }
        if self.limited.is_none() || self.code != 0 {
            body["code"] = json!(self.code);
        }
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// What is wrong with a form, and where: becomes a 50035 with Discord's nested `errors`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FormErrors(Map<String, Value>);

impl FormErrors {
    /// Records an error at a dotted path such as `components.0.custom_id`; an empty path is the form itself.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut place = &mut self.0;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let next = place.entry(key).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(next) = next else { return };
            place = next;
        }
        let error = json!({ "code": code, "message": message.into() });
        if let Value::Array(errors) = place.entry("_errors").or_insert_with(|| json!([])) {
            errors.push(error);
        }
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Complains unless a text has a length in this range, in Unicode scalar values.
    pub(crate) fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min || length > max {
            let (code, message) = match (min, length > max) {
                (0, _) => ("BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length.")),
                (_, true | false) => {
                    ("BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."))
                }
            };
            self.add(path, code, message);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every error as `path: code: message`, for a complaint.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        flatten("", &self.0, &mut lines);
        lines
    }

    /// Nothing if there is no error, else the 50035.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.is_empty() {
            return Ok(());
        }
        let errors = Some(Value::Object(self.0));
        Err(ApiError { errors, ..ApiError::new(400, 50035, "Invalid Form Body") })
    }
}

fn flatten(path: &str, at: &Map<String, Value>, lines: &mut Vec<String>) {
    for (key, value) in at {
        match value {
            Value::Array(errors) => lines.extend(errors.iter().map(|error| {
                let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
                format!("{path}: {}: {}", text("code"), text("message"))
            })),
            Value::Object(inner) if path.is_empty() => flatten(key, inner, lines),
            Value::Object(inner) => flatten(&format!("{path}.{key}"), inner, lines),
            _ => {}
        }
    }
}

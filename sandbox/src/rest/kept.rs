//! What the record keeps of a body.

use serde_json::{Value, json};

use crate::oauth;

/// How many items of a list are kept: a page of members is a megabyte.
const LISTED: usize = 100;
/// What stands in place of a secret.
const HIDDEN: &str = "•••";

/// What the record keeps of a request's or an answer's body: all of it, but the secrets of OAuth, and the end of a long list.
pub(super) fn kept(route: &str, body: &Value) -> Value {
    match body {
        Value::Array(items) if items.len() > LISTED => {
            let left_out = json!(format!("… and {} more", items.len() - LISTED));
            items.iter().take(LISTED).cloned().chain([left_out]).collect()
        }
        Value::Object(fields) if route.contains(" /oauth2/") => fields
            .iter()
            .map(|(name, value)| {
                let value = if oauth::is_secret(name) { json!(HIDDEN) } else { value.clone() };
                (name.clone(), value)
            })
            .collect(),
        _ => body.clone(),
    }
}

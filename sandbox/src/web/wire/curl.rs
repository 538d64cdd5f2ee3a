//! What went over the wire as a command that sends it again.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use crate::{Call, Delivery, Discord};

/// What a header's value can't have in it as it is.
const IN_HEADER: &AsciiSet = &CONTROLS.add(b'%').add(b'\'');
/// What a query's value can't have in it as it is.
const IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'&').add(b'+').add(b'#').add(b'\'').add(b'"');

/// The command of a REST call, against this sandbox.
pub(super) fn of_call(discord: &Discord, call: &Call) -> String {
    let pair = |(name, value): &(String, String)| format!("{name}={}", utf8_percent_encode(value, IN_QUERY));
    let query: Vec<_> = call.query.iter().map(pair).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let mut parts =
        vec![format!("curl -i -X {} '{}/api/v10{}{query}'", call.method, discord.url(), call.path)];
    let by_secret = is_by_secret(call);
    if by_secret {
        let application = discord.application();
        parts.push(format!("-u {}", quoted(&format!("{}:{}", application.id, application.client_secret))));
    } else if call.path.starts_with("/webhooks/") || call.path.starts_with("/interactions/") {
        // The token is in the path.
    } else {
        parts.push(header("Authorization", &format!("Bot {}", discord.application().bot_token)));
    }
    parts.push(header("User-Agent", "DiscordBot (https://example.org, 1.0)"));
    if let Some(reason) = &call.reason {
        let reason = utf8_percent_encode(reason, IN_HEADER).to_string();
        parts.push(header("X-Audit-Log-Reason", &reason));
    }
    parts.extend(if by_secret { form(call.body.as_ref()) } else { body(call.body.as_ref()) });
    parts.join(" \\\n  ")
}

/// Whether a call is the application's own, with its secret and a form: of those the record keeps no codes and tokens, which
/// have to be filled in.
pub(super) fn is_by_secret(call: &Call) -> bool {
    call.path.starts_with("/oauth2/token")
}

/// The command of an interaction, against the service and signed for now: the service refuses it once that is long ago.
pub(super) fn of_delivery(discord: &Discord, delivery: &Delivery) -> String {
    let (body, timestamp) = (delivery.payload.to_string(), discord.timestamp());
    let service = discord.delivers_to().unwrap_or_default();
    let parts = [
        format!("curl -i '{service}/interactions'"),
        header("Content-Type", "application/json"),
        header("X-Signature-Ed25519", &discord.sign(body.as_bytes(), &timestamp)),
        header("X-Signature-Timestamp", &timestamp),
        format!("--data-raw {}", quoted(&body)),
    ];
    parts.join(" \\\n  ")
}

fn header(name: &str, value: &str) -> String {
    format!("-H {}", quoted(&format!("{name}: {value}")))
}

fn form(body: Option<&Value>) -> Vec<String> {
    let fields = body.and_then(Value::as_object).into_iter().flatten();
    let pair = |(name, value): (&String, &Value)| format!("{name}={}", value.as_str().unwrap_or_default());
    fields.map(|field| format!("--data-urlencode {}", quoted(&pair(field)))).collect()
}

fn body(body: Option<&Value>) -> Vec<String> {
    let Some(body) = body else { return Vec::new() };
    vec![header("Content-Type", "application/json"), format!("--data-raw {}", quoted(&body.to_string()))]
}

/// A word that a shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_read_is_quoted() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }
}

//! What in a request the real Discord would not have liked, though it may well answer it.

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use serde_json::Value;

use super::{
    Request,
    routes::{Route, Whose},
};
use crate::{
    Discord, Message, Verdict,
    interaction::components::{all, kind, text, type_of},
    openapi,
};

/// Bytes of UTF-8 in the texts of a message, and for each text on top, beyond which Discord fails with a 500. See
/// <https://github.com/discord/discord-api-docs/issues/8554>.
const TEXT_BYTES_MAX: usize = 10_170;
const TEXT_BYTES_EACH: usize = 12;
/// Characters of an audit-log reason.
const REASON_MAX: usize = 512;

/// Complains about everything that can be told from the request alone. Returns what the description says.
pub(super) fn request(discord: &Discord, route: &Route, request: &Request, headers: &HeaderMap) -> Verdict {
    let mut found = Vec::new();
    from_headers(route, request, headers, &mut found);
    from_message(request, &mut found);
    let verdict = verdict(discord, route, request);
    if let Verdict::Broken(violations) = &verdict {
        found.extend(violations.iter().map(|violation| format!("breaks the description at {violation}")));
    }
    for what in found {
        discord.complain(&request.route(), what);
    }
    verdict
}

fn verdict(discord: &Discord, route: &Route, request: &Request) -> Verdict {
    let described = discord.0.openapi.as_ref().filter(|_| route.of != Whose::Application);
    let Some(openapi) = described else { return Verdict::Unchecked };
    let violations = openapi.check_request(&openapi::Request {
        method: &request.method,
        path: &request.path,
        query: request.raw_query.as_deref(),
        body: request.body.as_ref(),
    });
    if violations.is_empty() {
        Verdict::Described(openapi.operation(&request.method, &request.path).unwrap_or_default().to_owned())
    } else {
        Verdict::Broken(violations.iter().map(ToString::to_string).collect())
    }
}

fn from_headers(route: &Route, request: &Request, headers: &HeaderMap, found: &mut Vec<String>) {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let agent = header("user-agent").unwrap_or_default();
    if !agent.starts_with("DiscordBot (") || !agent.contains(", ") {
        found.push(format!("the User-Agent is {agent:?}, not DiscordBot (url, version)"));
    }
    let form = route.of == Whose::Application;
    let (what, kind) =
        if form { ("form", "application/x-www-form-urlencoded") } else { ("JSON body", "application/json") };
    let in_parts = header("content-type").is_some_and(|given| given.starts_with("multipart/form-data"));
    if in_parts && route.of != Whose::Webhook {
        found.push("files where the service has no need to send any".to_owned());
    }
    if request.body.is_some()
        && !in_parts
        && !header("content-type").is_some_and(|given| given.starts_with(kind))
    {
        found.push(format!("a {what} without Content-Type: {kind}"));
    }
    if request.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_MAX) {
        found.push(format!("an audit-log reason of more than {REASON_MAX} characters"));
    }
}

fn from_message(request: &Request, found: &mut Vec<String>) {
    let of_message = request.template.contains("/messages") || request.template.starts_with("/webhooks/");
    let writes = matches!(request.method.as_str(), "POST" | "PATCH");
    let (Some(body), true) = (request.body.as_ref().and_then(Value::as_object), of_message && writes) else {
        return;
    };
    let says = ["content", "components", "embeds"]
        .iter()
        .any(|field| body.get(*field).is_some_and(|v| !v.is_null()));
    if says && !body.contains_key("allowed_mentions") {
        found.push("a message without allowed_mentions".to_owned());
    }
    if request.method == "PATCH"
        && body.get("flags").and_then(Value::as_u64).is_some_and(|f| f & Message::EPHEMERAL != 0)
    {
        found.push("whether a message is ephemeral can't change".to_owned());
    }
    let components = body.get("components").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let texts: Vec<_> = all(components)
        .into_iter()
        .filter(|c| type_of(c) == kind::TEXT_DISPLAY)
        .map(|c| text(c, "content"))
        .collect();
    let bytes: usize = texts.iter().map(|text| text.len() + TEXT_BYTES_EACH).sum();
    if bytes > TEXT_BYTES_MAX {
        found.push(format!("texts of {bytes} bytes, which Discord fails on beyond {TEXT_BYTES_MAX}"));
    }
    let duplicates = named_twice(body);
    found.extend(duplicates.into_iter().map(|name| format!("allowed_mentions.{name} names somebody twice")));
}

/// The lists of `allowed_mentions` that name somebody twice.
fn named_twice(body: &serde_json::Map<String, Value>) -> BTreeSet<&'static str> {
    let listed = |name: &str| body.get("allowed_mentions").and_then(|allowed| allowed[name].as_array());
    let twice =
        |list: &Vec<Value>| list.iter().map(Value::to_string).collect::<BTreeSet<_>>().len() < list.len();
    ["users", "roles"].into_iter().filter(|name| listed(name).is_some_and(twice)).collect()
}

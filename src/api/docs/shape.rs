//! Schemas of the document, as people read them.

use maud::{Markup, html};
use serde_json::Value;

use super::{inline, prose, text};

/// Every shape that has a name.
pub(super) fn all(schemas: &Value) -> Markup {
    html! {
        @for (name, schema) in schemas.as_object().into_iter().flatten() {
            section id={ "shape-" (name) } {
                h3 { (name) }
                (prose(text(&schema["description"])))
                (fields(schema))
            }
        }
    }
}

/// The fields of an object, or what else it is.
fn fields(schema: &Value) -> Markup {
    let parts: Vec<&Value> = match schema["allOf"].as_array() {
        Some(parts) => parts.iter().collect(),
        None => vec![schema],
    };
    let properties: Vec<_> =
        parts.iter().filter_map(|part| part["properties"].as_object()).flatten().collect();
    html! {
        @for part in parts.iter().filter(|part| part.get("$ref").is_some()) { p { "All of " (kind(part)) ", and:" } }
        @if properties.is_empty() {
            p { (kind(schema)) }
        } @else {
            dl { @for (name, property) in properties { (entry(name, property, is_required(&parts, name))) } }
        }
    }
}

fn is_required(parts: &[&Value], name: &str) -> bool {
    parts.iter().filter_map(|part| part["required"].as_array()).flatten().any(|required| required == name)
}

/// A parameter of an operation.
pub(super) fn parameter(parameter: &Value) -> Markup {
    let schema = &parameter["schema"];
    let place = text(&parameter["in"]);
    html! {
        dt { code { (text(&parameter["name"])) } " " span.soft { (kind(schema)) ", in the " (place) } }
        dd { (inline(text(&parameter["description"]))) }
    }
}

fn entry(name: &str, property: &Value, is_required: bool) -> Markup {
    html! {
        dt { code { (name) } " " span.soft { (kind(property)) @if !is_required { ", optional" } } }
        dd { (inline(text(&property["description"]))) }
    }
}

/// What a value is, in a few words.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return html! { a href={ "#shape-" (name) } { (name) } };
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(all) = schema[choice].as_array() {
            return html! { @for (at, one) in all.iter().enumerate() { @if at > 0 { " or " } (kind(one)) } };
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return html! { @for (at, word) in words.iter().enumerate() { @if at > 0 { " or " } code { (text(word)) } } };
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::Array(names) => names.iter().map(text).collect(),
        name => vec![text(name)],
    };
    html! {
        @for (at, name) in names.iter().enumerate() {
            @if at > 0 { " or " }
            @if *name == "array" { "list of " (kind(&schema["items"])) } @else { (name) }
        }
        @if let Some(format) = schema["format"].as_str().filter(|format| !format.starts_with("int")) { " (" (format) ")" }
    }
}

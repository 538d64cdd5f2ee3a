//! The page that shows the document to people: drawn from it, with nothing from elsewhere.

mod shape;

use axum::{extract::State, response::IntoResponse};
use maud::{Markup, html};
use serde_json::Value;

use super::{openapi::Document, problem::Kind};
use crate::oauth::page::{Action, Page, Tone};

/// The methods, in the order in which they are shown.
const METHODS: [&str; 5] = ["get", "post", "patch", "put", "delete"];

/// An operation of the document.
#[derive(Clone, Copy)]
struct Operation<'d> {
    method: &'d str,
    of: &'d Value,
    path: &'d str,
}

/// Shows the page.
pub(super) async fn show(State(document): State<Document>) -> impl IntoResponse {
    page(document.value())
}

fn page(document: &Value) -> Page {
    let operations = operations(document);
    let tags: Vec<&Value> = document["tags"].as_array().into_iter().flatten().collect();
    let body = html! {
        (prose(text(&document["info"]["description"])))
        nav {
            @for tag in &tags {
                p { strong { (text(&tag["name"])) } }
                ul {
                    @for operation in operations.iter().filter(|operation| operation.is_of(tag)) {
                        li { a href={ "#" (operation.anchor()) } { (text(&operation.of["summary"])) } }
                    }
                }
            }
            p { a href="#shapes" { "Shapes" } " · " a href="#problems" { "Problems" } }
        }
        @for tag in &tags {
            h2 { (text(&tag["name"])) }
            (prose(text(&tag["description"])))
            @for operation in operations.iter().filter(|operation| operation.is_of(tag)) { (operation.draw()) }
        }
        h2 id="shapes" { "Shapes" }
        (shape::all(&document["components"]["schemas"]))
        h2 id="problems" { "Problems" }
        @for kind in Kind::ALL { (problem(kind)) }
    };
    let mut page = Page::new(Tone::Plain, "The API of Simlane on Discord", body);
    page.actions.push(Action::link("OpenAPI document", "openapi.json"));
    page.is_long = true;
    page
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            METHODS
                .into_iter()
                .filter_map(move |method| item.get(method).map(|of| Operation { method, of, path }))
        })
        .collect()
}

impl Operation<'_> {
    fn is_of(&self, tag: &Value) -> bool {
        self.of["tags"][0] == tag["name"]
    }

    fn anchor(&self) -> String {
        let path: String =
            self.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{}{path}", self.method)
    }

    fn draw(&self) -> Markup {
        let responses = self.of["responses"].as_object().into_iter().flatten();
        let (good, bad): (Vec<_>, Vec<_>) = responses.partition(|(status, _)| status.starts_with('2'));
        let parameters: Vec<&Value> = self.of["parameters"].as_array().into_iter().flatten().collect();
        html! {
            section id=(self.anchor()) {
                h3 { (text(&self.of["summary"])) }
                p.route { span.method { (self.method.to_uppercase()) } " " code { (self.path) } }
                (prose(text(&self.of["description"])))
                @if !parameters.is_empty() {
                    dl { @for parameter in parameters { (shape::parameter(parameter)) } }
                }
                @if let Some(body) = json(&self.of["requestBody"]) { p { "Body: " (shape::kind(body)) } }
                @for (status, answer) in good {
                    p {
                        strong { (status) } " " (text(&answer["description"])) " "
                        @if let Some(body) = json(answer) { (shape::kind(body)) }
                    }
                }
                p.soft {
                    "Or a problem: "
                    @for (at, (status, _)) in bad.iter().enumerate() { @if at > 0 { ", " } (status) }
                }
            }
        }
    }
}

fn problem(kind: Kind) -> Markup {
    html! {
        section id={ "problem-" (kind.slug()) } {
            h3 { (kind.title()) }
            p.route { span.method { (kind.status().as_u16()) } " " code { (kind.slug()) } }
            p { (kind.remedy()) }
        }
    }
}

/// The schema of a body, or of an answer's.
fn json(of: &Value) -> Option<&Value> {
    of["content"]["application/json"].get("schema")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Paragraphs and lists, with `code` and **stress**.
fn prose(text: &str) -> Markup {
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    html! {
        @for block in blocks {
            @if block.starts_with("- ") {
                ul { @for item in block.lines() { li { (inline(item.trim_start_matches("- "))) } } }
            } @else {
                p { (inline(block)) }
            }
        }
    }
}

fn inline(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 {
                code { (part) }
            } @else {
                @for (at, part) in part.split("**").enumerate() {
                    @if at % 2 == 1 { strong { (part) } } @else { (part) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_has_paragraphs_lists_and_code() {
        let drawn = prose("One `a<b`.\n\n- **Two**: x\n- y").into_string();
        assert_eq!(
            drawn,
            "<p>One <code>a&lt;b</code>.</p><ul><li><strong>Two</strong>: x</li><li>y</li></ul>"
        );
    }
}

//! Compiling a schema of the description, and saying in a sentence what breaks it.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::Violation;

const SCHEMAS: &str = "#/components/schemas/";
const PERMISSIONS: [&str; 4] = ["allow", "deny", "permissions", "default_member_permissions"];

/// Compiles the schema at `pointer` with just the schemas that it needs: the whole document takes far longer.
pub(super) fn compile(document: &Value, pointer: &str) -> Result<Validator, String> {
    let root = document.pointer(pointer).ok_or("there is none")?;
    let mut schema = root.clone();
    let Some(fields) = schema.as_object_mut() else { return Err("it is not an object".into()) };
    if let Some(Value::Array(branches)) = fields.get_mut("anyOf") {
        branches.iter_mut().for_each(close);
    }
    fields
        .insert("components".into(), Value::from_iter([("schemas", Value::Object(needed(document, root)))]));
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.build(&schema).map_err(|error| error.to_string())
}

/// Lets a branch of a union take only its own properties: its schemas are open, so any object would fit some branch.
fn close(branch: &mut Value) {
    *branch = json!({ "allOf": [branch], "unevaluatedProperties": false });
}

/// Sets of permissions are strings of digits, which the description leaves out for requests. See Discord Docs/Topics/Permissions.
pub(super) fn admit_permission_strings(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let takes_numbers =
                    field["type"].as_array().is_some_and(|types| types.contains(&json!("integer")));
                if PERMISSIONS.contains(&name.as_str()) && takes_numbers {
                    *field = json!({ "anyOf": [field, { "type": "string", "pattern": "^[0-9]+$" }] });
                } else {
                    admit_permission_strings(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(admit_permission_strings),
        _ => {}
    }
}

/// Every schema that `root` refers to, however indirectly, by name.
fn needed(document: &Value, root: &Value) -> Map<String, Value> {
    let mut waiting = vec![root];
    let mut names: BTreeSet<&str> = BTreeSet::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                let name = fields
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|target| target.strip_prefix(SCHEMAS));
                if let Some(name) = name.filter(|name| names.insert(name)) {
                    waiting.push(&document["components"]["schemas"][name]);
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    names.into_iter().map(|name| (name.to_owned(), document["components"]["schemas"][name].clone())).collect()
}

/// What in `value` breaks the schema.
pub(super) fn violations(validator: &Validator, value: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    for error in validator.iter_errors(value) {
        explain(&error, &mut found);
    }
    found
}

/// A union that nothing fits is explained by its likeliest branch: one that has no quarrel with the `type`, and gets furthest.
fn explain(error: &ValidationError<'_>, found: &mut Vec<Violation>) {
    let branches = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.as_slice()
        }
        _ => &[],
    };
    let likeliest = branches
        .iter()
        .max_by_key(|errors| (!errors.iter().any(of_another_type), errors.iter().map(depth).max()));
    match likeliest {
        Some(errors) => errors.iter().for_each(|error| explain(error, found)),
        None => found.push(Violation::new(place(error), shorten(&error.to_string()))),
    }
}

fn of_another_type(error: &ValidationError<'_>) -> bool {
    error.instance_path().as_str().ends_with("/type")
        || matches!(error.kind(), ValidationErrorKind::Type { .. })
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}

fn place(error: &ValidationError<'_>) -> String {
    let path = error.instance_path().as_str();
    if path.is_empty() { "body".to_owned() } else { path.to_owned() }
}

/// Messages quote the value, which may be a whole card.
fn shorten(text: &str) -> String {
    const HEAD: usize = 80;
    const TAIL: usize = 120;
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= HEAD + TAIL {
        return text.to_owned();
    }
    let head: String = letters.iter().take(HEAD).collect();
    let tail: String = letters.iter().skip(letters.len() - TAIL).collect();
    format!("{head} … {tail}")
}

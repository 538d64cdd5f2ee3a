//! What commands may be. See Discord Docs/Interactions/Application Commands.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::form::{Form, bits};
use crate::rest::FormErrors;

/// Commands of each type in one scope: slash, user, message.
const PER_TYPE: [(u64, usize); 3] = [(1, 100), (2, 15), (3, 15)];
/// Characters of a command's names, descriptions and values together.
const CHARACTERS_MAX: usize = 8_000;
const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;

/// Everything wrong with the commands of a bulk overwrite.
pub(crate) fn commands(commands: &[Value]) -> FormErrors {
    let mut errors = FormErrors::default();
    let mut seen = BTreeSet::new();
    for (index, command) in commands.iter().enumerate() {
        let path = index.to_string();
        let Some(fields) = command.as_object() else {
            errors.add(&path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            continue;
        };
        let kind = one(&mut Form::new(fields, &path, &mut errors));
        if !seen.insert((kind, fields.get("name").and_then(Value::as_str))) {
            let message = "Application command names must be unique";
            errors.add(&path, "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    for (kind, max) in PER_TYPE {
        if seen.iter().filter(|(of, _)| *of == kind).count() > max {
            let message = format!("Maximum number of application commands of type {kind} reached ({max}).");
            errors.add("", "APPLICATION_COMMAND_TOO_MANY", message);
        }
    }
    errors
}

/// Checks one command and returns its type.
fn one(form: &mut Form<'_, '_>) -> u64 {
    let kind = form.number("type", 1, 4).unwrap_or(1);
    if kind == 1 {
        name(form, true);
        form.required_text("description", 1, 100);
        options(form, 0);
    } else {
        form.required_text("name", 1, 32);
        for field in ["description", "options"] {
            let empty = form
                .get(field)
                .is_none_or(|v| v.as_str() == Some("") || v.as_array().is_some_and(Vec::is_empty));
            if !empty {
                form.refuse(
                    field,
                    "APPLICATION_COMMAND_CONTEXT_MENU_FIELD",
                    "Context menu commands cannot have this",
                );
            }
        }
    }
    if form.get("default_member_permissions").is_some_and(|value| bits(value).is_none()) {
        form.refuse("default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    if characters(form.fields()) > CHARACTERS_MAX {
        let message = format!("Command exceeds maximum size ({CHARACTERS_MAX})");
        form.refuse("", "APPLICATION_COMMAND_TOO_LARGE", message);
    }
    kind
}

fn name(form: &mut Form<'_, '_>, required: bool) {
    let name = if required { form.required_text("name", 1, 32) } else { form.text("name", 1, 32) };
    if name.is_some_and(|name| !is_name(name)) {
        form.refuse("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// Lower-case letters, digits, dashes, underscores and apostrophes; of Devanagari and Thai every sign.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| {
        let signs = matches!(c, '-' | '_' | '\'' | '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}');
        signs || (c.is_alphanumeric() && c.to_lowercase().eq([c]))
    })
}

fn options(form: &mut Form<'_, '_>, depth: u64) {
    let Some(options) = form.list("options", 0, 25) else { return };
    let path = form.path("options");
    let mut names = BTreeSet::new();
    let mut optional_before = false;
    let kinds: Vec<_> = options.iter().map(|option| option["type"].as_u64().unwrap_or_default()).collect();
    let subcommands = kinds.iter().filter(|kind| is_subcommand(**kind)).count();
    if subcommands > 0 && subcommands < kinds.len() {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        form.refuse("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(fields) = option.as_object() else { continue };
        let mut option = Form::new(fields, &path, form.errors);
        one_option(&mut option, depth);
        if !names.insert(fields.get("name").and_then(Value::as_str)) {
            option.refuse("name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name already used");
        }
        let required = option.boolean("required").unwrap_or_default();
        if required && optional_before {
            let message = "Required options must be placed before non-required options";
            option.refuse("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_before |= !required;
    }
}

const fn is_subcommand(kind: u64) -> bool {
    matches!(kind, SUB_COMMAND | SUB_COMMAND_GROUP)
}

fn one_option(form: &mut Form<'_, '_>, depth: u64) {
    name(form, true);
    form.required_text("description", 1, 100);
    let kind = form.number("type", 1, 11);
    match kind {
        None => {
            let path = form.path("type");
            form.errors.required(&path);
        }
        Some(SUB_COMMAND_GROUP) if depth == 0 => options(form, 1),
        Some(SUB_COMMAND) if depth <= 1 => options(form, 2),
        Some(SUB_COMMAND | SUB_COMMAND_GROUP) => {
            let message = "Sub-commands cannot be nested deeper";
            form.refuse("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        Some(kind) => choices(form, kind),
    }
}

fn choices(form: &mut Form<'_, '_>, kind: u64) {
    let listed = form.list("choices", 0, 25).unwrap_or_default();
    let autocomplete = form.boolean("autocomplete").unwrap_or_default();
    let takes_either = matches!(kind, 3 | 4 | 10);
    if (autocomplete || !listed.is_empty()) && !takes_either {
        form.refuse(
            "type",
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            "This type has no choices or autocomplete",
        );
    }
    if autocomplete && !listed.is_empty() {
        let message = "Autocomplete cannot be true when choices are present";
        form.refuse("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message);
    }
    let path = form.path("choices");
    let mut values = Vec::new();
    for (index, choice) in listed.iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(fields) = choice.as_object() else { continue };
        let mut choice = Form::new(fields, &path, form.errors);
        choice.required_text("name", 1, 100);
        match choice.get("value") {
            Some(Value::String(_)) if kind == 3 => drop(choice.text("value", 1, 100)),
            Some(Value::Number(_)) if kind != 3 => {}
            _ => choice.refuse("value", "UNION_TYPE_CHOICES", "The value is not of the option's type"),
        }
        let value = choice.get("value");
        if values.contains(&value) {
            choice.refuse(
                "value",
                "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_DUPLICATED",
                "Choice value already used",
            );
        }
        values.push(value);
    }
}

/// The characters that count towards a command's size.
fn characters(command: &Map<String, Value>) -> usize {
    let own = ["name", "description", "value"].into_iter().filter_map(|name| command.get(name)?.as_str());
    let own: usize = own.map(|text| text.chars().count()).sum();
    let inner = ["options", "choices"].into_iter().filter_map(|name| command.get(name)?.as_array()).flatten();
    own + inner.filter_map(Value::as_object).map(characters).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn command(name: &str) -> Value {
        json!({ "name": name, "description": "Does it" })
    }

    fn codes(list: &[Value]) -> Vec<String> {
        commands(list)
            .lines()
            .iter()
            .map(|line| line.split(": ").nth(1).unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn ordinary_commands_are_fine() {
        let option = json!({ "type": 3, "name": "event", "description": "Which", "autocomplete": true });
        let sub = json!({ "type": 1, "name": "show", "description": "One", "options": [option] });
        let group = json!({ "type": 2, "name": "more", "description": "More", "options": [sub] });
        let nested = json!({ "name": "event", "description": "Events", "options": [group, sub] });
        let user = json!({ "type": 2, "name": "Racing profile" });
        assert_eq!(codes(&[command("ping"), nested, user]), [""; 0]);
    }

    #[test]
    fn names_are_lower_case_and_unique_for_their_type() {
        for bad in ["Ping", "with space", "a.b", ""] {
            assert_ne!(codes(&[command(bad)]), [""; 0], "{bad}");
        }
        assert_eq!(codes(&[command("ping"), command("ping")]), ["APPLICATION_COMMANDS_DUPLICATE_NAME"]);
        assert_eq!(codes(&[command("ping"), json!({ "type": 2, "name": "ping" })]), [""; 0]);
        assert_eq!(codes(&[command("équipe")]), [""; 0]);
    }

    #[test]
    fn options_keep_their_order_and_their_number() {
        let option = |name: &str, required| json!({ "type": 3, "name": name, "description": "d", "required": required });
        let with = |options: Vec<Value>| json!({ "name": "c", "description": "d", "options": options });
        assert_eq!(
            codes(&[with(vec![option("a", false), option("b", true)])]),
            ["APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"]
        );
        let many: Vec<_> = (0..26).map(|n| option(&format!("o{n}"), false)).collect();
        assert_eq!(codes(&[with(many)]), ["BASE_TYPE_BAD_LENGTH"]);
        let sub = json!({ "type": 1, "name": "s", "description": "d" });
        assert_eq!(
            codes(&[with(vec![sub, option("a", false)])]),
            ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]
        );
    }

    #[test]
    fn there_are_only_so_many_commands_and_characters() {
        let many: Vec<_> = (0..101).map(|n| command(&format!("c{n}"))).collect();
        assert_eq!(codes(&many), ["APPLICATION_COMMAND_TOO_MANY"]);
        let choice = |n: usize| json!({ "name": format!("{n:0>100}"), "value": format!("{n:0>100}") });
        let option = |o: usize| {
            let choices: Vec<_> = (0..25).map(choice).collect();
            json!({ "type": 3, "name": format!("o{o}"), "description": "d", "choices": choices })
        };
        let large = json!({ "name": "c", "description": "d", "options": [option(0), option(1)] });
        assert_eq!(codes(&[large]), ["APPLICATION_COMMAND_TOO_LARGE"]);
    }
}

//! What a modal may hold. See Discord Docs/Components/Reference, and Interactions/Receiving and Responding.

use std::collections::BTreeSet;

use serde_json::Value;

use super::components::{all, kind, list, text, type_of};
use crate::rest::FormErrors;

const INPUTS: [u64; 10] = [
    kind::STRING_SELECT,
    kind::TEXT_INPUT,
    kind::USER_SELECT,
    kind::ROLE_SELECT,
    kind::MENTIONABLE_SELECT,
    kind::CHANNEL_SELECT,
    kind::FILE_UPLOAD,
    kind::RADIO_GROUP,
    kind::CHECKBOX_GROUP,
    kind::CHECKBOX,
];

/// Everything that is wrong with a modal.
pub(super) fn check(modal: &Value) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.length("data.custom_id", text(modal, "custom_id"), 1, 100);
    errors.length("data.title", text(modal, "title"), 1, 45);
    let components = list(modal, "components");
    count(&mut errors, "data.components", components.len(), 1, 5);
    for (index, component) in components.iter().enumerate() {
        top_level(&mut errors, &format!("data.components.{index}"), component);
    }
    let mut seen = BTreeSet::new();
    let ids = all(components).into_iter().filter_map(|component| component["custom_id"].as_str());
    for id in ids.filter(|id| !seen.insert(id.to_owned())) {
        errors.add(
            "data.components",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            format!("Component custom id {id} is used twice"),
        );
    }
    errors
}

fn top_level(errors: &mut FormErrors, path: &str, component: &Value) {
    match type_of(component) {
        kind::LABEL => {
            errors.length(&format!("{path}.label"), text(component, "label"), 1, 45);
            errors.length(&format!("{path}.description"), text(component, "description"), 0, 100);
            input(errors, &format!("{path}.component"), &component["component"]);
        }
        kind::TEXT_DISPLAY => errors.length(&format!("{path}.content"), text(component, "content"), 1, 4000),
        kind::ACTION_ROW => {
            errors.add(path, "DEPRECATED", "Text inputs in action rows are deprecated: use labels")
        }
        other => errors.add(
            path,
            "COMPONENT_TYPE_INVALID",
            format!("Components of type {other} can't stand in a modal"),
        ),
    }
}

fn input(errors: &mut FormErrors, path: &str, input: &Value) {
    let of = type_of(input);
    if !INPUTS.contains(&of) {
        return errors.add(
            path,
            "COMPONENT_TYPE_INVALID",
            format!("Components of type {of} can't stand in a label"),
        );
    }
    errors.length(&format!("{path}.custom_id"), text(input, "custom_id"), 1, 100);
    if !input["disabled"].is_null() {
        errors.add(
            &format!("{path}.disabled"),
            "MODAL_COMPONENT_DISABLED",
            "Modals can't have disabled components",
        );
    }
    let placeholder = if of == kind::TEXT_INPUT { 100 } else { 150 };
    errors.length(&format!("{path}.placeholder"), text(input, "placeholder"), 0, placeholder);
    match of {
        kind::TEXT_INPUT => text_input(errors, path, input),
        kind::STRING_SELECT => {
            let options = options(errors, path, input, 1, 25);
            range(errors, path, input, 25.min(options), 1);
        }
        kind::RADIO_GROUP => {
            options(errors, path, input, 2, 10);
            count(errors, &format!("{path}.options"), defaults(input), 0, 1);
        }
        kind::CHECKBOX_GROUP => {
            let options = options(errors, path, input, 1, 10);
            range(errors, path, input, 10.min(options), options);
        }
        kind::FILE_UPLOAD => range(errors, path, input, 10, 1),
        kind::CHECKBOX => {}
        _ => range(errors, path, input, 25, 1),
    }
}

fn text_input(errors: &mut FormErrors, path: &str, input: &Value) {
    if !input["label"].is_null() {
        errors.add(&format!("{path}.label"), "DEPRECATED", "The label stands in the Label component");
    }
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        errors.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    }
    let min = number(input, "min_length").unwrap_or(0);
    let max = number(input, "max_length").unwrap_or(4000);
    count(errors, &format!("{path}.min_length"), min, 0, 4000);
    count(errors, &format!("{path}.max_length"), max, 1, 4000);
    if min > max {
        errors.add(&format!("{path}.min_length"), "BASE_TYPE_MAX", "min_length is above max_length");
    }
    errors.length(&format!("{path}.value"), text(input, "value"), 0, max);
}

/// Checks the options themselves and returns how many there are.
fn options(errors: &mut FormErrors, path: &str, input: &Value, min: usize, max: usize) -> usize {
    let path = format!("{path}.options");
    let options = list(input, "options");
    count(errors, &path, options.len(), min, max);
    let mut seen = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        errors.length(&format!("{path}.{index}.label"), text(option, "label"), 1, 100);
        errors.length(&format!("{path}.{index}.value"), text(option, "value"), 1, 100);
        errors.length(&format!("{path}.{index}.description"), text(option, "description"), 0, 100);
        if !seen.insert(text(option, "value")) {
            errors.add(
                &format!("{path}.{index}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The value is used twice",
            );
        }
    }
    options.len()
}

/// Checks `min_values` and `max_values`, the latter being `usual` when left out.
fn range(errors: &mut FormErrors, path: &str, input: &Value, most: usize, usual: usize) {
    let required = input["required"].as_bool().unwrap_or(true);
    let min = number(input, "min_values").unwrap_or(1);
    let max = number(input, "max_values").unwrap_or(usual);
    count(errors, &format!("{path}.max_values"), max, 1, most.max(1));
    if min > max {
        errors.add(&format!("{path}.min_values"), "BASE_TYPE_MAX", "min_values is above max_values");
    }
    if required && min == 0 {
        errors.add(
            &format!("{path}.min_values"),
            "BASE_TYPE_MIN",
            "A required component needs at least one value",
        );
    }
    let defaults = defaults(input);
    if defaults > max {
        errors.add(path, "TOO_MANY_DEFAULTS", format!("{defaults} defaults, of {max} at most"));
    }
}

fn defaults(input: &Value) -> usize {
    let options = list(input, "options").iter().filter(|option| option["default"] == true).count();
    options + list(input, "default_values").len()
}

fn number(input: &Value, field: &str) -> Option<usize> {
    input[field].as_u64().and_then(|value| usize::try_from(value).ok())
}

fn count(errors: &mut FormErrors, path: &str, number: usize, min: usize, max: usize) {
    if number < min || number > max {
        errors.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max}, is {number}."));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(component: &Value) -> Vec<String> {
        let label = json!({ "type": 18, "label": "Name", "component": component });
        check(&json!({ "custom_id": "m", "title": "T", "components": [label] })).lines()
    }

    #[test]
    fn an_ordinary_modal_is_fine() {
        assert_eq!(
            faults(&json!({ "type": 4, "custom_id": "a", "style": 1, "value": "Spa", "max_length": 3 })),
            [""; 0]
        );
        let options =
            json!([{ "label": "A", "value": "a", "default": true }, { "label": "B", "value": "b" }]);
        for of in [3, 21, 22] {
            assert_eq!(faults(&json!({ "type": of, "custom_id": "a", "options": options })), [""; 0]);
        }
        assert_eq!(faults(&json!({ "type": 23, "custom_id": "a" })), [""; 0]);
        assert_eq!(
            faults(&json!({ "type": 8, "custom_id": "a", "required": false, "min_values": 0 })),
            [""; 0]
        );
    }

    #[test]
    fn every_limit_is_kept() {
        let broken = [
            json!({ "type": 2, "custom_id": "a" }),
            json!({ "type": 4, "custom_id": "", "style": 1 }),
            json!({ "type": 4, "custom_id": "a", "style": 3 }),
            json!({ "type": 4, "custom_id": "a", "style": 1, "value": "Spa!", "max_length": 3 }),
            json!({ "type": 4, "custom_id": "a", "style": 1, "label": "Name" }),
            json!({ "type": 4, "custom_id": "a", "style": 1, "min_length": 5, "max_length": 4 }),
            json!({ "type": 3, "custom_id": "a", "options": [] }),
            json!({ "type": 3, "custom_id": "a", "options": [{ "label": "A", "value": "a" }, { "label": "B", "value": "a" }] }),
            json!({ "type": 5, "custom_id": "a", "min_values": 0 }),
            json!({ "type": 5, "custom_id": "a", "disabled": false }),
            json!({ "type": 21, "custom_id": "a", "options": [{ "label": "A", "value": "a" }] }),
            json!({ "type": 22, "custom_id": "a", "max_values": 2, "options": [{ "label": "A", "value": "a" }] }),
        ];
        for component in broken {
            assert_eq!(faults(&component).len(), 1, "{component}: {:?}", faults(&component));
        }
    }

    #[test]
    fn a_modal_is_short_and_its_inputs_are_told_apart() {
        let label =
            |id: &str| json!({ "type": 18, "label": "Name", "component": { "type": 23, "custom_id": id } });
        let twice = json!({ "custom_id": "m", "title": "T", "components": [label("a"), label("a")] });
        assert_eq!(
            check(&twice).lines(),
            ["data.components: COMPONENT_CUSTOM_ID_DUPLICATED: Component custom id a is used twice"]
        );
        let labels: Vec<_> = "abcdef".chars().map(|id| label(&id.to_string())).collect();
        let long = json!({ "custom_id": "m", "title": "T".repeat(46), "components": labels });
        assert_eq!(check(&long).lines().len(), 2);
    }
}

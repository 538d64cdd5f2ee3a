//! What the components of a message may be. See Discord Docs/Components/Reference.

use std::collections::BTreeSet;

use serde_json::Value;

use super::form::Form;
use crate::interaction::components::{all, kind, text, type_of};

/// Components of a message, nested ones counted.
const TOTAL_MAX: usize = 40;
/// Characters of all text that a message of components displays.
const TEXT_MAX: usize = 4_000;

/// The types that may stand at the top of a message.
const TOP: &[u64] = &[
    kind::ACTION_ROW,
    kind::SECTION,
    kind::TEXT_DISPLAY,
    kind::MEDIA_GALLERY,
    kind::FILE,
    kind::SEPARATOR,
    kind::CONTAINER,
];
/// The types that may stand in a container.
const IN_CONTAINER: &[u64] =
    &[kind::ACTION_ROW, kind::SECTION, kind::TEXT_DISPLAY, kind::MEDIA_GALLERY, kind::FILE, kind::SEPARATOR];
const SELECTS: &[u64] = &[
    kind::STRING_SELECT,
    kind::USER_SELECT,
    kind::ROLE_SELECT,
    kind::MENTIONABLE_SELECT,
    kind::CHANNEL_SELECT,
];

/// Notes what is wrong with the components of a message that is made of nothing else.
pub(super) fn v2(form: &mut Form<'_, '_>) {
    let Some(components) = form.list("components", 0, TOTAL_MAX) else { return };
    children(form, "components", components, TOP);
    let every = all(components);
    if every.len() > TOTAL_MAX {
        let message =
            format!("The maximum number of components in a message is {TOTAL_MAX}, nested ones included");
        form.refuse("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message);
    }
    let shown = every.iter().filter(|component| type_of(component) == kind::TEXT_DISPLAY);
    if shown.map(|component| text(component, "content").chars().count()).sum::<usize>() > TEXT_MAX {
        let message = format!("The total displayable text size exceeds the maximum size of {TEXT_MAX}");
        form.refuse("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
    }
    unique(form, components);
}

/// Notes what is wrong with the rows below an ordinary message.
pub(super) fn legacy(form: &mut Form<'_, '_>) {
    let Some(components) = form.list("components", 0, 5) else { return };
    children(form, "components", components, &[kind::ACTION_ROW]);
    unique(form, components);
}

fn unique(form: &mut Form<'_, '_>, components: &[Value]) {
    let mut seen = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (path, component) in paths("components", components) {
        let path = form.path(&path);
        if component["custom_id"].as_str().is_some_and(|id| !seen.insert(id)) {
            let path = format!("{path}.custom_id");
            form.errors.add(
                &path,
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        if component["id"].as_u64().is_some_and(|id| id > 0 && !ids.insert(id)) {
            form.errors.add(
                &format!("{path}.id"),
                "COMPONENT_ID_DUPLICATED",
                "Component id cannot be duplicated",
            );
        }
    }
}

/// Every component of a tree with its dotted path.
fn paths<'a>(path: &str, components: &'a [Value]) -> Vec<(String, &'a Value)> {
    let mut found = Vec::new();
    for (index, component) in components.iter().enumerate() {
        let path = format!("{path}.{index}");
        found.push((path.clone(), component));
        if let Some(inner) = component["components"].as_array() {
            found.extend(paths(&format!("{path}.components"), inner));
        }
        if let Some(accessory) = component.get("accessory") {
            found.push((format!("{path}.accessory"), accessory));
        }
    }
    found
}

fn children(form: &mut Form<'_, '_>, name: &str, components: &[Value], allowed: &[u64]) {
    for (index, component) in components.iter().enumerate() {
        let path = format!("{}.{index}", form.path(name));
        one(form, &path, component, allowed);
    }
}

fn one(parent: &mut Form<'_, '_>, path: &str, component: &Value, allowed: &[u64]) {
    let of = type_of(component);
    let (Some(fields), true) = (component.as_object(), allowed.contains(&of)) else {
        let choices: Vec<_> = allowed.iter().map(u64::to_string).collect();
        let message = format!("Value of field \"type\" must be one of ({}).", choices.join(", "));
        return parent.errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
    };
    let mut form = Form::new(fields, path, parent.errors);
    match of {
        kind::ACTION_ROW => row(&mut form),
        kind::BUTTON => button(&mut form),
        kind::TEXT_DISPLAY => drop(form.required_text("content", 1, TEXT_MAX)),
        kind::SECTION => section(&mut form),
        kind::CONTAINER => {
            form.number("accent_color", 0, 0xFF_FF_FF);
            if let Some(inner) = form.required_list("components", 1, TOTAL_MAX) {
                children(&mut form, "components", inner, IN_CONTAINER);
            }
        }
        kind::SEPARATOR => drop(form.number("spacing", 1, 2)),
        kind::MEDIA_GALLERY => drop(form.required_list("items", 1, 10)),
        kind::THUMBNAIL => drop(form.text("description", 0, 1_024)),
        _ if SELECTS.contains(&of) => select(&mut form, of),
        _ => {}
    }
}

fn row(form: &mut Form<'_, '_>) {
    let Some(inner) = form.required_list("components", 1, 5) else { return };
    let selects = inner.iter().filter(|component| SELECTS.contains(&type_of(component))).count();
    if selects > 0 && inner.len() > 1 {
        form.refuse(
            "components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
    let allowed: Vec<_> = [kind::BUTTON].iter().chain(SELECTS).copied().collect();
    children(form, "components", inner, &allowed);
}

fn section(form: &mut Form<'_, '_>) {
    if let Some(texts) = form.required_list("components", 1, 3) {
        children(form, "components", texts, &[kind::TEXT_DISPLAY]);
    }
    let path = form.path("accessory");
    match form.get("accessory") {
        Some(accessory) => one(form, &path, accessory, &[kind::BUTTON, kind::THUMBNAIL]),
        None => form.errors.required(&path),
    }
}

fn button(form: &mut Form<'_, '_>) {
    let style = form.number("style", 1, 6);
    form.text("label", 0, 80);
    let worded = form.get("label").and_then(Value::as_str).is_some_and(|label| !label.is_empty());
    match style {
        None => {
            let path = form.path("style");
            form.errors.required(&path);
        }
        Some(5) => {
            form.required_text("url", 1, 512);
            if form.get("custom_id").is_some() {
                let message = "A custom id and url cannot both be specified";
                form.refuse("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        Some(6) => drop(form.required_text("sku_id", 1, 20)),
        Some(_) => {
            form.required_text("custom_id", 1, 100);
            if form.get("url").is_some() {
                form.refuse("url", "BUTTON_COMPONENT_INVALID_URL", "This style of button has no url");
            }
        }
    }
    if !worded && form.get("emoji").is_none() && style != Some(6) {
        form.refuse("", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required");
    }
}

fn select(form: &mut Form<'_, '_>, of: u64) {
    form.required_text("custom_id", 1, 100);
    form.text("placeholder", 0, 150);
    let min = form.number("min_values", 0, 25).unwrap_or(1);
    let max = form.number("max_values", 1, 25).unwrap_or(1);
    if min > max {
        form.refuse("min_values", "SELECT_COMPONENT_MIN_VALUES", "min_values cannot be above max_values");
    }
    if of == kind::STRING_SELECT {
        options(form, min, max);
    }
}

fn options(form: &mut Form<'_, '_>, min: u64, max: u64) {
    let Some(options) = form.required_list("options", 1, 25) else { return };
    let mut values = BTreeSet::new();
    let mut chosen = 0;
    for (index, option) in options.iter().enumerate() {
        let path = format!("{}.{index}", form.path("options"));
        let Some(fields) = option.as_object() else { continue };
        let mut option = Form::new(fields, &path, form.errors);
        option.required_text("label", 1, 100);
        option.text("description", 0, 100);
        chosen += u64::from(option.boolean("default").unwrap_or_default());
        if option.required_text("value", 1, 100).is_some_and(|value| !values.insert(value)) {
            let message = "The specified option value is already used";
            option.refuse("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
    let count = options.len() as u64;
    if min > count || max > count {
        let message = format!("There are only {count} options");
        form.refuse("max_values", "SELECT_COMPONENT_MAX_VALUES", message);
    }
    if chosen > max {
        form.refuse("options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS", format!("Only {max} may be chosen"));
    }
}

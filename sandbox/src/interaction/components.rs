//! Components of messages and modals, as trees of JSON.

use std::collections::BTreeSet;

use serde_json::Value;

/// Discord's numbers of components. See Discord Docs/Components/Reference.
pub(crate) mod kind {
    pub(crate) const ACTION_ROW: u64 = 1;
    pub(crate) const BUTTON: u64 = 2;
    pub(crate) const STRING_SELECT: u64 = 3;
    pub(crate) const TEXT_INPUT: u64 = 4;
    pub(crate) const USER_SELECT: u64 = 5;
    pub(crate) const ROLE_SELECT: u64 = 6;
    pub(crate) const MENTIONABLE_SELECT: u64 = 7;
    pub(crate) const CHANNEL_SELECT: u64 = 8;
    pub(crate) const SECTION: u64 = 9;
    pub(crate) const TEXT_DISPLAY: u64 = 10;
    pub(crate) const THUMBNAIL: u64 = 11;
    pub(crate) const MEDIA_GALLERY: u64 = 12;
    pub(crate) const FILE: u64 = 13;
    pub(crate) const SEPARATOR: u64 = 14;
    pub(crate) const CONTAINER: u64 = 17;
    pub(crate) const LABEL: u64 = 18;
    pub(crate) const FILE_UPLOAD: u64 = 19;
    pub(crate) const RADIO_GROUP: u64 = 21;
    pub(crate) const CHECKBOX_GROUP: u64 = 22;
    pub(crate) const CHECKBOX: u64 = 23;
}

/// A component's type.
pub(crate) fn type_of(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or_default()
}

/// A text of a component, empty if it has none of that name.
pub(crate) fn text<'a>(component: &'a Value, field: &str) -> &'a str {
    component[field].as_str().unwrap_or_default()
}

/// A list of a component, empty if it has none of that name.
pub(crate) fn list<'a>(component: &'a Value, field: &str) -> &'a [Value] {
    component[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Every component of a tree, each before those in it.
pub(crate) fn all(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components {
        collect(component, &mut found);
    }
    found
}

fn collect<'a>(component: &'a Value, found: &mut Vec<&'a Value>) {
    found.push(component);
    let inner = list(component, "components").iter();
    for inner in inner.chain(component.get("component")).chain(component.get("accessory")) {
        collect(inner, found);
    }
}

/// The tree as Discord returns it: every component has an `id`, counted in order where none was given.
pub(crate) fn numbered(components: &[Value]) -> Vec<Value> {
    let mut taken: BTreeSet<u64> =
        all(components).iter().filter_map(|component| component["id"].as_u64()).collect();
    let mut next = 1;
    let mut tree = components.to_vec();
    tree.iter_mut().for_each(|component| number(component, &mut taken, &mut next));
    tree
}

fn number(component: &mut Value, taken: &mut BTreeSet<u64>, next: &mut u64) {
    if component["id"].as_u64().unwrap_or_default() == 0 {
        while !taken.insert(*next) {
            *next += 1;
        }
        component["id"] = Value::from(*next);
    }
    for field in ["components", "component", "accessory"] {
        match component.get_mut(field) {
            Some(Value::Array(inner)) => inner.iter_mut().for_each(|inner| number(inner, taken, next)),
            Some(inner @ Value::Object(_)) => number(inner, taken, next),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn components_are_numbered_in_order_around_the_ids_they_have() {
        let tree = [
            json!({ "type": 17, "components": [{ "type": 10, "content": "x", "id": 2 }, { "type": 9, "components": [{ "type": 10 }], "accessory": { "type": 2 } }] }),
            json!({ "type": 18, "id": 0, "component": { "type": 4 } }),
        ];
        let numbered = numbered(&tree);
        let ids: Vec<_> = all(&numbered).iter().filter_map(|component| component["id"].as_u64()).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(text(&numbered[0]["components"][0], "content"), "x");
    }
}

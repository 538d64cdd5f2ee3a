//! What stands in a form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What stands in a form, by field: as somebody typed it, or as it is filled in for them.
///
/// A checkbox that is set holds [`Draft::CHECKED`].
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Draft(BTreeMap<String, Vec<String>>);

impl Draft {
    /// What a checkbox holds that is set.
    pub const CHECKED: &str = "true";

    /// The same with `values` in `field`.
    #[must_use]
    pub fn with(mut self, field: &str, values: impl IntoIterator<Item = String>) -> Self {
        self.0.insert(field.to_owned(), values.into_iter().collect());
        self
    }

    /// The same with a text in `field`.
    #[must_use]
    pub fn with_text(self, field: &str, text: impl Into<String>) -> Self {
        self.with(field, [text.into()])
    }

    /// The same with the checkbox `field` set or not.
    #[must_use]
    pub fn with_check(self, field: &str, checked: bool) -> Self {
        self.with(field, checked.then(|| Self::CHECKED.to_owned()))
    }

    /// The values in a field.
    #[must_use]
    pub fn values(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// The text in a field, or the first of its values; empty if there is none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.values(field).first().map_or("", String::as_str)
    }

    /// Whether a checkbox is set.
    #[must_use]
    pub fn is_checked(&self, field: &str) -> bool {
        self.text(field) == Self::CHECKED
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_draft_reads_back_from_json() {
        let draft =
            Draft::default().with_text("name", "Spa 24h").with_check("on", true).with_check("off", false);
        let json = serde_json::to_string(&draft).unwrap();
        assert_eq!(json, r#"{"name":["Spa 24h"],"off":[],"on":["true"]}"#);
        assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
        assert!(draft.is_checked("on") && !draft.is_checked("off") && !draft.is_checked("name"));
        assert_eq!((draft.text("name"), draft.text("other")), ("Spa 24h", ""));
    }
}

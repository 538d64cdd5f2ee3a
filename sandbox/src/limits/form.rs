//! Fields of a JSON form, read with Discord's own complaints.

use serde_json::{Map, Value};

use crate::{Snowflake, rest::FormErrors};

/// One object of a form: reads fields of it, and notes what is wrong with them under its path.
pub(crate) struct Form<'a, 'e> {
    fields: &'a Map<String, Value>,
    path: String,
    pub(crate) errors: &'e mut FormErrors,
}

impl<'a, 'e> Form<'a, 'e> {
    /// An object at a path of the form.
    pub(crate) fn new(fields: &'a Map<String, Value>, path: &str, errors: &'e mut FormErrors) -> Self {
        Self { fields, path: path.to_owned(), errors }
    }

    /// The object itself.
    pub(crate) fn fields(&self) -> &'a Map<String, Value> {
        self.fields
    }

    /// The path of a field; without a name the object's own.
    pub(crate) fn path(&self, name: &str) -> String {
        [self.path.as_str(), name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }

    /// Notes an error of a field.
    pub(crate) fn refuse(&mut self, name: &str, code: &str, message: impl Into<String>) {
        let path = self.path(name);
        self.errors.add(&path, code, message);
    }

    /// Whether the field was sent, null being something.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The field; nothing if it is missing or null.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A text between two lengths.
    pub(crate) fn text(&mut self, name: &str, min: usize, max: usize) -> Option<&'a str> {
        let Some(text) = self.get(name)?.as_str() else {
            self.refuse(name, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            return None;
        };
        let path = self.path(name);
        self.errors.length(&path, text, min, max);
        Some(text)
    }

    /// A text that can't be left out.
    pub(crate) fn required_text(&mut self, name: &str, min: usize, max: usize) -> Option<&'a str> {
        if self.get(name).is_none() {
            let path = self.path(name);
            self.errors.required(&path);
            return None;
        }
        self.text(name, min, max)
    }

    /// A whole number in a range.
    pub(crate) fn number(&mut self, name: &str, min: u64, max: u64) -> Option<u64> {
        let value = self.get(name)?;
        let Some(number) = value.as_u64() else {
            self.refuse(name, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number < min {
            self.refuse(
                name,
                "NUMBER_TYPE_MIN",
                format!("int value should be greater than or equal to {min}."),
            );
        } else if number > max {
            self.refuse(name, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {max}."));
        }
        Some(number)
    }

    /// Yes or no.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        let value = self.get(name)?;
        if value.as_bool().is_none() {
            self.refuse(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
        value.as_bool()
    }

    /// An id, as a string or a number.
    pub(crate) fn id(&mut self, name: &str) -> Option<Snowflake> {
        let value = self.get(name)?;
        let id =
            value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64().map(Snowflake::new));
        if id.is_none() {
            self.refuse(name, "NUMBER_TYPE_COERCE", format!("Value {value} is not snowflake."));
        }
        id
    }

    /// A list of so many entries.
    pub(crate) fn list(&mut self, name: &str, min: usize, max: usize) -> Option<&'a [Value]> {
        let Some(list) = self.get(name)?.as_array() else {
            self.refuse(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.");
            return None;
        };
        if list.len() < min || list.len() > max {
            let message = format!("Must be between {min} and {max} in length.");
            self.refuse(name, "BASE_TYPE_BAD_LENGTH", message);
        }
        Some(list)
    }

    /// A list that can't be left out.
    pub(crate) fn required_list(&mut self, name: &str, min: usize, max: usize) -> Option<&'a [Value]> {
        if self.get(name).is_none() {
            let path = self.path(name);
            self.errors.required(&path);
            return None;
        }
        self.list(name, min, max)
    }
}

/// Permission bits, which Discord takes as a string or a number.
pub(crate) fn bits(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

//! A request, taken apart.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{ApiError, FormErrors, Upload};
use crate::Snowflake;

/// A request to a known route, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The route's template, such as `/channels/{channel_id}`.
    pub(crate) template: &'static str,
    /// The path below `/api/v10`, as it came.
    pub(crate) path: String,
    /// The values of the template's parameters, percent-decoded.
    pub(crate) params: Vec<(&'static str, String)>,
    /// What follows the question mark, as it came.
    pub(crate) raw_query: Option<String>,
    /// The query's parameters, percent-decoded.
    pub(crate) query: Vec<(String, String)>,
    /// The JSON body, if there is one.
    pub(crate) body: Option<Value>,
    /// The files that came with it.
    pub(crate) files: Vec<Upload>,
    /// The audit-log reason, percent-decoded.
    pub(crate) reason: Option<String>,
    /// The `Authorization` header.
    pub(crate) authorization: Option<String>,
}

impl Request {
    /// Method and template, as complaints and calls name it.
    pub(crate) fn route(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// The access token of a person that the request comes with.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.authorization.as_deref()?.strip_prefix("Bearer ")
    }

    /// The name and the password of HTTP Basic. See RFC 7617.
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        let encoded = self.authorization.as_deref()?.strip_prefix("Basic ")?;
        let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        decoded.split_once(':').map(|(name, password)| (name.to_owned(), password.to_owned()))
    }

    /// A parameter of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the path that is an id.
    pub(crate) fn id(&self, name: &str) -> Result<Snowflake, ApiError> {
        snowflake(name, self.param(name))
    }

    /// A parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of the query that can't be left out, between two lengths.
    pub(crate) fn query_text(&self, name: &str, min: usize, max: usize) -> Result<&str, ApiError> {
        let mut errors = FormErrors::default();
        let value = self.query(name).unwrap_or_default();
        match self.query(name) {
            Some(value) => errors.length(name, value, min, max),
            None => errors.required(name),
        }
        errors.finish().map(|()| value)
    }

    /// A parameter of the query that is an id.
    pub(crate) fn query_id(&self, name: &str) -> Result<Option<Snowflake>, ApiError> {
        self.query(name).map(|value| snowflake(name, value)).transpose()
    }

    /// A parameter of the query that is a whole number in a range.
    pub(crate) fn query_number(&self, name: &str, min: u64, max: u64) -> Result<Option<u64>, ApiError> {
        let Some(value) = self.query(name) else { return Ok(None) };
        let mut errors = FormErrors::default();
        match value.parse::<u64>() {
            Ok(number) if (min..=max).contains(&number) => return Ok(Some(number)),
            Ok(_) => {
                let message = format!("int value should be between {min} and {max}.");
                errors.add(name, "NUMBER_TYPE_RANGE", message);
            }
            Err(_) => errors.add(name, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int.")),
        }
        errors.finish().map(|()| None)
    }

    /// A parameter of the query that is an instant.
    pub(crate) fn query_time(&self, name: &str) -> Result<Option<Timestamp>, ApiError> {
        let Some(value) = self.query(name) else { return Ok(None) };
        let mut errors = FormErrors::default();
        match value.parse::<Timestamp>() {
            Ok(at) => return Ok(Some(at)),
            Err(_) => errors.add(name, "DATE_TIME_TYPE_PARSE", format!("Could not parse {value}.")),
        }
        errors.finish().map(|()| None)
    }

    /// The body as an object; an empty one if there is none.
    pub(crate) fn form(&self) -> Result<Map<String, Value>, ApiError> {
        match &self.body {
            None => Ok(Map::new()),
            Some(Value::Object(form)) => Ok(form.clone()),
            Some(_) => Err(ApiError::new(400, 50109, "The request body contains invalid JSON.")),
        }
    }
}

fn snowflake(name: &str, value: &str) -> Result<Snowflake, ApiError> {
    let mut errors = FormErrors::default();
    match value.parse() {
        Ok(id) => return Ok(id),
        Err(_) => errors.add(name, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not snowflake.")),
    }
    errors.finish().map(|()| Snowflake::new(0))
}

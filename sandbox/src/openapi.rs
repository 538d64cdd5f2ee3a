//! The official description of Discord's HTTP API, and what in a request or an answer breaks it.
//!
//! The description is an OpenAPI 3.1 document. The schema of an operation is compiled the first time that it is needed.
//! See <https://github.com/discord/discord-api-spec>.

mod query;
mod routes;
mod schema;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jsonschema::Validator;
use serde_json::Value;

pub use routes::Route;

/// Discord's description of its HTTP API.
pub struct OpenApi {
    document: Value,
    routes: Vec<Route>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// Why a description cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenApiError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not JSON.
    #[error("{path} is not JSON: {source}")]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The document describes no route.
    #[error("the description has no paths")]
    NoPaths,
}

/// A request, as far as the description speaks of it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path below `/api/v10`, beginning with a slash.
    pub path: &'a str,
    /// What follows the question mark.
    pub query: Option<&'a str>,
    /// The JSON body, or the `payload_json` part of a form.
    pub body: Option<&'a Value>,
}

/// One thing that breaks the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: a JSON pointer into the body, or the name of a parameter.
    pub at: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

impl Violation {
    fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}

impl OpenApi {
    /// Reads the description in the file `path`. A process reads a file once, whoever asks.
    ///
    /// # Errors
    /// When the file cannot be read, is not JSON or describes no route.
    pub fn load(path: &Path) -> Result<Arc<Self>, OpenApiError> {
        static LOADED: Mutex<Vec<(PathBuf, Arc<OpenApi>)>> = Mutex::new(Vec::new());
        let mut loaded = lock(&LOADED);
        if let Some((_, known)) = loaded.iter().find(|(from, _)| from == path) {
            return Ok(Arc::clone(known));
        }
        let text = std::fs::read(path).map_err(|source| OpenApiError::Read { path: path.into(), source })?;
        let document = serde_json::from_slice(&text)
            .map_err(|source| OpenApiError::Json { path: path.into(), source })?;
        let read = Arc::new(Self::new(document)?);
        loaded.push((path.into(), Arc::clone(&read)));
        Ok(read)
    }

    /// Takes a description that is already in memory.
    ///
    /// # Errors
    /// When it describes no route.
    pub fn new(mut document: Value) -> Result<Self, OpenApiError> {
        schema::admit_permission_strings(&mut document);
        let routes = routes::of(&document);
        if routes.is_empty() {
            return Err(OpenApiError::NoPaths);
        }
        Ok(Self { document, routes, validators: Mutex::default() })
    }

    /// The route that `path` (below `/api/v10`) stands for, with its method in any case.
    #[must_use]
    pub fn route(&self, method: &str, path: &str) -> Option<&Route> {
        let fits =
            self.routes.iter().filter(|route| route.method.eq_ignore_ascii_case(method) && route.fits(path));
        fits.max_by_key(|route| route.literals())
    }

    /// What the description calls the operation that `path` (below `/api/v10`) stands for.
    #[must_use]
    pub fn operation(&self, method: &str, path: &str) -> Option<&str> {
        self.at(&self.route(method, path)?.pointer)?["operationId"].as_str()
    }

    /// Everything in `request` that breaks the description, an unknown route included.
    #[must_use]
    pub fn check_request(&self, request: &Request<'_>) -> Vec<Violation> {
        let Some(route) = self.route(request.method, request.path) else {
            return vec![Violation::new(
                "route",
                format!("{} {} is not described", request.method, request.path),
            )];
        };
        let mut found = self.check_path(route, request.path);
        found.extend(self.check_query(route, request.query.unwrap_or_default()));
        found.extend(self.check_body(route, request.body));
        found
    }

    /// Everything in the answer to `method path` that breaks the description. An empty body is `None`.
    #[must_use]
    pub fn check_response(
        &self,
        method: &str,
        path: &str,
        status: u16,
        body: Option<&Value>,
    ) -> Vec<Violation> {
        let Some(route) = self.route(method, path) else {
            return vec![Violation::new("route", format!("{method} {path} is not described"))];
        };
        let responses = format!("{}/responses", route.pointer);
        let class = format!("{}XX", status / 100);
        let keys = [status.to_string(), class];
        let Some(key) = keys.iter().find(|key| self.at(&format!("{responses}/{key}")).is_some()) else {
            return vec![Violation::new("status", format!("{status} is not among the answers to {route}"))];
        };
        let described = self.resolve(&format!("{responses}/{key}"));
        let schema = format!("{described}/content/application~1json/schema");
        match (self.at(&schema), body) {
            (None, None) => Vec::new(),
            (None, Some(_)) => vec![Violation::new("body", format!("{status} has no body"))],
            (Some(_), None) => vec![Violation::new("body", format!("{status} has a body"))],
            (Some(_), Some(body)) => self.check(&schema, body),
        }
    }

    /// Everything in `body`, our answer to an interaction, that breaks the description.
    #[must_use]
    pub fn check_callback(&self, body: &Value) -> Vec<Violation> {
        match callback_schema(body) {
            Some(name) => self.check_schema(name, body),
            None => vec![Violation::new("/type", format!("{} is no type of answer", body["type"]))],
        }
    }

    /// Everything in `value` that breaks the schema called `name` in the description.
    #[must_use]
    pub fn check_schema(&self, name: &str, value: &Value) -> Vec<Violation> {
        self.check(&format!("/components/schemas/{name}"), value)
    }

    fn check_body(&self, route: &Route, body: Option<&Value>) -> Vec<Violation> {
        let described = format!("{}/requestBody", route.pointer);
        let required = self.at(&format!("{described}/required")) == Some(&Value::Bool(true));
        let schema = format!("{described}/content/application~1json/schema");
        match body {
            None if required => vec![Violation::new("body", "is missing")],
            None => Vec::new(),
            Some(_) if self.at(&described).is_none() => {
                vec![Violation::new("body", format!("{route} takes none"))]
            }
            Some(body) if self.at(&schema).is_some() => self.check(&schema, body),
            Some(_) => Vec::new(),
        }
    }

    fn check_path(&self, route: &Route, path: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        for (name, value) in route.parameters(path) {
            for owner in [&route.pointer, &route.shared] {
                let Some(schema) = self.parameter(owner, "path", &name) else { continue };
                let broken = self.check(&schema, &Value::from(value.as_str()));
                found.extend(
                    broken.into_iter().map(|v| Violation::new(format!("path parameter {name}"), v.what)),
                );
            }
        }
        found
    }

    /// Where the schema of a parameter stands in the document.
    fn parameter(&self, owner: &str, place: &str, name: &str) -> Option<String> {
        let list = format!("{owner}/parameters");
        let described = self.at(&list)?.as_array()?;
        let index = described.iter().position(|p| p["in"] == place && p["name"] == name)?;
        Some(format!("{list}/{index}/schema"))
    }

    fn at(&self, pointer: &str) -> Option<&Value> {
        self.document.pointer(pointer)
    }

    /// Follows one `$ref` at `pointer`.
    fn resolve(&self, pointer: &str) -> String {
        let target = self.at(pointer).and_then(|v| v["$ref"].as_str());
        target.map_or_else(|| pointer.to_owned(), |target| target.trim_start_matches('#').to_owned())
    }

    /// Checks `value` against the schema at `pointer`, which is compiled at its first use.
    fn check(&self, pointer: &str, value: &Value) -> Vec<Violation> {
        let known = lock(&self.validators).get(pointer).cloned();
        let validator = match known {
            Some(validator) => validator,
            None => match schema::compile(&self.document, pointer) {
                Ok(validator) => {
                    let validator = Arc::new(validator);
                    lock(&self.validators).insert(pointer.to_owned(), Arc::clone(&validator));
                    validator
                }
                Err(reason) => return vec![Violation::new(pointer, format!("no usable schema: {reason}"))],
            },
        };
        schema::violations(&validator, value)
    }
}

/// What the description calls an answer to an interaction.
pub(crate) fn callback_schema(body: &Value) -> Option<&'static str> {
    Some(match body["type"].as_u64()? {
        1 => "PongInteractionCallbackRequest",
        4 | 5 => "CreateMessageInteractionCallbackRequest",
        6 | 7 => "UpdateMessageInteractionCallbackRequest",
        8 => "ApplicationCommandAutocompleteCallbackRequest",
        9 => "ModalInteractionCallbackRequest",
        _ => return None,
    })
}

impl fmt::Debug for OpenApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApi").field("routes", &self.routes.len()).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;

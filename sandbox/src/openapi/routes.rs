//! The routes that the description speaks of.

use std::fmt;

use serde_json::Value;

const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// An operation: a method and a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method, in upper case.
    pub method: String,
    /// The path below `/api/v10`, with its parameters in braces: `/channels/{channel_id}`.
    pub template: String,
    /// Where the operation stands in the document.
    pub(super) pointer: String,
    /// Where the path stands, which has the parameters that its operations share.
    pub(super) shared: String,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

impl Route {
    /// Whether `path` is one of this route's.
    #[must_use]
    pub fn fits(&self, path: &str) -> bool {
        let (ours, theirs) = (self.template.split('/'), path.split('/'));
        ours.clone().count() == theirs.clone().count()
            && ours
                .zip(theirs)
                .all(|(our, their)| our == their || (parameter(our).is_some() && !their.is_empty()))
    }

    /// The values of the template's parameters in `path`.
    #[must_use]
    pub fn parameters(&self, path: &str) -> Vec<(String, String)> {
        let pairs = self.template.split('/').zip(path.split('/'));
        pairs.filter_map(|(our, their)| Some((parameter(our)?.to_owned(), their.to_owned()))).collect()
    }

    /// How many segments are spelled out: of two routes that fit, the one with more is meant.
    pub(super) fn literals(&self) -> usize {
        self.template.split('/').filter(|segment| parameter(segment).is_none()).count()
    }
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// All routes of the document.
pub(super) fn of(document: &Value) -> Vec<Route> {
    let Some(paths) = document["paths"].as_object() else { return Vec::new() };
    let mut routes = Vec::new();
    for (template, operations) in paths {
        let shared = format!("/paths/{}", template.replace('~', "~0").replace('/', "~1"));
        for method in METHODS.into_iter().filter(|method| operations.get(method).is_some()) {
            routes.push(Route {
                method: method.to_ascii_uppercase(),
                template: template.clone(),
                pointer: format!("{shared}/{method}"),
                shared: shared.clone(),
            });
        }
    }
    routes
}

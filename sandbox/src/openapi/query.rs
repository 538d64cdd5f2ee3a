//! Query parameters: strings that stand for JSON values.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{OpenApi, Route, Violation};

impl OpenApi {
    /// Everything in a query string that breaks the description: unknown, missing and malformed parameters.
    pub(super) fn check_query(&self, route: &Route, query: &str) -> Vec<Violation> {
        let given = parse(query);
        let mut found = Vec::new();
        for (name, values) in &given {
            let at = format!("query parameter {name}");
            match self.parameter(&route.pointer, "query", name) {
                None => found.push(Violation::new(at, format!("{route} has none of that name"))),
                Some(schema) => {
                    found.extend(self.check_value(&schema, values).map(|what| Violation::new(at, what)))
                }
            }
        }
        for name in self.required(route).filter(|name| !given.contains_key(*name)) {
            found.push(Violation::new(format!("query parameter {name}"), "is missing"));
        }
        found
    }

    /// What is wrong with the values of one parameter: they are right if any reading of them is.
    fn check_value(&self, schema: &str, values: &[String]) -> Option<String> {
        let mut first = None;
        for reading in readings(values) {
            let broken = self.check(schema, &reading);
            let violation = broken.into_iter().next()?;
            first.get_or_insert(violation.what);
        }
        first
    }

    fn required<'a>(&'a self, route: &Route) -> impl Iterator<Item = &'a str> {
        let listed = self.at(&format!("{}/parameters", route.pointer)).and_then(Value::as_array);
        let required = listed.into_iter().flatten().filter(|p| p["in"] == "query" && p["required"] == true);
        required.filter_map(|p| p["name"].as_str())
    }
}

/// What a repeated string may mean: text, a number, yes or no, or a list of these.
fn readings(values: &[String]) -> Vec<Value> {
    let text = values.first().cloned().unwrap_or_default();
    let mut readings = vec![Value::from(text.as_str())];
    readings.extend(text.parse::<i64>().map(Value::from));
    match text.as_str() {
        "true" | "1" => readings.push(Value::from(true)),
        "false" | "0" => readings.push(Value::from(false)),
        _ => {}
    }
    if values.len() > 1 {
        readings.clear();
    }
    readings.push(values.iter().map(|v| Value::from(v.as_str())).collect());
    let numbers: Option<Vec<Value>> = values.iter().map(|v| v.parse::<i64>().ok().map(Value::from)).collect();
    readings.extend(numbers.map(Value::from));
    readings
}

fn parse(query: &str) -> BTreeMap<String, Vec<String>> {
    let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        given.entry(decode(name)).or_default().push(decode(value));
    }
    given
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

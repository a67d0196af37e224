//! The operations, one a line: what a reviewer reads first.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{document, each_operation};

/// `openapi/operations.txt`: method, path, operation, tag, who may, summary.
#[must_use]
pub fn operations(document: &Value) -> String {
    let mut lines = String::new();
    let paths = document.get("paths").unwrap_or(&Value::Null);
    for (path, method, operation) in each_operation(paths) {
        let _ = writeln!(
            lines,
            "{} {path} {} {} {} {}",
            method.to_uppercase(),
            text(operation, "operationId"),
            tag(operation),
            scopes(operation),
            text(operation, "summary"),
        );
    }
    lines
}

/// The lists of the contract, with what each holds.
pub fn collections() -> impl Iterator<Item = (&'static str, &'static str)> {
    let paths = document().get("paths").unwrap_or(&Value::Null);
    each_operation(paths).filter_map(|(path, method, operation)| {
        let list = path.starts_with("/v1/") && !path.contains('{') && !path.ends_with("/export");
        let listed = list && method == "get" && tag(operation) != "service";
        listed.then(|| (path, text(operation, "summary")))
    })
}

pub(super) fn text<'d>(operation: &'d Map<String, Value>, member: &str) -> &'d str {
    operation.get(member).and_then(Value::as_str).unwrap_or("-")
}

fn tag(operation: &Map<String, Value>) -> &str {
    let first = operation.get("tags").and_then(|tags| tags.get(0));
    first.and_then(Value::as_str).unwrap_or("-")
}

/// `public`, `token`, or the scope that one must have; `public|` before a scope that widens.
fn scopes(operation: &Map<String, Value>) -> String {
    let alternatives = operation.get("security").and_then(Value::as_array);
    let told: Vec<String> = alternatives
        .into_iter()
        .flatten()
        .map(alternative)
        .collect();
    if told.is_empty() {
        "public".to_owned()
    } else {
        told.join("|")
    }
}

/// One way to be let in.
fn alternative(one: &Value) -> String {
    let schemes = one.as_object().into_iter().flatten();
    let mut scopes = schemes.filter_map(|(_, scopes)| scopes.as_array());
    let Some(scopes) = scopes.next() else {
        return "public".to_owned();
    };
    let named: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
    if named.is_empty() {
        "token".to_owned()
    } else {
        named.join("+")
    }
}

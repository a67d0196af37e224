//! The open map: search, totals, sheets, exports.

mod facets;
mod filters;
mod forms;
mod pages;
mod parts;
mod places;
mod sheet;
mod words;
mod writes;
mod writes_parts;

use serde_json::Value;

use crate::support::Server;

/// The items of a list.
#[track_caller]
fn items(server: &Server, query: &str) -> Vec<Value> {
    let list = server
        .get(&format!("/v1/establishments?limit=100&{query}"))
        .json();
    list["items"].as_array().unwrap().clone()
}

/// Every item that matches, through every page.
#[track_caller]
fn all(server: &Server, query: &str) -> Vec<Value> {
    server.walk(&format!("/v1/establishments?limit=100&{query}"))
}

#[track_caller]
fn total(server: &Server, query: &str) -> u64 {
    let list = server
        .get(&format!("/v1/establishments?limit=1&{query}"))
        .json();
    list["total"].as_u64().unwrap()
}

/// The whole sheets of what matches.
fn sheets(server: &Server, query: &str) -> Vec<Value> {
    let export = server.get(&format!("/v1/establishments/export?format=ndjson&{query}"));
    assert_eq!(export.status, 200, "{}", export.text());
    export
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The slugs, sorted.
fn slugs(items: &[Value]) -> Vec<String> {
    let mut slugs: Vec<String> = items
        .iter()
        .map(|item| item["slug"].as_str().unwrap().to_owned())
        .collect();
    slugs.sort();
    slugs
}

/// Whether a part of a sheet meets a condition.
fn some(sheet: &Value, list: &str, meets: impl Fn(&Value) -> bool) -> bool {
    sheet[list]
        .as_array()
        .is_some_and(|parts| parts.iter().any(meets))
}

/// A filter answers exactly the sheets that meet a condition told in the words of the sheet.
#[track_caller]
fn filters_by(server: &Server, query: &str, meets: impl Fn(&Value) -> bool) {
    let expected: Vec<Value> = sheets(server, "")
        .into_iter()
        .filter(|sheet| meets(sheet))
        .collect();
    assert!(
        !expected.is_empty(),
        "{query}: nothing to find, the test proves nothing"
    );
    assert!(
        expected.len() < 186,
        "{query}: everything is found, the test proves nothing"
    );
    assert_eq!(slugs(&all(server, query)), slugs(&expected), "{query}");
}

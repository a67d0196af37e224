//! Partners: public cards that everybody searches, records that some read and write.

mod cards;
mod search;

use serde_json::Value;

use crate::support::Server;

/// The items of a list.
#[track_caller]
fn items(server: &Server, query: &str) -> Vec<Value> {
    let list = server
        .get(&format!("/v1/partners?limit=100&{query}"))
        .json();
    list["items"].as_array().unwrap().clone()
}

/// The names, sorted.
fn names(items: &[Value]) -> Vec<String> {
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    let mut names: Vec<String> = items.iter().map(name).collect();
    names.sort();
    names
}

//! Offers: what everybody finds, and what some find besides.

mod facets;
mod filters;
mod following;
mod forms;
mod publication;
mod views;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{changes::EventType, kernel::Id, offers::Offer};
use persistence::offers;
use serde_json::Value;

use crate::support::Server;

/// Every offer that everybody finds, as the export tells it.
#[track_caller]
fn exported(server: &Server) -> Vec<Value> {
    let export = server.get("/v1/offers/export");
    let lines = export.text().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The ids of offers.
fn ids(offers: &[Value]) -> BTreeSet<String> {
    let id = |offer: &Value| offer["id"].as_str().unwrap().to_owned();
    offers.iter().map(id).collect()
}

/// The codes of a list of coded values, or the one code.
fn codes(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values
            .iter()
            .filter_map(|value| value["code"].as_str())
            .collect(),
        value => value["code"].as_str().into_iter().collect(),
    }
}

/// The first offer of a kind that everybody finds.
#[track_caller]
fn first(server: &Server, query: &str) -> Value {
    let list = server
        .get(&format!("/v1/offers?limit=1&sort=title&{query}"))
        .json();
    list["items"][0].clone()
}

/// The offer of this id, as it is kept.
fn kept(server: &Server, id: &str) -> Offer {
    let id = Id::new(id.parse().unwrap());
    let found = server
        .db
        .db()
        .read_blocking(|conn| offers::find(conn, id))
        .unwrap();
    found.unwrap()
}

/// Keeps an offer by another process, as having lived through an event.
fn keep(server: &Server, offer: &Offer, event: EventType, at: DateTime<Utc>) {
    let actor = "cli:test".parse().unwrap();
    let saved = server
        .db
        .db()
        .write_blocking(|conn| offers::save(conn, offer, &[event], at, &actor));
    saved.unwrap();
}

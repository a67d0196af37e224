//! Facets count exactly, over what the other filters leave.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{codes, exported};
use crate::support::{Parts, Server, on};

/// What a facet counts, read from a card.
type Counted = fn(&Value) -> Vec<String>;

fn of(card: &Value, field: &str) -> Vec<String> {
    codes(&card[field])
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn boolean(card: &Value, field: &str) -> Vec<String> {
    let value = card[field].as_bool();
    value.iter().map(ToString::to_string).collect()
}

const FACETS: [(&str, Counted); 17] = [
    ("kind", |card| of(card, "kind")),
    ("field", |card| of(card, "field")),
    ("activity", |card| of(card, "activity")),
    ("form", |card| of(card, "form")),
    ("measure", |card| of(card, "measures")),
    ("audience", |card| of(card, "audiences")),
    ("slot", |card| of(card, "slots")),
    ("step_free", |card| boolean(card, "step_free")),
    ("licence_needed", |card| boolean(card, "licence_needed")),
    ("vehicle_needed", |card| boolean(card, "vehicle_needed")),
    ("host_kind", |card| of(card, "host_kind")),
    ("establishment", |card| {
        let id = card["establishment"]["id"].as_str();
        id.iter().map(ToString::to_string).collect()
    }),
    ("regime", |card| of(card, "regime")),
    ("contract_kind", |card| of(card, "contract_kind")),
    ("direction", |card| of(card, "direction")),
    ("region", |card| of(card, "region")),
    ("departement", |card| of(card, "departement")),
];

fn told(server: &Server, name: &str, query: &str) -> BTreeMap<String, u64> {
    let list = server
        .get(&format!("/v1/offers?limit=1&facets={name}&{query}"))
        .json();
    let values = list["facets"][name].as_array().unwrap();
    assert!(values.is_sorted_by(|a, b| a["count"].as_u64() >= b["count"].as_u64()));
    values
        .iter()
        .map(|value| {
            let label = value["label"].as_str().unwrap();
            let code = value["code"].as_str().unwrap().to_owned();
            assert!(
                !label.is_empty() && label != code || name == "departement",
                "{value}"
            );
            (code, value["count"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn facets_count_exactly() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        for (name, counted) in FACETS {
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for code in all.iter().flat_map(counted) {
                *expected.entry(code).or_default() += 1;
            }
            assert!(!expected.is_empty(), "{name}: the test proves nothing");
            let told = told(server, name, "");
            let kept: BTreeMap<_, _> = expected
                .iter()
                .filter(|(code, _)| told.contains_key(*code))
                .map(|(code, count)| (code.clone(), *count))
                .collect();
            assert_eq!(told, kept, "{name}");
            assert!(told.len() == expected.len() || told.len() == 120, "{name}");
        }
    });
}

#[test]
fn a_facet_ignores_its_own_filter_and_no_other() {
    on(Parts::Demo, |server| {
        assert_eq!(told(server, "kind", "kind=tig"), told(server, "kind", ""));
        let fields = told(server, "field", "slot=sunday&field=heritage");
        assert_eq!(fields, told(server, "field", "slot=sunday"));
        assert_ne!(fields, told(server, "field", ""));
        let both = told(server, "measure", "measure_all=tig,tnr");
        assert_eq!(both["tig"], both["tnr"], "what must all hold is kept");
    });
}

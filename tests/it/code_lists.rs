//! Every list of codes is an endpoint.

use crate::support::{Parts, on};

const LISTS: [&str; 17] = [
    "establishment-kinds",
    "establishment-statuses",
    "managements",
    "directions",
    "geo-precisions",
    "zone-kinds",
    "zone-statuses",
    "zone-equipment",
    "dock-kinds",
    "vehicle-sizes",
    "work-regimes",
    "activities",
    "activity-families",
    "contact-roles",
    "contact-purposes",
    "contact-reasons",
    "days",
];

#[test]
fn every_list_is_served_with_official_labels() {
    on(Parts::Real, |server| {
        let index = server.get("/v1/code-lists?limit=100").json();
        let names: Vec<&str> = index["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l["name"].as_str().unwrap())
            .collect();
        for name in LISTS {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        for name in names {
            let list = server.get(&format!("/v1/code-lists/{name}")).json();
            assert_eq!(list["name"], name);
            assert!(
                list["title"].as_str().is_some_and(|t| !t.is_empty()),
                "{name}"
            );
            assert!(
                list["open"].is_boolean() && list["ordered"].is_boolean(),
                "{name}"
            );
            let items = list["items"].as_array().unwrap();
            assert!(!items.is_empty(), "{name}");
            for item in items {
                assert!(
                    item["code"].is_string() && item["label"].is_string(),
                    "{name}: {item}"
                );
            }
        }
        server
            .get("/v1/code-lists/colours")
            .problem(404, "not-found");
    });
}

#[test]
fn lists_have_their_own_fields() {
    on(Parts::Real, |server| {
        let item = |name: &str, code: &str| {
            let list = server.get(&format!("/v1/code-lists/{name}")).json();
            list["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|i| i["code"] == code)
                .unwrap()
                .clone()
        };
        assert_eq!(item("vehicle-sizes", "articulated_44t")["rank"], 5);
        assert_eq!(item("directions", "outre_mer")["short_label"], "DSPOM");
        assert!(
            item("directions", "marseille")["departements"]
                .to_string()
                .contains("2A")
        );
        assert!(
            item("activities", "joinery")["naf"]
                .to_string()
                .contains("31.01Z")
        );
        assert_eq!(
            item("establishment-kinds", "cp")["label"],
            "Centre pénitentiaire"
        );
    });
}

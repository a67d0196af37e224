//! Every list of codes is an endpoint.

use serde_json::{Value, json};

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

#[test]
fn a_dated_list_says_what_is_in_force_on_a_day() {
    on(Parts::Real, |server| {
        let list = |name: &str, day: &str| {
            let url = format!("/v1/code-lists/{name}?on={day}");
            server.get(&url).json()["items"].as_array().unwrap().clone()
        };
        let item = |items: &[Value], code: &str| {
            let found = items.iter().find(|item| item["code"] == code);
            found.unwrap_or_else(|| panic!("{code}")).clone()
        };
        // Art. 131-8 of the Code pénal, before and after the law of 23 March 2019.
        for (day, most) in [("2019-03-24", 280), ("2019-03-25", 400)] {
            let main = item(&list("tig-hours", day), "tig_main_penalty");
            let bounds = main["hours"].as_array().unwrap();
            assert_eq!(bounds.len(), 1, "minors come later: {main}");
            assert_eq!(bounds[0]["max_hours"], most, "{day}");
            assert_eq!(bounds[0]["min_hours"], 20);
            assert_eq!(bounds[0]["audience"]["code"], "adults");
            assert_eq!(bounds[0]["article"], "CP 131-8");
        }
        let today = server.get("/v1/code-lists/tig-hours").json();
        let main = item(today["items"].as_array().unwrap(), "tig_main_penalty");
        assert_eq!(main["hours"].as_array().unwrap().len(), 2);
        assert_eq!(list("tig-hours", "1990-01-01"), Vec::<Value>::new());
        assert_eq!(list("pay-classes", "2022-04-30"), Vec::<Value>::new());
        let production = item(&list("pay-classes", "2022-05-01"), "production");
        assert_eq!(production["min_smic_percent"], json!(45.0));
        assert_eq!(production["from"], "2022-05-01");
        server
            .get("/v1/code-lists/tig-hours?on=2019-02-30")
            .problem(400, "invalid-parameter");
    });
}

#[test]
fn the_tag_of_a_list_is_that_of_its_day() {
    on(Parts::Real, |server| {
        let tag = |day: &str| {
            let url = format!("/v1/code-lists/tig-hours?on={day}");
            server.get(&url).header("etag").to_owned()
        };
        let (before, after) = (tag("2019-03-24"), tag("2019-03-25"));
        assert_ne!(before, after);
        let known = |day: &str, tag: &str| {
            let url = format!("/v1/code-lists/tig-hours?on={day}");
            server.get_with(&url, &[("If-None-Match", tag)]).status
        };
        assert_eq!(known("2019-03-24", &before), 304);
        assert_eq!(known("2019-03-25", &before), 200);
    });
}

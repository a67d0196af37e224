//! Counts by value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{all, sheets};
use crate::support::{Parts, Server, on};

#[track_caller]
fn facet(server: &Server, name: &str, query: &str) -> Vec<(String, u64)> {
    let list = server
        .get(&format!("/v1/establishments?limit=1&facets={name}&{query}"))
        .json();
    let values = list["facets"][name]
        .as_array()
        .unwrap_or_else(|| panic!("{list}"));
    let pair = |v: &Value| {
        (
            v["code"].as_str().unwrap().to_owned(),
            v["count"].as_u64().unwrap(),
        )
    };
    values.iter().map(pair).collect()
}

/// Counted by hand, largest first, then by code.
fn counted(values: impl Iterator<Item = String>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

#[test]
fn facets_count_exactly_with_labels() {
    on(Parts::Real, |server| {
        let list = server.get("/v1/establishments?limit=1&facets=kind").json();
        assert_eq!(
            list["facets"]["kind"][0],
            serde_json::json!({"code": "ma", "label": "Maison d'arrêt", "count": 73})
        );
        let all = all(server, "");
        for (name, pointer) in [
            ("kind", "/kind/code"),
            ("direction", "/direction/code"),
            ("region", "/address/region/code"),
            ("departement", "/address/departement/code"),
        ] {
            let values = all
                .iter()
                .map(|i| i.pointer(pointer).unwrap().as_str().unwrap().to_owned());
            assert_eq!(facet(server, name, ""), counted(values), "{name}");
        }
    });
}

#[test]
fn a_facet_ignores_its_own_filter_and_no_other() {
    on(Parts::Real, |server| {
        assert_eq!(facet(server, "kind", "kind=ma"), facet(server, "kind", ""));
        let bordeaux = facet(server, "kind", "kind=ma&direction=bordeaux");
        assert_eq!(bordeaux, facet(server, "kind", "direction=bordeaux"));
        assert_eq!(bordeaux.iter().map(|(_, count)| count).sum::<u64>(), 20);
    });
}

#[test]
fn what_must_all_hold_is_kept_by_the_facet_of_the_same_attribute() {
    on(Parts::Demo, |server| {
        for name in [
            "activity",
            "possible_activity",
            "any_activity",
            "zone_equipment",
        ] {
            let first = facet(server, name, "")[0].0.clone();
            let narrowed = facet(server, name, &format!("{name}_all={first}"));
            for (code, count) in &narrowed {
                let both = format!("{name}_all={first},{code}");
                let total = server
                    .get(&format!("/v1/establishments?limit=1&{both}"))
                    .json();
                assert_eq!(total["total"], *count, "{name}: {both}");
            }
            assert!(narrowed.len() > 1, "{name}: other choices are offered");
        }
    });
}

#[test]
fn facets_of_parts_count_establishments_over_matching_parts() {
    on(Parts::Demo, |server| {
        let sheets = sheets(server, "");
        let distinct = |sheet: &Value, list: &str, code: &dyn Fn(&Value) -> Vec<String>| {
            let mut codes: Vec<String> = sheet[list]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(code)
                .collect();
            codes.sort();
            codes.dedup();
            codes
        };
        let status = |z: &Value| vec![z["status"]["code"].as_str().unwrap().to_owned()];
        let large = |z: &Value| {
            if z["area_m2"].as_u64() >= Some(600) {
                status(z)
            } else {
                vec![]
            }
        };
        let by_hand = counted(sheets.iter().flat_map(|s| distinct(s, "zones", &large)));
        assert_eq!(
            facet(server, "zone_status", "zone_min_area_m2=600"),
            by_hand
        );
        let own = facet(
            server,
            "zone_status",
            "zone_min_area_m2=600&zone_status=closed",
        );
        assert_eq!(
            own, by_hand,
            "its own filter is ignored, the other criterion is not"
        );
        let regime = |a: &Value| vec![a["regime"]["code"].as_str().unwrap().to_owned()];
        let by_hand = counted(
            sheets
                .iter()
                .flat_map(|s| distinct(s, "activities", &regime)),
        );
        assert_eq!(facet(server, "regime", ""), by_hand);
    });
}

#[test]
fn every_facet_counts_what_the_sheets_say() {
    on(Parts::Demo, |server| {
        let sheets = sheets(server, "");
        for (name, list, pointer) in [
            ("activity", "activities", "/activity/code"),
            ("regime", "activities", "/regime/code"),
            ("possible_activity", "possible_activities", "/activity/code"),
            ("zone_kind", "zones", "/kind/code"),
            ("zone_status", "zones", "/status/code"),
            ("dock_kind", "docks", "/kind/code"),
        ] {
            let by_hand = counted(sheets.iter().flat_map(|sheet| {
                let parts = sheet[list].as_array().unwrap().iter();
                let codes = parts.map(|p| p.pointer(pointer).unwrap().as_str().unwrap());
                codes
                    .map(str::to_owned)
                    .collect::<std::collections::BTreeSet<_>>()
            }));
            assert_eq!(facet(server, name, ""), by_hand, "{name}");
        }
        let equipment = counted(sheets.iter().flat_map(|sheet| {
            let zones = sheet["zones"].as_array().unwrap().iter();
            let items = zones.flat_map(|z| z["equipment"].as_array().into_iter().flatten());
            let codes = items.map(|e| e["code"].as_str().unwrap().to_owned());
            codes.collect::<std::collections::BTreeSet<_>>()
        }));
        assert_eq!(facet(server, "zone_equipment", ""), equipment);
        let any = counted(sheets.iter().flat_map(|sheet| {
            let lists = ["activities", "possible_activities"];
            let parts = lists
                .iter()
                .flat_map(|list| sheet[*list].as_array().unwrap());
            let codes = parts.map(|p| p["activity"]["code"].as_str().unwrap().to_owned());
            codes.collect::<std::collections::BTreeSet<_>>()
        }));
        assert_eq!(facet(server, "any_activity", ""), any);
    });
}

#[test]
fn vehicle_sizes_count_each_size_that_is_taken() {
    on(Parts::Demo, |server| {
        let counts: BTreeMap<_, _> = facet(server, "dock_vehicle", "").into_iter().collect();
        let sizes = [
            "van_3t5",
            "rigid_12t",
            "rigid_19t",
            "rigid_26t",
            "articulated_44t",
        ];
        let cumulative: Vec<u64> = sizes
            .iter()
            .map(|s| counts.get(*s).copied().unwrap_or(0))
            .collect();
        assert!(
            cumulative.windows(2).all(|pair| pair[0] >= pair[1]),
            "{cumulative:?}"
        );
        assert!(
            cumulative[4] > 0 && cumulative[0] > cumulative[4],
            "{cumulative:?}"
        );
    });
}

#[test]
fn twelve_facets_at_most_each_known() {
    on(Parts::Demo, |server| {
        let names = "kind,management,direction,region,departement,activity,possible_activity,any_activity,regime,zone_kind,zone_status,zone_equipment";
        let list = server
            .get(&format!("/v1/establishments?limit=1&facets={names}"))
            .json();
        assert_eq!(list["facets"].as_object().unwrap().len(), 12);
        let more = server.get(&format!("/v1/establishments?facets={names},dock_kind"));
        assert_eq!(
            more.refused("invalid-parameter"),
            [("facets".to_owned(), "length".to_owned())]
        );
        let unknown = server.get("/v1/establishments?facets=commune");
        assert_eq!(
            unknown.refused("invalid-parameter"),
            [("facets".to_owned(), "code".to_owned())]
        );
        let rest = server
            .get("/v1/establishments?limit=1&facets=dock_kind,dock_vehicle,dock_leveller")
            .json();
        assert_eq!(
            rest["facets"]["dock_leveller"][0]["label"]
                .as_str()
                .map(str::len),
            Some(3),
            "Oui, Non"
        );
    });
}

//! The sheet of an establishment, and the totals.

use serde_json::{Value, json};

use super::{sheets, total};
use crate::support::{Parts, on};

#[test]
fn a_sheet_is_read_by_id_and_by_slug() {
    on(Parts::Real, |server| {
        let by_slug = server.get("/v1/establishments/cp-bordeaux-gradignan");
        let sheet = by_slug.json();
        let id = sheet["id"].as_str().unwrap();
        let by_id = server.get(&format!("/v1/establishments/{id}"));
        assert_eq!(by_id.json(), sheet);
        assert_eq!(by_id.header("etag"), by_slug.header("etag"));
        assert_eq!(sheet["kind"]["code"], "cp");
        assert_eq!(sheet["kind"]["label"], "Centre pénitentiaire");
        assert_eq!(
            sheet["direction"],
            json!({"code": "bordeaux", "label": "Direction interrégionale des services pénitentiaires de Bordeaux"})
        );
        assert_eq!(
            sheet["address"]["commune"],
            json!({"code": "33192", "name": "Gradignan"})
        );
        assert_eq!(sheet["capacity"]["as_of"], "2026-07-01");
    });
}

#[test]
fn what_no_source_gives_is_absent_and_never_null() {
    on(Parts::Real, |server| {
        for sheet in sheets(server, "") {
            for list in [
                "zones",
                "storage_areas",
                "docks",
                "activities",
                "possible_activities",
            ] {
                assert_eq!(sheet[list], json!([]), "{}", sheet["slug"]);
            }
            assert!(!has_null(&sheet), "{}", sheet["slug"]);
            for absent in [
                "working_hours",
                "workforce_available",
                "management",
                "production_area_m2",
            ] {
                assert!(sheet.get(absent).is_none(), "{absent}");
            }
        }
    });
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

#[test]
fn every_fictitious_part_says_so() {
    on(Parts::Demo, |server| {
        let mut parts = 0;
        for sheet in sheets(server, "") {
            for list in [
                "zones",
                "storage_areas",
                "docks",
                "activities",
                "possible_activities",
            ] {
                for part in sheet[list].as_array().unwrap() {
                    assert_eq!(part["demo"], true, "{}", sheet["slug"]);
                    parts += 1;
                }
            }
        }
        assert!(parts > 186, "{parts}");
        assert_eq!(server.get("/").json()["demo"], true);
    });
    on(Parts::Real, |server| {
        assert_eq!(server.get("/").json()["demo"], false);
    });
}

#[test]
fn a_semi_liberty_centre_has_less_than_a_detention_centre() {
    on(Parts::Demo, |server| {
        let mean = |kind: &str| {
            let summary = server
                .get(&format!("/v1/establishments/summary?kind={kind}"))
                .json();
            summary["production_area_m2"].as_f64().unwrap()
                / summary["establishments"].as_f64().unwrap()
        };
        assert!(
            mean("csl") * 3.0 < mean("cd"),
            "{} {}",
            mean("csl"),
            mean("cd")
        );
    });
}

#[test]
fn what_does_not_exist_is_not_found() {
    on(Parts::Real, |server| {
        for name in [
            "cp-nowhere",
            "019f1af9-b400-7f33-a738-000000000000",
            "CP-Bordeaux-Gradignan",
            "x",
            "%20",
        ] {
            server
                .get(&format!("/v1/establishments/{name}"))
                .problem(404, "not-found");
        }
        server
            .get("/v1/establishments/cp-bordeaux-gradignan?view=all")
            .problem(400, "unknown-parameter");
        server
            .get("/v1/establishments/cp-bordeaux-gradignan/")
            .problem(404, "not-found");
    });
}

#[test]
fn totals_add_up_what_matches() {
    on(Parts::Demo, |server| {
        for query in [
            "",
            "kind=cd",
            "q=centre&zone_status=available",
            "lat=48.85&lon=2.35&radius_km=100",
            "management=delegated",
        ] {
            let summary = server
                .get(&format!("/v1/establishments/summary?{query}"))
                .json();
            let sheets = sheets(server, query);
            let sum = |field: &str| sheets.iter().filter_map(|s| s[field].as_u64()).sum::<u64>();
            let zones: usize = sheets
                .iter()
                .map(|s| s["zones"].as_array().unwrap().len())
                .sum();
            let places: u64 = sheets
                .iter()
                .filter_map(|s| s["capacity"]["places"].as_u64())
                .sum();
            assert_eq!(summary["establishments"], sheets.len(), "{query}");
            assert_eq!(summary["establishments"], total(server, query), "{query}");
            assert_eq!(summary["zones"], zones, "{query}");
            assert_eq!(
                summary["production_area_m2"],
                sum("production_area_m2"),
                "{query}"
            );
            assert_eq!(
                summary["available_area_m2"],
                sum("available_area_m2"),
                "{query}"
            );
            assert_eq!(
                summary["storage_area_m2"],
                sum("storage_area_m2"),
                "{query}"
            );
            assert_eq!(summary["places"], places, "{query}");
            let docks: u64 = sheets
                .iter()
                .flat_map(|s| s["docks"].as_array().unwrap().clone())
                .filter(|d| d["kind"]["code"] != "none")
                .map(|d| d["number"].as_u64().unwrap_or(1))
                .sum();
            assert_eq!(summary["docks"], docks, "{query}");
        }
    });
    on(Parts::Real, |server| {
        let summary = server.get("/v1/establishments/summary").json();
        assert_eq!(summary["places"], 63_289);
    });
}

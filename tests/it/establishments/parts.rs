//! Criteria that one and the same zone, or dock, must meet.

use serde_json::Value;

use super::{filters_by, items, some};
use crate::support::{Parts, on};

const SIZES: [&str; 5] = [
    "van_3t5",
    "rigid_12t",
    "rigid_19t",
    "rigid_26t",
    "articulated_44t",
];

fn equipped(zone: &Value, code: &str) -> bool {
    zone["equipment"].as_array().is_some_and(|all| {
        all.iter()
            .any(|e| e["code"] == code || e["code"]["code"] == code)
    })
}

fn at_least(part: &Value, field: &str, least: f64) -> bool {
    part[field].as_f64().is_some_and(|number| number >= least)
}

fn takes(dock: &Value, size: &str) -> bool {
    let rank = |code: &str| SIZES.iter().position(|size| *size == code).unwrap();
    dock["max_vehicle"]["code"]
        .as_str()
        .is_some_and(|largest| rank(largest) >= rank(size))
}

#[test]
fn every_criterion_on_zones_finds_what_the_sheets_say() {
    on(Parts::Demo, |server| {
        let zones = |query: &str, meets: &dyn Fn(&Value) -> bool| {
            filters_by(server, query, |sheet| some(sheet, "zones", meets));
        };
        zones("zone_kind=training", &|z| z["kind"]["code"] == "training");
        zones("zone_status=available,partly_available", &|z| {
            z["status"]["code"] == "available" || z["status"]["code"] == "partly_available"
        });
        zones("zone_min_area_m2=800", &|z| at_least(z, "area_m2", 800.0));
        zones("zone_min_available_m2=200", &|z| {
            at_least(z, "available_area_m2", 200.0)
        });
        zones("zone_min_height_m=5.5", &|z| {
            at_least(z, "clear_height_m", 5.5)
        });
        zones("zone_min_power_kva=100", &|z| {
            at_least(z, "power_kva", 100.0)
        });
        zones("zone_equipment=forklift", &|z| equipped(z, "forklift"));
        zones("zone_equipment_all=forklift,three_phase", &|z| {
            equipped(z, "forklift") && equipped(z, "three_phase")
        });
    });
}

#[test]
fn criteria_on_zones_meet_on_one_and_the_same_zone() {
    on(Parts::Demo, |server| {
        let query = "zone_min_area_m2=400&zone_status=available&zone_equipment=compressed_air";
        filters_by(server, query, |sheet| {
            some(sheet, "zones", |z| {
                at_least(z, "area_m2", 400.0)
                    && z["status"]["code"] == "available"
                    && equipped(z, "compressed_air")
            })
        });
    });
}

#[test]
fn every_criterion_on_docks_finds_what_the_sheets_say() {
    on(Parts::Demo, |server| {
        let docks = |query: &str, meets: &dyn Fn(&Value) -> bool| {
            filters_by(server, query, |sheet| some(sheet, "docks", meets));
        };
        docks("dock_kind=fixed", &|d| d["kind"]["code"] == "fixed");
        docks("dock_leveller=true", &|d| d["leveller"] == true);
        docks("dock_vehicle=rigid_19t", &|d| takes(d, "rigid_19t"));
        docks("dock_vehicle=articulated_44t", &|d| {
            takes(d, "articulated_44t")
        });
        docks("dock_min_height_cm=100", &|d| {
            at_least(d, "height_cm", 100.0)
        });
        docks("dock_min_clearance_cm=400", &|d| {
            at_least(d, "clearance_cm", 400.0)
        });
        docks("dock_vehicle=rigid_26t&dock_leveller=true", &|d| {
            takes(d, "rigid_26t") && d["leveller"] == true
        });
    });
}

#[test]
fn an_item_says_which_parts_matched() {
    on(Parts::Demo, |server| {
        let query = "zone_min_area_m2=400&dock_vehicle=rigid_19t&activity=packaging";
        let found = items(server, query);
        assert!(!found.is_empty());
        for item in found {
            let slug = item["slug"].as_str().unwrap();
            let sheet = server.get(&format!("/v1/establishments/{slug}")).json();
            let ids = |list: &str, meets: &dyn Fn(&Value) -> bool| -> Vec<Value> {
                let parts = sheet[list].as_array().unwrap().iter();
                parts
                    .filter(|part| meets(part))
                    .map(|part| part["id"].clone())
                    .collect()
            };
            let zones = ids("zones", &|z| at_least(z, "area_m2", 400.0));
            let docks = ids("docks", &|d| takes(d, "rigid_19t"));
            let activities = ids("activities", &|a| a["activity"]["code"] == "packaging");
            assert_eq!(item["matched"]["zones"], Value::from(zones), "{slug}");
            assert_eq!(item["matched"]["docks"], Value::from(docks), "{slug}");
            assert_eq!(
                item["matched"]["activities"],
                Value::from(activities),
                "{slug}"
            );
        }
        assert!(
            items(server, "kind=ma")[0].get("matched").is_none(),
            "no criterion, no match"
        );
    });
}

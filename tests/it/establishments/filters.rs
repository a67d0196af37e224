//! Filters on the establishment itself.

use super::{all, filters_by, some, total};
use crate::support::{Parts, on};

#[test]
fn the_186_real_establishments_are_listed() {
    on(Parts::Real, |server| {
        assert_eq!(total(server, ""), 186);
        let kinds = [
            ("ma", 73),
            ("cp", 67),
            ("cd", 26),
            ("csl", 9),
            ("epm", 6),
            ("mc", 5),
        ];
        for (kind, count) in kinds {
            assert_eq!(total(server, &format!("kind={kind}")), count, "{kind}");
        }
        assert_eq!(total(server, "kind=ma,cp"), 140, "commas mean any of");
    });
}

#[test]
fn territories_limit_the_list() {
    on(Parts::Real, |server| {
        assert_eq!(total(server, "direction=bordeaux"), 20);
        assert_eq!(total(server, "direction=bordeaux,dijon"), 39);
        filters_by(server, "region=93,94", |sheet| {
            ["93", "94"]
                .iter()
                .any(|code| sheet["address"]["region"]["code"] == *code)
        });
        filters_by(server, "departement=2B", |sheet| {
            sheet["address"]["departement"]["code"] == "2B"
        });
        filters_by(server, "commune=33192", |sheet| {
            sheet["address"]["commune"]["code"] == "33192"
        });
        assert_eq!(
            total(server, "region=75&departement=13"),
            0,
            "filters add up"
        );
    });
}

#[test]
fn a_commune_comes_with_its_arrondissements() {
    on(Parts::Real, |server| {
        let found = all(server, "commune=75056");
        let communes: Vec<_> = found
            .iter()
            .map(|i| i["address"]["commune"]["code"].clone())
            .collect();
        assert!(!communes.is_empty());
        assert!(
            communes
                .iter()
                .all(|code| code == "75056" || code.as_str().unwrap().starts_with("751"))
        );
    });
}

#[test]
fn activities_in_place_possible_or_both() {
    on(Parts::Demo, |server| {
        let has = |list: &'static str, code: &'static str| {
            move |sheet: &serde_json::Value| some(sheet, list, |a| a["activity"]["code"] == code)
        };
        let (here, could) = (
            has("activities", "packaging"),
            has("possible_activities", "packaging"),
        );
        filters_by(server, "activity=packaging", here);
        filters_by(server, "possible_activity=packaging", could);
        filters_by(server, "any_activity=packaging", |sheet| {
            here(sheet) || could(sheet)
        });
        let laundry = has("activities", "laundry");
        filters_by(server, "activity=packaging,laundry", |s| {
            here(s) || laundry(s)
        });
        filters_by(server, "activity_all=packaging,laundry", |s| {
            here(s) && laundry(s)
        });
        let joinery = has("possible_activities", "joinery");
        filters_by(server, "possible_activity_all=packaging,joinery", |s| {
            could(s) && joinery(s)
        });
        let any_joinery = has("activities", "joinery");
        filters_by(server, "any_activity_all=packaging,joinery", |s| {
            (here(s) || could(s)) && (any_joinery(s) || joinery(s))
        });
    });
}

#[test]
fn the_regime_is_that_of_the_same_activity() {
    on(Parts::Demo, |server| {
        filters_by(server, "regime=sep", |s| {
            some(s, "activities", |a| a["regime"]["code"] == "sep")
        });
        filters_by(server, "activity=packaging&regime=concession", |s| {
            some(s, "activities", |a| {
                a["activity"]["code"] == "packaging" && a["regime"]["code"] == "concession"
            })
        });
    });
}

#[test]
fn totals_of_areas_have_bounds() {
    on(Parts::Demo, |server| {
        let area = |name: &'static str| move |s: &serde_json::Value| s[name].as_u64();
        let production = area("production_area_m2");
        let storage = area("storage_area_m2");
        let available = area("available_area_m2");
        filters_by(server, "min_production_area_m2=1500", |s| {
            production(s) >= Some(1500)
        });
        filters_by(server, "max_production_area_m2=1500", |s| {
            production(s).is_some_and(|area| area <= 1500)
        });
        filters_by(
            server,
            "min_storage_area_m2=200&max_storage_area_m2=600",
            |s| storage(s).is_some_and(|area| (200..=600).contains(&area)),
        );
        filters_by(server, "min_available_area_m2=300", |s| {
            available(s) >= Some(300)
        });
    });
}

#[test]
fn what_an_establishment_does_not_tell_satisfies_no_bound() {
    on(Parts::Real, |server| {
        assert_eq!(total(server, "min_production_area_m2=0"), 0);
        assert_eq!(total(server, "max_production_area_m2=1000000"), 0);
    });
}

#[test]
fn management_filters_and_may_find_nothing() {
    on(Parts::Real, |server| {
        assert_eq!(
            total(server, "management=delegated"),
            0,
            "no open source gives it"
        );
    });
}

#[test]
fn updated_since_compares_instants() {
    on(Parts::Demo, |server| {
        assert_eq!(total(server, "updated_since=2000-01-01T00:00:00Z"), 186);
        assert_eq!(total(server, "updated_since=2100-01-01T00:00:00Z"), 0);
        let item = &all(server, "q=gradignan")[0];
        let at = item["updated_at"].as_str().unwrap();
        assert_eq!(
            total(server, &format!("q=gradignan&updated_since={at}")),
            1,
            "its own instant"
        );
    });
}

#[test]
fn what_cannot_be_used_is_refused_all_at_once() {
    on(Parts::Real, |server| {
        let asked = "/v1/establishments?kind=prison&radius_km=9999&lat=95&zone_min_height_m=high&dock_leveller=yes&limit=0";
        let refused = server.get(asked).refused("invalid-parameter");
        let has = |name: &str, code: &str| refused.contains(&(name.to_owned(), code.to_owned()));
        assert!(has("kind", "code"), "{refused:?}");
        assert!(has("radius_km", "range"), "{refused:?}");
        assert!(has("lat", "range"), "{refused:?}");
        assert!(has("lon", "required"), "{refused:?}");
        assert!(has("zone_min_height_m", "type"), "{refused:?}");
        assert!(has("dock_leveller", "type"), "{refused:?}");
        assert!(has("limit", "range"), "{refused:?}");
    });
}

#[test]
fn unknown_and_repeated_parameters_are_refused() {
    on(Parts::Real, |server| {
        let unknown = server
            .get("/v1/establishments?colour=red")
            .refused("unknown-parameter");
        assert_eq!(unknown, [("colour".to_owned(), "unknown".to_owned())]);
        let repeated = server
            .get("/v1/establishments?limit=1&limit=2")
            .refused("invalid-parameter");
        assert_eq!(repeated, [("limit".to_owned(), "multiple".to_owned())]);
        let order = "min_storage_area_m2=2&max_storage_area_m2=1";
        let refused = server
            .get(&format!("/v1/establishments?{order}"))
            .refused("invalid-parameter");
        assert_eq!(
            refused,
            [("max_storage_area_m2".to_owned(), "order".to_owned())]
        );
    });
}

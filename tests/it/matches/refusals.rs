//! What is asked is read strictly: every refusal at once, each with its place.

use serde_json::json;

use super::ask;
use crate::support::{Parts, on};

const ESTABLISHMENTS: &str = "/v1/matches/establishments";
const OFFERS: &str = "/v1/matches/offers";

#[test]
fn everything_that_is_wrong_with_a_need_is_told_at_once() {
    on(Parts::Real, |server| {
        let wrong = json!({
            "criteria": {
                "activity": {"value": ["joinery", "joinery"]},
                "production_area_m2": {"value": 1_000_001, "weight": 11},
                "storage_area_m2": {"weight": 0},
                "clear_height_m": {"value": "high"},
                "power_kva": 100,
                "equipment": {"value": []},
                "vehicle": {"value": "boat", "required": "yes"},
                "dock_height_cm": {"value": -1},
                "workforce": {"value": 20, "least": true},
                "smell": {"value": 1},
            },
            "place": {"lat": 91, "max_km": 501, "town": "Agen"},
            "limit": 0,
            "name": "Exemple",
        });
        ask(server, ESTABLISHMENTS, &wrong).invalid(&[
            ("#/criteria/activity/value/1", "duplicate"),
            ("#/criteria/clear_height_m/value", "type"),
            ("#/criteria/dock_height_cm/value", "range"),
            ("#/criteria/equipment/value", "length"),
            ("#/criteria/power_kva", "type"),
            ("#/criteria/production_area_m2/value", "range"),
            ("#/criteria/production_area_m2/weight", "range"),
            ("#/criteria/smell", "unknown"),
            ("#/criteria/storage_area_m2/value", "required"),
            ("#/criteria/storage_area_m2/weight", "range"),
            ("#/criteria/vehicle/required", "type"),
            ("#/criteria/vehicle/value", "code"),
            ("#/criteria/workforce/least", "unknown"),
            ("#/limit", "range"),
            ("#/name", "unknown"),
            ("#/place/lat", "range"),
            ("#/place/lon", "required"),
            ("#/place/max_km", "range"),
            ("#/place/town", "unknown"),
        ]);
    });
}

#[test]
fn everything_that_is_wrong_with_a_measure_and_its_wishes_is_told_at_once() {
    on(Parts::Real, |server| {
        let wrong = json!({
            "framework": "tig",
            "hours": 0,
            "criteria": {
                "slot": {"value": "noon"},
                "field": {"value": ["cleaning", 3]},
                "step_free": {"value": "yes"},
                "max_transport_m": {"value": 50_001},
                "licence_needed": {"value": false, "weight": 1.5},
                "vehicle_needed": true,
                "activity": {"value": "joinery"},
            },
            "place": {"commune": "2A004"},
            "limit": 101,
            "disability": true,
        });
        ask(server, OFFERS, &wrong).invalid(&[
            ("#/audience", "required"),
            ("#/criteria/activity", "unknown"),
            ("#/criteria/field/value/1", "type"),
            ("#/criteria/licence_needed/weight", "type"),
            ("#/criteria/max_transport_m/value", "range"),
            ("#/criteria/slot/value", "code"),
            ("#/criteria/step_free/value", "type"),
            ("#/criteria/vehicle_needed", "type"),
            ("#/disability", "unknown"),
            ("#/framework", "code"),
            ("#/hours", "range"),
            ("#/limit", "range"),
            ("#/place/max_km", "required"),
        ]);
    });
}

#[test]
fn a_need_asks_something_and_a_place_is_said_once() {
    on(Parts::Real, |server| {
        let refused = |need, expected: &[(&str, &str)]| {
            ask(server, ESTABLISHMENTS, &need).invalid(expected);
        };
        for nothing in [
            json!({}),
            json!({"criteria": {}}),
            json!({"criteria": {"activity": null}, "place": null}),
        ] {
            refused(nothing, &[("#/criteria", "required")]);
        }
        let place = |place| json!({ "place": place });
        let twice = place(json!({"lat": 44, "lon": 0, "commune": "33063", "max_km": 10}));
        refused(twice, &[("#/place", "inconsistent")]);
        let nowhere = [
            ("#/place/commune", "required"),
            ("#/place/max_km", "required"),
        ];
        refused(place(json!({})), &nowhere);
        for once in [
            json!({"lat": 44, "lon": 0, "commune": null, "max_km": 10}),
            json!({"lat": null, "lon": null, "commune": "33063", "max_km": 10}),
        ] {
            let answer = ask(server, ESTABLISHMENTS, &place(once));
            assert_eq!(answer.status, 200, "null says nothing: {}", answer.text());
        }
        let unknown = place(json!({"commune": "00000", "max_km": 10}));
        refused(unknown, &[("#/place/commune", "not_found")]);
        // Nobody published the centre of a commune of New Caledonia.
        let without = place(json!({"commune": "98818", "max_km": 10}));
        refused(without, &[("#/place/commune", "not_found")]);
        refused(
            json!({"place": {"commune": "33063", "max_km": 10}, "limit": 101}),
            &[("#/limit", "range")],
        );
    });
}

#[test]
fn a_question_takes_no_key_no_parameter_and_is_json() {
    on(Parts::Real, |server| {
        let need = json!({"criteria": {"workforce": {"value": 10}}}).to_string();
        for path in [ESTABLISHMENTS, OFFERS] {
            let json = ("Content-Type", "application/json");
            let keyed = [json, ("Idempotency-Key", "k")];
            server
                .send("POST", path, &keyed, &need)
                .problem(400, "idempotency-not-supported");
            let asked = format!("{path}?limit=3");
            let refused = server.send("POST", &asked, &[json], &need);
            refused.problem(400, "unknown-parameter");
            let text = [("Content-Type", "text/plain")];
            server
                .send("POST", path, &text, &need)
                .problem(415, "unsupported-media-type");
            server
                .send("POST", path, &[json], "{")
                .problem(400, "malformed-json");
            let twice = r#"{"limit": 1, "limit": 2}"#;
            server
                .send("POST", path, &[json], twice)
                .problem(400, "malformed-json");
            server.get(path).problem(405, "method-not-allowed");
        }
    });
}

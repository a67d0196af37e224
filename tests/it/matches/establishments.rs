//! Needs of companies against establishments.

use serde_json::{Value, json};

use super::{answered, of, outcomes, required, scores};
use crate::support::{Client, Parts, Server, each_engine, on};

const AT: &str = "/v1/matches/establishments";

/// Adds a part to an establishment.
#[track_caller]
fn add(agency: &Client<'_>, establishment: &str, parts: &str, part: &Value) -> String {
    let url = format!("/v1/establishments/{establishment}/{parts}");
    let added = agency.write("POST", &url, "*", part);
    assert_eq!(added.status, 201, "{}", added.text());
    let added: Value = serde_json::from_slice(&added.body).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

fn zone(height: f64, power: f64) -> Value {
    json!({
        "kind": "production", "status": "available", "area_m2": 400,
        "clear_height_m": height, "power_kva": power, "equipment": [{"code": "forklift"}],
    })
}

/// The item of an establishment.
#[track_caller]
fn item<'a>(answer: &'a Value, slug: &str) -> &'a Value {
    let mut items = answer["items"].as_array().unwrap().iter();
    let found = items.find(|it| it["establishment"]["slug"] == slug);
    found.unwrap_or_else(|| panic!("{slug}: {answer}"))
}

/// Parts of two establishments of which no open source gives any: the ids of two zones and of a
/// dock of Agen.
fn told(agency: &Client<'_>) -> [String; 3] {
    let high = add(agency, "ma-agen", "zones", &zone(6.0, 50.0));
    let strong = add(agency, "ma-agen", "zones", &zone(3.7, 100.0));
    let dock = json!({"kind": "fixed", "max_vehicle": "rigid_12t"});
    let dock = add(agency, "ma-agen", "docks", &dock);
    add(agency, "ma-agen", "storage-areas", &json!({"area_m2": 80}));
    add(agency, "cp-bordeaux-gradignan", "zones", &zone(2.0, 10.0));
    [high, strong, dock]
}

#[test]
fn a_need_is_held_against_each_open_establishment_criterion_by_criterion() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", "establishments:write");
        let [_, strong, dock] = told(&agency);
        let need = json!({
            "criteria": {
                "activity": {"value": "joinery"},
                "production_area_m2": {"value": 800, "weight": 2},
                "storage_area_m2": {"value": 100},
                "clear_height_m": {"value": 4, "weight": 1},
                "power_kva": {"value": 100, "weight": 3},
                "equipment": {"value": ["forklift", "three_phase"]},
                "vehicle": {"value": "rigid_26t"},
            },
            "place": {"commune": "47001", "max_km": 10},
            "limit": 2,
        });
        let answer = answered(&server, AT, &need);
        assert_eq!(answer["items"].as_array().unwrap().len(), 2);
        let open = server.get("/v1/establishments?limit=1").json();
        assert_eq!(answer["total"], open["total"], "nothing is required");
        assert_eq!(answer["source"]["licence"], "Licence Ouverte 2.0");
        let agen = &answer["items"][0];
        assert_eq!(agen["establishment"]["slug"], "ma-agen");
        let expected = [
            ("activity", "unknown"),
            ("production_area_m2", "met"),
            ("storage_area_m2", "missed"),
            ("clear_height_m", "missed"),
            ("power_kva", "met"),
            ("equipment", "missed"),
            ("vehicle", "missed"),
            ("place", "met"),
        ];
        assert_eq!(outcomes(agen), expected);
        // The area, the power and the place: 2 + 3 + 1 of 11; of the activity nothing is known.
        assert_eq!(agen["score"], 54.5);
        assert_eq!(agen["coverage"], 90.9);
        assert_eq!(of(agen, "storage_area_m2")["missing"], 20.0);
        assert_eq!(of(agen, "clear_height_m")["missing"], 0.3);
        assert_eq!(of(agen, "clear_height_m")["found"], 3.7);
        assert_eq!(of(agen, "equipment")["lacking"][0]["code"], "three_phase");
        assert_eq!(of(agen, "vehicle")["missing"], 2.0);
        assert_eq!(of(agen, "power_kva")["weight"], 3);
        assert_eq!(agen["zone"]["id"], strong.as_str(), "the better zone");
        assert_eq!(agen["dock"]["id"], dock.as_str());
        assert_eq!(agen["to_confirm"], json!([]));
        assert_eq!(of(agen, "place")["found"], agen["distance_km"]);
    });
}

#[test]
fn what_must_be_met_leaves_out_what_misses_it_and_names_what_does_not_say() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let scopes = "establishments:write,establishments:manage";
        let agency = Client::new(&server, "agency", "", scopes);
        let [high, ..] = told(&agency);
        let criteria = json!({
            "clear_height_m": required(4),
            "power_kva": {"value": 100, "weight": 3},
        });
        let need = json!({"criteria": criteria, "limit": 100});
        let answer = answered(&server, AT, &need);
        // The zone that is high enough, though the other one is worth more.
        let first = &answer["items"][0];
        assert_eq!(first["zone"]["id"], high.as_str());
        let expected = [("clear_height_m", "met"), ("power_kva", "missed")];
        assert_eq!(outcomes(first), expected);
        let open = server.get("/v1/establishments?limit=1").json();
        let all = open["total"].as_u64().unwrap();
        assert_eq!(answer["total"], all - 1, "Gradignan misses the height");
        assert_eq!(answer["items"].as_array().unwrap().len(), 100);
        let silent = &answer["items"][1];
        assert_eq!(silent["to_confirm"], json!(["clear_height_m"]));
        let nothing = (&json!(0.0), &json!(0.0));
        assert_eq!((&silent["score"], &silent["coverage"]), nothing);
        assert!(silent.get("zone").is_none() && silent.get("distance_km").is_none());

        // One that closes is offered to nobody.
        let closed = json!({"closed_on": "2026-06-30"});
        let closed = agency.write("POST", "/v1/establishments/ma-agen/close", "*", &closed);
        assert_eq!(closed.status, 200, "{}", closed.text());
        let after = answered(&server, AT, &need);
        assert_eq!(after["total"], all - 2);
        assert_ne!(after["items"][0]["establishment"]["slug"], "ma-agen");
    });
}

#[test]
fn telling_more_never_lowers_an_establishment() {
    let server = Server::start(persistence::Engine::Sqlite, Parts::Real, &[]);
    let agency = Client::new(&server, "agency", "", "establishments:write");
    let need = json!({
        "criteria": {"clear_height_m": {"value": 4}, "power_kva": {"value": 50}},
        "place": {"lat": 44.2, "lon": 0.63, "max_km": 500},
        "limit": 100,
    });
    let score = || {
        let answer = answered(&server, AT, &need);
        item(&answer, "ma-agen")["score"].as_f64().unwrap()
    };
    let mut scores = vec![score()];
    for (height, power) in [(3.0, 10.0), (4.0, 10.0), (3.0, 50.0), (4.0, 50.0)] {
        add(&agency, "ma-agen", "zones", &zone(height, power));
        scores.push(score());
    }
    // One of three criteria is met by the place; a low and weak zone adds nothing and takes nothing.
    assert_eq!(scores, [33.3, 33.3, 66.7, 66.7, 100.0]);
}

#[test]
fn the_order_is_by_score_then_nearest_first_and_always_the_same() {
    on(Parts::Demo, |server| {
        let need = json!({
            "criteria": {
                "activity": {"value": ["joinery", "packaging"], "weight": 4},
                "clear_height_m": {"value": 4.5, "weight": 2},
                "vehicle": {"value": "rigid_19t"},
            },
            "place": {"commune": "33063", "max_km": 150, "weight": 2},
            "limit": 100,
        });
        let answer = answered(server, AT, &need);
        let found = scores(&answer);
        assert!(found.first() > found.last(), "{found:?}");
        assert_eq!(answer, answered(server, AT, &need));
        let key = |item: &Value| {
            let met = outcomes(item).iter().filter(|(_, it)| *it == "met").count();
            let number = |name: &str| item[name].as_f64().unwrap();
            (-number("score"), usize::MAX - met, number("distance_km"))
        };
        let items = answer["items"].as_array().unwrap();
        assert!(items.is_sorted_by(|a, b| key(a) <= key(b)));
        let fewer = json!({"limit": 3});
        let mut few = need.clone();
        few["limit"] = fewer["limit"].clone();
        let few = answered(server, AT, &few);
        assert_eq!(few["items"].as_array().unwrap()[..], items[..3]);
        assert_eq!(few["total"], answer["total"]);
    });
}

#[test]
fn what_is_judged_is_what_the_sheet_says_of_one_part() {
    on(Parts::Demo, |server| {
        let need = json!({
            "criteria": {
                "clear_height_m": required(4),
                "power_kva": required(40),
                "equipment": {"value": "three_phase", "required": true},
                "vehicle": required("rigid_19t"),
                "dock_height_cm": required(100),
            },
            "limit": 100,
        });
        let answer = answered(server, AT, &need);
        let filters = "zone_min_height_m=4&zone_min_power_kva=40&zone_equipment_all=three_phase\
            &dock_vehicle=rigid_19t&dock_min_height_cm=100";
        let found = server.walk(&format!("/v1/establishments?limit=100&{filters}"));
        let slug = |item: &Value| item["slug"].as_str().unwrap().to_owned();
        let mut searched: Vec<String> = found.iter().map(slug).collect();
        let items = answer["items"].as_array().unwrap().iter();
        let whole = items.filter(|item| item["score"] == 100.0);
        let mut matched: Vec<String> = whole.map(|it| slug(&it["establishment"])).collect();
        searched.sort();
        matched.sort();
        assert!(!searched.is_empty());
        assert_eq!(matched, searched, "what meets all is what the search finds");
    });
}

#[test]
fn each_names_whom_to_write_to_first_and_where_the_others_are() {
    on(Parts::Demo, |server| {
        let need = json!({"place": {"lat": 44.84, "lon": -0.58, "max_km": 300}, "limit": 10});
        let answer = answered(server, AT, &need);
        for item in answer["items"].as_array().unwrap() {
            let url = item["contacts_url"].as_str().unwrap();
            let slug = item["establishment"]["slug"].as_str().unwrap();
            assert!(url.ends_with(&format!(
                "/v1/contacts?purpose=production&establishment={slug}"
            )));
            let list = server.get(url).json();
            assert_eq!(item["contact"], list["items"][0], "{slug}");
        }
    });
}

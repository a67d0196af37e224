//! What matches, gathered for a map.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Answer, Client, Parts, Server, on};

/// The features of an answer of 200.
#[track_caller]
pub(crate) fn collection(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/geo+json");
    serde_json::from_str(answer.text()).unwrap()
}

fn features(map: &Value) -> &Vec<Value> {
    map["features"].as_array().unwrap()
}

/// The column and the row of the cell of a position, by the formula of the tiles of the web.
fn cell(position: &Value, zoom: i32) -> (i64, i64) {
    let (lat, lon) = (number(&position["lat"]), number(&position["lon"]));
    let cells = 2f64.powi(zoom + 2);
    let lat = lat.to_radians();
    let x = (lon + 180.0) / 360.0 * cells;
    let y = (1.0 - (lat.tan() + lat.cos().recip()).ln() / std::f64::consts::PI) / 2.0 * cells;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "cells are far fewer than 2^53"
    )]
    let whole = |value: f64| value.floor() as i64;
    (whole(y), whole(x))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// Compares the cells of a question with the items of the same.
#[track_caller]
fn gathers(server: &Server, resource: &str, question: &str, zoom: i32) {
    let items = server.walk(&format!("/v1/{resource}?limit=100&{question}"));
    assert!(!items.is_empty(), "{question}: the test proves nothing");
    let mut expected: BTreeMap<(i64, i64), Vec<&Value>> = BTreeMap::new();
    for item in &items {
        expected
            .entry(cell(&item["position"], zoom))
            .or_default()
            .push(item);
    }
    let map = collection(&server.get(&format!("/v1/{resource}/clusters?{question}&zoom={zoom}")));
    assert_eq!(map["total"], items.len());
    assert_eq!(features(&map).len(), expected.len(), "{question}");
    for (feature, members) in features(&map).iter().zip(expected.values()) {
        same(feature, members);
    }
}

/// A feature says what a look at its members does.
fn same(feature: &Value, members: &[&Value]) {
    let told = &feature["properties"];
    assert_eq!(told["count"], members.len());
    for (axis, name) in [(0, "lon"), (1, "lat")] {
        let all = members.iter().map(|item| number(&item["position"][name]));
        let sum: f64 = all.clone().sum();
        let mean = sum / f64::from(u32::try_from(members.len()).unwrap());
        let own = number(&feature["geometry"]["coordinates"][axis]);
        assert!((own - mean).abs() < 1e-6, "{own} {mean}");
        let least = all.clone().fold(f64::INFINITY, f64::min);
        let most = all.fold(f64::NEG_INFINITY, f64::max);
        assert_eq!(feature["bbox"][axis], least);
        assert_eq!(feature["bbox"][axis + 2], most);
    }
    if let [only] = members {
        assert_eq!(told["id"], only["id"]);
        assert_eq!(told["url"], only["url"]);
    } else {
        assert!(told.get("id").is_none() && told.get("url").is_none());
    }
}

#[test]
fn a_cell_is_a_point_with_the_exact_count_of_what_it_holds() {
    on(Parts::Demo, |server| {
        for zoom in [0, 3, 5, 7] {
            gathers(server, "establishments", "bbox=-6,41,10,52", zoom);
        }
        gathers(
            server,
            "establishments",
            "bbox=-6,41,10,52&kind=ma&any_activity=joinery",
            6,
        );
        gathers(server, "establishments", "bbox=-180,-90,180,90", 4);
        gathers(server, "offers", "bbox=-1.5,44,1,46", 8);
        gathers(
            server,
            "offers",
            "bbox=-6,41,10,52&kind=tig&region=84&q=espaces",
            7,
        );
    });
}

#[test]
fn the_counts_add_up_to_the_total_of_the_list_with_the_same_token() {
    on(Parts::Demo, |server| {
        let agency = Client::new(server, "agency", "", "offers:read-restricted");
        let question = "bbox=-180,-90,180,90&kind=tig";
        let public = server.get(&format!("/v1/offers/clusters?{question}&zoom=4"));
        let all = agency.get(&format!("/v1/offers/clusters?{question}&zoom=4"));
        assert!(public.header("cache-control").starts_with("public"));
        assert_eq!(all.header("cache-control"), "private, no-cache");
        assert_ne!(public.header("etag"), all.header("etag"));
        let mut totals = Vec::new();
        for (answer, list) in [
            (
                &public,
                server.get(&format!("/v1/offers?limit=1&{question}")),
            ),
            (&all, agency.get(&format!("/v1/offers?limit=1&{question}"))),
        ] {
            let map = collection(answer);
            let counts = features(&map).iter();
            let counts = counts.map(|one| one["properties"]["count"].as_u64().unwrap());
            let total = list.json()["total"].as_u64().unwrap();
            assert_eq!(counts.sum::<u64>(), total);
            assert_eq!(map["total"], total);
            totals.push(total);
        }
        assert!(totals[0] < totals[1], "{totals:?}");
    });
}

#[test]
fn a_box_across_the_antimeridian_is_gathered_on_both_sides() {
    on(Parts::Demo, |server| {
        // From the Antilles westwards to Wallis-et-Futuna and New Caledonia, and no further.
        gathers(server, "establishments", "bbox=160,-30,-50,20", 4);
        let none = server.get("/v1/establishments/clusters?bbox=170,40,-170,60&zoom=4");
        let none = collection(&none);
        assert_eq!(none["total"], 0);
        assert!(features(&none).is_empty());
    });
}

#[test]
fn a_box_of_too_many_cells_is_refused_with_the_zoom_that_it_may_have() {
    on(Parts::Real, |server| {
        let world = "/v1/establishments/clusters?bbox=-180,-90,180,90";
        assert_eq!(server.get(&format!("{world}&zoom=4")).status, 200);
        let refused = server.get(&format!("{world}&zoom=5"));
        let problem = refused.problem(400, "invalid-parameter");
        let error = &problem["errors"][0];
        assert_eq!(error["parameter"], "zoom");
        assert_eq!(error["code"], "range");
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.starts_with("at most 4 "), "{detail}");
        let close = "/v1/establishments/clusters?bbox=2.34,48.85,2.35,48.86&zoom=22";
        server.get(close).refused("invalid-parameter");
        let closer = "/v1/establishments/clusters?bbox=2.345,48.855,2.349,48.858&zoom=22";
        server.get(closer).refused("invalid-parameter");
        let closest = "/v1/establishments/clusters?bbox=2.345,48.855,2.346,48.856&zoom=22";
        assert_eq!(server.get(closest).status, 200);
    });
}

#[test]
fn a_box_and_a_zoom_are_needed_and_no_other_place_is_known() {
    on(Parts::Real, |server| {
        for resource in ["establishments", "offers"] {
            let clusters = format!("/v1/{resource}/clusters");
            let refused = server.get(&clusters).refused("invalid-parameter");
            let expected = [("bbox", "required"), ("zoom", "required")];
            assert_eq!(
                refused,
                expected.map(|(name, code)| (name.to_owned(), code.to_owned()))
            );
            for wrong in [
                "zoom=23",
                "zoom=-1",
                "zoom=1.5",
                "bbox=1,2,3",
                "bbox=3,50,4,40",
            ] {
                let query = if wrong.starts_with("zoom") {
                    format!("bbox=2,48,3,49&{wrong}")
                } else {
                    format!("zoom=3&{wrong}")
                };
                let refused = server.get(&format!("{clusters}?{query}"));
                let refused = refused.refused("invalid-parameter");
                assert_eq!(refused.len(), 1, "{query}");
            }
            let elsewhere =
                format!("{clusters}?bbox=2,48,3,49&zoom=3&near_commune=33063&radius_km=9");
            let refused = server.get(&elsewhere).refused("unknown-parameter");
            assert_eq!(refused.len(), 2, "{refused:?}");
        }
    });
}

#[test]
fn a_map_that_asks_for_json_is_given_the_same() {
    on(Parts::Real, |server| {
        let path = "/v1/establishments/clusters?bbox=-6,41,10,52&zoom=5";
        let map = server.get(path);
        let json = server.get_with(path, &[("Accept", "application/json")]);
        assert_eq!(json.json(), collection(&map));
        assert_ne!(json.header("etag"), map.header("etag"));
        assert_eq!(
            server.get(&format!("{path}&format=json")).json(),
            json.json()
        );
        let refused = server.get_with(path, &[("Accept", "text/csv")]);
        refused.problem(406, "not-acceptable");
        let again = server.get_with(path, &[("If-None-Match", map.header("etag"))]);
        assert_eq!(again.status, 304);
        assert_eq!(map.header("vary"), "Accept, Accept-Encoding, Authorization");
        assert!(!map.header("catalogue-revision").is_empty());
    });
}

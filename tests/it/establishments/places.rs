//! Where: points, boxes, communes.

use super::{all, filters_by, items, total};
use crate::support::{Parts, on};

fn kilometres(lat: f64, lon: f64, position: &serde_json::Value) -> f64 {
    let point = |lat: f64, lon: f64| domain::kernel::Point::new(lat, lon).unwrap();
    let other = point(
        position["lat"].as_f64().unwrap(),
        position["lon"].as_f64().unwrap(),
    );
    point(lat, lon).distance_km(other)
}

#[test]
fn near_a_point_the_nearest_comes_first_with_its_distance() {
    on(Parts::Real, |server| {
        let query = "lat=44.84&lon=-0.58&radius_km=150";
        filters_by(server, query, |s| {
            kilometres(44.84, -0.58, &s["position"]) <= 150.0
        });
        let found = all(server, query);
        let distances: Vec<f64> = found
            .iter()
            .map(|i| i["distance_km"].as_f64().unwrap())
            .collect();
        assert!(
            distances.windows(2).all(|pair| pair[0] <= pair[1]),
            "{distances:?}"
        );
        for item in &found {
            let by_hand = kilometres(44.84, -0.58, &item["position"]);
            let told = item["distance_km"].as_f64().unwrap();
            assert!((told - by_hand).abs() < 0.002, "{told} {by_hand}");
        }
        assert!(items(server, "kind=ma")[0].get("distance_km").is_none());
    });
}

#[test]
fn near_a_commune_is_near_its_centre() {
    on(Parts::Real, |server| {
        let commune = server.get("/v1/territories/communes/33063").json();
        let centre = &commune["centre"];
        let (lat, lon) = (
            centre["lat"].as_f64().unwrap(),
            centre["lon"].as_f64().unwrap(),
        );
        let near = all(server, "near_commune=33063&radius_km=60");
        assert_eq!(
            near,
            all(server, &format!("lat={lat}&lon={lon}&radius_km=60"))
        );
        assert!(!near.is_empty());
        assert_eq!(
            total(server, "near_commune=75113&radius_km=30"),
            total(server, "near_commune=75056&radius_km=30"),
            "an arrondissement has its parent's centre"
        );
    });
}

#[test]
fn a_commune_without_a_centre_is_said_to_have_none() {
    on(Parts::Real, |server| {
        let refused = server.get("/v1/establishments?near_commune=98818&radius_km=10");
        refused.problem(400, "no-centre");
    });
}

#[test]
fn a_box_may_cross_the_antimeridian() {
    on(Parts::Real, |server| {
        filters_by(server, "bbox=-1,44,1,46", |s| {
            let (lat, lon) = (
                s["position"]["lat"].as_f64().unwrap(),
                s["position"]["lon"].as_f64().unwrap(),
            );
            (44.0..=46.0).contains(&lat) && (-1.0..=1.0).contains(&lon)
        });
        let pacific = all(server, "bbox=160,-30,-140,0");
        assert!(
            pacific
                .iter()
                .any(|i| i["position"]["lon"].as_f64() > Some(160.0)),
            "New Caledonia"
        );
        assert!(
            pacific
                .iter()
                .any(|i| i["position"]["lon"].as_f64() < Some(-140.0)),
            "Polynesia"
        );
    });
}

#[test]
fn overseas_establishments_are_where_they_are() {
    on(Parts::Real, |server| {
        let found = items(server, "q=miquelon");
        assert_eq!(found.len(), 1);
        assert!(
            found[0]["position"]["lat"].as_f64() > Some(40.0),
            "{}",
            found[0]
        );
    });
}

#[test]
fn a_place_is_said_once_and_whole() {
    on(Parts::Real, |server| {
        let refused = |query: &str| {
            server
                .get(&format!("/v1/establishments?{query}"))
                .refused("invalid-parameter")
        };
        let one = |name: &str, code: &str| vec![(name.to_owned(), code.to_owned())];
        assert_eq!(refused("lat=1&lon=1"), one("radius_km", "required"));
        assert_eq!(refused("lat=1&radius_km=1"), one("lon", "required"));
        assert_eq!(refused("radius_km=10"), one("radius_km", "inconsistent"));
        assert_eq!(refused("near_commune=33063"), one("radius_km", "required"));
        assert_eq!(
            refused("lat=1&lon=1&radius_km=1&bbox=0,0,1,1"),
            one("bbox", "inconsistent")
        );
        assert_eq!(
            refused("near_commune=33063&lat=1&lon=1&radius_km=1"),
            one("near_commune", "inconsistent")
        );
        for bad in [
            "1,2,3",
            "a,b,c,d",
            "0,50,1,40",
            "-181,0,0,1",
            "1,2,3,4,5",
            "0,0,nan,1",
        ] {
            assert_eq!(
                refused(&format!("bbox={bad}")),
                one("bbox", "format"),
                "{bad}"
            );
        }
        assert_eq!(
            refused("near_commune=99999&radius_km=1"),
            one("near_commune", "code")
        );
        assert_eq!(refused("commune=00000"), one("commune", "code"));
        assert_eq!(refused("region=75,00"), one("region", "code"));
    });
}

//! Places, case by case, and the distance against another formula.

use proptest::prelude::*;
use search::{BoundingBox, EARTH_RADIUS_KM, Near, Point, Question, Selection, Sort};

use crate::collection::{at, bodies, collection, document, everything};

fn near(lat: f64, lon: f64, radius_km: f64) -> Question {
    let selection = Selection {
        near: Some(Near {
            center: Point { lat, lon },
            radius_km,
        }),
        ..Selection::default()
    };
    Question {
        sort: Sort::Distance,
        ..everything(selection)
    }
}

#[test]
fn the_nearest_comes_first_and_its_distance_with_it() {
    let index = collection().index();
    index.put(at(1, 48.8566, 2.3522));
    index.put(at(2, 44.8378, -0.5792));
    index.put(at(3, -21.1151, 55.5364));

    let answer = index.search(&near(44.8, -0.6, 600.0)).unwrap();
    assert_eq!(bodies(&answer), [2, 1]);
    let distance = answer.hits[1].distance_km.unwrap();
    assert!((distance - 504.0).abs() < 3.0, "{distance}");
}

#[test]
fn the_edge_of_a_disc_is_inside() {
    let index = collection().index();
    index.put(at(1, 0.0, 1.0));
    let edge = Point { lat: 0.0, lon: 0.0 }.distance_km(Point { lat: 0.0, lon: 1.0 });

    assert_eq!(index.search(&near(0.0, 0.0, edge)).unwrap().total, 1);
    assert_eq!(index.search(&near(0.0, 0.0, edge - 1e-6)).unwrap().total, 0);
    assert_eq!(index.search(&near(0.0, 1.0, 0.0)).unwrap().total, 1);
}

#[test]
fn a_disc_goes_round_the_antimeridian_and_over_the_pole() {
    let index = collection().index();
    index.put(at(1, 0.0, 179.9));
    index.put(at(2, 89.9, 10.0));

    assert_eq!(
        bodies(&index.search(&near(0.0, -179.9, 50.0)).unwrap()),
        [1]
    );
    assert_eq!(
        bodies(&index.search(&near(89.9, -170.0, 50.0)).unwrap()),
        [2]
    );
}

#[test]
fn a_document_without_a_position_is_nowhere() {
    let index = collection().index();
    index.put(document(1));
    index.put(at(2, f64::NAN, 0.0));
    let world = Selection {
        bbox: Some(BoundingBox {
            min_lon: -180.0,
            min_lat: -90.0,
            max_lon: 180.0,
            max_lat: 90.0,
        }),
        ..Selection::default()
    };
    assert_eq!(index.search(&everything(world)).unwrap().total, 0);
    assert_eq!(
        index.search(&near(0.0, 0.0, f64::INFINITY)).unwrap().total,
        0
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn distances_are_those_of_the_haversine(
        lat in -90.0..90.0f64, lon in -180.0..180.0f64,
        other_lat in -90.0..90.0f64, other_lon in -180.0..180.0f64,
    ) {
        let from = Point { lat, lon };
        let to = Point { lat: other_lat, lon: other_lon };
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let cosines = lat.to_radians().cos() * other_lat.to_radians().cos();
        let root = (half(lat, other_lat) + cosines * half(lon, other_lon)).sqrt();
        let expected = 2.0 * EARTH_RADIUS_KM * root.min(1.0).asin();
        prop_assert!((from.distance_km(to) - expected).abs() < 1e-3);
    }
}

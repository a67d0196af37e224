//! Features read back, and what is refused of them.

use serde_json::{Value, json};

use super::{
    establishments,
    tests::{demonstration, exported},
};
use crate::cli::{
    export::{self, Form},
    testing::{Bench, refusals},
};

const ID: &str = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e01";

fn feature() -> Value {
    json!({
        "type": "Feature",
        "id": ID,
        "geometry": {"type": "Point", "coordinates": [-0.61, 44.77]},
        "properties": {
            "slug": "cp-bordeaux-gradignan",
            "name": "Centre pénitentiaire",
            "kind": "cp",
            "address": {"commune": "33192"},
            "position": {"precision": "site"},
        },
    })
}

fn collection(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn refused(file: &str) -> Vec<String> {
    let bench = Bench::new();
    let told = refusals(establishments(bench.tools(), file.as_bytes(), false));
    assert_eq!(bench.changes(), 0, "nothing is kept");
    told
}

/// The refusals of one feature, changed.
fn changed(pointer: &str, value: Value) -> Vec<String> {
    let mut one = feature();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = one.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.insert(name.to_owned(), value);
    refused(&collection(&[one]))
}

#[test]
fn what_is_told_beside_the_properties_is_not_in_them() {
    let file = exported(&demonstration(), Form::Geojson);
    let collection: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let first = &collection["features"][0];
    assert_eq!(first["geometry"]["type"], "Point");
    let properties = first["properties"].as_object().unwrap();
    assert!(!properties.contains_key("id") && first["id"].is_string());
    assert_eq!(
        properties["position"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["precision", "source"]
    );
    let text = std::str::from_utf8(&file).unwrap();
    assert_eq!(text.lines().count(), 188, "a feature a line");
}

#[test]
fn moving_the_point_moves_the_establishment() {
    let bench = Bench::new();
    let import = |feature: &Value| {
        let file = collection(std::slice::from_ref(feature));
        establishments(bench.tools(), file.as_bytes(), false).unwrap()
    };
    assert_eq!(import(&feature()).created, 1);
    let mut moved = feature();
    moved["geometry"]["coordinates"] = json!([-0.612, 44.771, 12.0]);
    assert_eq!(import(&moved).updated, 1);
    assert_eq!(import(&moved).unchanged, 1);
    let kept = export::all(bench.db()).unwrap();
    let point = kept.first().unwrap().position.point;
    assert_eq!((point.lat(), point.lon()), (44.771, -0.612));
    assert_eq!(kept.first().unwrap().id.to_string(), ID);
}

#[test]
fn what_programs_for_maps_add_is_read_and_says_nothing() {
    let mut one = feature();
    one["bbox"] = json!([-0.61, 44.77, -0.61, 44.77]);
    one["properties"]["id"] = json!(ID);
    one["properties"]["management"] = Value::Null;
    one["properties"]["position"]["lat"] = json!(44.77);
    one["properties"]["position"]["lon"] = json!(-0.61);
    let file = json!({
        "name": "prisons",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [one],
        "type": "FeatureCollection",
    });
    let bench = Bench::new();
    let text = format!("\u{feff}{file:#}\n");
    let imported = establishments(bench.tools(), text.as_bytes(), true).unwrap();
    assert_eq!(
        imported.created, 1,
        "wherever `type` stands, on however many lines"
    );
    assert_eq!(bench.changes(), 0, "a dry run keeps nothing");
}

#[test]
fn what_is_said_twice_must_agree() {
    assert_eq!(
        changed("/properties/position/lat", json!(44.78)),
        [
            "/features/0/properties/position/lat: the geometry says 44.77: leave it out here, or say \
            the same (inconsistent)"
        ]
    );
    let other = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e02";
    assert_eq!(
        changed("/properties/id", json!(other)),
        [
            "/features/0/properties/id: the feature has another id: said twice, it is the same \
            (inconsistent)"
        ]
    );
}

#[test]
fn every_refusal_names_its_feature_and_its_place() {
    let mut far = feature();
    far["id"] = json!("0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e02");
    far["geometry"]["coordinates"] = json!([44.77, -0.61]);
    let mut faulty = feature();
    faulty["id"] = json!("0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e03");
    faulty["geometry"] = json!({"type": "Polygon", "coordinates": [200, "north"]});
    faulty["properties"]["colour"] = json!("red");
    faulty["properties"]["address"]["commune"] = json!(33192);
    let told = refused(&collection(&[feature(), feature(), far, faulty]));
    let begins = [
        "/features/1: cp-bordeaux-gradignan is already at /features/0",
        "/features/2/geometry: the position is ",
        "/features/3/geometry/type: the value is Point",
        "/features/3/geometry/coordinates/0: ",
        "/features/3/geometry/coordinates/1: ",
        "/features/3/properties/address/commune: ",
        "/features/3/properties/colour: the field is unknown",
    ];
    assert_eq!(told.len(), begins.len(), "{told:#?}");
    for begin in begins {
        assert!(
            told.iter().any(|one| one.starts_with(begin)),
            "{begin}: {told:#?}"
        );
    }
}

#[test]
fn a_feature_without_a_point_is_refused_once() {
    let required = "the field is required and cannot be null (null)";
    assert_eq!(
        changed("/geometry", Value::Null),
        [format!("/features/0/geometry: {required}")]
    );
    assert_eq!(
        changed("/geometry/coordinates", json!([-0.61])),
        ["/features/0/geometry/coordinates: a point has a longitude, then a latitude (length)"]
    );
}

#[test]
fn the_features_of_a_map_are_told_from_sheets() {
    let told = changed("/properties/kind_label", json!("Centre pénitentiaire"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("atigip export establishments"), "{told:?}");
}

#[test]
fn a_collection_that_cannot_be_read_says_where() {
    let whole = collection(&[feature()]);
    let other_system = whole.replacen(
        '{',
        r#"{"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}, "#,
        1,
    );
    for (file, begin) in [
        (
            r#"{"type": "Feature"}"#.to_owned(),
            "/type: the value is FeatureCollection",
        ),
        (
            r#"{"type": "FeatureCollection", "features": {}}"#.to_owned(),
            "/features: the collection has an array of features",
        ),
        (other_system, "/crs: coordinates are longitude and latitude"),
        (
            whole.replacen('{', r#"{"colour": 1, "#, 1),
            "/colour: the member is unknown",
        ),
        (
            whole.replacen('{', r#"{"type": "FeatureCollection", "#, 1),
            "/type: the member is named twice",
        ),
        (
            whole.replacen(r#""slug":"#, r#""slug": 1, "slug":"#, 1),
            "/features/0/properties/slug: the member is named twice",
        ),
        (
            whole.replacen(r#""properties""#, "\n\n\"properties", 1),
            "line 3, column ",
        ),
    ] {
        let told = refused(&file);
        assert!(told[0].starts_with(begin), "{begin}: {told:?}");
    }
}

#[test]
fn an_empty_collection_changes_nothing() {
    let bench = Bench::new();
    let told = establishments(bench.tools(), collection(&[]).as_bytes(), false).unwrap();
    assert_eq!((told.created, told.updated, told.unchanged), (0, 0, 0));
}

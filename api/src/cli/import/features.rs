//! `GeoJSON` (RFC 7946): a feature an establishment, read one at a time.

use std::{cell::Cell, fmt};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    Located,
    place::{Place, PlacedRefusal, told},
};
use crate::{
    establishments::payload::read_feature,
    kernel::body::{BodyError, Bounds, Refusals, Value, parse},
};

/// The only system of coordinates of RFC 7946, as programs for maps still name it.
const CRS84: &str = "urn:ogc:def:crs:OGC:1.3:CRS84";

/// What a collection may say that tells nothing of its features: what an export writes, and what
/// programs for maps do.
const IGNORED: [&str; 5] = [
    "total",
    "source",
    "name",
    "bbox",
    "xy_coordinate_resolution",
];

/// Whether the file is `GeoJSON`: an object with a `type`, which no sheet has.
pub(super) fn are_in(file: &[u8]) -> bool {
    struct Looking<'a>(&'a Cell<bool>);

    impl<'de> Visitor<'de> for Looking<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key::<String>()? {
                if name == "type" {
                    self.0.set(true);
                    return Ok(());
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }

    let found = Cell::new(false);
    // A file that ends too early, or goes on after the object, is told by whoever reads it.
    let _outcome = serde_json::Deserializer::from_slice(file).deserialize_map(Looking(&found));
    found.get()
}

/// Every sheet that could be read, and every refusal.
pub(super) fn read(file: &[u8]) -> (Vec<Located>, Vec<PlacedRefusal>) {
    let collection = match serde_json::from_slice::<Members<'_>>(file) {
        Ok(Members(members)) => members,
        Err(error) => return (Vec::new(), vec![malformed(&error)]),
    };
    let mut refusals = check(&collection);
    let features = collection.iter().find(|(name, _)| name == "features");
    let features = features.and_then(|(_, text)| serde_json::from_str(text.get()).ok());
    let Some(features) = features else {
        let what = "the collection has an array of features";
        refusals.push(PlacedRefusal::within(Place::Collection, "/features", what));
        return (Vec::new(), refusals);
    };
    let features: Vec<&RawValue> = features;
    let mut sheets = Vec::with_capacity(features.len());
    for (index, text) in features.into_iter().enumerate() {
        match feature(Place::Feature(index), text.get()) {
            Ok(sheet) => sheets.push(sheet),
            Err(refused) => refusals.extend(refused),
        }
    }
    (sheets, refusals)
}

fn feature(place: Place, text: &str) -> Result<Located, Vec<PlacedRefusal>> {
    let tree = parse(text.as_bytes(), Bounds::default())
        .map_err(|error| vec![unreadable(place, &error)])?;
    let refused = Refusals::default();
    let sheet = read_feature(&Value::root(&tree, &refused));
    match refused.into_result(sheet) {
        Ok(sheet) => Ok(Located { place, sheet }),
        Err(refused) => Err(told(place, refused).collect()),
    }
}

/// The members of the collection, each with its text: the features are read one at a time, so
/// that a large file is never a tree as a whole.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;

        impl<'de> Visitor<'de> for Reading {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a FeatureCollection")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reading)
    }
}

/// What the collection itself says wrong.
fn check(members: &[(String, &RawValue)]) -> Vec<PlacedRefusal> {
    let mut refusals = Vec::new();
    for (place, (name, value)) in members.iter().enumerate() {
        let twice = members.iter().take(place).any(|(other, _)| other == name);
        let wrong = match name.as_str() {
            _ if twice => Some("the member is named twice"),
            "type" => (text(value) != Some("FeatureCollection".to_owned()))
                .then_some("the value is FeatureCollection"),
            "crs" => (!is_crs84(value))
                .then_some("coordinates are longitude and latitude, WGS 84 (RFC 7946)"),
            "features" => None,
            name if IGNORED.contains(&name) => None,
            _ => Some("the member is unknown"),
        };
        if let Some(what) = wrong {
            let pointer = format!("/{name}");
            refusals.push(PlacedRefusal::within(Place::Collection, pointer, what));
        }
    }
    refusals
}

fn text(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

/// Whether a member that RFC 7946 has removed names the system that it has kept.
fn is_crs84(value: &RawValue) -> bool {
    let crs = serde_json::from_str::<serde_json::Value>(value.get()).unwrap_or_default();
    let name = crs.pointer("/properties/name");
    crs.is_null() || name.is_some_and(|name| name == CRS84)
}

fn malformed(error: &serde_json::Error) -> PlacedRefusal {
    let line = Place::Line(u64::try_from(error.line()).unwrap_or(u64::MAX));
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or_default();
    let column = format!("column {}", error.column());
    PlacedRefusal::within(line, column, format!("this is not JSON: {what}"))
}

fn unreadable(place: Place, error: &BodyError) -> PlacedRefusal {
    match error {
        BodyError::Malformed { what, .. } => {
            PlacedRefusal::at(place, format!("this is not JSON: {what}"))
        }
        BodyError::Duplicate { pointer } => {
            PlacedRefusal::within(place, pointer, "the member is named twice")
        }
        other => PlacedRefusal::at(place, other.to_string()),
    }
}

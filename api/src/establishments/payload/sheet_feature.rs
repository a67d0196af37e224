//! A whole sheet as a `GeoJSON` feature (RFC 7946), in both directions.
//!
//! The identifier is the feature's and the coordinates are the geometry's, each said once; the
//! properties are the rest of the sheet. A program for maps may move a point and nothing else
//! has to follow.

use data::Reference;
use domain::{
    establishments::Establishment,
    kernel::{Point, RefusalCode},
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{
    input::{Coordinates, SheetInput, read_sheet_of},
    output::EstablishmentSheet,
};
use crate::{kernel::body::Value, territories::PointGeometry};

/// What marks the flat properties of the API's own features, which are a view and no sheet.
const FLAT: &str = "kind_label";

/// The sheet of an establishment as a feature.
#[derive(Debug, Serialize)]
pub struct SheetFeature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    geometry: PointGeometry,
    properties: Map<String, Json>,
}

impl SheetFeature {
    /// The feature of an establishment, with the names of its territories.
    pub fn new(
        establishment: &Establishment,
        reference: &Reference,
    ) -> Result<Self, serde_json::Error> {
        let sheet = EstablishmentSheet::new(establishment, reference);
        let (id, coordinates) = (sheet.id.clone(), [sheet.position.lon, sheet.position.lat]);
        let mut properties = match serde_json::to_value(sheet)? {
            Json::Object(members) => members,
            _ => Map::new(),
        };
        properties.shift_remove("id");
        if let Some(Json::Object(position)) = properties.get_mut("position") {
            position.shift_remove("lat");
            position.shift_remove("lon");
        }
        let geometry = PointGeometry {
            kind: "Point",
            coordinates,
        };
        Ok(Self {
            kind: "Feature",
            id,
            geometry,
            properties,
        })
    }
}

/// Reads a feature back.
#[must_use]
pub fn read_feature(feature: &Value<'_>) -> Option<SheetInput> {
    feature.object(|fields| {
        let kind = fields.required("type", |value| constant(&value, "Feature"));
        let id = fields.optional("id", |value| value.id());
        let point = fields.required("geometry", |value| read_geometry(&value));
        let coordinates = Coordinates::InGeometry(point);
        let sheet = fields.required("properties", |value| {
            if value.has(FLAT) {
                let detail = "these are the properties of a map, not a sheet: \
                    `atigip export establishments --format geojson` writes sheets";
                return value.refuse(RefusalCode::Format, detail);
            }
            read_sheet_of(&value, id, coordinates)
        });
        fields.ignore("bbox");
        kind.and(sheet)
    })
}

/// A point: longitude, latitude, and an altitude that is left aside.
fn read_geometry(value: &Value<'_>) -> Option<Point> {
    value.object(|fields| {
        let kind = fields.required("type", |value| constant(&value, "Point"));
        let point = fields.required("coordinates", |value| {
            let numbers = value.list(3, Some)?;
            let [lon, lat, ..] = numbers.as_slice() else {
                let detail = "a point has a longitude, then a latitude";
                return value.refuse(RefusalCode::Length, detail);
            };
            let (lon, lat) = (lon.longitude(), lat.latitude());
            Point::new(lat?, lon?).ok()
        });
        fields.ignore("bbox");
        kind.and(point)
    })
}

/// A text that can only be this one.
fn constant(value: &Value<'_>, expected: &str) -> Option<()> {
    match value.text()? {
        text if text == expected => Some(()),
        _ => value.refuse(RefusalCode::Code, format!("the value is {expected}")),
    }
}

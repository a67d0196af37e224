//! What the document says of the parameters of place, which every list of the catalogue takes.
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use domain::territories::Direction;
use utoipa::IntoParams;

use crate::kernel::{
    coded::Bare,
    patterns::{CommuneText, DepartementText, RegionText},
};

type DirectionCode = Bare<Direction>;

/// Where to look.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Places {
    /// Latitude of a point, in decimal degrees; goes with `lon` and `radius_km`.
    #[param(required = false, minimum = -90, maximum = 90, example = 44.84)]
    lat: Option<f64>,
    /// Longitude of a point, in decimal degrees; goes with `lat` and `radius_km`.
    #[param(required = false, minimum = -180, maximum = 180, example = -0.58)]
    lon: Option<f64>,
    /// INSEE code of a commune whose centre is the point; goes with `radius_km`.
    #[param(
        required = false,
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9][0-9AB][0-9]{3}$"
    )]
    near_commune: Option<String>,
    /// Radius around the point, in kilometres, great circle.
    #[param(required = false, minimum = 0.1, maximum = 500, example = 50)]
    radius_km: Option<f64>,
    /// A box, `min_lon,min_lat,max_lon,max_lat`; `min_lon` above `max_lon` crosses the antimeridian.
    #[param(required = false, style = Form, explode = false, min_items = 4, max_items = 4,
        value_type = Vec<f64>)]
    bbox: Option<String>,
}

/// The part of the world that is looked at.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Area {
    /// The box that is looked at, `min_lon,min_lat,max_lon,max_lat`; `min_lon` above `max_lon`
    /// crosses the antimeridian.
    #[param(required = true, style = Form, explode = false, min_items = 4, max_items = 4,
        value_type = Vec<f64>)]
    bbox: String,
    /// How close the map looks, of tiles of 256 pixels; a map of tiles of 512 pixels asks for its
    /// own zoom and one more.
    #[param(required = true, minimum = 0, maximum = 22, example = 8)]
    zoom: i32,
}

/// In which territories to look.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Territories {
    /// INSEE codes of regions.
    #[param(required = false, style = Form, explode = false, min_items = 1, max_items = 100,
        inline, value_type = Vec<RegionText>)]
    region: Option<String>,
    /// INSEE codes of départements.
    #[param(required = false, style = Form, explode = false, min_items = 1, max_items = 100,
        inline, value_type = Vec<DepartementText>)]
    departement: Option<String>,
    /// INSEE codes of communes; a commune comes with its arrondissements.
    #[param(required = false, style = Form, explode = false, min_items = 1, max_items = 100,
        inline, value_type = Vec<CommuneText>)]
    commune: Option<String>,
    /// Directorates.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<DirectionCode>)]
    direction: Option<String>,
}

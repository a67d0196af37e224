//! What the document says of the parameters of establishments.
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        DockKind, Equipment, EstablishmentKind, Management, VehicleSize, ZoneKind, ZoneStatus,
    },
    territories::Direction,
};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::{
    coded::Bare,
    patterns::{CommuneText, DepartementText, RegionText},
};

type ActivityCode = Bare<Activity>;
type DirectionCode = Bare<Direction>;
type DockKindCode = Bare<DockKind>;
type EquipmentCode = Bare<Equipment>;
type EstablishmentKindCode = Bare<EstablishmentKind>;
type ManagementCode = Bare<Management>;
type VehicleSizeCode = Bare<VehicleSize>;
type WorkRegimeCode = Bare<WorkRegime>;
type ZoneKindCode = Bare<ZoneKind>;
type ZoneStatusCode = Bare<ZoneStatus>;

/// The filters.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EstablishmentFilters {
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
    /// Kinds of establishments.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<EstablishmentKindCode>)]
    kind: Option<String>,
    /// Who runs the establishment.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ManagementCode>)]
    management: Option<String>,
    /// Activities in place, any of them; on the same activity as `regime`.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    activity: Option<String>,
    /// Activities in place, all of them; not one of the criteria that `matched` tells.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    activity_all: Option<String>,
    /// Activities that are possible, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    possible_activity: Option<String>,
    /// Activities that are possible, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    possible_activity_all: Option<String>,
    /// Activities in place or possible, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    any_activity: Option<String>,
    /// Activities in place or possible, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    any_activity_all: Option<String>,
    /// Regimes of the activities in place; on the same activity as `activity`.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<WorkRegimeCode>)]
    regime: Option<String>,
    /// Least total area of the production zones, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000, example = 500)]
    min_production_area_m2: Option<i32>,
    /// Greatest total area of the production zones, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    max_production_area_m2: Option<i32>,
    /// Least total storage area, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    min_storage_area_m2: Option<i32>,
    /// Greatest total storage area, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    max_storage_area_m2: Option<i32>,
    /// Least total free area, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    min_available_area_m2: Option<i32>,
    /// Kinds of zones; on one and the same zone, as every `zone_…`.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ZoneKindCode>)]
    zone_kind: Option<String>,
    /// Least area of the zone, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    zone_min_area_m2: Option<i32>,
    /// Least free area of the zone, in square metres.
    #[param(required = false, minimum = 0, maximum = 1_000_000)]
    zone_min_available_m2: Option<i32>,
    /// Least clear height of the zone, in metres.
    #[param(required = false, minimum = 0, maximum = 50)]
    zone_min_height_m: Option<f64>,
    /// Least power in the zone, in kilovolt-amperes.
    #[param(required = false, minimum = 0, maximum = 100_000)]
    zone_min_power_kva: Option<f64>,
    /// Equipment of the zone, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<EquipmentCode>)]
    zone_equipment: Option<String>,
    /// Equipment of the zone, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<EquipmentCode>)]
    zone_equipment_all: Option<String>,
    /// Whether the zone can be taken.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ZoneStatusCode>)]
    zone_status: Option<String>,
    /// Kinds of docks; on one and the same dock, as every `dock_…`.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<DockKindCode>)]
    dock_kind: Option<String>,
    /// A vehicle the dock takes: its largest vehicle is of that size or larger.
    #[param(required = false, inline, value_type = VehicleSizeCode)]
    dock_vehicle: Option<String>,
    /// Least height of the platform, in centimetres.
    #[param(required = false, minimum = 0, maximum = 1_000)]
    dock_min_height_cm: Option<i32>,
    /// Least height limit for vehicles, in centimetres.
    #[param(required = false, minimum = 0, maximum = 1_000)]
    dock_min_clearance_cm: Option<i32>,
    /// Whether the dock has a leveller.
    #[param(required = false)]
    dock_leveller: Option<bool>,
}

/// The order and the counts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EstablishmentOrder {
    /// The order; by default the distance with a point, else relevance with `q`, else the name.
    #[param(required = false, inline)]
    sort: Option<EstablishmentSort>,
    /// The facets to count, at most 12; each ignores its own filter.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 12,
        value_type = Vec<EstablishmentFacet>)]
    facets: Option<String>,
}

/// The sorts.
#[derive(ToSchema)]
enum EstablishmentSort {
    /// Best match first; needs `q`.
    #[schema(rename = "relevance")]
    Relevance,
    /// Nearest first; needs a point.
    #[schema(rename = "distance")]
    Distance,
    /// By name.
    #[schema(rename = "name")]
    Name,
    /// Largest production area first.
    #[schema(rename = "-production_area_m2")]
    ProductionArea,
    /// Largest free area first.
    #[schema(rename = "-available_area_m2")]
    AvailableArea,
}

/// The facets.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum EstablishmentFacet {
    /// By kind.
    Kind,
    /// By management.
    Management,
    /// By directorate.
    Direction,
    /// By region.
    Region,
    /// By département.
    Departement,
    /// By activity in place.
    Activity,
    /// By possible activity.
    PossibleActivity,
    /// By activity in place or possible.
    AnyActivity,
    /// By regime.
    Regime,
    /// By kind of zone.
    ZoneKind,
    /// By status of a zone.
    ZoneStatus,
    /// By equipment of a zone.
    ZoneEquipment,
    /// By kind of dock.
    DockKind,
    /// By each vehicle size that a dock takes.
    DockVehicle,
    /// By leveller of a dock.
    DockLeveller,
}

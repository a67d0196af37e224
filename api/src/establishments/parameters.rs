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
};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::coded::Bare;

type ActivityCode = Bare<Activity>;
type DockKindCode = Bare<DockKind>;
type EquipmentCode = Bare<Equipment>;
type EstablishmentKindCode = Bare<EstablishmentKind>;
type ManagementCode = Bare<Management>;
type VehicleSizeCode = Bare<VehicleSize>;
type WorkRegimeCode = Bare<WorkRegime>;
type ZoneKindCode = Bare<ZoneKind>;
type ZoneStatusCode = Bare<ZoneStatus>;

/// The filters that establishments alone have.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EstablishmentFilters {
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

//! The facets of establishments.

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        DockKind, Equipment, EstablishmentKind, Management, VehicleSize, ZoneKind, ZoneStatus,
    },
    territories::Direction,
};

use super::fields::Fields;
use crate::catalogue::facets::{Facet, facet};

/// What can be counted, in the order of the contract.
pub(super) const FACETS: &[Facet<Fields>] = &[
    facet!("kind", Document, EstablishmentKind, kind),
    facet!("management", Document, Management, management),
    facet!("direction", Document, Direction, common.direction),
    facet!("region", Document, region of common.region),
    facet!("departement", Document, departement of common.departement),
    facet!("activity", Part, Activity, activities.activity),
    facet!("possible_activity", Document, Activity, possible_activity),
    facet!("any_activity", Document, Activity, any_activity),
    facet!("regime", Part, WorkRegime, activities.regime),
    facet!("zone_kind", Part, ZoneKind, zones.kind),
    facet!("zone_status", Part, ZoneStatus, zones.status),
    facet!("zone_equipment", Part, Equipment, zones.equipment),
    facet!("dock_kind", Part, DockKind, docks.kind),
    facet!("dock_vehicle", Part, VehicleSize, docks.vehicle),
    facet!("dock_leveller", Part, boolean of docks.leveller),
];

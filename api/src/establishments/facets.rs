//! The facets of establishments: what can be counted, and the label of each value.

use data::Reference;
use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        DockKind, Equipment, EstablishmentKind, Management, VehicleSize, ZoneKind, ZoneStatus,
    },
    kernel::Code,
    territories::Direction,
};
use search::FacetRequest;

use super::fields::Fields;
use crate::kernel::params::Params;

/// What a facet counts, and the label of each of its values.
struct Facet {
    name: &'static str,
    counted: fn(&Fields) -> FacetRequest,
    label: fn(&str, &Reference) -> Option<String>,
}

/// Declares a facet of documents or of parts, whose values are codes of a list.
macro_rules! facet {
    ($name:literal, $kind:ident, $list:ty, $($field:ident).+) => {
        Facet {
            name: $name,
            counted: |fields| FacetRequest::$kind(fields.$($field).+),
            label: |code, _| of::<$list>(code),
        }
    };
}

/// The facets, in the order of the contract.
const FACETS: [Facet; 15] = [
    facet!("kind", Document, EstablishmentKind, kind),
    facet!("management", Document, Management, management),
    facet!("direction", Document, Direction, direction),
    Facet {
        name: "region",
        counted: |fields| FacetRequest::Document(fields.region),
        label: |code, reference| {
            let region = reference.territories().region(&code.parse().ok()?)?;
            Some(region.name.clone())
        },
    },
    Facet {
        name: "departement",
        counted: |fields| FacetRequest::Document(fields.departement),
        label: |code, reference| {
            let departement = reference.territories().departement(&code.parse().ok()?)?;
            Some(departement.name.clone())
        },
    },
    facet!("activity", Part, Activity, activities.activity),
    facet!("possible_activity", Document, Activity, possible_activity),
    facet!("any_activity", Document, Activity, any_activity),
    facet!("regime", Part, WorkRegime, activities.regime),
    facet!("zone_kind", Part, ZoneKind, zones.kind),
    facet!("zone_status", Part, ZoneStatus, zones.status),
    facet!("zone_equipment", Part, Equipment, zones.equipment),
    facet!("dock_kind", Part, DockKind, docks.kind),
    facet!("dock_vehicle", Part, VehicleSize, docks.vehicle),
    Facet {
        name: "dock_leveller",
        counted: |fields| FacetRequest::Part(fields.docks.leveller),
        label: |code, _| {
            let label = if code == "true" { "Oui" } else { "Non" };
            Some(label.to_owned())
        },
    },
];

/// The most facets one question may count.
const MAX_FACETS: usize = 12;
/// The most values that a facet gives: more than there are départements.
pub(crate) const MAX_COUNTS: usize = 120;

/// Reads `facets`.
pub(crate) fn read(params: &mut Params, fields: &Fields) -> Vec<(&'static str, FacetRequest)> {
    let names = FACETS.map(|facet| facet.name);
    let asked = params.words("facets", &names, MAX_FACETS);
    let find = |name| FACETS.iter().find(|facet| facet.name == name);
    let facets = asked.into_iter().filter_map(find);
    facets
        .map(|facet| (facet.name, (facet.counted)(fields)))
        .collect()
}

/// The label of a facet's value.
pub(crate) fn label(facet: &str, code: &str, reference: &Reference) -> Option<String> {
    let facet = FACETS.iter().find(|own| own.name == facet)?;
    (facet.label)(code, reference)
}

fn of<T: Code>(code: &str) -> Option<String> {
    T::parse(code).map(|value| value.label().to_owned())
}

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

/// The names of the facets, in the order of the contract.
pub(crate) const NAMES: [&str; 15] = [
    "kind",
    "management",
    "direction",
    "region",
    "departement",
    "activity",
    "possible_activity",
    "any_activity",
    "regime",
    "zone_kind",
    "zone_status",
    "zone_equipment",
    "dock_kind",
    "dock_vehicle",
    "dock_leveller",
];

/// The most facets one question may count.
const MAX_FACETS: usize = 12;

/// Reads `facets`.
pub(crate) fn read(params: &mut Params, fields: &Fields) -> Vec<(&'static str, FacetRequest)> {
    let names = params.words("facets", &NAMES, MAX_FACETS);
    names
        .into_iter()
        .filter_map(|name| Some((name, request(name, fields)?)))
        .collect()
}

fn request(name: &str, fields: &Fields) -> Option<FacetRequest> {
    Some(match name {
        "kind" => FacetRequest::Document(fields.kind),
        "management" => FacetRequest::Document(fields.management),
        "direction" => FacetRequest::Document(fields.direction),
        "region" => FacetRequest::Document(fields.region),
        "departement" => FacetRequest::Document(fields.departement),
        "possible_activity" => FacetRequest::Document(fields.possible_activity),
        "any_activity" => FacetRequest::Document(fields.any_activity),
        "activity" => FacetRequest::Part(fields.activities.activity),
        "regime" => FacetRequest::Part(fields.activities.regime),
        "zone_kind" => FacetRequest::Part(fields.zones.kind),
        "zone_status" => FacetRequest::Part(fields.zones.status),
        "zone_equipment" => FacetRequest::Part(fields.zones.equipment),
        "dock_kind" => FacetRequest::Part(fields.docks.kind),
        "dock_vehicle" => FacetRequest::Part(fields.docks.vehicle),
        "dock_leveller" => FacetRequest::Part(fields.docks.leveller),
        _ => return None,
    })
}

/// The label of a facet's value.
pub(crate) fn label(facet: &str, code: &str, reference: &Reference) -> Option<String> {
    let territories = reference.territories();
    match facet {
        "kind" => of::<EstablishmentKind>(code),
        "management" => of::<Management>(code),
        "direction" => of::<Direction>(code),
        "region" => Some(territories.region(&code.parse().ok()?)?.name.clone()),
        "departement" => Some(territories.departement(&code.parse().ok()?)?.name.clone()),
        "activity" | "possible_activity" | "any_activity" => of::<Activity>(code),
        "regime" => of::<WorkRegime>(code),
        "zone_kind" => of::<ZoneKind>(code),
        "zone_status" => of::<ZoneStatus>(code),
        "zone_equipment" => of::<Equipment>(code),
        "dock_kind" => of::<DockKind>(code),
        "dock_vehicle" => of::<VehicleSize>(code),
        "dock_leveller" => match code {
            "true" => Some("Oui".to_owned()),
            "false" => Some("Non".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn of<T: Code>(code: &str) -> Option<String> {
    T::parse(code).map(|value| value.label().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_counted_on_a_field() {
        let (_, fields) = Fields::declare();
        for name in NAMES {
            assert!(request(name, &fields).is_some(), "{name}");
        }
        assert!(request("commune", &fields).is_none());
    }
}

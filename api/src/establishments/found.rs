//! What a question makes of an establishment: its distance, and the parts that met the criteria.

use super::{
    collection::Establishments,
    fields::Fields,
    payload::{EstablishmentFeature, Matched, PartId},
};
use crate::{
    catalogue::{
        forms::{kilometres, to_json},
        resource::Found,
    },
    kernel::problem::ApiError,
};

/// The parts that met the criteria; `None` when the question had none.
fn matched(hit: &Found<Establishments>, fields: &Fields) -> Option<Matched> {
    let of = |part| {
        let found = hit.matched.iter().find(|(kind, _)| *kind == part);
        found.map(|(_, ids)| ids.iter().map(|id| PartId(id.to_string())).collect())
    };
    (!hit.matched.is_empty()).then(|| Matched {
        zones: of(fields.zones.part),
        docks: of(fields.docks.part),
        activities: of(fields.activities.part),
    })
}

/// What an item tells besides.
pub(super) fn members(hit: &Found<Establishments>, fields: &Fields) -> Result<String, ApiError> {
    match matched(hit, fields) {
        Some(matched) => Ok(format!(",\"matched\":{}", to_json(&matched)?)),
        None => Ok(String::new()),
    }
}

/// A feature, with the distance and the parts that matched among its properties.
pub(super) fn feature(hit: &Found<Establishments>, fields: &Fields) -> EstablishmentFeature {
    let mut item = hit.body.item.clone();
    item.distance_km = hit.distance_km.map(kilometres);
    item.matched = matched(hit, fields);
    item.into()
}

/// What a row of CSV tells besides: the ids of the parts of each kind.
pub(super) fn cells(hit: &Found<Establishments>, fields: &Fields) -> Vec<String> {
    let matched = matched(hit, fields).unwrap_or_default();
    let kinds = [matched.zones, matched.docks, matched.activities];
    let cells = kinds.into_iter().map(|parts| {
        let ids = parts.unwrap_or_default().into_iter().map(|PartId(id)| id);
        ids.collect::<Vec<_>>().join(";")
    });
    cells.collect()
}

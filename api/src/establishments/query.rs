//! The filters that establishments alone have.

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        DockKind, Equipment, EstablishmentKind, EstablishmentStatus, Management, VehicleSize,
        ZoneKind, ZoneStatus,
    },
    kernel::Code,
};
use search::{Clause, Filter, NumberId, PartCondition, PartCriteria};

use super::fields::Fields;
use crate::{
    catalogue::{codes, filters::any_of},
    kernel::{params::Params, problem::Fault, text::Text},
};

/// Reads them; what is wrong is remembered by `params`.
pub(super) fn filter(params: &mut Params, fields: &Fields) -> Filter {
    let mut clauses = document_clauses(params, fields);
    clauses.extend(total_clauses(params, fields));
    // A closed establishment keeps its sheet but is offered to nobody.
    let open = vec![EstablishmentStatus::Open.code().to_owned()];
    clauses.push(Clause::AnyOf(fields.status, open));
    let criteria = [
        activity_criteria(params, fields),
        zone_criteria(params, fields),
        dock_criteria(params, fields),
    ];
    let parts = criteria.into_iter().flatten().collect();
    Filter { clauses, parts }
}

fn document_clauses(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let any = [
        (
            fields.kind,
            codes(&params.codes::<EstablishmentKind>("kind")),
        ),
        (
            fields.management,
            codes(&params.codes::<Management>("management")),
        ),
        (
            fields.possible_activity,
            codes(&params.codes::<Activity>("possible_activity")),
        ),
        (
            fields.any_activity,
            codes(&params.codes::<Activity>("any_activity")),
        ),
    ];
    let all = [
        (
            fields.all.activity,
            codes(&params.codes::<Activity>("activity_all")),
        ),
        (
            fields.all.possible_activity,
            codes(&params.codes::<Activity>("possible_activity_all")),
        ),
        (
            fields.all.any_activity,
            codes(&params.codes::<Activity>("any_activity_all")),
        ),
    ];
    let any = any
        .into_iter()
        .filter_map(|(field, codes)| any_of(field, codes));
    let all = all.into_iter().filter(|(_, codes)| !codes.is_empty());
    any.chain(all.map(|(field, codes)| Clause::AllOf(field, codes)))
        .collect()
}

/// Bounds on the establishment's own totals.
fn total_clauses(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let production = bounds(
        params,
        ("min_production_area_m2", "max_production_area_m2"),
        fields.production_area,
    );
    let storage = bounds(
        params,
        ("min_storage_area_m2", "max_storage_area_m2"),
        fields.storage_area,
    );
    let available = area(params, "min_available_area_m2")
        .map(|min| Clause::Range(fields.available_area, Some(min), None));
    [production, storage, available]
        .into_iter()
        .flatten()
        .collect()
}

fn bounds(
    params: &mut Params,
    (min_name, max_name): (&'static str, &'static str),
    field: NumberId,
) -> Option<Clause> {
    let min = area(params, min_name);
    let max = area(params, max_name);
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        let detail = Text::made(
            format!("{max_name} is not smaller than {min_name}"),
            format!("{max_name} n'est pas inférieur à {min_name}"),
        );
        params.refuse(max_name, Fault::Order, detail);
    }
    (min.is_some() || max.is_some()).then_some(Clause::Range(field, min, max))
}

/// A whole number of square metres.
fn area(params: &mut Params, name: &'static str) -> Option<f64> {
    whole(params, name, 1_000_000)
}

fn whole(params: &mut Params, name: &'static str, max: i64) -> Option<f64> {
    let number = params.integer(name, 0..=max)?;
    i32::try_from(number).ok().map(f64::from)
}

/// `activity` and `regime` meet on one and the same activity in place.
fn activity_criteria(params: &mut Params, fields: &Fields) -> Option<PartCriteria> {
    let fields = &fields.activities;
    let any = codes(&params.codes::<Activity>("activity"));
    let regimes = codes(&params.codes::<WorkRegime>("regime"));
    let mut conditions = Vec::new();
    if !any.is_empty() {
        conditions.push(PartCondition::AnyOf(fields.activity, any));
    }
    if !regimes.is_empty() {
        conditions.push(PartCondition::AnyOf(fields.regime, regimes));
    }
    criteria(fields.part, conditions)
}

/// Every `zone_…` is met by one and the same zone.
fn zone_criteria(params: &mut Params, fields: &Fields) -> Option<PartCriteria> {
    let fields = &fields.zones;
    let any = [
        (fields.kind, codes(&params.codes::<ZoneKind>("zone_kind"))),
        (
            fields.status,
            codes(&params.codes::<ZoneStatus>("zone_status")),
        ),
        (
            fields.equipment,
            codes(&params.codes::<Equipment>("zone_equipment")),
        ),
    ];
    let all = codes(&params.codes::<Equipment>("zone_equipment_all"));
    let at_least = [
        (fields.area, area(params, "zone_min_area_m2")),
        (fields.available, area(params, "zone_min_available_m2")),
        (
            fields.height,
            params.number("zone_min_height_m", 0.0..=50.0),
        ),
        (
            fields.power,
            params.number("zone_min_power_kva", 0.0..=100_000.0),
        ),
    ];
    let any = any.into_iter().filter(|(_, codes)| !codes.is_empty());
    let mut conditions: Vec<PartCondition> = any
        .map(|(field, codes)| PartCondition::AnyOf(field, codes))
        .collect();
    if !all.is_empty() {
        conditions.push(PartCondition::AllOf(fields.equipment_all, all));
    }
    conditions.extend(minima(&at_least));
    criteria(fields.part, conditions)
}

/// Every `dock_…` is met by one and the same dock.
fn dock_criteria(params: &mut Params, fields: &Fields) -> Option<PartCriteria> {
    let fields = &fields.docks;
    let kinds = codes(&params.codes::<DockKind>("dock_kind"));
    let vehicle = params.code::<VehicleSize>("dock_vehicle");
    let leveller = params.boolean("dock_leveller");
    let at_least = [
        (fields.height, whole(params, "dock_min_height_cm", 1_000)),
        (
            fields.clearance,
            whole(params, "dock_min_clearance_cm", 1_000),
        ),
    ];
    let mut conditions = Vec::new();
    if !kinds.is_empty() {
        conditions.push(PartCondition::AnyOf(fields.kind, kinds));
    }
    if let Some(size) = vehicle {
        // A dock carries every size it takes, so that a larger dock answers too.
        conditions.push(PartCondition::AnyOf(
            fields.vehicle,
            vec![size.code().to_owned()],
        ));
    }
    if let Some(leveller) = leveller {
        conditions.push(PartCondition::AnyOf(
            fields.leveller,
            vec![leveller.to_string()],
        ));
    }
    conditions.extend(minima(&at_least));
    criteria(fields.part, conditions)
}

fn minima(
    bounds: &[(search::PartNumberId, Option<f64>)],
) -> impl Iterator<Item = PartCondition> + '_ {
    bounds
        .iter()
        .filter_map(|(field, min)| Some(PartCondition::Range(*field, Some((*min)?), None)))
}

fn criteria(part: search::PartId, conditions: Vec<PartCondition>) -> Option<PartCriteria> {
    (!conditions.is_empty()).then_some(PartCriteria { part, conditions })
}

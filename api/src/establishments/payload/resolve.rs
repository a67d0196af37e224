//! A sheet that was sent, against what is kept and what the reference tables know.

use data::Reference;
use domain::{
    establishments::{DatedKind, Establishment, EstablishmentFacts, Parts},
    kernel::{Id, Part, Record, Refusal, RefusalCode},
    territories::{Commune, Direction},
};

use super::{
    input::{FactsInput, SheetInput},
    input_parts::{PartInput, PartsInput},
};
use crate::kernel::clock::Making;

/// The farthest a site lies from the centre of its commune; beyond it the position or the
/// commune is wrong. The largest communes, overseas, stay within it.
const FARTHEST_KM: f64 = 60.0;

/// The establishment a sheet describes.
///
/// What is `kept` of it gives the ids of parts that are sent without one and are the same,
/// the lists that the sheet does not have, and every version and date; for what is new they
/// are those of the sheet, or are made. The commune must be one of the reference tables, the
/// directorate the one of its region (art. R112-7), and the position within 60 km of its centre.
pub fn resolve(
    sheet: SheetInput,
    kept: Option<&Establishment>,
    reference: &Reference,
    making: Making<'_>,
) -> Result<Establishment, Vec<Refusal>> {
    let SheetInput {
        id,
        record,
        facts,
        parts,
    } = sheet;
    let Some(commune) = reference.territories().commune(&facts.address.commune) else {
        let detail = format!("{} is no commune of France", facts.address.commune);
        return Err(vec![Refusal::new(
            "/address/commune",
            RefusalCode::NotFound,
            detail,
        )]);
    };
    let mut refusals = misplaced(&facts, commune);
    let id = id
        .or(kept.map(|kept| kept.id))
        .unwrap_or_else(|| Id::new(making.ids.next()));
    let record = record_of(kept.map(|kept| kept.record), record, making);
    let nothing = Parts::default();
    let parts = parts_of(parts, kept.map_or(&nothing, Establishment::parts), making);
    let facts = facts_of(facts, kept, commune.direction, making);
    match Establishment::new(id, record, facts, parts) {
        Ok(establishment) if refusals.is_empty() => Ok(establishment),
        outcome => {
            refusals.extend(outcome.err().unwrap_or_default());
            Err(refusals)
        }
    }
}

fn misplaced(facts: &FactsInput, commune: &Commune) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if facts
        .direction
        .is_some_and(|direction| direction != commune.direction)
    {
        let detail = format!(
            "{} is in the territory of {}",
            commune.name,
            commune.direction.short_label()
        );
        refusals.push(Refusal::new(
            "/direction",
            RefusalCode::Inconsistent,
            detail,
        ));
    }
    let distance = commune
        .centre
        .map(|centre| centre.distance_km(facts.position.point));
    if let Some(distance) = distance.filter(|distance| *distance > FARTHEST_KM) {
        let detail = format!(
            "the position is {distance:.0} km from the centre of {}; it lies within {FARTHEST_KM} km",
            commune.name
        );
        refusals.push(Refusal::new("/position", RefusalCode::TooFar, detail));
    }
    refusals
}

fn facts_of(
    facts: FactsInput,
    kept: Option<&Establishment>,
    direction: Direction,
    making: Making<'_>,
) -> EstablishmentFacts {
    let same_kind = kept
        .filter(|kept| kept.kind.kind == facts.kind)
        .map(|kept| kept.kind.as_of);
    let as_of = facts
        .kind_as_of
        .or(same_kind)
        .unwrap_or_else(|| making.clock.today());
    EstablishmentFacts {
        slug: facts.slug,
        name: facts.name,
        kind: DatedKind {
            kind: facts.kind,
            as_of,
        },
        status: facts.status,
        closed_on: facts.closed_on,
        management: facts.management,
        direction: facts.direction.unwrap_or(direction),
        address: facts.address,
        position: facts.position,
        position_source: facts.position_source,
        capacity: facts.capacity,
        working_hours: facts.working_hours,
        workforce_available: facts.workforce_available,
        statistics_label: facts.statistics_label,
    }
}

fn parts_of(sent: PartsInput, kept: &Parts, making: Making<'_>) -> Parts {
    Parts {
        zones: list(sent.zones, &kept.zones, making),
        storage_areas: list(sent.storage_areas, &kept.storage_areas, making),
        docks: list(sent.docks, &kept.docks, making),
        activities: list(sent.activities, &kept.activities, making),
        possible_activities: list(sent.possible_activities, &kept.possible_activities, making),
        contacts: list(sent.contacts, &kept.contacts, making),
    }
}

/// The parts sent. One without an id is the kept part that says the same, so that the same
/// file read twice changes nothing; otherwise it is new.
fn list<T: Clone + PartialEq>(
    sent: Option<Vec<PartInput<T>>>,
    kept: &[Part<T>],
    making: Making<'_>,
) -> Vec<Part<T>> {
    let Some(sent) = sent else {
        return kept.to_vec();
    };
    let mut claimed: Vec<Id<T>> = sent.iter().filter_map(|part| part.id).collect();
    let parts = sent.into_iter().map(|part| {
        let same = kept.iter().find(|kept| match part.id {
            Some(id) => kept.id == id,
            None => {
                kept.demo == part.demo && kept.value == part.value && !claimed.contains(&kept.id)
            }
        });
        let id = part
            .id
            .or(same.map(|same| same.id))
            .unwrap_or_else(|| Id::new(making.ids.next()));
        claimed.push(id);
        Part {
            id,
            demo: part.demo,
            record: record_of(same.map(|same| same.record), part.record, making),
            value: part.value,
        }
    });
    parts.collect()
}

fn record_of(kept: Option<Record>, sent: Option<Record>, making: Making<'_>) -> Record {
    kept.or(sent)
        .unwrap_or_else(|| Record::created(making.clock.now()))
}

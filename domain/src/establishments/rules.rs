//! Rules that span an establishment and its parts.

use std::collections::HashSet;

use uuid::Uuid;

use super::{EstablishmentFacts, EstablishmentStatus, Parts, Zone};
use crate::kernel::{Code, Id, Part, Refusal, RefusalCode};

/// Every broken rule, with a pointer into the sheet.
pub(super) fn check(facts: &EstablishmentFacts, parts: &Parts) -> Vec<Refusal> {
    closing_date_goes_with_closure(facts)
        .into_iter()
        .chain(zones_named_are_zones_here(parts))
        .chain(parts_appear_once(parts))
        .chain(possible_once(parts))
        .collect()
}

fn closing_date_goes_with_closure(facts: &EstablishmentFacts) -> Option<Refusal> {
    let closed = facts.status == EstablishmentStatus::Closed;
    (closed != facts.closed_on.is_some()).then(|| {
        Refusal::new(
            "/closed_on",
            RefusalCode::Inconsistent,
            "a closed establishment has a closing date, an open one has none",
        )
    })
}

fn zones_named_are_zones_here(parts: &Parts) -> Vec<Refusal> {
    let here: HashSet<Id<Zone>> = parts.zones.iter().map(|zone| zone.id).collect();
    let unknown = |zone: Option<Id<Zone>>| zone.is_some_and(|zone| !here.contains(&zone));
    let storage = parts.storage_areas.iter().map(|p| p.value.zone);
    let docks = parts.docks.iter().map(|p| p.value.zone);
    let activities = parts.activities.iter().map(|p| p.value.zone);
    let named = storage
        .enumerate()
        .map(|(i, zone)| ("storage_areas", i, zone))
        .chain(docks.enumerate().map(|(i, zone)| ("docks", i, zone)))
        .chain(
            activities
                .enumerate()
                .map(|(i, zone)| ("activities", i, zone)),
        );
    named
        .filter(|(_, _, zone)| unknown(*zone))
        .map(|(list, i, _)| {
            Refusal::new(
                format!("/{list}/{i}/zone"),
                RefusalCode::NotFound,
                "the zone is a zone of the same establishment",
            )
        })
        .collect()
}

fn parts_appear_once(parts: &Parts) -> Vec<Refusal> {
    let mut seen = HashSet::new();
    let mut refusals = repeated("zones", &parts.zones, &mut seen);
    refusals.extend(repeated("storage_areas", &parts.storage_areas, &mut seen));
    refusals.extend(repeated("docks", &parts.docks, &mut seen));
    refusals.extend(repeated("activities", &parts.activities, &mut seen));
    refusals.extend(repeated(
        "possible_activities",
        &parts.possible_activities,
        &mut seen,
    ));
    refusals.extend(repeated("contacts", &parts.contacts, &mut seen));
    refusals
}

fn repeated<T>(list: &str, parts: &[Part<T>], seen: &mut HashSet<Uuid>) -> Vec<Refusal> {
    parts
        .iter()
        .enumerate()
        .filter(|(_, part)| !seen.insert(part.id.uuid()))
        .map(|(i, part)| {
            Refusal::new(
                format!("/{list}/{i}/id"),
                RefusalCode::Duplicate,
                format!("the id {} is used by another part", part.id),
            )
        })
        .collect()
}

fn possible_once(parts: &Parts) -> Vec<Refusal> {
    let mut seen = HashSet::new();
    parts
        .possible_activities
        .iter()
        .enumerate()
        .filter(|(_, part)| !seen.insert(part.value.activity))
        .map(|(i, part)| {
            Refusal::new(
                format!("/possible_activities/{i}/activity"),
                RefusalCode::Duplicate,
                format!("{} is possible once", part.value.activity.code()),
            )
        })
        .collect()
}

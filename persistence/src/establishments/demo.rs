//! Fictitious parts: whether there are any, and their removal.

use chrono::{DateTime, Utc};
use domain::changes::Actor;
use domain::establishments::{
    ActivityInPlace, Contact, Dock, DockFacts, Establishment, Parts, PossibleActivity, StorageArea,
    Zone,
};
use domain::kernel::{Id, Part, Refusal};

use super::all;
use super::parts::Kept;
use super::save::save_over;
use crate::kernel::{Conn, DbError, RepoError};

/// Whether any part made for demonstration is kept.
pub fn demo_present(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(Zone::any_demo(conn)?
        || StorageArea::any_demo(conn)?
        || Dock::any_demo(conn)?
        || ActivityInPlace::any_demo(conn)?
        || PossibleActivity::any_demo(conn)?
        || Contact::any_demo(conn)?)
}

/// Removes every part made for demonstration and answers how many there were; each
/// establishment that loses some has its change. A real part that named a fictitious zone
/// stays, and names none.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let mut removed = 0;
    for kept in all(conn)?.into_iter().filter(Establishment::has_demo_parts) {
        let real = without_demo(&kept).map_err(|refusals| {
            let told = format!("{refusals:?}");
            DbError::inconsistent("establishments", kept.id, told)
        })?;
        removed += size(kept.parts()) - size(real.parts());
        save_over(conn, Some(&kept), &real, at, actor).map_err(|error| match error {
            RepoError::Db(error) => error,
            RepoError::Refused(refusal) => {
                DbError::inconsistent("establishments", kept.id, refusal)
            }
        })?;
    }
    Ok(removed)
}

fn without_demo(kept: &Establishment) -> Result<Establishment, Vec<Refusal>> {
    let (facts, mut parts) = kept.clone().into_inner();
    parts.zones.retain(|part| !part.demo);
    parts.storage_areas.retain(|part| !part.demo);
    parts.docks.retain(|part| !part.demo);
    parts.activities.retain(|part| !part.demo);
    parts.possible_activities.retain(|part| !part.demo);
    parts.contacts.retain(|part| !part.demo);
    let real: Vec<Id<Zone>> = parts.zones.iter().map(|zone| zone.id).collect();
    let still_there = |zone: Option<Id<Zone>>| zone.filter(|zone| real.contains(zone));
    for part in &mut parts.storage_areas {
        part.value.zone = still_there(part.value.zone);
    }
    for part in &mut parts.activities {
        part.value.zone = still_there(part.value.zone);
    }
    parts.docks = parts
        .docks
        .into_iter()
        .map(|part| {
            let facts = part.value.into_facts();
            let zone = still_there(facts.zone);
            let value = Dock::new(DockFacts { zone, ..facts })?;
            Ok(Part {
                value,
                id: part.id,
                demo: part.demo,
                record: part.record,
            })
        })
        .collect::<Result<_, Vec<Refusal>>>()?;
    Establishment::new(kept.id, kept.record, facts, parts)
}

fn size(parts: &Parts) -> usize {
    let Parts {
        zones,
        storage_areas,
        docks,
        activities,
        possible_activities,
        contacts,
    } = parts;
    zones.len()
        + storage_areas.len()
        + docks.len()
        + activities.len()
        + possible_activities.len()
        + contacts.len()
}

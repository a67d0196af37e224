//! Keeping an establishment: only what differs is written, and each write is told once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::establishments::{
    ActivityInPlace, Contact, Dock, Establishment, EstablishmentFacts, EstablishmentStatus, Parts,
    PossibleActivity, Slug, StorageArea, Zone,
};
use uuid::Uuid;

use super::parts::Difference;
use super::row::EstablishmentRow;
use super::{find, many};
use crate::changes;
use crate::kernel::constraint::OnConstraint;
use crate::kernel::{Conn, RepoError, Saved};
use crate::schema::establishments;

/// Why an establishment was not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveRefusal {
    /// Another establishment has this slug.
    #[error("another establishment has the slug {0}")]
    SlugTaken(Slug),
    /// A part with this id belongs to another establishment.
    #[error("{list}/{id} is a part of another establishment")]
    PartElsewhere {
        /// The list of the part, as in an address: `zones`.
        list: &'static str,
        /// The id of the part.
        id: Uuid,
    },
}

/// Makes what is kept equal to `establishment`, its parts included.
///
/// What is new keeps the version and the dates it carries, so that an export is read back as it
/// was; what is kept already gets one version more when it differs, whatever `establishment`
/// carries. One change is appended for the establishment; it names the part when one part alone
/// differs.
pub fn save(
    conn: &mut Conn,
    establishment: &Establishment,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Saved, RepoError<SaveRefusal>> {
    let kept = find(conn, establishment.id)?;
    save_over(conn, kept.as_ref(), establishment, at, actor)
}

/// [`save`] for each of several establishments; what is kept is read with one query per table.
pub fn save_all(
    conn: &mut Conn,
    establishments: &[Establishment],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Vec<Saved>, RepoError<SaveRefusal>> {
    let ids: Vec<_> = establishments
        .iter()
        .map(|establishment| establishment.id)
        .collect();
    let kept = many(conn, &ids)?;
    establishments
        .iter()
        .map(|establishment| {
            let kept = kept
                .binary_search_by_key(&establishment.id, |kept| kept.id)
                .ok()
                .and_then(|index| kept.get(index));
            save_over(conn, kept, establishment, at, actor)
        })
        .collect()
}

/// Saves over what is kept of the same establishment.
pub(super) fn save_over(
    conn: &mut Conn,
    kept: Option<&Establishment>,
    new: &Establishment,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Saved, RepoError<SaveRefusal>> {
    let nothing = Parts::default();
    let differences = Differences::between(kept.map_or(&nothing, Establishment::parts), new, at);
    let parts = differences.names();
    let facts_differ = kept.is_none_or(|kept| facts(kept) != facts(new));
    if parts.is_empty() && !facts_differ {
        return Ok(Saved::Unchanged);
    }
    let record = kept.map_or(new.record, |kept| kept.record.changed(at));
    write_row(
        conn,
        EstablishmentRow::new(new, record),
        kept.is_some(),
        &new.slug,
    )?;
    differences.apply(conn, new.id.uuid())?;
    let what = NewChange {
        event: event(kept, new),
        resource_id: new.id.uuid(),
        part: the_only(parts).filter(|_| !facts_differ),
        version: record.version,
        at,
        actor: actor.clone(),
    };
    changes::append(conn, &what)?;
    Ok(if kept.is_some() {
        Saved::Updated
    } else {
        Saved::Created
    })
}

fn write_row(
    conn: &mut Conn,
    row: EstablishmentRow,
    known: bool,
    slug: &Slug,
) -> Result<(), RepoError<SaveRefusal>> {
    let written = if known {
        diesel::update(establishments::table.find(row.id))
            .set(row)
            .execute(conn)
    } else {
        diesel::insert_into(establishments::table)
            .values(row)
            .execute(conn)
    };
    written.on_constraint("establishments_slug_key", || {
        SaveRefusal::SlugTaken(slug.clone())
    })?;
    Ok(())
}

fn facts(establishment: &Establishment) -> &EstablishmentFacts {
    establishment
}

fn event(kept: Option<&Establishment>, new: &Establishment) -> EventType {
    use EstablishmentStatus::{Closed, Open};
    match (kept.map(|kept| kept.status), new.status) {
        (None, _) => EventType::EstablishmentCreated,
        (Some(Open), Closed) => EventType::EstablishmentClosed,
        (Some(Closed), Open) => EventType::EstablishmentReopened,
        (Some(_), _) => EventType::EstablishmentUpdated,
    }
}

fn the_only(mut parts: Vec<String>) -> Option<String> {
    parts.pop().filter(|_| parts.is_empty())
}

/// What differs in each list of parts.
struct Differences {
    zones: Difference<Zone>,
    storage_areas: Difference<StorageArea>,
    docks: Difference<Dock>,
    activities: Difference<ActivityInPlace>,
    possible_activities: Difference<PossibleActivity>,
    contacts: Difference<Contact>,
}

impl Differences {
    fn between(old: &Parts, new: &Establishment, at: DateTime<Utc>) -> Self {
        let Parts {
            zones,
            storage_areas,
            docks,
            activities,
            possible_activities,
            contacts,
        } = new.parts();
        Self {
            zones: Difference::between(&old.zones, zones, at),
            storage_areas: Difference::between(&old.storage_areas, storage_areas, at),
            docks: Difference::between(&old.docks, docks, at),
            activities: Difference::between(&old.activities, activities, at),
            possible_activities: Difference::between(
                &old.possible_activities,
                possible_activities,
                at,
            ),
            contacts: Difference::between(&old.contacts, contacts, at),
        }
    }

    fn names(&self) -> Vec<String> {
        self.zones
            .names()
            .chain(self.storage_areas.names())
            .chain(self.docks.names())
            .chain(self.activities.names())
            .chain(self.possible_activities.names())
            .chain(self.contacts.names())
            .collect()
    }

    /// Zones are written first and removed last, since other parts name them.
    fn apply(&self, conn: &mut Conn, owner: Uuid) -> Result<(), RepoError<SaveRefusal>> {
        self.zones.write(conn, owner)?;
        self.storage_areas.write(conn, owner)?;
        self.docks.write(conn, owner)?;
        self.activities.write(conn, owner)?;
        self.possible_activities.write(conn, owner)?;
        self.contacts.write(conn, owner)?;
        self.contacts.remove(conn)?;
        self.possible_activities.remove(conn)?;
        self.activities.remove(conn)?;
        self.docks.remove(conn)?;
        self.storage_areas.remove(conn)?;
        self.zones.remove(conn)?;
        Ok(())
    }
}

//! Establishments with their parts: read whole, kept row by row.

mod activities;
mod contacts;
mod demo;
mod docks;
mod parts;
mod possible_activities;
mod row;
mod save;
mod storage_areas;
mod zones;

use std::collections::HashMap;

use diesel::prelude::*;
use domain::establishments::{
    ActivityInPlace, Contact, Dock, Establishment, Parts, PossibleActivity, Slug, StorageArea, Zone,
};
use domain::kernel::{Id, Part};
use uuid::Uuid;

pub use demo::{clear_demo, demo_present};
pub use save::{SaveRefusal, save, save_all};

use self::parts::{ByOwner, Owners, by_owner};
use self::row::EstablishmentRow;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::establishments;

/// The most ids in one statement; SQLite binds a limited number of values.
const IDS_AT_ONCE: usize = 500;

/// Every establishment, in the order of the ids; one query per table.
pub fn all(conn: &mut Conn) -> Result<Vec<Establishment>, DbError> {
    let rows = establishments::table
        .order(establishments::id)
        .select(EstablishmentRow::as_select())
        .load(conn)?;
    assemble(conn, rows, Owners::All)
}

/// The establishments that have these ids, in the order of the ids; unknown ids are left out.
pub fn many(conn: &mut Conn, ids: &[Id<Establishment>]) -> Result<Vec<Establishment>, DbError> {
    let mut keys: Vec<DbKey> = ids.iter().map(|id| DbKey(id.uuid())).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut found = Vec::with_capacity(keys.len());
    for keys in keys.chunks(IDS_AT_ONCE) {
        let rows = establishments::table
            .filter(establishments::id.eq_any(keys))
            .order(establishments::id)
            .select(EstablishmentRow::as_select())
            .load(conn)?;
        found.append(&mut assemble(conn, rows, Owners::These(keys))?);
    }
    Ok(found)
}

/// The establishment that has this id.
pub fn find(conn: &mut Conn, id: Id<Establishment>) -> Result<Option<Establishment>, DbError> {
    Ok(many(conn, &[id])?.pop())
}

/// The establishment that has this slug.
pub fn find_by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<Establishment>, DbError> {
    let id: Option<DbKey> = establishments::table
        .filter(establishments::slug.eq(slug.as_str()))
        .select(establishments::id)
        .first(conn)
        .optional()?;
    match id {
        Some(id) => find(conn, Id::new(id.0)),
        None => Ok(None),
    }
}

/// How many establishments are kept.
pub fn count(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(establishments::table.count().get_result(conn)?)
}

/// Gives each row its parts, read with one query per table.
fn assemble(
    conn: &mut Conn,
    rows: Vec<EstablishmentRow>,
    owners: Owners<'_>,
) -> Result<Vec<Establishment>, DbError> {
    let mut zones: ByOwner<Zone> = by_owner(conn, owners)?;
    let mut storage_areas: ByOwner<StorageArea> = by_owner(conn, owners)?;
    let mut docks: ByOwner<Dock> = by_owner(conn, owners)?;
    let mut activities: ByOwner<ActivityInPlace> = by_owner(conn, owners)?;
    let mut possible_activities: ByOwner<PossibleActivity> = by_owner(conn, owners)?;
    let mut contacts: ByOwner<Contact> = by_owner(conn, owners)?;
    rows.into_iter()
        .map(|row| {
            let id = row.id.0;
            row.into_establishment(Parts {
                zones: taken(&mut zones, id),
                storage_areas: taken(&mut storage_areas, id),
                docks: taken(&mut docks, id),
                activities: taken(&mut activities, id),
                possible_activities: taken(&mut possible_activities, id),
                contacts: taken(&mut contacts, id),
            })
        })
        .collect()
}

fn taken<T>(lists: &mut HashMap<Uuid, Vec<Part<T>>>, owner: Uuid) -> Vec<Part<T>> {
    lists.remove(&owner).unwrap_or_default()
}

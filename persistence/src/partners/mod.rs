//! Partners: read and kept whole, with what is left of those that were deleted.

mod deleted;
mod demo;
mod row;
mod save;

use std::collections::HashMap;

use diesel::prelude::*;
use domain::kernel::Id;
use domain::partners::{Partner, PartnerContact, Siret};

pub use deleted::{DeletedPartner, all_deleted, find_deleted, many_deleted};
pub(crate) use demo::demo_keys;
pub use demo::{clear_demo, demo_present};
pub use save::{DeleteRefusal, PartnerRefusal, delete, save};

use self::row::{ContactRow, PartnerRow};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{partner_contacts, partners};

/// The most ids in one statement; SQLite binds a limited number of values.
const IDS_AT_ONCE: usize = 500;

/// Every partner, in the order of the ids.
pub fn all(conn: &mut Conn) -> Result<Vec<Partner>, DbError> {
    let rows = partners::table
        .order(partners::id)
        .select(PartnerRow::as_select())
        .load(conn)?;
    let contacts = partner_contacts::table
        .order((partner_contacts::partner_id, partner_contacts::rank))
        .select(ContactRow::as_select())
        .load(conn)?;
    assemble(rows, contacts)
}

/// The partners that have these ids, in the order of the ids; unknown ids are left out.
pub fn many(conn: &mut Conn, ids: &[Id<Partner>]) -> Result<Vec<Partner>, DbError> {
    let keys = sorted_keys(ids);
    let mut found = Vec::with_capacity(keys.len());
    for keys in keys.chunks(IDS_AT_ONCE) {
        let rows = partners::table
            .filter(partners::id.eq_any(keys))
            .order(partners::id)
            .select(PartnerRow::as_select())
            .load(conn)?;
        let contacts = partner_contacts::table
            .filter(partner_contacts::partner_id.eq_any(keys))
            .order((partner_contacts::partner_id, partner_contacts::rank))
            .select(ContactRow::as_select())
            .load(conn)?;
        found.append(&mut assemble(rows, contacts)?);
    }
    Ok(found)
}

/// The partner that has this id.
pub fn find(conn: &mut Conn, id: Id<Partner>) -> Result<Option<Partner>, DbError> {
    Ok(many(conn, &[id])?.pop())
}

/// The partner that has this SIRET.
pub fn find_by_siret(conn: &mut Conn, siret: &Siret) -> Result<Option<Id<Partner>>, DbError> {
    let id: Option<DbKey> = partners::table
        .filter(partners::siret.eq(siret.as_str()))
        .select(partners::id)
        .first(conn)
        .optional()?;
    Ok(id.map(|id| Id::new(id.0)))
}

/// Gives each row its contacts.
fn assemble(rows: Vec<PartnerRow>, contacts: Vec<ContactRow>) -> Result<Vec<Partner>, DbError> {
    let mut lists: HashMap<DbKey, Vec<PartnerContact>> = HashMap::new();
    for contact in contacts {
        let owner = contact.partner_id;
        lists
            .entry(owner)
            .or_default()
            .push(contact.into_contact()?);
    }
    rows.into_iter()
        .map(|row| {
            let contacts = lists.remove(&row.id).unwrap_or_default();
            row.into_partner(contacts)
        })
        .collect()
}

fn sorted_keys(ids: &[Id<Partner>]) -> Vec<DbKey> {
    let mut keys: Vec<DbKey> = ids.iter().map(|id| DbKey(id.uuid())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

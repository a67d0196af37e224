//! Dossiers of habilitation: read and kept whole, each move told in the change log.

mod cases;
mod decisions;
mod hosts;
mod list;
mod parts;
mod proceedings;
mod reach;
mod row;
mod save;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::Habilitation;
use domain::kernel::Id;
use domain::partners::Partner;

pub use hosts::{clear_demo, of_partners, partners_of};
pub use list::{HabilitationPage, HabilitationQuestion, HabilitationSort, Place, page};
pub(crate) use reach::changes_within;
pub use save::{HabilitationRefusal, Writing, delete, save};

use self::list::Asked;
use self::row::HabilitationRow;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::habilitations;

/// The most ids in one statement; SQLite binds a limited number of values.
const IDS_AT_ONCE: usize = 500;

/// The dossier that has this id.
pub fn find(conn: &mut Conn, id: Id<Habilitation>) -> Result<Option<Habilitation>, DbError> {
    let rows = habilitations::table
        .filter(habilitations::id.eq(DbKey(id.uuid())))
        .select(HabilitationRow::as_select())
        .load(conn)?;
    Ok(assemble(conn, rows)?.pop())
}

/// The dossiers of a partner, in the order of the ids: those that say whether it is habilitated
/// somewhere are among them.
pub fn of_partner(conn: &mut Conn, partner: Id<Partner>) -> Result<Vec<Habilitation>, DbError> {
    let rows = habilitations::table
        .filter(habilitations::partner_id.eq(DbKey(partner.uuid())))
        .order(habilitations::id)
        .select(HabilitationRow::as_select())
        .load(conn)?;
    assemble(conn, rows)
}

/// At most `limit` of the dossiers of which time has something to tell on `today`, the longest
/// due first. Once what [`Habilitation::pass_time`] makes of one is saved, it is due no more.
pub fn due(conn: &mut Conn, today: NaiveDate, limit: u32) -> Result<Vec<Habilitation>, DbError> {
    let rows = all_due(today, limit)
        .select(HabilitationRow::as_select())
        .load(conn)?;
    assemble(conn, rows)
}

fn all_due(today: NaiveDate, limit: u32) -> Asked {
    habilitations::table
        .into_boxed()
        .filter(habilitations::due_on.le(today))
        .order((habilitations::due_on, habilitations::id))
        .limit(i64::from(limit))
}

/// Gives each row its parts, in the order of the rows.
fn assemble(conn: &mut Conn, rows: Vec<HabilitationRow>) -> Result<Vec<Habilitation>, DbError> {
    let keys: Vec<DbKey> = rows.iter().map(|row| row.id).collect();
    let mut found = Vec::with_capacity(rows.len());
    let mut parts = HashMap::new();
    for keys in keys.chunks(IDS_AT_ONCE) {
        parts.extend(parts::of(conn, keys)?);
    }
    for row in rows {
        let theirs = parts.remove(&row.id).unwrap_or_default();
        found.push(row.into_habilitation(theirs)?);
    }
    Ok(found)
}

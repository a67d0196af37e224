//! What is left of the partners that were deleted: that they were.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::kernel::Id;
use domain::partners::Partner;

use super::{IDS_AT_ONCE, sorted_keys};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::deleted_partners;

/// A partner that was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeletedPartner {
    /// Its identifier, which is never given again.
    pub id: Id<Partner>,
    /// Its last version: that of its deletion.
    pub version: i64,
    /// When it was deleted.
    pub deleted_at: DateTime<Utc>,
}

/// Every partner that was deleted, in the order of the ids.
pub fn all_deleted(conn: &mut Conn) -> Result<Vec<DeletedPartner>, DbError> {
    let rows = deleted_partners::table
        .order(deleted_partners::id)
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those of these partners that were deleted, in the order of the ids.
pub fn many_deleted(conn: &mut Conn, ids: &[Id<Partner>]) -> Result<Vec<DeletedPartner>, DbError> {
    let keys = sorted_keys(ids);
    let mut found = Vec::new();
    for keys in keys.chunks(IDS_AT_ONCE) {
        let rows: Vec<Row> = deleted_partners::table
            .filter(deleted_partners::id.eq_any(keys))
            .order(deleted_partners::id)
            .load(conn)?;
        found.extend(rows.into_iter().map(read));
    }
    Ok(found)
}

/// The partner of this id, if it was deleted.
pub fn find_deleted(conn: &mut Conn, id: Id<Partner>) -> Result<Option<DeletedPartner>, DbError> {
    Ok(many_deleted(conn, &[id])?.pop())
}

/// Keeps that a partner was deleted.
pub(super) fn insert(
    conn: &mut Conn,
    id: Id<Partner>,
    version: i64,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::insert_into(deleted_partners::table)
        .values((
            deleted_partners::id.eq(DbKey(id.uuid())),
            deleted_partners::version.eq(version),
            deleted_partners::deleted_at.eq(DbInstant::new(at)),
        ))
        .execute(conn)?;
    Ok(())
}

type Row = (DbKey, i64, DbInstant);

fn read((id, version, deleted_at): Row) -> DeletedPartner {
    DeletedPartner {
        id: Id::new(id.0),
        version,
        deleted_at: deleted_at.get(),
    }
}

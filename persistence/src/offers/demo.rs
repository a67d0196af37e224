//! Offers made for demonstration: whether there are any, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};

use super::parts::Parts;
use crate::changes;
use crate::kernel::insert::AT_ONCE;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::offers;

/// Whether an offer made for demonstration is kept.
pub fn demo_present(conn: &mut Conn) -> Result<bool, DbError> {
    let one: Option<DbKey> = offers::table
        .filter(offers::demo.eq(true))
        .select(offers::id)
        .first(conn)
        .optional()?;
    Ok(one.is_some())
}

/// Removes every offer made for demonstration and answers how many there were; each is told as
/// withdrawn. The holds on them are removed first.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let fictitious: Vec<(DbKey, i64)> = offers::table
        .filter(offers::demo.eq(true))
        .order(offers::id)
        .select((offers::id, offers::version))
        .load(conn)?;
    for some in fictitious.chunks(AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|(id, _)| *id).collect();
        Parts::delete_of(conn, &keys)?;
        diesel::delete(offers::table.filter(offers::id.eq_any(&keys))).execute(conn)?;
        let told: Vec<NewChange> = some
            .iter()
            .map(|(id, version)| NewChange {
                event: EventType::OfferWithdrawn,
                resource_id: id.0,
                part: None,
                version: version.saturating_add(1),
                at,
                actor: actor.clone(),
            })
            .collect();
        changes::append_all(conn, &told)?;
    }
    Ok(fictitious.len())
}

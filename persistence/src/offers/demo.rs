//! Offers made for demonstration: whether there are any, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};

use super::parts::Parts;
use super::row::OfferRow;
use crate::changes::{self, Told};
use crate::kernel::insert::AT_ONCE;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::partners::demo_keys;
use crate::schema::{offer_sync_seen, offer_syncs, offers};

/// Of offers, those made for demonstration, and those of the partners made for it, whose keys these
/// are: all of them leave with the demonstration.
macro_rules! fictitious {
    ($hosts:expr) => {
        crate::schema::offers::demo
            .eq(true)
            .or(crate::schema::offers::partner_id.is_not_null().and(
                crate::schema::offers::partner_id
                    .assume_not_null()
                    .eq_any($hosts),
            ))
    };
}
pub(crate) use fictitious;

/// Whether an offer made for demonstration is kept.
pub fn demo_present(conn: &mut Conn) -> Result<bool, DbError> {
    let one: Option<DbKey> = offers::table
        .filter(offers::demo.eq(true))
        .select(offers::id)
        .first(conn)
        .optional()?;
    Ok(one.is_some())
}

/// Removes every offer made for demonstration, or of a partner made for it, and answers how many
/// there were; each is told as withdrawn. The synchronisations of those partners go with them. The
/// holds on them are removed first.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    clear_syncs(conn)?;
    let hosts = demo_keys(conn)?;
    let leaving: Vec<OfferRow> = offers::table
        .filter(fictitious!(hosts))
        .order(offers::id)
        .select(OfferRow::as_select())
        .load(conn)?;
    for some in leaving.chunks(AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|row| row.id).collect();
        Parts::delete_of(conn, &keys)?;
        diesel::delete(offers::table.filter(offers::id.eq_any(&keys))).execute(conn)?;
        let told: Result<Vec<Told>, DbError> = some
            .iter()
            .map(|row| {
                let what = NewChange {
                    event: EventType::OfferWithdrawn,
                    resource_id: row.id.0,
                    part: None,
                    version: row.record().changed(at).version,
                    at,
                    actor: actor.clone(),
                };
                Ok((what, row.known_to()?))
            })
            .collect();
        changes::append_told(conn, &told?)?;
    }
    Ok(leaving.len())
}

fn clear_syncs(conn: &mut Conn) -> Result<(), DbError> {
    let theirs = offer_syncs::partner_id.eq_any(demo_keys(conn)?);
    let syncs: Vec<DbKey> = offer_syncs::table
        .filter(theirs)
        .select(offer_syncs::id)
        .load(conn)?;
    for some in syncs.chunks(AT_ONCE) {
        let seen = offer_sync_seen::table.filter(offer_sync_seen::sync_id.eq_any(some));
        diesel::delete(seen).execute(conn)?;
        diesel::delete(offer_syncs::table.filter(offer_syncs::id.eq_any(some))).execute(conn)?;
    }
    Ok(())
}

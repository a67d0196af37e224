//! Offers: read whole, kept row by row, with what time has to tell of them and the
//! synchronisations of partners.

mod demo;
mod due;
mod employment;
mod expiring;
mod history;
mod list;
mod lots;
mod opinions;
mod parts;
mod revision;
mod row;
mod save;
mod site;
mod stock;
mod suspensions;
pub mod syncs;
mod tig;
mod touched;
mod training;
mod within;

use diesel::prelude::*;
use domain::kernel::Id;
use domain::offers::{Offer, PartnerReference};
use domain::partners::Partner;

pub(crate) use demo::fictitious;
pub use demo::{clear_demo, demo_present};
pub use due::{HostedPosts, awaited, hosted, of_host, over};
pub use expiring::{ExpiringPage, ExpiringQuestion, expiring};
pub use list::{OfferPage, OwnQuestion, OwnView, page};
pub use lots::{OfferPlace, lots, places};
pub use save::{OfferLine, OfferRefusal, save, save_lines};
pub use stock::take_stock;
pub use touched::{of_establishments, of_partners, withdrawn};
pub use within::Within;
pub(crate) use within::changes_within;

use self::parts::{Owners, Parts};
use self::row::OfferRow;
use crate::kernel::insert::AT_ONCE;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::offers;

/// The offers that have these ids, in the order of the ids; unknown ids are left out.
pub fn many(conn: &mut Conn, ids: &[Id<Offer>]) -> Result<Vec<Offer>, DbError> {
    let mut keys: Vec<DbKey> = ids.iter().map(|id| DbKey(id.uuid())).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut found = Vec::with_capacity(keys.len());
    for keys in keys.chunks(AT_ONCE) {
        let rows = rows(conn, keys)?;
        found.append(&mut whole(conn, rows)?);
    }
    Ok(found)
}

/// The offer that has this id.
pub fn find(conn: &mut Conn, id: Id<Offer>) -> Result<Option<Offer>, DbError> {
    Ok(many(conn, &[id])?.pop())
}

/// The offer that a partner calls by this reference.
pub fn find_by_reference(
    conn: &mut Conn,
    partner: Id<Partner>,
    reference: &PartnerReference,
) -> Result<Option<Offer>, DbError> {
    Ok(many_by_reference(conn, partner, std::slice::from_ref(reference))?.pop())
}

/// The offers that a partner calls by these references, in the order of the ids; unknown ones
/// are left out.
pub fn many_by_reference(
    conn: &mut Conn,
    partner: Id<Partner>,
    references: &[PartnerReference],
) -> Result<Vec<Offer>, DbError> {
    let mut ids = Vec::with_capacity(references.len());
    for references in references.chunks(AT_ONCE) {
        let words = references.iter().map(PartnerReference::as_str);
        let keys: Vec<DbKey> = offers::table
            .filter(offers::partner_id.eq(DbKey(partner.uuid())))
            .filter(offers::reference.eq_any(words))
            .select(offers::id)
            .load(conn)?;
        ids.extend(keys.into_iter().map(|id| Id::new(id.0)));
    }
    many(conn, &ids)
}

/// Whether an offer is a partner's, whatever its state.
pub fn any_of(conn: &mut Conn, partner: Id<Partner>) -> Result<bool, DbError> {
    let one: Option<DbKey> = offers::table
        .filter(offers::partner_id.eq(DbKey(partner.uuid())))
        .select(offers::id)
        .first(conn)
        .optional()?;
    Ok(one.is_some())
}

/// How many offers are kept.
pub fn count(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(offers::table.count().get_result(conn)?)
}

/// The rows of these offers, which are at most as many as one statement takes.
fn rows(conn: &mut Conn, keys: &[DbKey]) -> QueryResult<Vec<OfferRow>> {
    offers::table
        .filter(offers::id.eq_any(keys))
        .order(offers::id)
        .select(OfferRow::as_select())
        .load(conn)
}

/// Gives rows their parts; they are at most as many as one statement takes.
fn whole(conn: &mut Conn, rows: Vec<OfferRow>) -> Result<Vec<Offer>, DbError> {
    let keys: Vec<DbKey> = rows.iter().map(|row| row.id).collect();
    let parts = Parts::load(conn, Owners::These(&keys))?;
    assemble(rows, parts)
}

fn assemble(rows: Vec<OfferRow>, parts: Parts) -> Result<Vec<Offer>, DbError> {
    let mut owners = parts.by_owner();
    rows.into_iter()
        .map(|row| {
            let parts = owners.remove(&row.id).unwrap_or_default();
            row.into_offer(parts)
        })
        .collect()
}

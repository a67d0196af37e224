//! Which offers show something of others: of their partner, of the establishment where they take
//! place.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::establishments::Establishment;
use domain::kernel::Id;
use domain::offers::Offer;
use domain::partners::Partner;

use crate::kernel::insert::AT_ONCE;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::offers;

/// The offers of these partners, whatever their state.
pub fn of_partners(
    conn: &mut Conn,
    partners: &[Id<Partner>],
) -> Result<BTreeSet<Id<Offer>>, DbError> {
    let mut found = BTreeSet::new();
    for some in partners.chunks(AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|id| DbKey(id.uuid())).collect();
        let ids: Vec<DbKey> = offers::table
            .filter(offers::partner_id.eq_any(keys))
            .select(offers::id)
            .load(conn)?;
        found.extend(ids.into_iter().map(|id| Id::new(id.0)));
    }
    Ok(found)
}

/// The offers that take place in these establishments, whatever their state.
pub fn of_establishments(
    conn: &mut Conn,
    establishments: &[Id<Establishment>],
) -> Result<BTreeSet<Id<Offer>>, DbError> {
    let mut found = BTreeSet::new();
    for some in establishments.chunks(AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|id| DbKey(id.uuid())).collect();
        let ids: Vec<DbKey> = offers::table
            .filter(offers::establishment_id.eq_any(keys))
            .select(offers::id)
            .load(conn)?;
        found.extend(ids.into_iter().map(|id| Id::new(id.0)));
    }
    Ok(found)
}

/// The offers that their author withdrew, in the order of the ids.
pub fn withdrawn(conn: &mut Conn) -> Result<Vec<Offer>, DbError> {
    let ids: Vec<DbKey> = offers::table
        .filter(offers::withdrawn_at.is_not_null())
        .order(offers::id)
        .select(offers::id)
        .load(conn)?;
    let ids: Vec<Id<Offer>> = ids.into_iter().map(|id| Id::new(id.0)).collect();
    super::many(conn, &ids)
}

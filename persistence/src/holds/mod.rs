//! Holds on places of posts: a hold and the places of its post are kept together or not at all.

mod demo;
mod list;
mod reach;
mod row;
mod save;

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::holds::Hold;
use domain::kernel::Id;
use domain::offers::Offer;
use domain::partners::Partner;

pub use demo::clear_demo;
pub use list::{HoldPage, HoldQuestion, page};
pub use reach::HoldReach;
pub(crate) use reach::changes_within;
pub use save::{HoldRefusal, expire, is_due, make_move, take};

use self::row::HoldRow;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{holds, offers};

/// The hold that has this id.
pub fn find(conn: &mut Conn, id: Id<Hold>) -> Result<Option<Hold>, DbError> {
    holds::table
        .find(DbKey(id.uuid()))
        .select(HoldRow::as_select())
        .first(conn)
        .optional()?
        .map(HoldRow::into_hold)
        .transpose()
}

/// Whose each of these offers is, of those that have a partner.
pub fn hosts(
    conn: &mut Conn,
    offers: &[Id<Offer>],
) -> Result<BTreeMap<Id<Offer>, Id<Partner>>, DbError> {
    let keys: Vec<DbKey> = offers.iter().map(|id| DbKey(id.uuid())).collect();
    let rows: Vec<(DbKey, Option<DbKey>)> = offers::table
        .filter(offers::id.eq_any(keys))
        .select((offers::id, offers::partner_id))
        .load(conn)?;
    let known = rows.into_iter();
    Ok(known
        .filter_map(|(offer, host)| Some((Id::new(offer.0), Id::new(host?.0))))
        .collect())
}

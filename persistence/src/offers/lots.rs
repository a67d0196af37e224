//! Every offer, some at a time: there may be a million of them.

use diesel::prelude::*;
use domain::establishments::Establishment;
use domain::kernel::{Id, Point};
use domain::offers::Offer;

use super::assemble;
use super::parts::{Owners, Parts};
use super::row::OfferRow;
use super::site::centre;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::offers;

/// Where an offer is said to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfferPlace {
    /// Which offer.
    pub offer: Id<Offer>,
    /// The centre of its commune, where known.
    pub centre: Option<Point>,
    /// Where it takes place, when it takes place in one.
    pub establishment: Option<Id<Establishment>>,
}

/// Reads every offer in the order of the ids, at most so many at a time, and hands each lot over;
/// one query per table and lot.
pub fn lots(
    conn: &mut Conn,
    most: i64,
    mut hand: impl FnMut(&mut Conn, Vec<Offer>) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let mut last: Option<DbKey> = None;
    loop {
        let rows = offers::table.order(offers::id).limit(most);
        let rows = rows.select(OfferRow::as_select());
        let rows: Vec<OfferRow> = match last {
            None => rows.load(conn)?,
            Some(last) => rows.filter(offers::id.gt(last)).load(conn)?,
        };
        let ends = rows.first().zip(rows.last());
        let Some((first, end)) = ends.map(|(first, end)| (first.id, end.id)) else {
            return Ok(());
        };
        last = Some(end);
        let parts = Parts::load(conn, Owners::Between(first, end))?;
        let found = assemble(rows, parts)?;
        hand(conn, found)?;
    }
}

/// Where every offer is said to be, in the order of the ids.
pub fn places(conn: &mut Conn) -> Result<Vec<OfferPlace>, DbError> {
    type Row = (DbKey, Option<f64>, Option<f64>, Option<DbKey>);
    let rows: Vec<Row> = offers::table
        .order(offers::id)
        .select((
            offers::id,
            offers::centre_lat,
            offers::centre_lon,
            offers::establishment_id,
        ))
        .load(conn)?;
    let place = |(id, lat, lon, establishment): Row| {
        let reading = Reading {
            table: "offers",
            id,
        };
        Ok(OfferPlace {
            offer: Id::new(id.0),
            centre: centre(reading, lat, lon)?,
            establishment: establishment.map(|id| Id::new(id.0)),
        })
    };
    rows.into_iter().map(place).collect()
}

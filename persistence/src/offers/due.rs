//! The offers of which time may have something to tell: [`Offer::due`] says of each what.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::kernel::{Code, Id};
use domain::offers::{Offer, OfferKind, OfferStatus, OpinionSubject};
use domain::partners::Partner;
use domain::territories::DepartementCode;

use super::row::OfferRow;
use super::whole;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{offer_opinions, offers};

/// The posts of a host in a département that were told alike of its habilitation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostedPosts {
    /// The host.
    pub partner: Id<Partner>,
    /// The département.
    pub departement: DepartementCode,
    /// Whether it was told that the habilitation is lost.
    pub told_lost: bool,
}

/// At most `limit` offers that come after one of them, in the order of the ids, whose last day is
/// behind on `day` and was not told, or on which an opinion was asked for and that were not told
/// to be decidable.
pub fn due(
    conn: &mut Conn,
    day: NaiveDate,
    after: Option<Id<Offer>>,
    limit: u32,
) -> Result<Vec<Offer>, DbError> {
    let over = offers::told_expired
        .eq(false)
        .and(offers::status.eq_any(decided()))
        .and(offers::ends_on.is_not_null())
        .and(offers::ends_on.assume_not_null().lt(day));
    let asked = offer_opinions::table
        .filter(offer_opinions::closed.eq(false))
        .filter(offer_opinions::subject.eq(OpinionSubject::Registration.code()))
        .select(offer_opinions::offer_id);
    let awaited = offers::told_decidable
        .eq(false)
        .and(offers::id.eq_any(asked));
    let mut query = offers::table.filter(over.or(awaited)).into_boxed();
    if let Some(last) = after {
        query = query.filter(offers::id.gt(DbKey(last.uuid())));
    }
    let rows: Vec<OfferRow> = query
        .order(offers::id)
        .limit(i64::from(limit))
        .select(OfferRow::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// The hosts of posts that were decided, département by département: whether each may take
/// somebody in is asked once, and not of every post.
pub fn hosted(conn: &mut Conn) -> Result<BTreeSet<HostedPosts>, DbError> {
    let rows: Vec<(Option<DbKey>, String, bool)> = offers::table
        .filter(offers::kind.eq(OfferKind::Tig.code()))
        .filter(offers::status.eq_any(decided()))
        .select((
            offers::partner_id,
            offers::departement,
            offers::told_habilitation_lost,
        ))
        .distinct()
        .load(conn)?;
    rows.into_iter()
        .filter_map(|(partner, code, told_lost)| Some((partner?, code, told_lost)))
        .map(|(partner, code, told_lost)| {
            let reading = Reading {
                table: "offers",
                id: partner,
            };
            Ok(HostedPosts {
                partner: Id::new(partner.0),
                departement: reading.text(&code)?,
                told_lost,
            })
        })
        .collect()
}

/// At most `limit` of these posts that come after one of them, in the order of the ids.
pub fn of_host(
    conn: &mut Conn,
    posts: &HostedPosts,
    after: Option<Id<Offer>>,
    limit: u32,
) -> Result<Vec<Offer>, DbError> {
    let mut query = offers::table
        .filter(offers::partner_id.eq(DbKey(posts.partner.uuid())))
        .filter(offers::kind.eq(OfferKind::Tig.code()))
        .filter(offers::status.eq_any(decided()))
        .filter(offers::departement.eq(posts.departement.as_str()))
        .filter(offers::told_habilitation_lost.eq(posts.told_lost))
        .into_boxed();
    if let Some(last) = after {
        query = query.filter(offers::id.gt(DbKey(last.uuid())));
    }
    let rows: Vec<OfferRow> = query
        .order(offers::id)
        .limit(i64::from(limit))
        .select(OfferRow::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// The states in which an offer holds or is suspended.
fn decided() -> Vec<&'static str> {
    let all = OfferStatus::all().iter().filter(|it| it.is_decided());
    all.map(|status| status.code()).collect()
}

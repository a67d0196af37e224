//! The offers of which time may have something to tell: [`Offer::due`] says of each what.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::kernel::{Code, Id};
use domain::offers::{Offer, OfferKind, OfferStatus, OpinionSubject};
use domain::partners::Partner;
use domain::territories::DepartementCode;

use super::row::OfferRow;
use super::whole;
use crate::kernel::insert::AT_ONCE;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::{changes, habilitations, offer_opinions, offers};

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

/// At most `limit` decided offers whose last day is behind on `day`, which was not told, in the
/// order of that day and of the ids, those that come after one of them.
pub fn over(
    conn: &mut Conn,
    day: NaiveDate,
    after: Option<(NaiveDate, Id<Offer>)>,
    limit: u32,
) -> Result<Vec<Offer>, DbError> {
    let rows: Vec<OfferRow> = all_over(day, after, limit)
        .select(OfferRow::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// At most `limit` offers whose registration waits for an opinion, which were not told to be
/// decidable, in the order of the ids, those that come after one of them.
pub fn awaited(
    conn: &mut Conn,
    after: Option<Id<Offer>>,
    limit: u32,
) -> Result<Vec<Offer>, DbError> {
    let rows: Vec<OfferRow> = all_awaited(after, limit)
        .select(OfferRow::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// A question about offers.
type Asked = IntoBoxed<'static, offers::table, MultiBackend>;

fn all_over(day: NaiveDate, after: Option<(NaiveDate, Id<Offer>)>, limit: u32) -> Asked {
    let ends_on = || offers::ends_on.assume_not_null();
    let mut query = offers::table
        .into_boxed()
        .filter(offers::told_expired.eq(false))
        .filter(ends_on().lt(day))
        .filter(offers::status.eq_any(decided()));
    if let Some((last, id)) = after {
        let behind = ends_on().gt(last).or(offers::id.gt(DbKey(id.uuid())));
        query = query.filter(ends_on().ge(last)).filter(behind);
    }
    query
        .order((offers::ends_on, offers::id))
        .limit(i64::from(limit))
}

fn all_awaited(after: Option<Id<Offer>>, limit: u32) -> Asked {
    let asked = offer_opinions::table
        .filter(offer_opinions::closed.eq(false))
        .filter(offer_opinions::subject.eq(OpinionSubject::Registration.code()))
        .select(offer_opinions::offer_id);
    let mut query = offers::table
        .into_boxed()
        .filter(offers::told_decidable.eq(false))
        .filter(offers::id.eq_any(asked));
    if let Some(last) = after {
        query = query.filter(offers::id.gt(DbKey(last.uuid())));
    }
    query.order(offers::id).limit(i64::from(limit))
}

/// The hosts of posts that were decided, département by département: whether each may take
/// somebody in is asked once, and not of every post. With the number of a change, those alone
/// whose posts, dossiers or whose own record have changed after it.
pub fn hosted(conn: &mut Conn, since: Option<i64>) -> Result<BTreeSet<HostedPosts>, DbError> {
    let Some(change) = since else {
        return hosts(conn, posts());
    };
    let mut changed: BTreeSet<DbKey> = BTreeSet::new();
    let of_posts: Vec<Option<DbKey>> = posts()
        .filter(offers::id.eq_any(touched(change, "offer")))
        .select(offers::partner_id)
        .distinct()
        .load(conn)?;
    changed.extend(of_posts.into_iter().flatten());
    let of_dossiers: Vec<DbKey> = habilitations::table
        .filter(habilitations::id.eq_any(touched(change, "habilitation")))
        .select(habilitations::partner_id)
        .load(conn)?;
    changed.extend(of_dossiers);
    changed.extend(touched(change, "partner").load::<DbKey>(conn)?);
    let changed: Vec<DbKey> = changed.into_iter().collect();
    let mut found = BTreeSet::new();
    for some in changed.chunks(AT_ONCE) {
        let theirs = posts().filter(offers::partner_id.eq_any(some.to_vec()));
        found.append(&mut hosts(conn, theirs)?);
    }
    Ok(found)
}

/// The decided posts.
fn posts() -> Asked {
    offers::table
        .filter(offers::kind.eq(OfferKind::Tig.code()))
        .filter(offers::status.eq_any(decided()))
        .into_boxed()
}

/// The ids of what changed after a change, of a resource.
#[diesel::dsl::auto_type(no_type_alias)]
fn touched(change: i64, resource: &'static str) -> _ {
    changes::table
        .filter(changes::sequence.gt(change))
        .filter(changes::resource.eq(resource))
        .select(changes::resource_id)
}

/// The hosts of some posts.
fn hosts(conn: &mut Conn, posts: Asked) -> Result<BTreeSet<HostedPosts>, DbError> {
    let rows: Vec<(Option<DbKey>, String, bool)> = posts
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

#[cfg(test)]
mod tests;

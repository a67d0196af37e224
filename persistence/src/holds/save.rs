//! Taking places, moving a hold, and what time brings to holds.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::holds::{Hold, HoldMoved, HoldRefused, HoldRequest, HoldStatus, HoldTerms, HoldVerb};
use domain::kernel::{Code, Id, Record};
use domain::offers::Offer;

use super::find;
use super::row::HoldRow;
use crate::changes;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, RepoError};
use crate::offers;
use crate::schema::holds;

/// Why a hold was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefusal {
    /// No offer has this id.
    #[error("no offer has the id {0}")]
    OfferUnknown(Id<Offer>),
    /// No hold has this id.
    #[error("no hold has the id {0}")]
    Unknown(Id<Hold>),
    /// A rule refused it.
    #[error(transparent)]
    Rule(#[from] HoldRefused),
}

/// Takes places of an offer, once those are given back that holds kept too long.
pub fn take(
    conn: &mut Conn,
    (id, offer): (Id<Hold>, Id<Offer>),
    request: HoldRequest,
    terms: &HoldTerms<'_>,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Hold, RepoError<HoldRefusal>> {
    let lapsed = lapsed(conn, Some(offer), at, None)?;
    expire_these(conn, &lapsed, at, actor)?;
    let Some(kept) = offers::find(conn, offer)? else {
        return Err(RepoError::Refused(HoldRefusal::OfferUnknown(offer)));
    };
    let taken = Hold::take(id, request, &kept, terms, at);
    let (hold, offer) = taken.map_err(|refused| RepoError::Refused(refused.into()))?;
    diesel::insert_into(holds::table)
        .values(HoldRow::new(&hold, hold.record))
        .execute(conn)?;
    tell(conn, &hold, hold.record, EventType::HoldCreated, at, actor)?;
    keep(conn, &offer, at, actor)?;
    Ok(hold)
}

/// Moves a hold, and gives back the places that it no longer takes.
pub fn make_move(
    conn: &mut Conn,
    id: Id<Hold>,
    verb: HoldVerb,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Hold, RepoError<HoldRefusal>> {
    let Some(hold) = find(conn, id)? else {
        return Err(RepoError::Refused(HoldRefusal::Unknown(id)));
    };
    let moved = match verb {
        HoldVerb::Confirm => hold.confirm(at),
        HoldVerb::Release => hold.release(at),
        HoldVerb::Complete => hold.complete(at),
    };
    let moved = moved.map_err(|refused| RepoError::Refused(refused.into()))?;
    Ok(keep_moved(conn, &moved, at, actor)?)
}

/// Expires at most `limit` of the holds that were not confirmed in time, the first to expire
/// first, and answers how many.
pub fn expire(
    conn: &mut Conn,
    limit: u32,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<usize, DbError> {
    let lapsed = lapsed(conn, None, at, Some(limit))?;
    expire_these(conn, &lapsed, at, actor)
}

/// Whether any hold was not confirmed in time and is not told to have expired.
pub fn is_due(conn: &mut Conn, at: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(!lapsed(conn, None, at, Some(1))?.is_empty())
}

/// The holds that were not confirmed in time and are not told to have expired.
fn lapsed(
    conn: &mut Conn,
    offer: Option<Id<Offer>>,
    at: DateTime<Utc>,
    limit: Option<u32>,
) -> Result<Vec<Hold>, DbError> {
    let mut query = holds::table
        .filter(holds::status.eq(HoldStatus::Held.code()))
        .filter(holds::expires_at.le(DbInstant::new(at)))
        .into_boxed();
    if let Some(offer) = offer {
        query = query.filter(holds::offer_id.eq(DbKey(offer.uuid())));
    }
    if let Some(limit) = limit {
        query = query.limit(i64::from(limit));
    }
    query
        .order((holds::expires_at, holds::id))
        .select(HoldRow::as_select())
        .load(conn)?
        .into_iter()
        .map(HoldRow::into_hold)
        .collect()
}

fn expire_these(
    conn: &mut Conn,
    lapsed: &[Hold],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<usize, DbError> {
    let due: Vec<HoldMoved> = lapsed.iter().filter_map(|hold| hold.due(at)).collect();
    for moved in &due {
        keep_moved(conn, moved, at, actor)?;
    }
    Ok(due.len())
}

fn keep_moved(
    conn: &mut Conn,
    moved: &HoldMoved,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Hold, DbError> {
    let HoldMoved { hold, event, freed } = moved;
    let record = hold.record.changed(at);
    diesel::update(holds::table.find(DbKey(hold.id.uuid())))
        .set(HoldRow::new(hold, record))
        .execute(conn)?;
    tell(conn, hold, record, *event, at, actor)?;
    if let (Some(places), Some(offer)) = (freed, offers::find(conn, hold.offer)?) {
        keep(conn, &offer.with_given_back(*places), at, actor)?;
    }
    Ok(Hold::restore(hold.id, record, hold.into_facts()))
}

/// Keeps an offer of which more or fewer places are taken.
pub(super) fn keep(
    conn: &mut Conn,
    offer: &Offer,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    match offers::save(conn, offer, &[EventType::OfferUpdated], at, actor) {
        Ok(_) => Ok(()),
        Err(RepoError::Db(error)) => Err(error),
        // Its reference, its partner and its establishment are those that it had.
        Err(RepoError::Refused(refusal)) => Err(DbError::inconsistent("offers", offer.id, refusal)),
    }
}

/// Appends a change of a hold.
pub(super) fn tell(
    conn: &mut Conn,
    hold: &Hold,
    record: Record,
    event: EventType,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    let what = NewChange {
        event,
        resource_id: hold.id.uuid(),
        part: None,
        version: record.version,
        at,
        actor: actor.clone(),
    };
    changes::append(conn, &what).map(drop)
}

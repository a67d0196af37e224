//! Synchronisations: what was seen in one, and the withdrawal of what was not.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::Actor;
use domain::kernel::{Code, Id, Record};
use domain::offers::{
    LineOutcome, MaxWithdrawn, Offer, PartnerReference, SyncGuard, SyncStatus, to_withdraw,
};
use domain::partners::Partner;

use super::many;
use super::save::{OfferLine, save_lines};
use crate::kernel::insert::{AT_ONCE, insert_rows};
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, RepoError};
use crate::schema::{offer_sync_seen, offer_syncs, offers};

/// A synchronisation of a partner's offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sync {
    /// Its identifier.
    pub id: Id<Sync>,
    /// Its version and dates.
    pub record: Record,
    /// The partner.
    pub partner: Id<Partner>,
    /// Where it is.
    pub status: SyncStatus,
    /// What became of the lines so far.
    pub counts: SyncCounts,
    /// How many offers it withdrew.
    pub withdrawn: u32,
}

/// What became of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncCounts {
    /// Lines that made an offer.
    pub created: u32,
    /// Lines that changed one.
    pub updated: u32,
    /// Lines that changed nothing.
    pub unchanged: u32,
    /// Lines that were refused.
    pub refused: u32,
}

/// Why a synchronisation does not do what it is asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SyncRefusal {
    /// The partner has one open already.
    #[error("the synchronisation {0} is open")]
    Open(Id<Sync>),
    /// It is over.
    #[error("this synchronisation is over")]
    Closed,
    /// Too many offers would be withdrawn.
    #[error(transparent)]
    Guard(#[from] SyncGuard),
}

#[derive(Clone, Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = offer_syncs, treat_none_as_null = true)]
struct SyncRow {
    id: DbKey,
    partner_id: DbKey,
    open_for: Option<DbKey>,
    status: String,
    created: i32,
    updated: i32,
    unchanged: i32,
    refused: i32,
    withdrawn: i32,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

#[derive(Insertable)]
#[diesel(table_name = offer_sync_seen, treat_none_as_default_value = false)]
struct SeenRow {
    sync_id: DbKey,
    reference: String,
}

impl SyncCounts {
    /// Counts a line.
    pub const fn add(&mut self, outcome: LineOutcome) {
        let count = match outcome {
            LineOutcome::Created => &mut self.created,
            LineOutcome::Updated => &mut self.updated,
            LineOutcome::Unchanged => &mut self.unchanged,
            LineOutcome::Refused => &mut self.refused,
        };
        *count = count.saturating_add(1);
    }
}

/// Opens a synchronisation of a partner, which has no other one open.
pub fn open(
    conn: &mut Conn,
    id: Id<Sync>,
    partner: Id<Partner>,
    at: DateTime<Utc>,
) -> Result<Sync, RepoError<SyncRefusal>> {
    let other: Option<DbKey> = offer_syncs::table
        .filter(offer_syncs::open_for.eq(DbKey(partner.uuid())))
        .select(offer_syncs::id)
        .first(conn)
        .optional()?;
    if let Some(other) = other {
        return Err(RepoError::Refused(SyncRefusal::Open(Id::new(other.0))));
    }
    let sync = Sync {
        id,
        record: Record::created(at),
        partner,
        status: SyncStatus::Open,
        counts: SyncCounts::default(),
        withdrawn: 0,
    };
    diesel::insert_into(offer_syncs::table)
        .values(SyncRow::new(&sync))
        .execute(conn)?;
    Ok(sync)
}

/// The synchronisation of a partner that has this id.
pub fn find(conn: &mut Conn, partner: Id<Partner>, id: Id<Sync>) -> Result<Option<Sync>, DbError> {
    offer_syncs::table
        .find(DbKey(id.uuid()))
        .filter(offer_syncs::partner_id.eq(DbKey(partner.uuid())))
        .select(SyncRow::as_select())
        .first(conn)
        .optional()?
        .map(SyncRow::into_sync)
        .transpose()
}

/// Whether a partner has or had a synchronisation.
pub(crate) fn any_of(conn: &mut Conn, partner: Id<Partner>) -> Result<bool, DbError> {
    let one: Option<DbKey> = offer_syncs::table
        .filter(offer_syncs::partner_id.eq(DbKey(partner.uuid())))
        .select(offer_syncs::id)
        .first(conn)
        .optional()?;
    Ok(one.is_some())
}

/// Writes down that references were seen, and what became of their lines. A line that is refused
/// is seen too: its offer is not withdrawn for a fault of the line.
pub fn see(
    conn: &mut Conn,
    sync: &Sync,
    references: &[PartnerReference],
    counts: SyncCounts,
    at: DateTime<Utc>,
) -> Result<Sync, RepoError<SyncRefusal>> {
    let mut kept = still_open(conn, sync)?;
    let unseen: BTreeSet<&PartnerReference> = references.iter().collect();
    let unseen: Vec<&PartnerReference> = unseen.into_iter().collect();
    for some in unseen.chunks(AT_ONCE) {
        let known: Vec<String> = offer_sync_seen::table
            .filter(offer_sync_seen::sync_id.eq(DbKey(sync.id.uuid())))
            .filter(offer_sync_seen::reference.eq_any(some.iter().map(|it| it.as_str())))
            .select(offer_sync_seen::reference)
            .load(conn)?;
        let known: BTreeSet<String> = known.into_iter().collect();
        let rows = some.iter().filter(|it| !known.contains(it.as_str()));
        let rows: Vec<SeenRow> = rows
            .map(|reference| SeenRow {
                sync_id: DbKey(sync.id.uuid()),
                reference: reference.to_string(),
            })
            .collect();
        insert_rows!(&mut *conn, offer_sync_seen, &rows)?;
    }
    let SyncCounts {
        created,
        updated,
        unchanged,
        refused,
    } = counts;
    let sums = &mut kept.counts;
    sums.created = sums.created.saturating_add(created);
    sums.updated = sums.updated.saturating_add(updated);
    sums.unchanged = sums.unchanged.saturating_add(unchanged);
    sums.refused = sums.refused.saturating_add(refused);
    Ok(write(conn, kept, at)?)
}

/// The offers that completion would withdraw: those of the partner that are not withdrawn, have
/// a reference, and were not seen. Refused when that is more than the greatest share.
pub fn unseen(
    conn: &mut Conn,
    sync: &Sync,
    most: MaxWithdrawn,
) -> Result<Vec<Id<Offer>>, RepoError<SyncRefusal>> {
    still_open(conn, sync)?;
    let standing: Vec<(DbKey, Option<String>)> = offers::table
        .filter(offers::partner_id.eq(DbKey(sync.partner.uuid())))
        .filter(offers::withdrawn_at.is_null())
        .filter(offers::reference.is_not_null())
        .order(offers::id)
        .select((offers::id, offers::reference))
        .load(conn)?;
    let seen: Vec<String> = offer_sync_seen::table
        .filter(offer_sync_seen::sync_id.eq(DbKey(sync.id.uuid())))
        .select(offer_sync_seen::reference)
        .load(conn)?;
    let reference = |id: DbKey, text: &str| {
        let table = "offers";
        Reading { table, id }.text::<PartnerReference>(text)
    };
    let key = DbKey(sync.id.uuid());
    let seen: Result<BTreeSet<_>, _> = seen.iter().map(|text| reference(key, text)).collect();
    let standing: Result<Vec<_>, DbError> = standing
        .into_iter()
        .filter_map(|(id, text)| Some((id, text?)))
        .map(|(id, text)| Ok((Id::new(id.0), reference(id, &text)?)))
        .collect();
    to_withdraw(&standing?, &seen?, most).map_err(|guard| RepoError::Refused(guard.into()))
}

/// Withdraws some of the offers that were not seen, and answers how many were: few at a time, so
/// that nobody waits long. Those that were withdrawn meanwhile are left as they are.
pub fn withdraw(
    conn: &mut Conn,
    sync: &Sync,
    ids: &[Id<Offer>],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<usize, RepoError<SyncRefusal>> {
    let mut kept = still_open(conn, sync)?;
    let mut lines = Vec::with_capacity(ids.len());
    for offer in many(conn, ids)? {
        // What was withdrawn allows to be revived, and nothing else is refused here.
        if let Ok(moved) = offer.withdraw(at) {
            lines.push(OfferLine {
                offer: moved.offer,
                events: vec![moved.event],
            });
        }
    }
    save_lines(conn, &lines, at, actor)?;
    let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    kept.withdrawn = kept.withdrawn.saturating_add(number);
    write(conn, kept, at)?;
    Ok(lines.len())
}

/// Ends a synchronisation: it is completed, abandoned or expired. What was seen is forgotten.
pub fn end(
    conn: &mut Conn,
    sync: &Sync,
    status: SyncStatus,
    at: DateTime<Utc>,
) -> Result<Sync, RepoError<SyncRefusal>> {
    let mut kept = still_open(conn, sync)?;
    kept.status = status;
    let seen = offer_sync_seen::table.filter(offer_sync_seen::sync_id.eq(DbKey(sync.id.uuid())));
    diesel::delete(seen).execute(conn)?;
    Ok(write(conn, kept, at)?)
}

/// The open synchronisations in which nothing was sent since `before`.
pub fn idle(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<Sync>, DbError> {
    offer_syncs::table
        .filter(offer_syncs::open_for.is_not_null())
        .filter(offer_syncs::updated_at.lt(DbInstant::new(before)))
        .order(offer_syncs::id)
        .select(SyncRow::as_select())
        .load(conn)?
        .into_iter()
        .map(SyncRow::into_sync)
        .collect()
}

/// The synchronisation as it is kept, when it is open.
fn still_open(conn: &mut Conn, sync: &Sync) -> Result<Sync, RepoError<SyncRefusal>> {
    let kept = find(conn, sync.partner, sync.id)?;
    kept.filter(|kept| kept.status == SyncStatus::Open)
        .ok_or(RepoError::Refused(SyncRefusal::Closed))
}

fn write(conn: &mut Conn, mut sync: Sync, at: DateTime<Utc>) -> Result<Sync, DbError> {
    sync.record = sync.record.changed(at);
    diesel::update(offer_syncs::table.find(DbKey(sync.id.uuid())))
        .set(SyncRow::new(&sync))
        .execute(conn)?;
    Ok(sync)
}

impl SyncRow {
    fn new(sync: &Sync) -> Self {
        let Sync {
            id,
            record,
            partner,
            status,
            counts,
            withdrawn,
        } = sync;
        let partner_id = DbKey(partner.uuid());
        Self {
            id: DbKey(id.uuid()),
            partner_id,
            open_for: (*status == SyncStatus::Open).then_some(partner_id),
            status: status.code().to_owned(),
            created: int(counts.created),
            updated: int(counts.updated),
            unchanged: int(counts.unchanged),
            refused: int(counts.refused),
            withdrawn: int(*withdrawn),
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_sync(self) -> Result<Sync, DbError> {
        let reading = Reading {
            table: "offer_syncs",
            id: self.id,
        };
        let number = |value| reading.whole(value, Ok::<u32, std::convert::Infallible>);
        Ok(Sync {
            id: Id::new(self.id.0),
            record: record(self.version, self.created_at, self.updated_at),
            partner: Id::new(self.partner_id.0),
            status: reading.code(&self.status)?,
            counts: SyncCounts {
                created: number(self.created)?,
                updated: number(self.updated)?,
                unchanged: number(self.unchanged)?,
                refused: number(self.refused)?,
            },
            withdrawn: number(self.withdrawn)?,
        })
    }
}

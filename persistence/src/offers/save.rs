//! Keeping an offer: only what differs is written, and each write is told.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::establishments::Establishment;
use domain::kernel::Id;
use domain::offers::{Offer, told_to};
use domain::partners::Partner;

use super::parts::{Owners, Parts};
use super::row::OfferRow;
use crate::changes::{self, Told};
use crate::kernel::constraint::OnConstraint;
use crate::kernel::insert::{AT_ONCE, insert_rows};
use crate::kernel::savepoint::apart;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, RepoError, Saved};
use crate::schema::{establishments, offers, partners};

/// Why an offer was not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferRefusal {
    /// Another offer of the partner has its reference.
    #[error("another offer of the partner has this reference")]
    ReferenceTaken,
    /// The partner is not known.
    #[error("no partner has the id {0}")]
    PartnerUnknown(Id<Partner>),
    /// The establishment is not known.
    #[error("no establishment has the id {0}")]
    EstablishmentUnknown(Id<Establishment>),
}

/// An offer to keep, and what happened to it, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferLine {
    /// The offer.
    pub offer: Offer,
    /// What happened; one event at least.
    pub events: Vec<EventType>,
}

/// Makes what is kept equal to `offer`.
///
/// What is new keeps the version and the dates it carries; what is kept already gets one version
/// more when it differs, whatever `offer` carries. One change is appended for each event; when
/// nothing differs, no row is touched and none is.
pub fn save(
    conn: &mut Conn,
    offer: &Offer,
    events: &[EventType],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Saved, RepoError<OfferRefusal>> {
    let line = OfferLine {
        offer: offer.clone(),
        events: events.to_vec(),
    };
    let saved = save_together(conn, &[&line], at, actor)?;
    Ok(saved.first().copied().unwrap_or(Saved::Unchanged))
}

/// [`save`] for each of several offers, no two of which have the same id: those that a rule
/// refuses are left out, and the others are kept.
pub fn save_lines(
    conn: &mut Conn,
    lines: &[OfferLine],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Vec<Result<Saved, OfferRefusal>>, DbError> {
    let mut saved = Vec::with_capacity(lines.len());
    for lines in lines.chunks(AT_ONCE) {
        let lines: Vec<&OfferLine> = lines.iter().collect();
        // A line that is refused is the exception: all are tried in a few statements, and one by
        // one only when one of them was refused.
        match apart(conn, |conn| save_together(conn, &lines, at, actor))? {
            Ok(all) => saved.extend(all.into_iter().map(Ok)),
            Err(_) => {
                for line in lines {
                    let one = apart(conn, |conn| save_together(conn, &[line], at, actor))?;
                    saved.push(one.map(|one| one.first().copied().unwrap_or(Saved::Unchanged)));
                }
            }
        }
    }
    Ok(saved)
}

/// What a few lines come to, before it is written.
#[derive(Default)]
struct Writing {
    saved: Vec<Saved>,
    new: Vec<OfferRow>,
    changed: Vec<OfferRow>,
    gone: Parts,
    added: Parts,
    told: Vec<Told>,
}

/// Saves lines, which are at most as many as one statement takes, together or not at all.
fn save_together(
    conn: &mut Conn,
    lines: &[&OfferLine],
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Vec<Saved>, RepoError<OfferRefusal>> {
    let keys: Vec<DbKey> = lines.iter().map(|line| key(&line.offer)).collect();
    let kept = super::rows(conn, &keys)?;
    let known: Vec<DbKey> = kept.iter().map(|row| row.id).collect();
    let mut parts = Parts::load(conn, Owners::These(&known))?.by_owner();
    let kept: HashMap<DbKey, OfferRow> = kept.into_iter().map(|row| (row.id, row)).collect();
    let mut writing = Writing::default();
    for line in lines {
        let id = key(&line.offer);
        let before = kept.get(&id);
        writing.add(line, before, parts.remove(&id), (at, actor))?;
    }
    check_named(conn, &writing)?;
    writing.write(conn)?;
    Ok(writing.saved)
}

impl Writing {
    fn add(
        &mut self,
        line: &OfferLine,
        kept: Option<&OfferRow>,
        old: Option<Parts>,
        (at, actor): (DateTime<Utc>, &Actor),
    ) -> Result<(), DbError> {
        let (new, old) = (Parts::of(&line.offer), old.unwrap_or_default());
        let (gone, added) = (old.without(&new), new.without(&old));
        let record = match kept {
            None => line.offer.record,
            Some(kept) => {
                let same = OfferRow::new(&line.offer, kept.record()) == *kept;
                if same && gone.is_empty() && added.is_empty() {
                    self.saved.push(Saved::Unchanged);
                    return Ok(());
                }
                kept.record().changed(at)
            }
        };
        let known_before = kept.map(OfferRow::known_to).transpose()?.flatten();
        let known_after = line.offer.known_to();
        let row = OfferRow::new(&line.offer, record);
        if kept.is_some() {
            self.saved.push(Saved::Updated);
            self.changed.push(row);
        } else {
            self.saved.push(Saved::Created);
            self.new.push(row);
        }
        self.gone.append(gone);
        self.added.append(added);
        let what = |event: &EventType| NewChange {
            event: *event,
            resource_id: line.offer.id.uuid(),
            part: None,
            version: record.version,
            at,
            actor: actor.clone(),
        };
        let told_to = |event: &EventType| told_to(*event, known_before, known_after);
        let told = line
            .events
            .iter()
            .map(|event| (what(event), told_to(event)));
        self.told.extend(told);
        Ok(())
    }

    fn write(&self, conn: &mut Conn) -> Result<(), RepoError<OfferRefusal>> {
        insert_rows!(&mut *conn, offers, &self.new)
            .on_constraint("offers_reference_key", || OfferRefusal::ReferenceTaken)?;
        for row in &self.changed {
            diesel::update(offers::table.find(row.id))
                .set(row.clone())
                .execute(conn)?;
        }
        self.gone.delete(conn)?;
        self.added.insert(conn)?;
        changes::append_told(conn, &self.told)?;
        Ok(())
    }
}

/// SQLite does not say which foreign key failed: partners and establishments are looked up, under
/// the write lock.
fn check_named(conn: &mut Conn, writing: &Writing) -> Result<(), RepoError<OfferRefusal>> {
    let rows = || writing.new.iter().chain(&writing.changed);
    let named: BTreeSet<DbKey> = rows().filter_map(|row| row.partner_id).collect();
    let known: Vec<DbKey> = partners::table
        .filter(partners::id.eq_any(&named))
        .select(partners::id)
        .load(conn)?;
    if let Some(id) = named.iter().find(|id| !known.contains(id)) {
        let refusal = OfferRefusal::PartnerUnknown(Id::new(id.0));
        return Err(RepoError::Refused(refusal));
    }
    let named: BTreeSet<DbKey> = rows().filter_map(|row| row.establishment_id).collect();
    let known: Vec<DbKey> = establishments::table
        .filter(establishments::id.eq_any(&named))
        .select(establishments::id)
        .load(conn)?;
    if let Some(id) = named.iter().find(|id| !known.contains(id)) {
        let refusal = OfferRefusal::EstablishmentUnknown(Id::new(id.0));
        return Err(RepoError::Refused(refusal));
    }
    Ok(())
}

fn key(offer: &Offer) -> DbKey {
    DbKey(offer.id.uuid())
}

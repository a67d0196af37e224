//! Keeping a dossier once moved, and deleting a draft: what happened is told in the change log, in
//! its order.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, NewChange};
use domain::habilitations::{Event, Habilitation, HabilitationLaw, Moved};
use domain::kernel::{Code, Id, Record};

use super::row::HabilitationRow;
use super::{find, parts};
use crate::changes;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, RepoError, Saved};
use crate::schema::habilitations;

/// Who writes and when; what is kept for lists and derived of the law is by that of the day.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// The civil day of that instant, as the law counts.
    pub today: NaiveDate,
    /// The law.
    pub law: &'a HabilitationLaw,
}

/// Why a dossier was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HabilitationRefusal {
    /// The host has another open dossier before this authority, for this place.
    #[error("the dossier {0} is open")]
    Open(Id<Habilitation>),
}

/// Makes what is kept equal to a dossier that was moved.
///
/// What is new keeps the version and the dates it carries; what is kept already gets one version
/// more, however many things happened, and each is told in its order. When nothing differs, no
/// row is touched and nothing is told. The partner was found in the same transaction.
pub fn save(
    conn: &mut Conn,
    moved: &Moved,
    writing: &Writing<'_>,
) -> Result<Saved, RepoError<HabilitationRefusal>> {
    let dossier = &moved.habilitation;
    let kept = find(conn, dossier.id)?;
    if kept.as_ref().is_some_and(|kept| same(kept, dossier)) {
        return Ok(Saved::Unchanged);
    }
    make_way(conn, dossier, writing)?;
    Ok(keep(conn, kept.as_ref(), moved, writing)?)
}

/// Deletes a draft, and tells what the domain said of it.
pub fn delete(
    conn: &mut Conn,
    draft: &Habilitation,
    told: Event,
    writing: &Writing<'_>,
) -> Result<(), DbError> {
    let key = DbKey(draft.id.uuid());
    parts::remove(conn, key)?;
    diesel::delete(habilitations::table.find(key)).execute(conn)?;
    let version = draft.record.version.saturating_add(1);
    tell(conn, draft.id, &[told], version, writing)
}

/// Refuses a second open dossier of a host before an authority, for a place. One that time has
/// ended, which nobody told yet, is told first and makes way.
fn make_way(
    conn: &mut Conn,
    dossier: &Habilitation,
    writing: &Writing<'_>,
) -> Result<(), RepoError<HabilitationRefusal>> {
    if dossier.course().status.is_final() {
        return Ok(());
    }
    let Some(other) = open_beside(conn, dossier)? else {
        return Ok(());
    };
    let ended = other.clone().pass_time(writing.today, writing.law);
    let ended = ended.filter(|it| it.habilitation.course().status.is_final());
    let Some(ended) = ended else {
        return Err(RepoError::Refused(HabilitationRefusal::Open(other.id)));
    };
    keep(conn, Some(&other), &ended, writing)?;
    Ok(())
}

/// Another open dossier of the same host before the same authority, for the same place. The
/// constraint is there for what writes behind our back; here the one that is open is to be named,
/// and a transaction of PostgreSQL does not outlive a breach.
fn open_beside(conn: &mut Conn, dossier: &Habilitation) -> Result<Option<Habilitation>, DbError> {
    let theirs = super::of_partner(conn, dossier.partner)?;
    let mut open = theirs.into_iter().filter(|it| {
        it.id != dossier.id
            && it.jurisdiction == dossier.jurisdiction
            && !it.course().status.is_final()
    });
    Ok(open.next())
}

fn keep(
    conn: &mut Conn,
    kept: Option<&Habilitation>,
    moved: &Moved,
    writing: &Writing<'_>,
) -> Result<Saved, DbError> {
    let dossier = &moved.habilitation;
    let record = kept.map_or(dossier.record, |kept| kept.record.changed(writing.at));
    write(conn, dossier, record, writing, kept.is_some())?;
    tell(conn, dossier.id, &moved.events, record.version, writing)?;
    Ok(if kept.is_some() {
        Saved::Updated
    } else {
        Saved::Created
    })
}

fn write(
    conn: &mut Conn,
    dossier: &Habilitation,
    record: Record,
    writing: &Writing<'_>,
    known: bool,
) -> Result<(), DbError> {
    let row = HabilitationRow::new(dossier, record, writing.law, writing.today);
    if known {
        let key = row.id;
        diesel::update(habilitations::table.find(key))
            .set(row)
            .execute(conn)?;
        parts::remove(conn, key)?;
    } else {
        diesel::insert_into(habilitations::table)
            .values(row)
            .execute(conn)?;
    }
    parts::insert(conn, dossier)
}

/// Appends what happened; a notification is a part of the dossier, named by who was told.
fn tell(
    conn: &mut Conn,
    id: Id<Habilitation>,
    events: &[Event],
    version: i64,
    writing: &Writing<'_>,
) -> Result<(), DbError> {
    for event in events {
        let recipient = event.recipient;
        let what = NewChange {
            event: event.kind,
            resource_id: id.uuid(),
            part: recipient.map(|it| format!("notifications/{}", it.code())),
            version,
            at: writing.at,
            actor: writing.actor.clone(),
        };
        changes::append(conn, &what)?;
    }
    Ok(())
}

fn same(kept: &Habilitation, dossier: &Habilitation) -> bool {
    **kept == **dossier && kept.course() == dossier.course()
}

//! Keeping a partner, and deleting it: each write is told once in the change log.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::kernel::{Id, Record};
use domain::partners::{Partner, PartnerFacts, Siret};

use super::row::{ContactRow, PartnerRow};
use super::{deleted, find, find_by_siret};
use crate::changes;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, RepoError, Saved};
use crate::offers;
use crate::schema::{clients, habilitations, partner_contacts, partners};

/// Why a partner was not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartnerRefusal {
    /// Another partner has this SIRET.
    #[error("the partner {by} has the SIRET {siret}")]
    SiretTaken {
        /// The number.
        siret: Siret,
        /// Who has it.
        by: Id<Partner>,
    },
}

/// Why a partner was not deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeleteRefusal {
    /// Something names it.
    #[error("something depends on the partner {0}")]
    InUse(Id<Partner>),
}

/// Makes what is kept equal to `partner`.
///
/// What is new keeps the version and the dates it carries; what is kept already gets one version
/// more when it differs, whatever `partner` carries. One change is appended; when nothing
/// differs, no row is touched and none is.
pub fn save(
    conn: &mut Conn,
    partner: &Partner,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Saved, RepoError<PartnerRefusal>> {
    let kept = find(conn, partner.id)?;
    if kept
        .as_ref()
        .is_some_and(|kept| facts(kept) == facts(partner))
    {
        return Ok(Saved::Unchanged);
    }
    let (record, event, saved) = match &kept {
        Some(kept) => {
            let record = kept.record.changed(at);
            (record, EventType::PartnerUpdated, Saved::Updated)
        }
        None => (partner.record, EventType::PartnerCreated, Saved::Created),
    };
    write_row(conn, partner, record, kept.is_some())?;
    write_contacts(conn, partner)?;
    tell(conn, partner.id, event, record.version, at, actor)?;
    Ok(saved)
}

/// Deletes a partner and answers whether there was one; that it was is kept.
pub fn delete(
    conn: &mut Conn,
    id: Id<Partner>,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<bool, RepoError<DeleteRefusal>> {
    let Some(version) = remove(conn, id, at, actor)? else {
        return Ok(false);
    };
    deleted::insert(conn, id, version, at)?;
    Ok(true)
}

/// Removes the rows of a partner, tells it, and answers the version it ends at.
pub(super) fn remove(
    conn: &mut Conn,
    id: Id<Partner>,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Option<i64>, RepoError<DeleteRefusal>> {
    let key = DbKey(id.uuid());
    let version: Option<i64> = partners::table
        .find(key)
        .select(partners::version)
        .first(conn)
        .optional()?;
    let Some(version) = version else {
        return Ok(None);
    };
    if is_named(conn, key)? {
        return Err(RepoError::Refused(DeleteRefusal::InUse(id)));
    }
    let contacts = partner_contacts::table.filter(partner_contacts::partner_id.eq(key));
    diesel::delete(contacts).execute(conn)?;
    diesel::delete(partners::table.find(key)).execute(conn)?;
    let version = version.saturating_add(1);
    tell(conn, id, EventType::PartnerDeleted, version, at, actor)?;
    Ok(Some(version))
}

/// Whether something depends on a partner, whatever its state: a client that acts for it, a
/// dossier of habilitation, an offer, or a synchronisation.
fn is_named(conn: &mut Conn, id: DbKey) -> Result<bool, DbError> {
    if offers::any_of(conn, Id::new(id.0))? || offers::syncs::any_of(conn, Id::new(id.0))? {
        return Ok(true);
    }
    let acted_for: i64 = clients::table
        .filter(clients::partner_id.eq(id))
        .count()
        .get_result(conn)?;
    let instructed: i64 = habilitations::table
        .filter(habilitations::partner_id.eq(id))
        .count()
        .get_result(conn)?;
    Ok(acted_for > 0 || instructed > 0)
}

fn write_row(
    conn: &mut Conn,
    partner: &Partner,
    record: Record,
    known: bool,
) -> Result<(), RepoError<PartnerRefusal>> {
    // The constraint is there for what writes behind our back; here the one who has the number
    // is to be named, and a transaction of PostgreSQL does not outlive a breach.
    if let Some(siret) = &partner.siret {
        let by = find_by_siret(conn, siret)?.filter(|by| *by != partner.id);
        if let Some(by) = by {
            let siret = siret.clone();
            return Err(RepoError::Refused(PartnerRefusal::SiretTaken { siret, by }));
        }
    }
    let row = PartnerRow::new(partner, record);
    if known {
        diesel::update(partners::table.find(row.id))
            .set(row)
            .execute(conn)?;
    } else {
        diesel::insert_into(partners::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

fn write_contacts(conn: &mut Conn, partner: &Partner) -> Result<(), DbError> {
    let owner = DbKey(partner.id.uuid());
    let old = partner_contacts::table.filter(partner_contacts::partner_id.eq(owner));
    diesel::delete(old).execute(conn)?;
    for row in ContactRow::all(partner) {
        diesel::insert_into(partner_contacts::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

fn tell(
    conn: &mut Conn,
    id: Id<Partner>,
    event: EventType,
    version: i64,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    let what = NewChange {
        event,
        resource_id: id.uuid(),
        part: None,
        version,
        at,
        actor: actor.clone(),
    };
    changes::append(conn, &what).map(drop)
}

fn facts(partner: &Partner) -> &PartnerFacts {
    partner
}

//! Keeping a client: each write is told once in the change log.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::clients::{Client, ClientFacts, ClientStatus, Perimeter, Role};
use domain::establishments::Establishment;
use domain::kernel::{Code, Id, Record};
use domain::partners::Partner;

use super::find;
use super::row::ClientRow;
use crate::changes;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, RepoError};
use crate::schema::{clients, establishments, partners};

/// Why a client was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientRefusal {
    /// Nobody has this id.
    #[error("no client has the id {0}")]
    Unknown(Id<Client>),
    /// The establishment of its perimeter is not known.
    #[error("no establishment has the id {0}")]
    EstablishmentUnknown(Id<Establishment>),
    /// The partner of its perimeter is not known.
    #[error("no partner has the id {0}")]
    PartnerUnknown(Id<Partner>),
    /// Nobody could manage clients any more.
    #[error("this is the last active administrator")]
    LastAdministrator,
}

/// Adds a client, with the version and dates it carries.
pub fn insert(
    conn: &mut Conn,
    client: &Client,
    actor: &Actor,
) -> Result<(), RepoError<ClientRefusal>> {
    check_perimeter(conn, client)?;
    diesel::insert_into(clients::table)
        .values(ClientRow::new(client, client.record))
        .execute(conn)?;
    let Record {
        version,
        created_at: _,
        updated_at: at,
    } = client.record;
    let event = EventType::ClientCreated;
    tell(conn, client.id, version, (event, None), at, actor)?;
    Ok(())
}

/// Makes what is kept of a client equal to `client` and answers its version and dates: one
/// version more than what was kept when something differs, whatever `client` carries; otherwise
/// nothing is written.
pub fn update(
    conn: &mut Conn,
    client: &Client,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<Record, RepoError<ClientRefusal>> {
    let Some(kept) = find(conn, client.id)? else {
        return Err(RepoError::Refused(ClientRefusal::Unknown(client.id)));
    };
    let (before, after): (&ClientFacts, &ClientFacts) = (&kept, client);
    if before == after {
        return Ok(kept.record);
    }
    check_perimeter(conn, client)?;
    if administers(&kept) && !administers(client) && others_administer(conn, &kept)? == 0 {
        return Err(RepoError::Refused(ClientRefusal::LastAdministrator));
    }
    let record = kept.record.changed(at);
    diesel::update(clients::table.find(DbKey(client.id.uuid())))
        .set(ClientRow::new(client, record))
        .execute(conn)?;
    let event = match (before.status, after.status) {
        (ClientStatus::Active, ClientStatus::Suspended) => EventType::ClientSuspended,
        (ClientStatus::Suspended, ClientStatus::Active) => EventType::ClientResumed,
        _ => EventType::ClientUpdated,
    };
    tell(conn, client.id, record.version, (event, None), at, actor)?;
    Ok(record)
}

/// Raises a client's version for something that belongs to it, and tells it.
pub(super) fn raise(
    conn: &mut Conn,
    kept: &Client,
    told: (EventType, Option<String>),
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    let record = kept.record.changed(at);
    diesel::update(clients::table.find(DbKey(kept.id.uuid())))
        .set((
            clients::version.eq(record.version),
            clients::updated_at.eq(DbInstant::new(record.updated_at)),
        ))
        .execute(conn)?;
    tell(conn, kept.id, record.version, told, at, actor)
}

/// Appends a change of a client.
pub(super) fn tell(
    conn: &mut Conn,
    id: Id<Client>,
    version: i64,
    (event, part): (EventType, Option<String>),
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    let what = NewChange {
        event,
        resource_id: id.uuid(),
        part,
        version,
        at,
        actor: actor.clone(),
    };
    changes::append(conn, &what).map(drop)
}

/// SQLite does not say which foreign key failed, and a partner has none: what the perimeter names
/// is looked up, under the write lock.
fn check_perimeter(conn: &mut Conn, client: &Client) -> Result<(), RepoError<ClientRefusal>> {
    let (known, refusal): (i64, _) = match client.perimeter {
        Perimeter::Establishment(id) => (
            establishments::table
                .filter(establishments::id.eq(DbKey(id.uuid())))
                .count()
                .get_result(conn)?,
            ClientRefusal::EstablishmentUnknown(id),
        ),
        Perimeter::Partner(id) => (
            partners::table
                .filter(partners::id.eq(DbKey(id.uuid())))
                .count()
                .get_result(conn)?,
            ClientRefusal::PartnerUnknown(id),
        ),
        _ => return Ok(()),
    };
    if known == 0 {
        return Err(RepoError::Refused(refusal));
    }
    Ok(())
}

/// Whether it manages clients, and not in a demonstration only.
fn administers(client: &Client) -> bool {
    client.role == Role::Administrator && client.is_active() && !client.demo
}

fn others_administer(conn: &mut Conn, client: &Client) -> Result<i64, DbError> {
    Ok(clients::table
        .filter(clients::role.eq(Role::Administrator.code()))
        .filter(clients::status.eq(ClientStatus::Active.code()))
        .filter(clients::demo.eq(false))
        .filter(clients::id.ne(DbKey(client.id.uuid())))
        .count()
        .get_result(conn)?)
}

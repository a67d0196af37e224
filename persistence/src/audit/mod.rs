//! The journal: appended in the transaction of what it tells of, read by whoever answers for it,
//! never changed.

mod list;

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use domain::audit::{AuditAction, Entry, NewEntry, Resource};
use domain::changes::Actor;
use domain::clients::Role;
use domain::kernel::{Code, Id};

pub use list::{AuditPage, AuditQuestion, Place, page};

use crate::kernel::insert::insert_rows;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::audit;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct EntryRow {
    sequence: i64,
    action: String,
    resource: String,
    resource_id: Option<DbKey>,
    part: Option<String>,
    at: DbInstant,
    actor: String,
    role: Option<String>,
    request: Option<String>,
}

/// Appends to the journal. Numbers are consecutive, as those of the change log are. A write that
/// has its change has its entry by that (see [`crate::changes::append`]).
pub fn append(conn: &mut Conn, what: &NewEntry) -> Result<(), DbError> {
    append_all(conn, std::slice::from_ref(what))
}

/// Appends several entries to the journal, in order.
pub fn append_all(conn: &mut Conn, what: &[NewEntry]) -> Result<(), DbError> {
    if what.is_empty() {
        return Ok(());
    }
    let last = position(conn)?;
    let numbers = (1..).map(|place| last.saturating_add(place));
    let rows: Vec<EntryRow> = numbers
        .zip(what)
        .map(|(sequence, one)| EntryRow::new(sequence, one))
        .collect();
    Ok(insert_rows!(conn, audit, &rows)?)
}

/// The number of the last entry; 0 when there is none.
pub fn position(conn: &mut Conn) -> Result<i64, DbError> {
    let last: Option<i64> = audit::table.select(max(audit::sequence)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// Removes at most `most` of the entries made before `before`, the oldest first, and answers how
/// many. The last entry always stays: the next number follows it.
pub fn purge(conn: &mut Conn, before: DateTime<Utc>, most: u32) -> Result<usize, DbError> {
    let old: Vec<i64> = audit::table
        .filter(audit::at.lt(DbInstant::new(before)))
        .filter(audit::sequence.lt(position(conn)?))
        .order((audit::at, audit::sequence))
        .limit(i64::from(most))
        .select(audit::sequence)
        .load(conn)?;
    Ok(diesel::delete(audit::table.filter(audit::sequence.eq_any(old))).execute(conn)?)
}

impl EntryRow {
    fn new(sequence: i64, what: &NewEntry) -> Self {
        let NewEntry {
            action,
            resource,
            resource_id,
            part,
            at,
            actor,
        } = what;
        Self {
            sequence,
            action: action.code().to_owned(),
            resource: resource.to_string(),
            resource_id: resource_id.map(DbKey),
            part: part.clone(),
            at: DbInstant::new(*at),
            actor: actor.as_str().to_owned(),
            role: actor.role().map(|role| role.code().to_owned()),
            request: actor.request().map(str::to_owned),
        }
    }

    fn into_entry(self) -> Result<Entry, DbError> {
        let Self {
            sequence,
            action,
            resource,
            resource_id,
            part,
            at,
            actor,
            role,
            request,
        } = self;
        let misfit = |what: String| DbError::inconsistent("audit", sequence, what);
        let unknown = |code: &str| misfit(format!("{code} is not known"));
        let role = role
            .map(|code| Role::parse(&code).ok_or_else(|| unknown(&code)))
            .transpose()?;
        let actor = match role {
            Some(role) => {
                let id = actor.parse::<Id<_>>();
                Actor::client(id.map_err(|error| misfit(error.to_string()))?, role)
            }
            None => actor
                .parse()
                .map_err(|error: domain::changes::ActorError| misfit(error.to_string()))?,
        };
        let what = NewEntry {
            action: AuditAction::parse(&action).ok_or_else(|| unknown(&action))?,
            resource: Resource::kept(resource),
            resource_id: resource_id.map(|id| id.0),
            part,
            at: at.get(),
            actor: actor.during(request.as_deref().unwrap_or_default()),
        };
        Ok(Entry { sequence, what })
    }
}

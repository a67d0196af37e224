//! The journal page by page, the newest first.

use chrono::{DateTime, Utc};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::audit::{AuditAction, Entry, Resource};
use domain::clients::Client;
use domain::kernel::{Code, Id};
use uuid::Uuid;

use super::EntryRow;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::audit;

/// Which entries are asked for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditQuestion {
    /// At this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// By one of these clients.
    pub clients: Vec<Id<Client>>,
    /// One of these actions.
    pub actions: Vec<AuditAction>,
    /// To this kind of object.
    pub resource: Option<Resource>,
    /// To this object.
    pub resource_id: Option<Uuid>,
}

/// Where a page ends: the next begins with what is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The instant of its last entry.
    pub at: DateTime<Utc>,
    /// The number of its last entry.
    pub sequence: i64,
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<Entry>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

/// At most `limit` of the entries asked for that are older than `after`, of a journal that ends
/// with number `last`: what is appended while somebody reads page after page is on none of them.
pub fn page(
    conn: &mut Conn,
    question: &AuditQuestion,
    last: i64,
    after: Option<Place>,
    limit: u32,
) -> Result<AuditPage, DbError> {
    let total = asked(question, last).count().get_result(conn)?;
    let mut rows: Vec<EntryRow> = ordered(question, last, after, limit)
        .select(EntryRow::as_select())
        .load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let entries: Result<_, _> = rows.into_iter().map(EntryRow::into_entry).collect();
    Ok(AuditPage {
        entries: entries?,
        total,
        more,
    })
}

type Asked = IntoBoxed<'static, audit::table, MultiBackend>;

/// One entry more than asked for, which tells whether others follow.
fn ordered(question: &AuditQuestion, last: i64, after: Option<Place>, limit: u32) -> Asked {
    let mut query = asked(question, last);
    if let Some(Place { at, sequence }) = after {
        let at = DbInstant::new(at);
        query = query
            .filter(audit::at.le(at))
            .filter(audit::at.lt(at).or(audit::sequence.lt(sequence)));
    }
    query
        .order((audit::at.desc(), audit::sequence.desc()))
        .limit(i64::from(limit).saturating_add(1))
}

fn asked(question: &AuditQuestion, last: i64) -> Asked {
    let AuditQuestion {
        from,
        until,
        clients,
        actions,
        resource,
        resource_id,
    } = question;
    let mut query = audit::table.filter(audit::sequence.le(last)).into_boxed();
    if let Some(from) = from {
        query = query.filter(audit::at.ge(DbInstant::new(*from)));
    }
    if let Some(until) = until {
        query = query.filter(audit::at.lt(DbInstant::new(*until)));
    }
    // One value keeps the order of its index; PostgreSQL sorts what answers to several.
    query = match clients.as_slice() {
        [] => query,
        [client] => query.filter(audit::actor.eq(client.to_string())),
        several => {
            let actors: Vec<String> = several.iter().map(ToString::to_string).collect();
            query.filter(audit::actor.eq_any(actors))
        }
    };
    query = match actions.as_slice() {
        [] => query,
        [action] => query.filter(audit::action.eq(action.code())),
        several => {
            let codes: Vec<&str> = several.iter().map(|action| action.code()).collect();
            query.filter(audit::action.eq_any(codes))
        }
    };
    if let Some(resource) = resource {
        query = query.filter(audit::resource.eq(resource.to_string()));
    }
    if let Some(id) = resource_id {
        query = query.filter(audit::resource_id.eq(DbKey(*id)));
    }
    query
}

#[cfg(test)]
mod tests;

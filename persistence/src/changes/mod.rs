//! The change log: appended in the transaction of the write it tells of, read in order.

mod follower;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use diesel::dsl::{max, min};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::audit::NewEntry;
use domain::changes::{Actor, Change, EventType, NewChange};
use domain::kernel::Code;
use domain::offers::Diffusion;
use uuid::Uuid;

use crate::kernel::insert::insert_rows;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::changes;
use crate::{audit, habilitations, holds, offers};

pub use follower::Follower;

/// The entries that are asked for.
pub(crate) type Asked = IntoBoxed<'static, changes::table, MultiBackend>;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = changes, treat_none_as_default_value = false)]
struct ChangeRow {
    sequence: i64,
    event: String,
    resource: String,
    resource_id: DbKey,
    part: Option<String>,
    version: i64,
    at: DbInstant,
    actor: String,
    told_to: Option<String>,
}

/// What happened to an offer, and how far those see who are told of it; without, nobody by view.
pub(crate) type Told = (NewChange, Option<Diffusion>);

/// Appends to the log, and to the journal, and answers the number given. Numbers are consecutive because writes
/// follow one another (see [`crate::Db::write`]); a transaction that fails gives its own back.
pub fn append(conn: &mut Conn, what: &NewChange) -> Result<i64, DbError> {
    append_all(conn, std::slice::from_ref(what))
}

/// Appends several entries to the log, in order, and answers the number of the last.
pub fn append_all(conn: &mut Conn, what: &[NewChange]) -> Result<i64, DbError> {
    append_each(conn, what.iter().map(|one| (one, None)))
}

/// [`append_all`] of what happened to offers.
pub(crate) fn append_told(conn: &mut Conn, what: &[Told]) -> Result<i64, DbError> {
    append_each(conn, what.iter().map(|(one, told_to)| (one, *told_to)))
}

fn append_each<'a>(
    conn: &mut Conn,
    what: impl Iterator<Item = (&'a NewChange, Option<Diffusion>)> + Clone,
) -> Result<i64, DbError> {
    let mut sequence = position(conn)?;
    let rows: Vec<ChangeRow> = what
        .clone()
        .map(|(one, told_to)| {
            sequence = sequence.saturating_add(1);
            ChangeRow::new(sequence, one, told_to)
        })
        .collect();
    insert_rows!(&mut *conn, changes, &rows)?;
    let entries: Vec<NewEntry> = what.map(|(one, _)| one.into()).collect();
    audit::append_all(conn, &entries)?;
    Ok(sequence)
}

/// The number of the last entry; 0 when there is none.
pub fn position(conn: &mut Conn) -> Result<i64, DbError> {
    let last: Option<i64> = changes::table.select(max(changes::sequence)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// Whether the log, as it is kept, has given this number: one that it has forgotten and one that
/// a database restored from a backup never gave are both unknown.
pub fn has_given(conn: &mut Conn, sequence: i64) -> Result<bool, DbError> {
    let found = changes::table.find(sequence).count();
    Ok(found.get_result::<i64>(conn)? > 0)
}

/// Gives the last entry a higher number, from which the log goes on: the numbers between are
/// never given again, so that whoever knew them from before is not taken for up to date.
pub(crate) fn renumber_last(conn: &mut Conn, sequence: i64) -> Result<(), DbError> {
    let last = position(conn)?;
    diesel::update(changes::table.find(last))
        .set(changes::sequence.eq(sequence))
        .execute(conn)?;
    Ok(())
}

/// At most `limit` entries that come after number `sequence`, in order.
pub fn after(conn: &mut Conn, sequence: i64, limit: u32) -> Result<Vec<Change>, DbError> {
    changes::table
        .filter(changes::sequence.gt(sequence))
        .order(changes::sequence)
        .limit(i64::from(limit))
        .select(ChangeRow::as_select())
        .load(conn)?
        .into_iter()
        .map(ChangeRow::into_change)
        .collect()
}

/// What changed after number `sequence`: the number, the kind of resource and its id, in order,
/// at most `limit`. It reads entries whose type this build does not know, which a newer node
/// may write.
pub fn touched_after(
    conn: &mut Conn,
    sequence: i64,
    limit: u32,
) -> Result<Vec<(i64, String, Uuid)>, DbError> {
    let rows: Vec<(i64, String, DbKey)> = changes::table
        .filter(changes::sequence.gt(sequence))
        .order(changes::sequence)
        .limit(i64::from(limit))
        .select((changes::sequence, changes::resource, changes::resource_id))
        .load(conn)?;
    let plain = rows
        .into_iter()
        .map(|(sequence, resource, id)| (sequence, resource, id.0));
    Ok(plain.collect())
}

/// At most `limit` entries of these types that come after number `sequence`, in order: those that
/// a follower is told of.
pub fn of_types(
    conn: &mut Conn,
    sequence: i64,
    events: &[EventType],
    follower: &Follower<'_>,
    limit: u32,
) -> Result<Vec<Change>, DbError> {
    followed(sequence, events, follower, limit)
        .select(ChangeRow::as_select())
        .load(conn)?
        .into_iter()
        .map(ChangeRow::into_change)
        .collect()
}

/// The entries are read in their order from where the follower is, and of each, the object is
/// looked up by its key where its state decides: what is polled reads no other table through.
fn followed(sequence: i64, events: &[EventType], follower: &Follower<'_>, limit: u32) -> Asked {
    let codes: Vec<&str> = events.iter().map(|event| event.code()).collect();
    let asked = changes::table
        .into_boxed()
        .filter(changes::sequence.gt(sequence))
        .filter(changes::event.eq_any(codes));
    let asked = habilitations::changes_within(asked, follower.dossiers.as_ref());
    let asked = offers::changes_within(asked, follower.view, &follower.offers);
    holds::changes_within(asked, follower.holds)
        .order(changes::sequence)
        .limit(i64::from(limit))
}

/// The number of the oldest entry that is kept; `None` when there is none.
pub fn oldest(conn: &mut Conn) -> Result<Option<i64>, DbError> {
    Ok(changes::table.select(min(changes::sequence)).first(conn)?)
}

/// Removes the entries made before `before` from the beginning of the log, and answers how
/// many. What is kept has no gap, and the last entry always stays: the next number follows it.
pub fn purge(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, DbError> {
    let first_kept: Option<i64> = changes::table
        .filter(changes::at.ge(DbInstant::new(before)))
        .select(min(changes::sequence))
        .first(conn)?;
    let last = position(conn)?;
    let keep = first_kept.unwrap_or(last);
    Ok(diesel::delete(changes::table.filter(changes::sequence.lt(keep))).execute(conn)?)
}

impl ChangeRow {
    fn new(sequence: i64, what: &NewChange, told_to: Option<Diffusion>) -> Self {
        let NewChange {
            event,
            resource_id,
            part,
            version,
            at,
            actor,
        } = what;
        Self {
            sequence,
            event: event.code().to_owned(),
            resource: event.resource().to_owned(),
            resource_id: DbKey(*resource_id),
            part: part.clone(),
            version: *version,
            at: DbInstant::new(*at),
            actor: actor.as_str().to_owned(),
            told_to: told_to.map(|diffusion| diffusion.code().to_owned()),
        }
    }

    fn into_change(self) -> Result<Change, DbError> {
        let Self {
            sequence,
            event,
            resource: _,
            resource_id,
            part,
            version,
            at,
            actor,
            told_to: _,
        } = self;
        let misfit = |what: String| DbError::inconsistent("changes", sequence, what);
        let what = NewChange {
            event: EventType::parse(&event)
                .ok_or_else(|| misfit(format!("the event type {event} is not known")))?,
            resource_id: resource_id.0,
            part,
            version,
            at: at.get(),
            actor: actor
                .parse::<Actor>()
                .map_err(|error| misfit(error.to_string()))?,
        };
        Ok(Change { sequence, what })
    }
}

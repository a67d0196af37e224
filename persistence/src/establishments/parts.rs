//! What the parts of an establishment have in common: how each list is read and kept.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use domain::kernel::Part;
use uuid::Uuid;

use super::SaveRefusal;
use crate::kernel::constraint::OnConstraint;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, RepoError};

/// A kind of part, kept in a table of its own.
pub(super) trait Kept: Clone + PartialEq + Sized {
    /// Its list, as in an address: `zones`.
    const LIST: &'static str;
    /// The name of the primary key of its table.
    const PRIMARY_KEY: &'static str;

    /// The parts of some establishments, or of all, with the establishment of each, by id.
    fn load(conn: &mut Conn, owners: Owners<'_>) -> Result<Vec<(Uuid, Part<Self>)>, DbError>;
    /// Adds a part.
    fn insert(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()>;
    /// Writes a part over the one that has its id.
    fn update(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()>;
    /// Removes a part.
    fn delete(conn: &mut Conn, id: DbKey) -> QueryResult<()>;
    /// Whether a fictitious part is kept.
    fn any_demo(conn: &mut Conn) -> QueryResult<bool>;
}

/// Whose parts are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owners<'a> {
    /// Everybody's.
    All,
    /// Those of some establishments: few enough for one statement.
    These(&'a [DbKey]),
}

/// Parts, by the establishment they belong to.
pub(super) type ByOwner<T> = HashMap<Uuid, Vec<Part<T>>>;

/// Reads one list of parts, in one query whatever the number of establishments.
pub(super) fn by_owner<T: Kept>(
    conn: &mut Conn,
    owners: Owners<'_>,
) -> Result<ByOwner<T>, DbError> {
    let mut lists: ByOwner<T> = HashMap::new();
    for (owner, part) in T::load(conn, owners)? {
        lists.entry(owner).or_default().push(part);
    }
    Ok(lists)
}

/// What one list has to do to become another: nothing is written for a part that is the same.
pub(super) struct Difference<T> {
    added: Vec<Part<T>>,
    changed: Vec<Part<T>>,
    removed: Vec<DbKey>,
}

impl<T: Kept> Difference<T> {
    /// Compares what the parts are; versions and dates are not compared, and given here to parts
    /// that changed.
    pub(super) fn between(old: &[Part<T>], new: &[Part<T>], at: DateTime<Utc>) -> Self {
        let before: HashMap<_, _> = old.iter().map(|part| (part.id, part)).collect();
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for part in new {
            match before.get(&part.id) {
                None => added.push(part.clone()),
                Some(kept) if kept.value != part.value || kept.demo != part.demo => {
                    changed.push(Part {
                        record: kept.record.changed(at),
                        ..part.clone()
                    });
                }
                Some(_) => {}
            }
        }
        let removed = old
            .iter()
            .filter(|part| new.iter().all(|other| other.id != part.id))
            .map(|part| DbKey(part.id.uuid()))
            .collect();
        Self {
            added,
            changed,
            removed,
        }
    }

    /// Writes what was added and changed.
    pub(super) fn write(&self, conn: &mut Conn, owner: Uuid) -> Result<(), RepoError<SaveRefusal>> {
        for part in &self.added {
            T::insert(conn, owner, part).on_constraint(T::PRIMARY_KEY, || {
                SaveRefusal::PartElsewhere {
                    list: T::LIST,
                    id: part.id.uuid(),
                }
            })?;
        }
        for part in &self.changed {
            T::update(conn, owner, part)?;
        }
        Ok(())
    }

    /// Removes what is gone; apart from [`Difference::write`], because a zone goes only when no
    /// other part names it any more.
    pub(super) fn remove(&self, conn: &mut Conn) -> QueryResult<()> {
        self.removed.iter().try_for_each(|id| T::delete(conn, *id))
    }

    /// Every part that is touched, as in an address: `zones/{id}`.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let written = self
            .added
            .iter()
            .chain(&self.changed)
            .map(|part| part.id.uuid());
        written
            .chain(self.removed.iter().map(|id| id.0))
            .map(|id| format!("{}/{id}", T::LIST))
    }
}

/// Writes [`Kept`] for a kind of part whose row holds all of it.
macro_rules! kept_in_one_row {
    ($part:ty, $row:ty, $table:ident, $list:literal) => {
        impl $crate::establishments::parts::Kept for $part {
            const LIST: &'static str = $list;
            const PRIMARY_KEY: &'static str = concat!(stringify!($table), "_pkey");

            fn load(
                conn: &mut Conn,
                owners: $crate::establishments::parts::Owners<'_>,
            ) -> Result<Vec<(Uuid, Part<Self>)>, DbError> {
                let rows = $crate::establishments::parts::rows_of!(conn, owners, $table, $row);
                rows.into_iter()
                    .map(|row| Ok((row.establishment_id.0, row.into_part()?)))
                    .collect()
            }

            fn insert(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()> {
                let row = <$row>::new(owner, part);
                diesel::insert_into($table::table)
                    .values(row)
                    .execute(conn)
                    .map(drop)
            }

            fn update(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()> {
                let row = <$row>::new(owner, part);
                diesel::update($table::table.find(row.id))
                    .set(&row)
                    .execute(conn)
                    .map(drop)
            }

            fn delete(conn: &mut Conn, id: DbKey) -> QueryResult<()> {
                diesel::delete($table::table.find(id))
                    .execute(conn)
                    .map(drop)
            }

            fn any_demo(conn: &mut Conn) -> QueryResult<bool> {
                $crate::establishments::parts::any_demo!(conn, $table)
            }
        }
    };
}

/// The rows of a table of parts, in the order of their ids.
macro_rules! rows_of {
    ($conn:ident, $owners:ident, $table:ident, $row:ty) => {{
        let all = $table::table.order($table::id).select(<$row>::as_select());
        match $owners {
            $crate::establishments::parts::Owners::All => all.load($conn)?,
            $crate::establishments::parts::Owners::These(ids) => all
                .filter($table::establishment_id.eq_any(ids))
                .load($conn)?,
        }
    }};
}

/// Whether a table of parts holds a fictitious one.
macro_rules! any_demo {
    ($conn:ident, $table:ident) => {
        $table::table
            .filter($table::demo.eq(true))
            .select($table::id)
            .first::<DbKey>($conn)
            .optional()
            .map(|found| found.is_some())
    };
}

pub(super) use {any_demo, kept_in_one_row, rows_of};

//! The rows that belong to an offer: read with one query per table, and only those that differ
//! are written.

use std::collections::HashMap;

use diesel::QueryResult;
use domain::offers::Offer;

use super::employment::{self, EmploymentRow};
use super::history::{self, HistoryRow};
use super::opinions::{self, OpinionRow};
use super::revision::{self, RevisionRow};
use super::site::{self, SiteRow};
use super::suspensions::{self, SuspensionRow};
use super::tig::{self, TigRow};
use super::training::{self, TrainingRow};
use crate::kernel::Conn;
use crate::kernel::types::DbKey;

/// Some offers, by their ids.
#[derive(Clone, Copy)]
pub(super) enum Owners<'a> {
    /// Each of these; they are at most as many as one statement takes.
    These(&'a [DbKey]),
    /// The first, the last, and all between.
    Between(DbKey, DbKey),
}

/// A row that belongs to an offer.
pub(super) trait PartRow: Sized + PartialEq {
    /// The offer.
    fn owner(&self) -> DbKey;
    /// Those of some offers, in their order.
    fn load(conn: &mut Conn, owners: Owners<'_>) -> QueryResult<Vec<Self>>;
    /// Adds rows.
    fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()>;
    /// Removes this row, which its key names.
    fn delete(&self, conn: &mut Conn) -> QueryResult<()>;
    /// Removes those of some offers.
    fn delete_of(conn: &mut Conn, owners: &[DbKey]) -> QueryResult<()>;
}

/// Writes [`PartRow`] for a table whose key is the offer, and a column besides where it has many.
macro_rules! part_row {
    ($row:ident, $table:ident $(, $rank:ident)?) => {
        impl $crate::offers::parts::PartRow for $row {
            fn owner(&self) -> DbKey {
                self.offer_id
            }

            fn load(
                conn: &mut $crate::kernel::Conn,
                owners: $crate::offers::parts::Owners<'_>,
            ) -> QueryResult<Vec<Self>> {
                use $crate::offers::parts::Owners;
                let all = $table::table
                    .order(($table::offer_id, $($table::$rank)?))
                    .select(Self::as_select());
                match owners {
                    Owners::These(ids) => all.filter($table::offer_id.eq_any(ids)).load(conn),
                    Owners::Between(first, last) => {
                        let own = $table::offer_id.between(first, last);
                        all.filter(own).load(conn)
                    }
                }
            }

            fn insert(conn: &mut $crate::kernel::Conn, rows: &[Self]) -> QueryResult<()> {
                $crate::kernel::insert::insert_rows!(conn, $table, rows)
            }

            fn delete(&self, conn: &mut $crate::kernel::Conn) -> QueryResult<()> {
                let row = $table::table.filter($table::offer_id.eq(self.offer_id));
                $(let row = row.filter($table::$rank.eq(&self.$rank));)?
                diesel::delete(row).execute(conn).map(drop)
            }

            fn delete_of(
                conn: &mut $crate::kernel::Conn,
                owners: &[DbKey],
            ) -> QueryResult<()> {
                let rows = $table::table.filter($table::offer_id.eq_any(owners));
                diesel::delete(rows).execute(conn).map(drop)
            }
        }
    };
}

pub(super) use part_row;

/// Declares the lists of rows once, with what is done with each.
macro_rules! parts {
    ($($list:ident: $row:ty = $of:path;)+) => {
        /// The rows of one offer, or of several.
        #[derive(Default)]
        pub(super) struct Parts {
            $(pub(super) $list: Vec<$row>,)+
        }

        impl Parts {
            /// Those that an offer is to have.
            pub(super) fn of(offer: &Offer) -> Self {
                Self { $($list: $of(offer),)+ }
            }

            /// Those of some offers.
            pub(super) fn load(conn: &mut Conn, owners: Owners<'_>) -> QueryResult<Self> {
                Ok(Self { $($list: <$row>::load(conn, owners)?,)+ })
            }

            /// Those of each offer.
            pub(super) fn by_owner(self) -> HashMap<DbKey, Self> {
                let mut owners: HashMap<DbKey, Self> = HashMap::new();
                $(for row in self.$list {
                    owners.entry(row.owner()).or_default().$list.push(row);
                })+
                owners
            }

            /// Whether there is none.
            pub(super) fn is_empty(&self) -> bool {
                $(self.$list.is_empty())&&+
            }

            /// Adds the rows of another offer.
            pub(super) fn append(&mut self, mut other: Self) {
                $(self.$list.append(&mut other.$list);)+
            }

            /// The rows of `self` that are not in `other`.
            pub(super) fn without(&self, other: &Self) -> Self {
                Self { $($list: without(&self.$list, &other.$list),)+ }
            }

            pub(super) fn insert(&self, conn: &mut Conn) -> QueryResult<()> {
                $(PartRow::insert(conn, &self.$list)?;)+
                Ok(())
            }

            pub(super) fn delete(&self, conn: &mut Conn) -> QueryResult<()> {
                $(self.$list.iter().try_for_each(|row| row.delete(conn))?;)+
                Ok(())
            }

            /// Removes those of some offers.
            pub(super) fn delete_of(conn: &mut Conn, owners: &[DbKey]) -> QueryResult<()> {
                $(<$row>::delete_of(conn, owners)?;)+
                Ok(())
            }
        }
    };
}

parts! {
    sites: SiteRow = site::rows;
    tig: TigRow = tig::rows;
    employment: EmploymentRow = employment::rows;
    training: TrainingRow = training::rows;
    revisions: RevisionRow = revision::rows;
    opinions: OpinionRow = opinions::rows;
    suspensions: SuspensionRow = suspensions::rows;
    history: HistoryRow = history::rows;
}

fn without<R: PartialEq + Clone>(these: &[R], others: &[R]) -> Vec<R> {
    these
        .iter()
        .filter(|row| !others.contains(row))
        .cloned()
        .collect()
}

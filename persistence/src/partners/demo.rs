//! Partners made for demonstration: whether there are any, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::Actor;
use domain::kernel::Id;

use super::save::{DeleteRefusal, remove};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, RepoError};
use crate::schema::partners;

/// Whether a partner made for demonstration is kept.
pub fn demo_present(conn: &mut Conn) -> Result<bool, DbError> {
    let present: i64 = partners::table
        .filter(partners::demo.eq(true))
        .count()
        .get_result(conn)?;
    Ok(present > 0)
}

/// Removes every partner made for demonstration and answers how many there were. Nothing is left
/// of them but in the log, since the next demonstration makes the same again; the clients that
/// act for them are removed first.
pub fn clear_demo(
    conn: &mut Conn,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<usize, RepoError<DeleteRefusal>> {
    let fictitious = demo_keys(conn)?;
    for id in &fictitious {
        remove(conn, Id::new(id.0), at, actor)?;
    }
    Ok(fictitious.len())
}

/// The keys of the partners made for demonstration, in their order.
pub(crate) fn demo_keys(conn: &mut Conn) -> QueryResult<Vec<DbKey>> {
    partners::table
        .filter(partners::demo.eq(true))
        .order(partners::id)
        .select(partners::id)
        .load(conn)
}

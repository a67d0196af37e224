//! Assertions that clients presented (RFC 7523): each is accepted once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::clients::Client;
use domain::kernel::Id;

use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::client_assertions;

/// Spends an assertion, and answers whether it was not yet spent. Two requests cannot spend the
/// same: the look-up and the insertion are under the write lock.
pub fn spend(
    conn: &mut Conn,
    client: Id<Client>,
    jti: &str,
    expires_at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let client = DbKey(client.uuid());
    let spent: i64 = client_assertions::table
        .filter(client_assertions::client_id.eq(client))
        .filter(client_assertions::jti.eq(jti))
        .count()
        .get_result(conn)?;
    if spent > 0 {
        return Ok(false);
    }
    diesel::insert_into(client_assertions::table)
        .values((
            client_assertions::client_id.eq(client),
            client_assertions::jti.eq(jti),
            client_assertions::expires_at.eq(DbInstant::new(expires_at)),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Forgets the assertions that have ended, which are refused for that, and answers how many.
pub fn purge(conn: &mut Conn, at: DateTime<Utc>) -> Result<usize, DbError> {
    let ended =
        client_assertions::table.filter(client_assertions::expires_at.le(DbInstant::new(at)));
    Ok(diesel::delete(ended).execute(conn)?)
}

//! Access tokens that were revoked before their end, numbered so that every node follows them.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

use crate::kernel::types::DbInstant;
use crate::kernel::{Conn, DbError};
use crate::schema::revoked_tokens;

/// A token that is refused though it has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedToken {
    /// Its number: the one revoked after `n` has a greater one.
    pub sequence: i64,
    /// The token's identifier (`jti`).
    pub jti: String,
    /// When it would have ended, and need not be remembered any more.
    pub expires_at: DateTime<Utc>,
}

/// Revokes a token, and answers whether it was not yet revoked.
pub fn insert(conn: &mut Conn, jti: &str, expires_at: DateTime<Utc>) -> Result<bool, DbError> {
    if contains(conn, jti)? {
        return Ok(false);
    }
    diesel::insert_into(revoked_tokens::table)
        .values((
            revoked_tokens::sequence.eq(last(conn)?.saturating_add(1)),
            revoked_tokens::jti.eq(jti),
            revoked_tokens::expires_at.eq(DbInstant::new(expires_at)),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Whether a token is revoked.
pub fn contains(conn: &mut Conn, jti: &str) -> Result<bool, DbError> {
    let known: i64 = revoked_tokens::table
        .filter(revoked_tokens::jti.eq(jti))
        .count()
        .get_result(conn)?;
    Ok(known > 0)
}

/// The tokens revoked after number `sequence`, in order; 0 gives them all.
pub fn since(conn: &mut Conn, sequence: i64) -> Result<Vec<RevokedToken>, DbError> {
    let rows: Vec<(i64, String, DbInstant)> = revoked_tokens::table
        .filter(revoked_tokens::sequence.gt(sequence))
        .order(revoked_tokens::sequence)
        .load(conn)?;
    let tokens = rows.into_iter().map(|(sequence, jti, end)| RevokedToken {
        sequence,
        jti,
        expires_at: end.get(),
    });
    Ok(tokens.collect())
}

/// Forgets the tokens that have ended, and answers how many. The last one stays: the next
/// number follows it.
pub fn purge(conn: &mut Conn, at: DateTime<Utc>) -> Result<usize, DbError> {
    let last = last(conn)?;
    let ended = revoked_tokens::table
        .filter(revoked_tokens::expires_at.le(DbInstant::new(at)))
        .filter(revoked_tokens::sequence.lt(last));
    Ok(diesel::delete(ended).execute(conn)?)
}

fn last(conn: &mut Conn) -> Result<i64, DbError> {
    let last: Option<i64> = revoked_tokens::table
        .select(max(revoked_tokens::sequence))
        .first(conn)?;
    Ok(last.unwrap_or(0))
}

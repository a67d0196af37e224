//! A part of a write that can be undone by itself.

use diesel::Connection;

use super::{Conn, DbError, RepoError};

/// Does a part of a write: when a rule refuses it, what it wrote is undone and the rest of the
/// transaction stands, on PostgreSQL too, where a breach would otherwise end it.
pub(crate) fn apart<T, E>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, RepoError<E>>,
) -> Result<Result<T, E>, DbError> {
    match conn.transaction(work) {
        Ok(done) => Ok(Ok(done)),
        Err(RepoError::Refused(refusal)) => Ok(Err(refusal)),
        Err(RepoError::Db(error)) => Err(error),
    }
}

//! Telling PostgreSQL how long the tables of offers have become.

use diesel::connection::SimpleConnection;

use crate::kernel::{Conn, DbError};

/// Has PostgreSQL look at the tables of offers again, which it does by itself within a minute or
/// so at best. Until then it answers as if they were as short as they were: after many new
/// offers, it would read them all through in each transaction of a batch. It writes nothing that
/// anybody reads, and nobody waits for it; SQLite has no use for it.
pub fn take_stock(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => Ok(conn.batch_execute(
            "ANALYZE offers, offer_sites, offer_tig, offer_revisions, offer_employment, \
             offer_training, offer_opinions, offer_suspensions, offer_history",
        )?),
    }
}

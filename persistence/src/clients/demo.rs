//! Clients made for demonstration: whether there are any, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType};
use domain::kernel::Id;

use super::jwks;
use super::save::tell;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{client_assertions, client_secrets, client_usage, clients};

/// Whether a client made for demonstration is kept.
pub fn demo_present(conn: &mut Conn) -> Result<bool, DbError> {
    let present: i64 = clients::table
        .filter(clients::demo.eq(true))
        .count()
        .get_result(conn)?;
    Ok(present > 0)
}

/// Removes every client made for demonstration, with its secrets and keys, and answers how many there
/// were. Each is told as suspended: to whoever follows, it may not act any more.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let fictitious: Vec<(DbKey, i64)> = clients::table
        .filter(clients::demo.eq(true))
        .order(clients::id)
        .select((clients::id, clients::version))
        .load(conn)?;
    for (id, version) in &fictitious {
        let spent = client_assertions::table.filter(client_assertions::client_id.eq(id));
        diesel::delete(spent).execute(conn)?;
        let usage = client_usage::table.filter(client_usage::client_id.eq(id));
        diesel::delete(usage).execute(conn)?;
        let secrets = client_secrets::table.filter(client_secrets::client_id.eq(id));
        diesel::delete(secrets).execute(conn)?;
        jwks::remove(conn, Id::new(id.0))?;
        diesel::delete(clients::table.find(id)).execute(conn)?;
        let event = (EventType::ClientSuspended, None);
        tell(
            conn,
            Id::new(id.0),
            version.saturating_add(1),
            event,
            at,
            actor,
        )?;
    }
    Ok(fictitious.len())
}

//! API clients, their secrets, their keys and what they ask, the keys that sign tokens, and the
//! tokens that were revoked.

pub mod assertions;
mod demo;
pub mod jwks;
mod list;
pub mod revoked_tokens;
mod row;
mod save;
pub mod secrets;
pub mod signing_keys;
pub mod usage;

use diesel::prelude::*;
use domain::clients::Client;
use domain::kernel::Id;

pub use demo::{clear_demo, demo_present};
pub use list::{ClientPage, ClientQuestion, page};
pub use save::{ClientRefusal, insert, update};

use self::row::ClientRow;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::clients;

/// The client that has this id.
pub fn find(conn: &mut Conn, id: Id<Client>) -> Result<Option<Client>, DbError> {
    clients::table
        .find(DbKey(id.uuid()))
        .select(ClientRow::as_select())
        .first(conn)
        .optional()?
        .map(ClientRow::into_client)
        .transpose()
}

/// Every client, in the order of the ids.
pub fn all(conn: &mut Conn) -> Result<Vec<Client>, DbError> {
    clients::table
        .order(clients::id)
        .select(ClientRow::as_select())
        .load(conn)?
        .into_iter()
        .map(ClientRow::into_client)
        .collect()
}

//! What is told of the installation itself, as keys and values.

use diesel::prelude::*;

use super::{Conn, DbError};
use crate::schema::meta;

/// The value kept under `key`.
pub fn get(conn: &mut Conn, key: &str) -> Result<Option<String>, DbError> {
    Ok(meta::table
        .find(key)
        .select(meta::value)
        .first(conn)
        .optional()?)
}

/// Keeps `value` under `key`, in place of any other.
pub fn set(conn: &mut Conn, key: &str, value: &str) -> Result<(), DbError> {
    let kept = diesel::update(meta::table.find(key))
        .set(meta::value.eq(value))
        .execute(conn)?;
    if kept == 0 {
        diesel::insert_into(meta::table)
            .values((meta::key.eq(key), meta::value.eq(value)))
            .execute(conn)?;
    }
    Ok(())
}

//! The keys that sign access tokens; what is private in them is kept encrypted.

use std::fmt;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::kernel::types::DbInstant;
use crate::kernel::{Conn, DbError};
use crate::schema::signing_keys;

/// A key, as it is kept; `Debug` hides its private half, encrypted though it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its name in tokens (`kid`).
    pub kid: String,
    /// The algorithm it signs with, such as `EdDSA`.
    pub algorithm: String,
    /// The private half, encrypted under a key that the database does not have.
    pub private: Vec<u8>,
    /// The public half: a JSON Web Key.
    pub public_jwk: String,
    /// When it was made, and published.
    pub created_at: DateTime<Utc>,
    /// When it signs at the earliest: every node has heard of it by then.
    pub signs_at: DateTime<Utc>,
    /// When it stops being published; never, without one.
    pub retires_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .field("created_at", &self.created_at)
            .field("signs_at", &self.signs_at)
            .field("retires_at", &self.retires_at)
            .finish_non_exhaustive()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = signing_keys)]
struct KeyRow {
    kid: String,
    algorithm: String,
    private: Vec<u8>,
    public_jwk: String,
    created_at: DbInstant,
    retires_at: Option<DbInstant>,
    signs_at: Option<DbInstant>,
}

/// Adds a key.
pub fn insert(conn: &mut Conn, key: &SigningKey) -> Result<(), DbError> {
    let SigningKey {
        kid,
        algorithm,
        private,
        public_jwk,
        created_at,
        signs_at,
        retires_at,
    } = key.clone();
    diesel::insert_into(signing_keys::table)
        .values(KeyRow {
            kid,
            algorithm,
            private,
            public_jwk,
            created_at: DbInstant::new(created_at),
            retires_at: retires_at.map(DbInstant::new),
            signs_at: Some(DbInstant::new(signs_at)),
        })
        .execute(conn)?;
    Ok(())
}

/// Every key, the oldest first, the retired ones too.
pub fn all(conn: &mut Conn) -> Result<Vec<SigningKey>, DbError> {
    let rows: Vec<KeyRow> = signing_keys::table
        .order((signing_keys::created_at, signing_keys::kid))
        .select(KeyRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(KeyRow::into_key).collect())
}

/// Says when a key stops being published, and answers whether the key is known.
pub fn retire(conn: &mut Conn, kid: &str, at: DateTime<Utc>) -> Result<bool, DbError> {
    let retired = diesel::update(signing_keys::table.find(kid))
        .set(signing_keys::retires_at.eq(DbInstant::new(at)))
        .execute(conn)?;
    Ok(retired > 0)
}

/// Removes a key that has ended, and answers whether it was there.
pub fn remove(conn: &mut Conn, kid: &str) -> Result<bool, DbError> {
    let removed = diesel::delete(signing_keys::table.find(kid)).execute(conn)?;
    Ok(removed > 0)
}

impl KeyRow {
    fn into_key(self) -> SigningKey {
        let Self {
            kid,
            algorithm,
            private,
            public_jwk,
            created_at,
            retires_at,
            signs_at,
        } = self;
        SigningKey {
            kid,
            algorithm,
            private,
            public_jwk,
            created_at: created_at.get(),
            signs_at: signs_at.unwrap_or(created_at).get(),
            retires_at: retires_at.map(DbInstant::get),
        }
    }
}

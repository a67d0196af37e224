//! The public keys of a client: registered whole, in place of those before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType};
use domain::clients::{Client, ClientKey, ClientKeys, Coordinate, PublicKey, RsaKey};
use domain::kernel::Id;

use super::find;
use super::save::raise;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::client_keys;

/// The columns of the number are those of the algorithm: `x`, with `y` on a curve of two
/// coordinates, or `modulus` and `exponent`, big-endian.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = client_keys)]
struct KeyRow {
    client_id: DbKey,
    kid: String,
    algorithm: String,
    x: Option<Vec<u8>>,
    y: Option<Vec<u8>>,
    modulus: Option<Vec<u8>>,
    exponent: Option<Vec<u8>>,
}

/// The keys of a client; `None` when it has none.
pub fn of(conn: &mut Conn, client: Id<Client>) -> Result<Option<ClientKeys>, DbError> {
    let found = of_many(conn, &[client])?;
    Ok(found.into_iter().next().map(|(_, keys)| keys))
}

/// The keys of those of these clients that have some, in the order of the ids.
pub fn of_many(
    conn: &mut Conn,
    clients: &[Id<Client>],
) -> Result<Vec<(Id<Client>, ClientKeys)>, DbError> {
    let ids: Vec<DbKey> = clients.iter().map(|id| DbKey(id.uuid())).collect();
    let rows: Vec<KeyRow> = client_keys::table
        .filter(client_keys::client_id.eq_any(ids))
        .order((client_keys::client_id, client_keys::kid))
        .select(KeyRow::as_select())
        .load(conn)?;
    rows.chunk_by(|one, next| one.client_id == next.client_id)
        .filter_map(|rows| Some((rows.first()?.client_id, rows)))
        .map(|(client, rows)| {
            let keys: Result<Vec<ClientKey>, DbError> = rows.iter().map(KeyRow::key).collect();
            let keys = reading(client).whole_value(ClientKeys::new(keys?))?;
            Ok((Id::new(client.0), keys))
        })
        .collect()
}

/// Gives a client these keys in place of those it has, or none, raises its version and tells it;
/// answers whether anything changed. A client that nobody has changes nothing.
pub fn replace(
    conn: &mut Conn,
    client: Id<Client>,
    keys: Option<&ClientKeys>,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<bool, DbError> {
    let Some(kept) = find(conn, client)? else {
        return Ok(false);
    };
    if of(conn, client)?.as_ref() == keys {
        return Ok(false);
    }
    remove(conn, client)?;
    for key in keys.map(ClientKeys::as_slice).unwrap_or_default() {
        diesel::insert_into(client_keys::table)
            .values(KeyRow::new(client, key))
            .execute(conn)?;
    }
    let told = (EventType::ClientJwksUpdated, None);
    raise(conn, &kept, told, at, actor)?;
    Ok(true)
}

/// Removes the keys of a client, telling nobody.
pub(super) fn remove(conn: &mut Conn, client: Id<Client>) -> Result<(), DbError> {
    let own = client_keys::table.filter(client_keys::client_id.eq(DbKey(client.uuid())));
    diesel::delete(own).execute(conn)?;
    Ok(())
}

fn reading(client: DbKey) -> Reading {
    Reading {
        table: "client_keys",
        id: client,
    }
}

impl KeyRow {
    fn new(client: Id<Client>, ClientKey { kid, key }: &ClientKey) -> Self {
        let bare = Self {
            client_id: DbKey(client.uuid()),
            kid: kid.to_string(),
            algorithm: key.algorithm().to_owned(),
            x: None,
            y: None,
            modulus: None,
            exponent: None,
        };
        match key {
            PublicKey::Es256 { x, y } => Self {
                x: Some(x.0.to_vec()),
                y: Some(y.0.to_vec()),
                ..bare
            },
            PublicKey::EdDsa { x } => Self {
                x: Some(x.0.to_vec()),
                ..bare
            },
            PublicKey::Rs256(rsa) | PublicKey::Ps256(rsa) => Self {
                modulus: Some(rsa.modulus().to_vec()),
                exponent: Some(rsa.exponent().to_vec()),
                ..bare
            },
        }
    }

    fn key(&self) -> Result<ClientKey, DbError> {
        let reading = reading(self.client_id);
        let key = match self.algorithm.as_str() {
            "ES256" => PublicKey::Es256 {
                x: coordinate(reading, self.x.as_deref())?,
                y: coordinate(reading, self.y.as_deref())?,
            },
            "EdDSA" => PublicKey::EdDsa {
                x: coordinate(reading, self.x.as_deref())?,
            },
            "RS256" => PublicKey::Rs256(self.rsa(reading)?),
            "PS256" => PublicKey::Ps256(self.rsa(reading)?),
            other => return Err(reading.misfit(format!("{other} is no algorithm of a key"))),
        };
        let kid = reading.text(&self.kid)?;
        Ok(ClientKey { kid, key })
    }

    fn rsa(&self, reading: Reading) -> Result<RsaKey, DbError> {
        let modulus = self.modulus.as_deref().unwrap_or_default();
        let exponent = self.exponent.as_deref().unwrap_or_default();
        RsaKey::new(modulus, exponent).map_err(|error| reading.misfit(error))
    }
}

fn coordinate(reading: Reading, bytes: Option<&[u8]>) -> Result<Coordinate, DbError> {
    Coordinate::new(bytes.unwrap_or_default()).map_err(|error| reading.misfit(error))
}

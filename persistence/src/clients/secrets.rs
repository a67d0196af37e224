//! The secrets of a client: two live at most, each revoked by its id.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType};
use domain::clients::{Client, ClientSecret, MAX_LIVE_SECRETS};
use domain::kernel::Id;

use super::find;
use super::save::raise;
use crate::kernel::row::Reading;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, RepoError};
use crate::schema::client_secrets;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = client_secrets)]
struct SecretRow {
    id: DbKey,
    client_id: DbKey,
    hash: String,
    created_at: DbInstant,
    expires_at: Option<DbInstant>,
    last_used_at: Option<DbInstant>,
}

/// Why a secret was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretRefusal {
    /// Nobody has this id.
    #[error("no client has the id {0}")]
    Unknown(Id<Client>),
    /// Two are live already.
    #[error("{MAX_LIVE_SECRETS} secrets are already live")]
    Limit,
}

/// Adds a secret to a client, whose version it raises. Secrets that have ended leave with it.
pub fn add(
    conn: &mut Conn,
    client: Id<Client>,
    secret: &ClientSecret,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), RepoError<SecretRefusal>> {
    let Some(kept) = find(conn, client)? else {
        return Err(RepoError::Refused(SecretRefusal::Unknown(client)));
    };
    let (live, ended): (Vec<_>, Vec<_>) = of(conn, client)?
        .into_iter()
        .partition(|secret| secret.is_live(at));
    if live.len() >= MAX_LIVE_SECRETS {
        return Err(RepoError::Refused(SecretRefusal::Limit));
    }
    for secret in ended {
        diesel::delete(client_secrets::table.find(DbKey(secret.id.uuid()))).execute(conn)?;
    }
    diesel::insert_into(client_secrets::table)
        .values(SecretRow::new(client, secret))
        .execute(conn)?;
    let told = (EventType::ClientSecretCreated, Some(part(secret.id)));
    Ok(raise(conn, &kept, told, at, actor)?)
}

/// Removes a secret of a client, whose version it raises, and answers whether it was there.
pub fn revoke(
    conn: &mut Conn,
    client: Id<Client>,
    secret: Id<ClientSecret>,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<bool, DbError> {
    let Some(kept) = find(conn, client)? else {
        return Ok(false);
    };
    let own = client_secrets::table
        .find(DbKey(secret.uuid()))
        .filter(client_secrets::client_id.eq(DbKey(client.uuid())));
    if diesel::delete(own).execute(conn)? == 0 {
        return Ok(false);
    }
    let told = (EventType::ClientSecretRevoked, Some(part(secret)));
    raise(conn, &kept, told, at, actor)?;
    Ok(true)
}

/// The secrets of a client, the oldest first; some may have ended.
pub fn of(conn: &mut Conn, client: Id<Client>) -> Result<Vec<ClientSecret>, DbError> {
    let secrets = of_many(conn, &[client])?.into_iter();
    Ok(secrets.map(|(_, secret)| secret).collect())
}

/// The secrets of these clients, each with its client, the oldest first.
pub fn of_many(
    conn: &mut Conn,
    clients: &[Id<Client>],
) -> Result<Vec<(Id<Client>, ClientSecret)>, DbError> {
    let ids: Vec<DbKey> = clients.iter().map(|id| DbKey(id.uuid())).collect();
    client_secrets::table
        .filter(client_secrets::client_id.eq_any(ids))
        .order((client_secrets::created_at, client_secrets::id))
        .select(SecretRow::as_select())
        .load(conn)?
        .into_iter()
        .map(|row| Ok((Id::new(row.client_id.0), row.into_secret()?)))
        .collect()
}

/// Writes down when a secret was last used. Being no change of the client, it is not told, and
/// the caller asks [`ClientSecret::is_news`] first.
pub fn touch_last_used(
    conn: &mut Conn,
    secret: Id<ClientSecret>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::update(client_secrets::table.find(DbKey(secret.uuid())))
        .set(client_secrets::last_used_at.eq(DbInstant::new(at)))
        .execute(conn)?;
    Ok(())
}

fn part(secret: Id<ClientSecret>) -> String {
    format!("secrets/{secret}")
}

impl SecretRow {
    fn new(client: Id<Client>, secret: &ClientSecret) -> Self {
        let ClientSecret {
            id,
            hash,
            created_at,
            expires_at,
            last_used_at,
        } = secret;
        Self {
            id: DbKey(id.uuid()),
            client_id: DbKey(client.uuid()),
            hash: hash.as_str().to_owned(),
            created_at: DbInstant::new(*created_at),
            expires_at: expires_at.map(DbInstant::new),
            last_used_at: last_used_at.map(DbInstant::new),
        }
    }

    fn into_secret(self) -> Result<ClientSecret, DbError> {
        let Self {
            id,
            client_id: _,
            hash,
            created_at,
            expires_at,
            last_used_at,
        } = self;
        let reading = Reading {
            table: "client_secrets",
            id,
        };
        Ok(ClientSecret {
            id: Id::new(id.0),
            hash: reading.text(&hash)?,
            created_at: created_at.get(),
            expires_at: expires_at.map(DbInstant::get),
            last_used_at: last_used_at.map(DbInstant::get),
        })
    }
}

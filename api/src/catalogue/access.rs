//! Following who may: the clients, the tokens revoked and the signing keys of the database.

use domain::clients::Client;
use persistence::{
    Conn, DbError,
    clients::{revoked_tokens, signing_keys},
};
use uuid::Uuid;

use crate::{
    oauth::keys::{KeysError, take_from_database},
    platform::Platform,
};

/// What one look at the database found of who may.
pub(super) struct AccessNews {
    /// The clients, when one of them changed.
    clients: Option<Vec<Client>>,
    revoked: Vec<revoked_tokens::RevokedToken>,
    keys: Vec<signing_keys::SigningKey>,
}

impl AccessNews {
    /// Reads what is not known yet: the tokens revoked after number `revoked`, the clients when
    /// `clients` asks for them, and the keys, which are few.
    pub(super) fn read(conn: &mut Conn, clients: bool, revoked: i64) -> Result<Self, DbError> {
        Ok(Self {
            clients: clients
                .then(|| persistence::clients::all(conn))
                .transpose()?,
            revoked: revoked_tokens::since(conn, revoked)?,
            keys: signing_keys::all(conn)?,
        })
    }

    /// Applies it to what this node knows; the keys last, so that one that cannot be used keeps
    /// nothing else behind.
    pub(super) fn apply(self, platform: &Platform) -> Result<(), KeysError> {
        if let Some(clients) = self.clients {
            platform.directory.set_clients(clients);
        }
        if let Some(last) = self.revoked.last() {
            let ends = self
                .revoked
                .iter()
                .filter_map(|token| Some((Uuid::try_parse(&token.jti).ok()?, token.expires_at)));
            let now = platform.clock.now();
            platform.directory.add_revoked(ends, last.sequence, now);
        }
        take_from_database(platform, &self.keys)
    }
}

//! Following who may: the clients, the tokens revoked and the signing keys of the database.

use domain::clients::{Client, SecretSource};
use persistence::{
    Conn, Db, DbError,
    clients::{revoked_tokens, signing_keys},
};
use uuid::Uuid;

use super::CatalogueError;
use crate::{
    kernel::keys::{KeyError, KeyRing, Sealer, SigningKey, TOKEN_LIFE_S},
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
    pub(super) fn apply(self, platform: &Platform) -> Result<(), KeyError> {
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
        apply_keys(platform, &self.keys)
    }
}

/// Takes the keys of the database when they differ from those of the ring; a node without a key
/// to open them keeps its own.
fn apply_keys(platform: &Platform, kept: &[signing_keys::SigningKey]) -> Result<(), KeyError> {
    let Some(sealer) = sealer(platform)? else {
        return Ok(());
    };
    let ring = platform.directory.ring();
    let same = kept
        .iter()
        .map(|key| (key.kid.as_str(), key.retires_at))
        .eq(ring.identity());
    if same {
        return Ok(());
    }
    let opened: Result<Vec<SigningKey>, KeyError> =
        kept.iter().map(|key| open(&sealer, key)).collect();
    platform.directory.set_ring(KeyRing::new(opened?));
    Ok(())
}

fn open(sealer: &Sealer, kept: &signing_keys::SigningKey) -> Result<SigningKey, KeyError> {
    let seed = sealer
        .open(&kept.kid, &kept.private)
        .map_err(|error| KeyError {
            kid: kept.kid.clone(),
            what: error.to_string(),
        })?;
    SigningKey::new(&kept.kid, &seed, kept.created_at, kept.retires_at)
}

fn sealer(platform: &Platform) -> Result<Option<Sealer>, KeyError> {
    let key = platform.config.key_encryption_key.as_deref();
    let sealer = key.map(Sealer::new).transpose();
    sealer.map_err(|error| KeyError {
        kid: "of encryption".to_owned(),
        what: error.to_string(),
    })
}

/// Makes sure that tokens can be signed: from the keys of the database, where a first one is
/// put when there is none, or without a key of encryption by a key of this node's own.
pub async fn prepare_keys(
    platform: &Platform,
    db: &Db,
    source: &dyn SecretSource,
) -> Result<(), CatalogueError> {
    let kid = platform.ids.next().to_string();
    let now = platform.clock.now();
    let wrong = |what: String| KeyError {
        kid: kid.clone(),
        what,
    };
    let bits = || source.bits().map_err(|error| wrong(error.to_string()));
    let seed = bits()?;
    let own = SigningKey::new(&kid, &seed, now, None)?;
    let Some(sealer) = sealer(platform)? else {
        log::warn!(target: "atigip", "Without ATIGIP_KEY_ENCRYPTION_KEY, tokens are signed by a key of this process alone.");
        platform.directory.set_ring(KeyRing::new(vec![own]));
        return Ok(());
    };
    let private = sealer
        .seal(&kid, &seed, bits()?)
        .map_err(|error| wrong(error.to_string()))?;
    let new = signing_keys::SigningKey {
        public_jwk: own.public_jwk().to_string(),
        algorithm: "EdDSA".to_owned(),
        private,
        created_at: now,
        retires_at: None,
        kid,
    };
    let lasting = now + chrono::TimeDelta::seconds(i64::from(TOKEN_LIFE_S));
    let keys = db.write(move |conn| first_key(conn, &new, lasting)).await?;
    Ok(apply_keys(platform, &keys)?)
}

/// The keys of the database, of which one at least lasts until then.
fn first_key(
    conn: &mut Conn,
    new: &signing_keys::SigningKey,
    lasting: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<signing_keys::SigningKey>, DbError> {
    let kept = signing_keys::all(conn)?;
    let lasts = |key: &signing_keys::SigningKey| key.retires_at.is_none_or(|end| end > lasting);
    if kept.iter().any(lasts) {
        return Ok(kept);
    }
    signing_keys::insert(conn, new)?;
    signing_keys::all(conn)
}

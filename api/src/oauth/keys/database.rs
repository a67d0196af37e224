//! Signing keys in the database, where they are sealed.

use chrono::{DateTime, Utc};
use domain::clients::SecretSource;
use persistence::{Conn, clients::signing_keys};

use super::{KeyStore, KeysError, take as take_keys};
use crate::{
    kernel::keys::{KeyError, Life, RotationRefusal, Sealer, SigningKey},
    platform::Platform,
};

/// Takes the keys of the database when they differ from those of the node; one that keeps its
/// keys elsewhere leaves them.
pub fn take(platform: &Platform, kept: &[signing_keys::SigningKey]) -> Result<(), KeysError> {
    let KeyStore::Database(sealer) = KeyStore::of(&platform.config)? else {
        return Ok(());
    };
    let ring = platform.directory.ring();
    let same = kept.iter().map(|key| (key.kid.as_str(), life(key)));
    if !same.eq(ring.identity()) {
        take_keys(platform, open_all(&sealer, kept)?);
    }
    Ok(())
}

/// Every key, opened.
pub(super) fn read(conn: &mut Conn, sealer: &Sealer) -> Result<Vec<SigningKey>, KeysError> {
    open_all(sealer, &signing_keys::all(conn)?)
}

/// Changes the keys, and keeps what was changed of them.
pub(super) fn edit<T>(
    conn: &mut Conn,
    sealer: &Sealer,
    source: &dyn SecretSource,
    edit: impl FnOnce(&mut Vec<SigningKey>) -> Result<T, RotationRefusal>,
) -> Result<T, KeysError> {
    let before = read(conn, sealer)?;
    let mut after = before.clone();
    let edited = edit(&mut after)?;
    for key in &before {
        if !after.iter().any(|left| left.kid() == key.kid()) {
            signing_keys::remove(conn, key.kid())?;
        }
    }
    for key in &after {
        match before.iter().find(|known| known.kid() == key.kid()) {
            None => signing_keys::insert(conn, &seal(sealer, source, key)?)?,
            Some(known) if known.life() != key.life() => {
                if let Some(end) = key.life().retires_at {
                    signing_keys::retire(conn, key.kid(), end)?;
                }
            }
            Some(_) => {}
        }
    }
    Ok(edited)
}

/// Every key, after that one was added when none of them could sign.
pub(super) fn with_a_first(
    conn: &mut Conn,
    sealer: &Sealer,
    source: &dyn SecretSource,
    first: SigningKey,
    now: DateTime<Utc>,
) -> Result<Vec<SigningKey>, KeysError> {
    edit(conn, sealer, source, |keys| {
        if !keys.iter().any(|key| key.life().outlives_a_token(now)) {
            keys.push(first);
        }
        Ok(())
    })?;
    read(conn, sealer)
}

fn open_all(
    sealer: &Sealer,
    kept: &[signing_keys::SigningKey],
) -> Result<Vec<SigningKey>, KeysError> {
    let open = |key: &signing_keys::SigningKey| {
        let seed = sealer.open(&key.kid, &key.private);
        let seed = seed.map_err(|error| wrong(&key.kid, &error))?;
        Ok(SigningKey::new(&key.kid, &seed, life(key))?)
    };
    kept.iter().map(open).collect()
}

fn seal(
    sealer: &Sealer,
    source: &dyn SecretSource,
    key: &SigningKey,
) -> Result<signing_keys::SigningKey, KeysError> {
    let private = sealer.seal(key.kid(), key.seed(), source.bits()?);
    let Life {
        created_at,
        signs_at,
        retires_at,
    } = key.life();
    Ok(signing_keys::SigningKey {
        kid: key.kid().to_owned(),
        algorithm: "EdDSA".to_owned(),
        private: private.map_err(|error| wrong(key.kid(), &error))?,
        public_jwk: key.public_jwk().to_string(),
        created_at,
        signs_at,
        retires_at,
    })
}

fn life(key: &signing_keys::SigningKey) -> Life {
    Life {
        created_at: key.created_at,
        signs_at: key.signs_at,
        retires_at: key.retires_at,
    }
}

fn wrong(kid: &str, error: &impl ToString) -> KeyError {
    KeyError {
        kid: kid.to_owned(),
        what: error.to_string(),
    }
}

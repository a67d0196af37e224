//! Where the signing keys are: a file, the database, or the memory of one process.

mod database;
mod error;
mod file;
mod permissions;

use chrono::TimeDelta;
use domain::{clients::SecretSource, kernel::IdSource};
use persistence::Db;

pub use database::take as take_from_database;
pub use error::KeysError;
pub use file::{KeyFile, follow};

use crate::{
    config::Config,
    kernel::keys::{KeyError, KeyRing, Life, RotationRefusal, Sealer, SigningKey},
    platform::Platform,
};

/// Where the keys of a node are.
#[derive(Debug)]
pub enum KeyStore {
    /// In its memory: the key ends with the process.
    Process,
    /// In the database, sealed under a key of the configuration.
    Database(Sealer),
    /// In a file, which only its owner may read.
    File(KeyFile),
}

impl KeyStore {
    /// Where the settings say.
    pub fn of(config: &Config) -> Result<Self, KeysError> {
        if let Some(path) = &config.signing_keys {
            return Ok(Self::File(KeyFile::new(path)));
        }
        let Some(key) = config.key_encryption_key.as_deref() else {
            return Ok(Self::Process);
        };
        Sealer::new(key).map(Self::Database).map_err(|error| {
            let kid = "of encryption".to_owned();
            let what = error.to_string();
            KeysError::Key(KeyError { kid, what })
        })
    }
}

/// A key that nobody has, published for so long before it signs.
pub fn draw(
    source: &dyn SecretSource,
    ids: &dyn IdSource,
    life: Life,
) -> Result<SigningKey, KeysError> {
    Ok(SigningKey::new(
        &ids.next().to_string(),
        &source.bits()?,
        life,
    )?)
}

/// The keys of a store; `db` is asked for when they are there.
pub fn read(
    store: &KeyStore,
    db: impl FnOnce() -> Result<Db, KeysError>,
) -> Result<Vec<SigningKey>, KeysError> {
    match store {
        KeyStore::Process => Err(KeysError::NowhereKept),
        KeyStore::File(file) => file.read(),
        KeyStore::Database(sealer) => db()?.read_blocking(|conn| database::read(conn, sealer)),
    }
}

/// Changes the keys of a store, all of the change or nothing; nobody else does meanwhile.
pub fn edit<T>(
    store: &KeyStore,
    db: impl FnOnce() -> Result<Db, KeysError>,
    source: &dyn SecretSource,
    edit: impl FnOnce(&mut Vec<SigningKey>) -> Result<T, RotationRefusal>,
) -> Result<T, KeysError> {
    match store {
        KeyStore::Process => Err(KeysError::NowhereKept),
        KeyStore::File(file) => file.edit(edit),
        KeyStore::Database(sealer) => {
            db()?.write_blocking(|conn| database::edit(conn, sealer, source, edit))
        }
    }
}

/// Makes sure that tokens can be signed: by the keys of the file, by those of the database, where
/// a first one is put when there is none, or else by a key of this process's own.
pub async fn prepare(
    platform: &Platform,
    db: &Db,
    source: &'static (dyn SecretSource + Sync),
) -> Result<(), KeysError> {
    let now = platform.clock.now();
    let first = draw(
        source,
        &*platform.ids,
        Life::beginning(now, TimeDelta::zero()),
    )?;
    let keys = match KeyStore::of(&platform.config)? {
        KeyStore::Process => {
            log::warn!(target: "atigip", "Without ATIGIP_SIGNING_KEYS or ATIGIP_KEY_ENCRYPTION_KEY, tokens are signed by a key of this process alone.");
            vec![first]
        }
        KeyStore::Database(sealer) => {
            db.write(move |conn| database::with_a_first(conn, &sealer, source, first, now))
                .await?
        }
        KeyStore::File(file) => file.read_usable(now)?,
    };
    take(platform, keys);
    Ok(())
}

/// Gives the node its keys, and says so when they are not those it had.
fn take(platform: &Platform, keys: Vec<SigningKey>) {
    let ring = KeyRing::new(keys);
    if ring.is(&platform.directory.ring()) {
        return;
    }
    let number = ring.identity().count();
    let signing = ring.signing(platform.clock.now());
    let signing = signing.map_or("none", SigningKey::kid);
    log::info!(target: "atigip", number, signing; "The signing keys are known.");
    platform.directory.set_ring(ring);
}

//! Signing keys in a file that the nodes share and that only its owner may read.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use actix_web::web::block;
use chrono::{DateTime, Utc};

use super::{
    KeyStore, KeysError,
    permissions::{exposed, keep_owner, only_for_its_owner, same},
    take,
};
use crate::{
    kernel::keys::{RotationRefusal, SigningKey, read_set, write_set},
    platform::Platform,
};

/// The longest file that is read, in bytes.
const MAX_FILE: u64 = 1024 * 1024;

/// A file of signing keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile(PathBuf);

/// What tells one state of a file from the next.
type Mark = (u64, Option<SystemTime>);

impl KeyFile {
    /// The file at this path.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Its keys; refused when others than its owner may read it.
    pub fn read(&self) -> Result<Vec<SigningKey>, KeysError> {
        let file = File::open(&self.0).map_err(|error| self.wrong(&error))?;
        self.read_open(&file)
    }

    /// Its keys, one of which can sign now.
    pub fn read_usable(&self, now: DateTime<Utc>) -> Result<Vec<SigningKey>, KeysError> {
        let keys = self.read()?;
        if keys.iter().any(|key| key.life().outlives_a_token(now)) {
            return Ok(keys);
        }
        Err(self.wrong(&"it holds no key that could sign now"))
    }

    /// Changes its keys: it is written beside, then takes the place of what was there, which
    /// readers see whole or not at all. A file that does not exist is made.
    pub fn edit<T>(
        &self,
        edit: impl FnOnce(&mut Vec<SigningKey>) -> Result<T, RotationRefusal>,
    ) -> Result<T, KeysError> {
        let locked = self.lock().map_err(|error| self.wrong(&error))?;
        let mut keys = self.read_open(&locked)?;
        let edited = edit(&mut keys)?;
        let replaced = self.replace(&locked, &write_set(&keys));
        replaced.map_err(|error| self.wrong(&error))?;
        Ok(edited)
    }

    /// Takes the file for oneself; who waited for it takes the one that has its place by then.
    fn lock(&self) -> io::Result<File> {
        loop {
            let mut options = OpenOptions::new();
            let options = only_for_its_owner(options.read(true).write(true).create(true));
            let file = options.truncate(false).open(&self.0)?;
            file.lock()?;
            if same(&file.metadata()?, &fs::metadata(&self.0)?) {
                return Ok(file);
            }
        }
    }

    fn replace(&self, old: &File, text: &str) -> io::Result<()> {
        // Through a link, what it leads to is replaced, not the link.
        let path = fs::canonicalize(&self.0)?;
        let mut beside = path.clone().into_os_string();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        // What a rotation that was cut short left there.
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        let mut file = only_for_its_owner(options.write(true).create_new(true)).open(&beside)?;
        keep_owner(&file, &old.metadata()?)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    }

    fn read_open(&self, file: &File) -> Result<Vec<SigningKey>, KeysError> {
        let metadata = file.metadata().map_err(|error| self.wrong(&error))?;
        if let Some(why) = exposed(&metadata) {
            return Err(self.wrong(&why));
        }
        let mut text = String::new();
        let read = file.take(MAX_FILE).read_to_string(&mut text);
        read.map_err(|error| self.wrong(&error))?;
        read_set(&text).map_err(|error| self.wrong(&error))
    }

    fn mark(&self) -> Option<Mark> {
        let of = |metadata: Metadata| (metadata.len(), metadata.modified().ok());
        fs::metadata(&self.0).ok().map(of)
    }

    fn wrong(&self, what: &impl ToString) -> KeysError {
        KeysError::File {
            path: self.0.clone(),
            what: what.to_string(),
        }
    }
}

/// Takes the keys of the file again each time it changes, until the task is dropped. A file that
/// cannot be used is told once, and the node goes on with the keys it has.
pub async fn follow(platform: &Platform) {
    let Ok(KeyStore::File(file)) = KeyStore::of(&platform.config) else {
        return std::future::pending().await;
    };
    let (mut seen, mut told) = (None, None);
    loop {
        let (looking, known, now) = (file.clone(), seen, platform.clock.now());
        let look = block(move || {
            let mark = looking.mark();
            (mark.is_none() || mark != known).then(|| (mark, looking.read_usable(now)))
        });
        match look.await {
            Ok(Some((mark, Ok(keys)))) => {
                take(platform, keys);
                (seen, told) = (mark, None);
            }
            Ok(Some((_, Err(error)))) => {
                let why = Some(error.to_string());
                if told != why {
                    log::error!(target: "atigip", cause:% = error; "The signing keys stay those that this node has.");
                }
                (seen, told) = (None, why);
            }
            Ok(None) | Err(_) => {}
        }
        tokio::time::sleep(platform.config.poll()).await;
    }
}

//! Checking an installation: its settings, its database, its keys, the tables it embeds.

use std::io::Write;

use persistence::{DbError, establishments};

use super::{
    CliError,
    tools::{open_existing, reference},
};
use crate::{
    config::{Config, Setting},
    oauth::keys::{KeyStore, read},
};

/// Shows every setting, its value and where it comes from.
pub fn settings(settings: &[Setting], out: &mut dyn Write) -> Result<(), CliError> {
    for setting in settings {
        let Setting {
            flag,
            variable,
            value,
            origin,
            meaning,
        } = setting;
        let value = if value.is_empty() { "(none)" } else { value };
        writeln!(
            out,
            "{variable}={value}\n    {flag}, from {origin}: {meaning}"
        )?;
    }
    Ok(())
}

/// Opens the database as it is and tells what it holds; changes nothing in it.
pub fn installation(config: &Config, out: &mut dyn Write) -> Result<(), CliError> {
    let tables = reference()?.establishments().len();
    writeln!(out, "Reference tables: {tables} establishments")?;
    let db = open_existing(&config.database_url)?;
    writeln!(out, "Database: {} ({})", db.url(), db.engine())?;
    let pending = db.pending()?;
    if !pending.is_empty() {
        return Err(CliError::NotMigrated(pending));
    }
    let (count, demo) = db.read_blocking(|conn| {
        Ok::<_, DbError>((
            establishments::count(conn)?,
            establishments::demo_present(conn)?,
        ))
    })?;
    let parts = if demo {
        "with fictitious parts"
    } else {
        "no fictitious part"
    };
    writeln!(out, "Kept: {count} establishments, {parts}")?;
    let keys = match KeyStore::of(config)? {
        KeyStore::Process => {
            return Ok(writeln!(out, "Signing keys: one for each process")?);
        }
        store => read(&store, || Ok(db))?,
    };
    Ok(writeln!(out, "Signing keys: {}", keys.len())?)
}

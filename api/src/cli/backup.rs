//! Copying the embedded database while it is used, and putting a copy back.

use std::{fs, io::Write, path::PathBuf};

use clap::Args;
use domain::kernel::{Clock, IdSource};
use persistence::{DatabaseUrl, NewMarks, Restored, restore};

use super::{CliError, tools::open_existing};
use crate::{catalogue::INSTALLATION, config::Config};

/// Which file, and whether what is there is replaced.
#[derive(Debug, Args)]
pub struct Copy {
    /// The file of the backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace what is there already.
    #[arg(long)]
    force: bool,
}

/// Copies the database to a file.
pub fn back_up(config: &Config, asked: &Copy, out: &mut dyn Write) -> Result<(), CliError> {
    open_existing(&config.database_url)?.backup(&asked.file, asked.force)?;
    let bytes = fs::metadata(&asked.file).map_or(0, |file| file.len());
    let file = asked.file.display();
    Ok(writeln!(
        out,
        "The database is copied to {file}: {bytes} bytes."
    )?)
}

/// Puts a copy in the place of the database.
pub fn put_back(
    config: &Config,
    asked: &Copy,
    clock: &dyn Clock,
    ids: &dyn IdSource,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let url: DatabaseUrl = config.database_url.parse()?;
    let mark = ids.next().to_string();
    let marks = NewMarks {
        key: INSTALLATION,
        mark: &mark,
        // No log grows by a thousand changes a second for years: the time in milliseconds is
        // above every number that any database of this platform has given.
        sequence: clock.now().timestamp_millis(),
    };
    let Restored { position, migrated } = restore(&url, &asked.file, asked.force, &marks)?;
    let (before, after) = position;
    writeln!(out, "{} is restored to {url}.", asked.file.display())?;
    if !migrated.is_empty() {
        writeln!(out, "Applied: {}.", migrated.join(", "))?;
    }
    writeln!(
        out,
        "Its last change, number {before}, is now number {after}, and the next ones follow it: \
         whoever has seen other changes is told to start again from an export.\n\
         What was revoked after the backup was made is to be revoked again: clients, secrets, \
         tokens."
    )?;
    Ok(())
}

//! What every command works with.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use data::Reference;
use domain::{
    changes::Actor,
    kernel::{Clock, IdSource},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use persistence::{DatabaseUrl, Db, DbError, Options};

use super::CliError;
use crate::kernel::clock::Making;

/// The database, the reference tables, time and chance.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The database, its schema up to date.
    pub db: &'a Db,
    /// The embedded tables.
    pub reference: &'static Reference,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Gives ids to what has none.
    pub ids: &'a dyn IdSource,
}

impl<'a> Tools<'a> {
    /// Time and chance alone.
    #[must_use]
    pub const fn making(&self) -> Making<'a> {
        Making {
            clock: self.clock,
            ids: self.ids,
        }
    }
}

/// Opens a database and brings its schema up to date.
pub fn open(url: &str, connections: u32) -> Result<Db, CliError> {
    let db = open_as_it_is(url, connections)?;
    let applied = db.migrate()?;
    if !applied.is_empty() {
        log::info!(target: "atigip", migrations = applied.len(); "The schema was brought up to date.");
    }
    Ok(db)
}

/// Opens a database that exists and leaves its schema as it is.
pub fn open_existing(url: &str) -> Result<Db, CliError> {
    let url: DatabaseUrl = url.parse()?;
    let options = Options {
        max_connections: 1,
        create: false,
        ..Options::default()
    };
    Ok(Db::open(url, options)?)
}

/// Opens a database, made when it is missing, and leaves its schema as it is.
pub fn open_as_it_is(url: &str, connections: u32) -> Result<Db, CliError> {
    let url: DatabaseUrl = url.parse()?;
    let options = Options {
        max_connections: connections,
        ..Options::default()
    };
    Ok(Db::open(url, options)?)
}

/// The embedded tables.
pub fn reference() -> Result<&'static Reference, CliError> {
    Reference::get().map_err(CliError::Reference)
}

/// Who a command is in the change log: `cli:import`.
pub fn actor(command: &str) -> Result<Actor, CliError> {
    let name = format!("cli:{command}");
    let misnamed = |_| DbError::Unavailable(format!("{name} is no actor"));
    Ok(name.parse().map_err(misnamed)?)
}

/// The bytes of a file; `-` is the standard input.
pub fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::copy(&mut io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|cause| CliError::Read {
        path: path.to_owned(),
        cause: cause.to_string(),
    })
}

/// Writes a file whole or not at all: beside it first, then in its place.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CliError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let attempt = || {
        let mut file = io::BufWriter::new(fs::File::create(&beside)?);
        write(&mut file)?;
        file.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        fs::rename(&beside, path)
    };
    attempt().map_err(|cause| CliError::Write {
        path: path.to_owned(),
        cause,
    })
}

/// A bar that fills on a terminal; elsewhere nothing is shown.
#[must_use]
pub fn progress(steps: usize, what: &'static str) -> ProgressBar {
    let steps = u64::try_from(steps).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {elapsed}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_message(what)
}

//! The command line: `atigip` and its roles.

pub mod backup;
pub mod check;
pub mod clients;
pub mod contract;
pub mod demo;
mod error;
pub mod export;
pub mod import;
pub mod keys;
pub mod prepare;
pub mod record;
pub mod serve;
pub mod statistics;
pub mod tools;

#[cfg(test)]
mod prepare_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::CliError;

use self::{
    clients::Clients,
    keys::Keys,
    tools::{Tools, open, reference},
};
use crate::{
    config::{Config, describe},
    kernel::{
        clock::{SystemClock, SystemIds, SystemSecrets},
        logging,
    },
};

/// The platform of work in detention and community service.
///
/// One executable, several roles. Without any setting it keeps a SQLite file, var/atigip.db,
/// and serves on 127.0.0.1:8080.
#[derive(Debug, Parser)]
#[command(name = "atigip", version, after_long_help = AFTER)]
pub struct Cli {
    #[command(subcommand)]
    role: Role,
    #[command(flatten)]
    config: Config,
}

const AFTER: &str = "\
Examples:
  atigip serve --demo                           try it, with fictitious workshops and docks
  atigip import establishments sheets.ndjson --dry-run
  atigip export establishments --format csv --output establishments.csv

Units: areas in square metres, heights of rooms in metres, of docks in centimetres, power in
kVA, floor loads in kg/m², capacities in places.

Exit codes: 0 done; 1 refused or failed, nothing was changed; 2 the command was not understood.";

#[derive(Debug, Subcommand)]
enum Role {
    /// Serve the API: create and migrate the database, load the reference data, build the index.
    ///
    /// A database without any establishment is given the 186 of the reference tables. A second
    /// start reuses what is there and loses nothing.
    #[command(after_long_help = "Example:\n  atigip serve --demo --bind 127.0.0.1:8080")]
    Serve {
        /// Add fictitious workshops, docks, activities and contacts to the real establishments,
        /// once; each is marked `"demo": true`. A client of each role is shown with its secret.
        /// Without this flag a database that holds some of either is refused.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the schema of the database up to date, all at once or not at all.
    Migrate,
    /// Import a file, all of it or nothing; the same file twice changes nothing.
    #[command(subcommand)]
    Import(Import),
    /// Export what is kept.
    #[command(subcommand)]
    Export(Export),
    /// Copy the embedded database to a file, while it is used.
    ///
    /// The copy is the database at one moment, checked, whole or not there at all, and readable
    /// by its owner alone. A PostgreSQL database is copied by `pg_dump`.
    #[command(after_long_help = "Example:\n  atigip backup atigip-2026-11-22.db")]
    Backup(backup::Copy),
    /// Put a backup in the place of the embedded database, which nobody may use meanwhile.
    ///
    /// The backup is checked and brought to this version's schema first; a command that is killed
    /// leaves the old database or the new. The change log then goes on from a number that was
    /// never given, so that whoever has seen changes that the backup lacks is told to start again.
    #[command(after_long_help = "Example:\n  atigip restore atigip-2026-11-22.db --force")]
    Restore(backup::Copy),
    /// Make and keep API clients; the first administrator is made here.
    #[command(subcommand)]
    Clients(Clients),
    /// List, rotate and retire the keys that sign tokens, in the file or the database that the
    /// settings name.
    #[command(subcommand)]
    Keys(Keys),
    /// Add the fictitious parts, partners and offers of the demonstration, once, or remove them
    /// all.
    #[command(
        after_long_help = "Examples:\n  atigip demo --seed 7\n  atigip demo --offers 40000\n  \
        atigip demo --clear"
    )]
    Demo {
        /// Other parts for another seed; the same seed always gives the same.
        #[arg(long, value_name = "NUMBER", conflicts_with = "clear")]
        seed: Option<u64>,
        /// How many offers there are to be, spread over the communes as the population is; those
        /// that are missing are added.
        #[arg(long, value_name = "NUMBER", conflicts_with = "clear",
            value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
        offers: Option<u32>,
        /// Remove every part, offer and client made for demonstration, and nothing else.
        #[arg(long)]
        clear: bool,
    },
    /// Write the generated files of the project: the contract, its operations, the problems.
    #[command(
        after_long_help = "Files: openapi/openapi.json, openapi/operations.txt, \
        docs/problems.md, .env.sample.\n\nExamples:\n  atigip openapi\n  atigip openapi --check\n  \
        atigip openapi --print > openapi.json"
    )]
    Openapi {
        /// Write nothing; fail, naming them, when files are out of date.
        #[arg(long, conflicts_with = "print")]
        check: bool,
        /// Print the contract and write nothing.
        #[arg(long)]
        print: bool,
        /// The folder of the project.
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        root: PathBuf,
    },
    /// Check the settings, the database and the embedded tables, and change nothing.
    Check {
        /// Show every setting, its value and where it comes from, and check nothing else.
        #[arg(long = "config")]
        settings: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Import establishments, as NDJSON or GeoJSON (whole sheets), or CSV (base facts).
    ///
    /// NDJSON has a sheet a line, in the shape `GET /v1/establishments/{id}` answers. Codes may
    /// be bare (`"kind": "cp"`); totals, labels and names of territories may be there and are
    /// left aside. A list of parts that is absent leaves the parts that are kept; a list that is
    /// there replaces them. GeoJSON (RFC 7946) has the same sheets as the properties of its
    /// features, whose `id` and `geometry` are the id and the coordinates. CSV has the columns of
    /// `atigip export establishments --format csv` and changes no part. An establishment is found
    /// by its id, or by its slug without one.
    ///
    /// Every refusal is listed with its line and its column or place in the sheet, or with its
    /// place in the collection (`/features/12/properties/name`).
    #[command(
        after_long_help = "Examples:\n  atigip import establishments sheets.ndjson\n  \
        atigip import establishments facts.csv --dry-run\n  \
        curl -s https://…/v1/establishments/export?format=ndjson | atigip import establishments -"
    )]
    Establishments {
        /// The file; `-` is the standard input.
        file: PathBuf,
        /// Tell what would happen, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Import the ministry's monthly workbook (.xlsx): operational capacities, in places.
    ///
    /// Reads the sheets Tab14 to Tab23 and checks them against the totals of Tab8. Rows are
    /// matched by their label; NC, -- and Inf are figures that are not published, never zeros.
    /// A workbook older than what is kept does not replace it.
    #[command(after_long_help = "Example:\n  atigip import detention-statistics \
        statistique_etablissements.xlsx --dry-run")]
    DetentionStatistics {
        /// The workbook.
        file: PathBuf,
        /// Tell what would happen, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Export {
    /// Export every establishment, in a form that an import reads back unchanged.
    ///
    /// NDJSON and GeoJSON hold whole sheets, CSV the base facts. The features that the API answers
    /// are another shape: flat, for a map, and not to be read back.
    #[command(
        after_long_help = "Examples:\n  atigip export establishments --format ndjson \
        --output sheets.ndjson\n  atigip export establishments --format geojson | gzip > map.gz"
    )]
    Establishments {
        /// The form.
        #[arg(long, value_enum, default_value = "ndjson")]
        format: export::Form,
        /// The file to write, whole or not at all; the standard output without one.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Runs the command of these arguments, the program's name first, and tells the process's exit
/// code. Answers go to the standard output, failures and their cure to the standard error.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = Cli::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => error.exit(),
    };
    let mut out = io::stdout().lock();
    match run(cli, &matches, &mut out).and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the answer had enough of it.
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            tell(&error, &mut io::stderr().lock());
            ExitCode::FAILURE
        }
    }
}

/// Where even the standard error cannot be written, the exit code alone tells.
fn tell(error: &CliError, out: &mut dyn Write) {
    let _ = writeln!(out, "atigip: {error}");
    if let Some(cure) = error.cure() {
        let _ = writeln!(out, "{cure}");
    }
}

fn run(cli: Cli, matches: &ArgMatches, out: &mut dyn Write) -> Result<(), CliError> {
    let Cli { role, config } = cli;
    if let Role::Check { settings: true } = role {
        check::settings(&describe(matches), out)?;
    }
    config
        .check()
        .map_err(|error| CliError::Settings(error.to_string()))?;
    // The contract is recorded from a service of its own, whose requests nobody wants to read.
    if !matches!(role, Role::Openapi { .. }) {
        logging::start(&config.log, config.log_format);
    }
    match role {
        Role::Serve { demo } => serve::serve(config, demo, out),
        Role::Migrate => migrate(&config, out),
        Role::Import(import) => with_tools(&config, |tools| run_import(tools, import, out)),
        Role::Export(export) => run_export(&config, export, out),
        Role::Backup(asked) => backup::back_up(&config, &asked, out),
        Role::Restore(asked) => backup::put_back(&config, &asked, &SystemClock, &SystemIds, out),
        Role::Clients(asked) => with_tools(&config, |tools| {
            clients::run(tools, &SystemSecrets, asked, out)
        }),
        Role::Keys(asked) => {
            let means = keys::Means {
                config: &config,
                clock: &SystemClock,
                ids: &SystemIds,
                source: &SystemSecrets,
            };
            keys::run(means, &asked, out)
        }
        Role::Demo {
            seed,
            offers,
            clear,
        } => with_tools(&config, |tools| {
            demo::run(
                tools,
                demo::Asked {
                    seed,
                    offers,
                    clear,
                },
                out,
            )
        }),
        Role::Openapi { check, print, root } => run_contract(check, print, &root, out),
        Role::Check { settings: true } => Ok(()),
        Role::Check { settings: false } => check::installation(&config, out),
    }
}

fn with_tools(
    config: &Config,
    work: impl FnOnce(Tools<'_>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let db = open(&config.database_url, config.db_pool)?;
    work(Tools {
        db: &db,
        reference: reference()?,
        clock: &SystemClock,
        ids: &SystemIds,
    })
}

fn migrate(config: &Config, out: &mut dyn Write) -> Result<(), CliError> {
    let applied = tools::open_as_it_is(&config.database_url, 1)?.migrate()?;
    match applied.as_slice() {
        [] => writeln!(out, "The schema is up to date.")?,
        applied => writeln!(out, "Applied: {}.", applied.join(", "))?,
    }
    Ok(())
}

fn run_import(tools: Tools<'_>, import: Import, out: &mut dyn Write) -> Result<(), CliError> {
    let (told, dry_run) = match import {
        Import::Establishments { file, dry_run } => {
            let imported = import::establishments(tools, &tools::read(&file)?, dry_run)?;
            (imported.to_string(), dry_run)
        }
        Import::DetentionStatistics { file, dry_run } => {
            let counted = statistics::detention_statistics(tools, tools::read(&file)?, dry_run)?;
            (counted.to_string(), dry_run)
        }
    };
    let how = if dry_run {
        "Dry run, nothing was kept"
    } else {
        "Imported"
    };
    Ok(writeln!(out, "{how}: {told}.")?)
}

/// An export only reads: it makes no database and brings no schema up to date.
fn run_export(config: &Config, export: Export, out: &mut dyn Write) -> Result<(), CliError> {
    let Export::Establishments { format, output } = export;
    let db = tools::open_existing(&config.database_url)?;
    let (all, reference, base) = (export::all(&db)?, reference()?, config.base());
    let write = |out: &mut dyn Write| export::write(format, &all, reference, &base, out);
    match output {
        Some(path) => tools::write_file(&path, write),
        None => Ok(write(out)?),
    }
}

fn run_contract(
    check: bool,
    print: bool,
    root: &Path,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let files = contract::generate(&record::recorded()?);
    if print {
        let contract = files
            .first()
            .map(|(_, content)| content.as_str())
            .unwrap_or_default();
        return Ok(out.write_all(contract.as_bytes())?);
    }
    if check {
        contract::check(root, &files)?;
        return Ok(writeln!(
            out,
            "{} generated files are up to date.",
            files.len()
        )?);
    }
    let written = contract::write(root, &files)?;
    match written.as_slice() {
        [] => writeln!(out, "Every generated file was up to date.")?,
        names => writeln!(out, "Written: {}.", names.join(", "))?,
    }
    Ok(())
}

#![doc = include_str!("../README.md")]

mod batch;
mod ceiling;
mod check;
mod client;
mod database;
mod http;
mod load;
mod paced;
mod partner;
mod process;
mod proxy;
mod questions;
mod report;
mod settings;
mod soak;
mod wire;

use std::{error::Error, ffi::OsString, io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

/// What a command gives, or why it does not.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Measures the API beside the fastest answer there can be.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Questions over HTTP on loopback, as a ratio to a ceiling in the same run.
    Http(http::Settings),
    /// Reads while a partner sends a batch, beside the same reads at rest.
    Batch(batch::Settings),
    /// Reads, writes, a batch and an outage of the database, for long.
    Soak(soak::Settings),
    /// The ceiling alone: an actix server that answers prebuilt bodies.
    #[command(hide = true)]
    Ceiling(ceiling::Settings),
}

fn main() -> ExitCode {
    // The server measured is this very executable: nothing has to be built or found beside it.
    let mut arguments = std::env::args_os();
    let own = arguments.next();
    if arguments.next().is_some_and(|first| first == "atigip") {
        let rest: Vec<OsString> = own.into_iter().chain(arguments).collect();
        return api::cli::main(rest);
    }
    let done = match Cli::parse().command {
        Command::Http(settings) => http::run(&settings),
        Command::Batch(settings) => batch::run(&settings),
        Command::Soak(settings) => soak::run(&settings),
        Command::Ceiling(settings) => ceiling::serve(&settings).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Nothing is left to tell it to when standard error is closed.
            drop(writeln!(std::io::stderr(), "bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

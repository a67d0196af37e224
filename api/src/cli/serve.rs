//! Serving: the database prepared, the catalogue built, the server told to run.

use std::{io::Write, pin::pin};

use actix_web::{
    rt::System,
    web::{Data, block},
};
use futures_util::future::{Either, select};
use persistence::Db;

use super::{
    CliError,
    clients::demo::{DemoClient, renew, tell},
    prepare::{Prepared, prepare},
    tools::{Tools, open, reference},
};
use crate::{
    catalogue::{Catalogue, catch_up, follow},
    clients,
    config::Config,
    kernel::{
        clock::{SystemClock, SystemIds, SystemSecrets},
        retention::forget_old,
        tasks::keep_time,
    },
    oauth::keys,
    platform::Platform,
    server::{self, Listeners},
};

/// Serves until told to stop; what is served, and where, is told on `out` once it is.
pub fn serve(mut config: Config, demo: bool, out: &mut dyn Write) -> Result<(), CliError> {
    // The sockets come first: a start that cannot serve changes nothing.
    let listeners = server::listen(&mut config).map_err(started)?;
    let db = open(&config.database_url, config.db_pool)?;
    let reference = reference()?;
    let tools = Tools {
        db: &db,
        reference,
        clock: &SystemClock,
        ids: &SystemIds,
    };
    let prepared = prepare(tools, demo.then_some(data::demo::SEED))?;
    log_prepared(prepared, &db);
    let clients = if demo {
        renew(tools, &SystemSecrets)?
    } else {
        Vec::new()
    };
    System::new().block_on(run(config, listeners, db, &clients, out))
}

fn log_prepared(prepared: Prepared, db: &Db) {
    let Prepared {
        loaded,
        demonstrated,
    } = prepared;
    log::info!(target: "atigip", database:% = db.url(), loaded, demonstrated; "The database is ready.");
}

/// The server answers from the start, 503 until the index is built.
async fn run(
    config: Config,
    listeners: Listeners,
    db: Db,
    demo: &[DemoClient],
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let platform = Platform::new(config).map_err(started)?;
    let demonstrating = !demo.is_empty();
    let platform = Data::new(platform.with_db(db.clone()).demonstrating(demonstrating));
    let running = server::start(listeners, &platform).map_err(started)?;
    let serving = pin!(running.wait());
    let following = pin!(open_and_follow(&platform, db.clone(), demo, out));
    let ended = match select(serving, following).await {
        Either::Left((stopped, _)) => stopped.map_err(started),
        Either::Right((failed, _)) => failed,
    };
    clients::write_down(&platform, &db).await;
    ended
}

/// Builds the catalogue, tells where it is served, then follows the change log for ever; comes
/// back only when the catalogue cannot be built.
async fn open_and_follow(
    platform: &Platform,
    db: Db,
    clients: &[DemoClient],
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let reference = reference()?;
    let base = platform.public_url().to_owned();
    let reading = db.clone();
    let today = platform.clock.today();
    let prepared = block(move || server::prepare(reference));
    let built = block(move || Catalogue::build(&reading, reference, &base, today)).await;
    keys::prepare(platform, &db, &SystemSecrets).await?;
    prepared.await.map_err(started)?;
    platform.open(built.map_err(started)?.map_err(started)?);
    catch_up(platform, &db).await.map_err(started)?;
    // A terminal that is gone is no reason to stop serving.
    if let Err(error) = welcome(platform, clients, out) {
        log::warn!(target: "atigip", cause:% = error; "The address could not be told.");
    }
    tokio::join!(
        follow(platform, &db),
        keys::follow(platform),
        forget_old(platform, &db),
        keep_time(platform, server::TASKS),
        clients::keep(platform, &db),
    );
    Ok(())
}

fn welcome(
    platform: &Platform,
    clients: &[DemoClient],
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let base = platform.public_url();
    writeln!(out, "Serving          {base}")?;
    writeln!(out, "Documentation    {base}/docs")?;
    writeln!(
        out,
        "Try it           curl '{base}/v1/establishments?q=bordeaux&limit=1'"
    )?;
    if platform.is_demo() {
        writeln!(
            out,
            "What is marked \"demo\" is fictitious: workshops, docks, activities, contacts, partners."
        )?;
    }
    tell(clients, base, out)?;
    Ok(out.flush()?)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "`map_err` gives the error itself"
)]
fn started(error: impl ToString) -> CliError {
    CliError::Start(error.to_string())
}

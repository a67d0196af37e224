//! What is kept for a time leaves when it is over.

use std::time::Duration;

use chrono::TimeDelta;
use persistence::{
    Db, DbError, audit, changes,
    clients::{assertions, revoked_tokens, usage},
    idempotency,
};

use crate::{clients::first_kept, platform::Platform};

/// How often what is old is looked for.
const LOOK: Duration = Duration::from_hours(1);
/// The most entries of the journal that one transaction removes.
const AT_ONCE: u32 = 1_000;

/// Removes what has ended and what is older than the settings keep, now and every hour, until the task is dropped.
/// The database being away is told by whoever follows it; the next look makes up for it.
pub(crate) async fn forget_old(platform: &Platform, db: &Db) {
    loop {
        if let Err(error) = forget(platform, db).await {
            log::debug!(target: "atigip", cause:% = error; "What is old could not be removed.");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Each kind in a transaction of its own, so that none keeps other writes waiting for long.
async fn forget(platform: &Platform, db: &Db) -> Result<(), DbError> {
    let now = platform.clock.now();
    let days = |days: u32| now - TimeDelta::days(i64::from(days));
    let before = days(platform.config.changes_days);
    let gone = db.write(move |conn| changes::purge(conn, before)).await?;
    tell("changes", gone);
    let gone = db.write(move |conn| idempotency::purge(conn, now)).await?;
    tell("kept answers", gone);
    let before = days(platform.config.audit_days);
    let mut gone = 0;
    loop {
        let purged = db
            .write(move |conn| audit::purge(conn, before, AT_ONCE))
            .await?;
        gone += purged;
        if purged == 0 {
            break;
        }
    }
    tell("entries of the journal", gone);
    let gone = db.write(move |conn| assertions::purge(conn, now)).await?;
    tell("spent assertions", gone);
    let gone = db
        .write(move |conn| revoked_tokens::purge(conn, now))
        .await?;
    tell("revoked tokens", gone);
    let first = first_kept(platform.clock.today());
    let gone = db.write(move |conn| usage::purge(conn, first)).await?;
    tell("counts of requests", gone);
    Ok(())
}

fn tell(what: &'static str, removed: usize) {
    if removed > 0 {
        log::info!(target: "atigip", what, removed; "What is old is no longer kept.");
    }
}

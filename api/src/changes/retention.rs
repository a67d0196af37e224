//! How long changes are kept.

use std::time::Duration;

use chrono::TimeDelta;
use persistence::{Db, DbError};

use crate::platform::Platform;

/// How often what is old is looked for.
const LOOK: Duration = Duration::from_hours(1);

/// Removes what is older than the settings keep, now and every hour, until the task is dropped.
/// The database being away is told by whoever follows it; the next look makes up for it.
pub(crate) async fn forget_old(platform: &Platform, db: &Db) {
    loop {
        if let Err(error) = purge(platform, db).await {
            log::debug!(target: "atigip", cause:% = error; "Old changes could not be removed.");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn purge(platform: &Platform, db: &Db) -> Result<(), DbError> {
    let kept = TimeDelta::days(i64::from(platform.config.changes_days));
    let before = platform.clock.now() - kept;
    let removed = db
        .write(move |conn| persistence::changes::purge(conn, before))
        .await?;
    if removed > 0 {
        log::info!(target: "atigip", removed, before:%; "Old changes are no longer kept.");
    }
    Ok(())
}

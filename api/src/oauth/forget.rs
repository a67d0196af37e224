//! Forgetting what no longer opens or closes anything: spent assertions and revoked tokens that
//! have ended, and old counts.

use std::time::Duration;

use persistence::{
    Db, DbError,
    clients::{assertions, revoked_tokens, usage},
};

use crate::{clients::first_kept, platform::Platform};

/// How often it is looked for.
const LOOK: Duration = Duration::from_mins(10);

/// Forgets what has ended, now and every ten minutes, until the task is dropped. The database
/// being away is told by whoever follows it; the next look makes up for it.
pub async fn forget_ended(platform: &Platform, db: &Db) {
    loop {
        let (now, day) = (platform.clock.now(), first_kept(platform.clock.today()));
        let forgotten = db.write(move |conn| {
            let spent = assertions::purge(conn, now)?;
            let revoked = revoked_tokens::purge(conn, now)?;
            Ok::<_, DbError>((spent, revoked, usage::purge(conn, day)?))
        });
        match forgotten.await {
            Ok((0, 0, 0)) => {}
            Ok((spent, revoked, counts)) => {
                log::debug!(target: "atigip", spent, revoked, counts; "What has ended is forgotten.");
            }
            Err(error) => {
                log::debug!(target: "atigip", cause:% = error; "What has ended could not be forgotten.");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

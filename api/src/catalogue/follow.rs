//! Following the change log, so that a write anywhere is seen here.

use std::{collections::BTreeSet, sync::atomic::Ordering, time::Duration};

use domain::{establishments::Establishment, kernel::Id};
use persistence::{Db, DbError};

use super::{Catalogue, CatalogueError, count};

/// The most changes read at once.
const CHUNK: u32 = 1_000;

/// What one look at the change log found.
struct News {
    revision: i64,
    changed: Vec<Establishment>,
}

/// Applies what others write, until the task is dropped.
///
/// The database being away is logged once when it goes and once when it returns; the catalogue
/// meanwhile answers from what it has.
pub async fn follow(catalogue: &Catalogue, db: &Db, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        match catch_up(catalogue, db).await {
            Ok(()) => {
                if catalogue.database_away.swap(false, Ordering::Relaxed) {
                    log::info!(target: "atigip", revision = catalogue.revision(); "The database answers again.");
                }
            }
            Err(error) => {
                if !catalogue.database_away.swap(true, Ordering::Relaxed) {
                    log::error!(target: "atigip", cause:% = error; "The catalogue cannot follow the database; public reads go on from memory.");
                }
            }
        }
    }
}

/// Reads the change log from where the catalogue is, to its end.
async fn catch_up(catalogue: &Catalogue, db: &Db) -> Result<(), CatalogueError> {
    loop {
        let seen = i64::try_from(catalogue.revision()).unwrap_or(i64::MAX);
        let Some(news) = db.read(move |conn| news(conn, seen)).await? else {
            return Ok(());
        };
        let revision = count(news.revision);
        catalogue.establishments.apply(news.changed, catalogue.reference, revision)?;
        log::debug!(target: "atigip", revision; "The catalogue moved on.");
    }
}

fn news(conn: &mut persistence::Conn, seen: i64) -> Result<Option<News>, DbError> {
    let changes = persistence::changes::after(conn, seen, CHUNK)?;
    let Some(last) = changes.last() else {
        return Ok(None);
    };
    let revision = last.sequence;
    let ids: BTreeSet<_> = changes.iter().map(|change| change.what.resource_id).collect();
    let ids: Vec<Id<Establishment>> = ids.into_iter().map(Id::new).collect();
    let changed = persistence::establishments::many(conn, &ids)?;
    Ok(Some(News { revision, changed }))
}

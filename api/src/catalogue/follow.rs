//! Following the change log, so that a write anywhere is seen here.

use std::sync::Arc;

use chrono::NaiveDate;
use persistence::{Conn, Db};

use super::{Catalogue, CatalogueError, Changed, access::AccessNews, count};
use crate::platform::{Platform, Readiness};

/// The most changes read at once: who wrote one waits for those that are read with it.
const CHUNK: u32 = 250;

/// What one look at the change log found.
struct News {
    /// The position of the change log.
    end: i64,
    /// The position of the last change read.
    revision: i64,
    changed: Changed,
    access: AccessNews,
}

/// Where this node is.
#[derive(Clone, Copy)]
struct Seen {
    /// The last change.
    change: i64,
    /// The last token revoked.
    revoked: i64,
    /// Whether the clients were read.
    clients: bool,
}

/// Applies what others write, until the task is dropped.
///
/// The database being away is logged once when it goes and once when it returns; the catalogue
/// meanwhile answers from what it has.
pub async fn follow(platform: &Platform, db: &Db) {
    loop {
        tokio::time::sleep(platform.config.poll()).await;
        let outcome = catch_up(platform, db).await;
        tell(platform, outcome);
        measure(platform, db);
    }
}

/// Says how the node is, when that has changed.
fn tell(platform: &Platform, outcome: Result<(), CatalogueError>) {
    let was_degraded = platform.readiness() == Readiness::Degraded;
    match (outcome, was_degraded) {
        (Ok(()), true) => {
            platform.set_readiness(Readiness::Ready);
            log::info!(target: "atigip", "The database answers again.");
        }
        (Err(error), false) => {
            platform.set_readiness(Readiness::Degraded);
            log::error!(target: "atigip", cause:% = error; "The catalogue cannot follow the database; public reads go on from memory.");
        }
        (Ok(()), false) | (Err(_), true) => {}
    }
}

/// Reads the change log from where this node is, to its end, and applies it. One at a time: an
/// older look never undoes a newer one.
pub async fn catch_up(platform: &Platform, db: &Db) -> Result<(), CatalogueError> {
    let Ok(catalogue) = platform.catalogue() else {
        return Ok(());
    };
    let _turn = platform.following.lock().await;
    loop {
        let seen = Seen {
            change: i64::try_from(catalogue.revision()).unwrap_or(i64::MAX),
            revoked: platform.directory.last_revoked(),
            clients: platform.directory.knows_clients(),
        };
        // Reading and rendering many here would keep requests waiting.
        let (shown, today) = (Arc::clone(catalogue), platform.clock.today());
        let news = db.read(move |conn| news(conn, seen, &shown, today)).await?;
        platform
            .metrics
            .catalogue_lag
            .set(news.end.saturating_sub(news.revision));
        // Who may no more is refused before anything else is shown.
        let access = news.access.apply(platform);
        if news.revision != seen.change {
            catalogue.put(news.changed).await;
            platform.set_demo(catalogue.has_demo());
            let revision = news.revision;
            log::debug!(target: "atigip", revision; "The catalogue moved on.");
        }
        access?;
        if news.revision >= news.end {
            return Ok(());
        }
    }
}

fn news(
    conn: &mut Conn,
    seen: Seen,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Result<News, CatalogueError> {
    let end = persistence::changes::position(conn)?;
    if end < seen.change {
        let seen = seen.change;
        return Err(CatalogueError::WentBack { seen, end });
    }
    let entries = if end > seen.change {
        persistence::changes::touched_after(conn, seen.change, CHUNK)?
    } else {
        Vec::new()
    };
    let revision = entries
        .last()
        .map_or(seen.change, |(sequence, _, _)| *sequence);
    let clients = !seen.clients || entries.iter().any(|(_, resource, _)| resource == "client");
    Ok(News {
        // What comes between two looks is for the next.
        end: end.max(revision),
        revision,
        changed: catalogue.changed(conn, (&entries, count(revision)), today)?,
        access: AccessNews::read(conn, clients, seen.revoked)?,
    })
}

/// Writes down how the node is.
fn measure(platform: &Platform, db: &Db) {
    let metrics = &platform.metrics;
    if let Ok(catalogue) = platform.catalogue() {
        for (collection, documents) in catalogue.sizes() {
            metrics
                .index_documents
                .with_label_values(&[collection])
                .set(i64::try_from(documents).unwrap_or(i64::MAX));
        }
        metrics
            .catalogue_revision
            .set(i64::try_from(catalogue.revision()).unwrap_or(i64::MAX));
    }
    let pool = db.pool_state();
    let (idle, open) = (i64::from(pool.idle), i64::from(pool.open));
    metrics
        .pool_connections
        .with_label_values(&["idle"])
        .set(idle);
    metrics
        .pool_connections
        .with_label_values(&["in_use"])
        .set(open.saturating_sub(idle));
}

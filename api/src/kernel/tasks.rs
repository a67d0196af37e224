//! What time has to tell: each node looks for it every so often, and one of them tells it.
//!
//! A resource says what is due, and tells some of it in a write; `server::TASKS` names all of
//! them. Writes follow one another over all nodes, and the one that tells looks again in its own
//! transaction: what another has told is due no more, and nothing is told twice.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{changes::Actor, kernel::civil_date};
use persistence::{Conn, DbError};

use super::problem::ApiError;
use crate::platform::Platform;

/// How often what is due is looked for.
const LOOK: Duration = Duration::from_secs(5);

/// Something that time has to tell.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// Who its changes are said to be made by: `task:habilitations`.
    pub actor: &'static str,
    /// Whether anything is due. It reads, and keeps nobody waiting.
    pub is_due: fn(&mut Conn, Moment) -> Result<bool, DbError>,
    /// Tells some of what is due, few enough that other writes do not wait for long, and answers
    /// how many it told.
    pub tell: fn(&mut Conn, Moment, &Actor) -> Result<usize, ApiError>,
}

/// When a task looks.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The civil day of that instant, as the law counts.
    pub today: NaiveDate,
}

/// Tells what time has to tell, now and every so often, until the task is dropped. The database
/// being away is told by whoever follows it; the next look makes up for it.
pub(crate) async fn keep_time(platform: &Platform, tasks: &[Task]) {
    loop {
        for task in tasks {
            if let Err(error) = run(platform, *task).await {
                log::debug!(target: "atigip", task = task.actor, cause:% = error; "What time has to tell could not be told.");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Tells all that is due.
async fn run(platform: &Platform, task: Task) -> Result<(), ApiError> {
    let actor: Actor = task
        .actor
        .parse()
        .map_err(|error| ApiError::internal(&error))?;
    loop {
        let moment = Moment::now(platform);
        let is_due = platform
            .read(move |conn| Ok((task.is_due)(conn, moment)?))
            .await?;
        if !is_due {
            return Ok(());
        }
        let told = platform
            .write(actor.clone(), move |conn, actor| {
                (task.tell)(conn, moment, actor)
            })
            .await?;
        if told == 0 {
            return Ok(());
        }
        log::info!(target: "atigip", task = task.actor, told; "What time had to tell is told.");
    }
}

impl Moment {
    fn now(platform: &Platform) -> Self {
        let at = platform.clock.now();
        Self {
            at,
            today: civil_date(at),
        }
    }
}

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
    /// The number of a change up to which this node has found today that nothing is due; what
    /// changes bring is looked for among later ones. Without it, everywhere.
    pub since: Option<i64>,
}

/// Up to where nothing was due, and on which day: another day brings what no change does.
#[derive(Debug, Clone, Copy)]
struct Quiet {
    change: i64,
    today: NaiveDate,
}

/// Tells what time has to tell, now and every so often, until the task is dropped. The database
/// being away is told by whoever follows it; the next look makes up for it.
pub(crate) async fn keep_time(platform: &Platform, tasks: &[Task]) {
    let mut quiet = None;
    loop {
        quiet = look(platform, tasks, quiet).await;
        tokio::time::sleep(LOOK).await;
    }
}

/// Runs each task; answers up to where nothing is due any more, unless one of them failed.
async fn look(platform: &Platform, tasks: &[Task], quiet: Option<Quiet>) -> Option<Quiet> {
    let today = platform.clock.today();
    let begun = platform
        .read(|conn| Ok(persistence::changes::position(conn)?))
        .await;
    let mut looked = begun.ok().map(|change| Quiet { change, today });
    for task in tasks {
        if let Err(error) = run(platform, *task, quiet).await {
            looked = None;
            log::debug!(target: "atigip", task = task.actor, cause:% = error; "What time has to tell could not be told.");
        }
    }
    looked
}

/// Tells all that is due.
async fn run(platform: &Platform, task: Task, quiet: Option<Quiet>) -> Result<(), ApiError> {
    let actor: Actor = task
        .actor
        .parse()
        .map_err(|error| ApiError::internal(&error))?;
    loop {
        let moment = Moment::now(platform, quiet);
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
    fn now(platform: &Platform, quiet: Option<Quiet>) -> Self {
        let at = platform.clock.now();
        let today = civil_date(at);
        let quiet = quiet.filter(|quiet| quiet.today == today);
        Self {
            at,
            today,
            since: quiet.map(|quiet| quiet.change),
        }
    }
}

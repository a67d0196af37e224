//! What time does to dossiers: a decision may be taken, a granted period is over.

use domain::changes::Actor;
use persistence::{
    Conn, DbError,
    habilitations::{Writing, due, save},
};

use super::refusals::not_kept;
use crate::kernel::{
    embedded::reference,
    problem::ApiError,
    tasks::{Moment, Task},
};

/// How many dossiers are told of in one write.
const AT_ONCE: u32 = 100;

/// The task.
pub(crate) const TIME: Task = Task {
    actor: "task:habilitations",
    is_due,
    tell,
};

fn is_due(conn: &mut Conn, moment: Moment) -> Result<bool, DbError> {
    Ok(!due(conn, moment.today, 1)?.is_empty())
}

fn tell(conn: &mut Conn, moment: Moment, actor: &Actor) -> Result<usize, ApiError> {
    let writing = Writing {
        actor,
        at: moment.at,
        today: moment.today,
        law: reference()?.habilitation_law(),
    };
    let mut told = 0;
    for dossier in due(conn, moment.today, AT_ONCE)? {
        if let Some(moved) = dossier.pass_time(moment.today, writing.law) {
            save(conn, &moved, &writing).map_err(|error| not_kept(error, ""))?;
            told += 1;
        }
    }
    Ok(told)
}

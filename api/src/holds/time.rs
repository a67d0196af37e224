//! What time does to holds: those that were not confirmed in time give their places back.

use domain::changes::Actor;
use persistence::{Conn, DbError, holds};

use crate::kernel::{
    problem::ApiError,
    tasks::{Moment, Task},
};

/// How many holds are told of in one write.
const AT_ONCE: u32 = 100;

/// The task.
pub(crate) const TIME: Task = Task {
    actor: "task:holds",
    is_due,
    tell,
};

fn is_due(conn: &mut Conn, moment: Moment) -> Result<bool, DbError> {
    holds::is_due(conn, moment.at)
}

fn tell(conn: &mut Conn, moment: Moment, actor: &Actor) -> Result<usize, ApiError> {
    Ok(holds::expire(conn, AT_ONCE, moment.at, actor)?)
}

//! Holds on places of posts: a hold and the places of its post are kept together or not at all.

mod demo;
mod list;
mod reach;
mod row;
mod save;

use diesel::prelude::*;
use domain::holds::Hold;
use domain::kernel::Id;

pub use demo::clear_demo;
pub use list::{HoldPage, HoldQuestion, page};
pub(crate) use reach::changes_within;
pub use save::{HoldRefusal, expire, make_move, take};

use self::row::HoldRow;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::holds;

/// The hold that has this id.
pub fn find(conn: &mut Conn, id: Id<Hold>) -> Result<Option<Hold>, DbError> {
    holds::table
        .find(DbKey(id.uuid()))
        .select(HoldRow::as_select())
        .first(conn)
        .optional()?
        .map(HoldRow::into_hold)
        .transpose()
}

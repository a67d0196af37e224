//! Holds of a demonstration, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType};
use domain::holds::Hold;

use super::row::HoldRow;
use super::save::{keep, tell};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::offers as posts;
use crate::schema::{clients, holds, offers};

/// Removes every hold on an offer made for demonstration, or of a client made for it, and answers
/// how many there were: before the offers and the clients. Each is told as released, and gives
/// its places back to a real post.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let fictitious = offers::table.filter(offers::demo.eq(true));
    let on_posts = holds::offer_id.eq_any(fictitious.select(offers::id));
    let fictitious = clients::table.filter(clients::demo.eq(true));
    let of_clients = holds::holder_id.eq_any(fictitious.select(clients::id));
    let rows: Vec<HoldRow> = holds::table
        .filter(on_posts.or(of_clients))
        .order(holds::id)
        .select(HoldRow::as_select())
        .load(conn)?;
    let found: Vec<Hold> = rows
        .into_iter()
        .map(HoldRow::into_hold)
        .collect::<Result<_, _>>()?;
    for hold in &found {
        diesel::delete(holds::table.find(DbKey(hold.id.uuid()))).execute(conn)?;
        let record = hold.record.changed(at);
        tell(conn, hold, record, EventType::HoldReleased, at, actor)?;
        let post = posts::find(conn, hold.offer)?.filter(|post| !post.keeper().is_demo());
        if let Some(post) = post.filter(|_| hold.status.takes_places()) {
            let given_back = post.with_given_back(hold.request.places);
            keep(conn, &given_back, at, actor)?;
        }
    }
    Ok(found.len())
}

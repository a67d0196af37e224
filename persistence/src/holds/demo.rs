//! Holds of a demonstration, and their removal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType};
use domain::holds::Hold;

use super::row::HoldRow;
use super::save::{keep, tell};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::offers::{self as posts, fictitious};
use crate::partners::demo_keys;
use crate::schema::{clients, holds, offers};

/// Removes every hold on an offer that leaves with a demonstration, or of a client made for it, and
/// answers how many there were: before the offers and the clients. Each is told as released, and
/// gives its places back to a post that stays.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let hosts = demo_keys(conn)?;
    let leaving = offers::table.filter(fictitious!(&hosts));
    let on_posts = holds::offer_id.eq_any(leaving.select(offers::id));
    let made_for_it = clients::table.filter(clients::demo.eq(true));
    let of_clients = holds::holder_id.eq_any(made_for_it.select(clients::id));
    let rows: Vec<HoldRow> = holds::table
        .filter(on_posts.or(of_clients))
        .order(holds::id)
        .select(HoldRow::as_select())
        .load(conn)?;
    let found: Vec<Hold> = rows
        .into_iter()
        .map(HoldRow::into_hold)
        .collect::<Result<_, _>>()?;
    let of_found: Vec<DbKey> = found.iter().map(|it| DbKey(it.offer.uuid())).collect();
    let leaving: Vec<DbKey> = offers::table
        .filter(fictitious!(&hosts))
        .filter(offers::id.eq_any(of_found))
        .select(offers::id)
        .load(conn)?;
    for hold in &found {
        diesel::delete(holds::table.find(DbKey(hold.id.uuid()))).execute(conn)?;
        let record = hold.record.changed(at);
        tell(conn, hold, record, EventType::HoldReleased, at, actor)?;
        let stays = !leaving.contains(&DbKey(hold.offer.uuid()));
        let post = posts::find(conn, hold.offer)?.filter(|_| stays);
        if let Some(post) = post.filter(|_| hold.status.takes_places()) {
            let given_back = post.with_given_back(hold.request.places);
            keep(conn, &given_back, at, actor)?;
        }
    }
    Ok(found.len())
}

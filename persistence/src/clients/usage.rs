//! How much each client asks, a day at a time, the nodes together.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::clients::Client;
use domain::kernel::Id;

use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{client_usage, clients};

/// What a client asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// The requests that named it by a good token, whatever the answer.
    pub requests: i64,
    /// Those of them that were refused.
    pub refusals: i64,
}

/// Adds to what clients asked on a day. A client that is gone meanwhile is left aside.
pub fn add(conn: &mut Conn, day: NaiveDate, asked: &[(Id<Client>, Usage)]) -> Result<(), DbError> {
    for (client, more) in asked {
        let key = DbKey(client.uuid());
        let Usage { requests, refusals } = of(conn, *client, day)?;
        let sums = (
            client_usage::requests.eq(requests.saturating_add(more.requests)),
            client_usage::refusals.eq(refusals.saturating_add(more.refusals)),
        );
        let known = diesel::update(client_usage::table.find((key, day)))
            .set(sums)
            .execute(conn)?;
        let there: i64 = clients::table.find(key).count().get_result(conn)?;
        if known == 0 && there > 0 {
            diesel::insert_into(client_usage::table)
                .values((
                    client_usage::client_id.eq(key),
                    client_usage::day.eq(day),
                    sums.0,
                    sums.1,
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// What a client asked on each day since that one, the latest first; a day without is not there.
pub fn since(
    conn: &mut Conn,
    client: Id<Client>,
    since: NaiveDate,
) -> Result<Vec<(NaiveDate, Usage)>, DbError> {
    let kept: Vec<(NaiveDate, i64, i64)> = client_usage::table
        .filter(client_usage::client_id.eq(DbKey(client.uuid())))
        .filter(client_usage::day.ge(since))
        .order(client_usage::day.desc())
        .select((
            client_usage::day,
            client_usage::requests,
            client_usage::refusals,
        ))
        .load(conn)?;
    let asked = |(day, requests, refusals)| (day, Usage { requests, refusals });
    Ok(kept.into_iter().map(asked).collect())
}

/// Forgets the days before that one, and answers how many rows there were.
pub fn purge(conn: &mut Conn, before: NaiveDate) -> Result<usize, DbError> {
    let old = client_usage::table.filter(client_usage::day.lt(before));
    Ok(diesel::delete(old).execute(conn)?)
}

/// What a client asked on a day, as far as it was written down.
fn of(conn: &mut Conn, client: Id<Client>, day: NaiveDate) -> Result<Usage, DbError> {
    let kept: Option<(i64, i64)> = client_usage::table
        .find((DbKey(client.uuid()), day))
        .select((client_usage::requests, client_usage::refusals))
        .first(conn)
        .optional()?;
    Ok(
        kept.map_or_else(Usage::default, |(requests, refusals)| Usage {
            requests,
            refusals,
        }),
    )
}

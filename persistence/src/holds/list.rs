//! Holds page by page, in the order in which they were made.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::clients::Client;
use domain::holds::{Hold, HoldStatus};
use domain::kernel::{Code, Id};
use domain::offers::Offer;

use super::HoldReach;
use super::row::HoldRow;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::{holds, offers};

/// Which holds are asked for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoldQuestion {
    /// Of those that a client may know of.
    pub reach: HoldReach,
    /// On one of these offers.
    pub offers: Vec<Id<Offer>>,
    /// In one of these states.
    pub statuses: Vec<HoldStatus>,
    /// Starting on this day or later.
    pub starts_from: Option<NaiveDate>,
    /// Starting on this day or earlier.
    pub starts_until: Option<NaiveDate>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// A page of holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldPage {
    /// The holds.
    pub holds: Vec<Hold>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

/// At most `limit` of the holds asked for that come after one of them. Their states are those of
/// the instant `at`: a hold has expired on its time, whether that is recorded or not.
pub fn page(
    conn: &mut Conn,
    question: &HoldQuestion,
    at: DateTime<Utc>,
    after: Option<Id<Hold>>,
    limit: u32,
) -> Result<HoldPage, DbError> {
    let own = holds_any(conn, question.reach)?;
    let total = asked(question, own, at).count().get_result(conn)?;
    let mut rows: Vec<HoldRow> = ordered(question, own, at, after, limit)
        .select(HoldRow::as_select())
        .load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let holds: Result<_, _> = rows.into_iter().map(HoldRow::into_hold).collect();
    Ok(HoldPage {
        holds: holds?,
        total,
        more,
    })
}

type Asked = IntoBoxed<'static, holds::table, MultiBackend>;

/// One hold more than asked for, which tells whether others follow.
fn ordered(
    question: &HoldQuestion,
    own: bool,
    at: DateTime<Utc>,
    after: Option<Id<Hold>>,
    limit: u32,
) -> Asked {
    let mut query = asked(question, own, at);
    if let Some(last) = after {
        query = query.filter(holds::id.gt(DbKey(last.uuid())));
    }
    query
        .order(holds::id)
        .limit(i64::from(limit).saturating_add(1))
}

/// Whether a client of a host is a holder too: no role has both, but a client may have had
/// another. Holds of the one or on the posts of the other would have to be read through.
fn holds_any(conn: &mut Conn, reach: HoldReach) -> Result<bool, DbError> {
    let HoldReach::Hosted(client, _) = reach else {
        return Ok(false);
    };
    let one: Option<DbKey> = holds::table
        .filter(holds::holder_id.eq(DbKey(client.uuid())))
        .select(holds::id)
        .first(conn)
        .optional()?;
    Ok(one.is_some())
}

fn asked(question: &HoldQuestion, own: bool, at: DateTime<Utc>) -> Asked {
    let HoldQuestion {
        reach,
        offers: asked_offers,
        statuses,
        starts_from,
        starts_until,
        updated_since,
    } = question;
    let mut query = holds::table.into_boxed();
    let of_holder = |client: &Id<Client>| holds::holder_id.eq(DbKey(client.uuid()));
    query = match reach {
        HoldReach::All => query,
        HoldReach::Own(client) => query.filter(of_holder(client)),
        HoldReach::Hosted(client, host) => {
            let posts = offers::table.filter(offers::partner_id.eq(DbKey(host.uuid())));
            let on_posts = holds::offer_id.eq_any(posts.select(offers::id));
            if own {
                query.filter(of_holder(client).or(on_posts))
            } else {
                query.filter(on_posts)
            }
        }
        HoldReach::Nothing => query.filter(false.into_sql::<Bool>()),
    };
    if !asked_offers.is_empty() {
        let keys: Vec<DbKey> = asked_offers.iter().map(|id| DbKey(id.uuid())).collect();
        query = query.filter(holds::offer_id.eq_any(keys));
    }
    let conditions = statuses.iter().map(|status| in_state(*status, at));
    if let Some(condition) = conditions.reduce(|one, other| Box::new(one.or(other))) {
        query = query.filter(condition);
    }
    if let Some(day) = starts_from {
        query = query.filter(holds::starts_on.ge(*day));
    }
    if let Some(day) = starts_until {
        query = query.filter(holds::starts_on.le(*day));
    }
    if let Some(since) = updated_since {
        query = query.filter(holds::updated_at.ge(DbInstant::new(*since)));
    }
    query
}

type Condition = Box<dyn BoxableExpression<holds::table, MultiBackend, SqlType = Bool>>;

/// What [`Hold::status_at`] answers, asked of the rows.
fn in_state(status: HoldStatus, at: DateTime<Utc>) -> Condition {
    let (kept, held) = (status.code(), HoldStatus::Held.code());
    let at = DbInstant::new(at);
    match status {
        HoldStatus::Held => Box::new(holds::status.eq(held).and(holds::expires_at.gt(at))),
        HoldStatus::Expired => {
            let lapsed = holds::status.eq(held).and(holds::expires_at.le(at));
            Box::new(holds::status.eq(kept).or(lapsed))
        }
        HoldStatus::Confirmed | HoldStatus::Released | HoldStatus::Completed => {
            Box::new(holds::status.eq(kept))
        }
    }
}

#[cfg(test)]
mod tests;

//! The offers that end soon, the first to end first.

use chrono::{Days, NaiveDate};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::establishments::Establishment;
use domain::kernel::{Code, Id};
use domain::offers::{Offer, OfferKind, OfferStatus};
use domain::partners::Partner;
use domain::territories::DepartementCode;

use super::row::OfferRow;
use super::whole;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::offers;

/// Which offers are asked for; a list that is empty asks for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiringQuestion {
    /// The first day on which they may end.
    pub from: NaiveDate,
    /// In how many days they end at most.
    pub within_days: u32,
    /// Of one of these kinds.
    pub kinds: Vec<OfferKind>,
    /// Of one of these partners.
    pub partners: Vec<Id<Partner>>,
    /// In one of these départements.
    pub departements: Vec<DepartementCode>,
    /// In one of these establishments.
    pub establishments: Vec<Id<Establishment>>,
}

/// A page of offers that end soon.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpiringPage {
    /// The offers.
    pub offers: Vec<Offer>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

/// At most `limit` of the offers that hold, or are suspended, and end soon; they come after one
/// of them, by their last day and then by their id.
pub fn expiring(
    conn: &mut Conn,
    question: &ExpiringQuestion,
    after: Option<(NaiveDate, Id<Offer>)>,
    limit: u32,
) -> Result<ExpiringPage, DbError> {
    let total = asked(question).count().get_result(conn)?;
    let mut rows: Vec<OfferRow> = ordered(question, after, limit)
        .select(OfferRow::as_select())
        .load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(ExpiringPage {
        offers: whole(conn, rows)?,
        total,
        more,
    })
}

type Asked = IntoBoxed<'static, offers::table, MultiBackend>;

/// One offer more than asked for, which tells whether others follow.
fn ordered(
    question: &ExpiringQuestion,
    after: Option<(NaiveDate, Id<Offer>)>,
    limit: u32,
) -> Asked {
    let mut query = asked(question);
    if let Some((day, id)) = after {
        let later = offers::ends_on.gt(day).or(offers::id.gt(DbKey(id.uuid())));
        query = query.filter(offers::ends_on.ge(day)).filter(later);
    }
    query
        .order((offers::ends_on, offers::id))
        .limit(i64::from(limit).saturating_add(1))
}

fn asked(question: &ExpiringQuestion) -> Asked {
    let ExpiringQuestion {
        from,
        within_days,
        kinds,
        partners,
        departements,
        establishments,
    } = question;
    let last = from.checked_add_days(Days::new(u64::from(*within_days)));
    let all = OfferStatus::all().iter().filter(|it| it.is_decided());
    let decided: Vec<&str> = all.map(|status| status.code()).collect();
    let mut query = offers::table
        .filter(offers::ends_on.ge(*from))
        .filter(offers::ends_on.le(last.unwrap_or(NaiveDate::MAX)))
        .filter(offers::status.eq_any(decided))
        .filter(offers::withdrawn_at.is_null())
        .into_boxed();
    if !kinds.is_empty() {
        let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        query = query.filter(offers::kind.eq_any(codes));
    }
    if !partners.is_empty() {
        let keys: Vec<DbKey> = partners.iter().map(|id| DbKey(id.uuid())).collect();
        query = query.filter(offers::partner_id.eq_any(keys));
    }
    if !departements.is_empty() {
        let codes: Vec<String> = departements.iter().map(ToString::to_string).collect();
        query = query.filter(offers::departement.eq_any(codes));
    }
    if !establishments.is_empty() {
        let keys: Vec<DbKey> = establishments.iter().map(|id| DbKey(id.uuid())).collect();
        query = query.filter(offers::establishment_id.eq_any(keys));
    }
    query
}

#[cfg(test)]
mod tests;

//! Dossiers page by page, as far as a client may know of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::habilitations::{Habilitation, HabilitationAuthority, HabilitationStatus, Ruling, Who};
use domain::kernel::{Code, Id};
use domain::partners::{HostKind, Partner};
use domain::territories::DepartementCode;

use super::row::HabilitationRow;
use super::{assemble, reach};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::{habilitation_proceedings, habilitations};

/// Which dossiers are asked for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HabilitationQuestion {
    /// In one of these states, as time makes them.
    pub statuses: Vec<HabilitationStatus>,
    /// Before one of these authorities.
    pub authorities: Vec<HabilitationAuthority>,
    /// Of a host of one of these kinds.
    pub host_kinds: Vec<HostKind>,
    /// For one of these départements.
    pub departements: Vec<DepartementCode>,
    /// Of one of these partners.
    pub partners: Vec<Id<Partner>>,
    /// For the whole territory, or for a département.
    pub national: Option<bool>,
    /// Whether the decision that is waited for may be taken.
    pub decidable: Option<bool>,
    /// In force on that day.
    pub in_force_on: Option<NaiveDate>,
    /// Whose last day comes before that one.
    pub valid_until_before: Option<NaiveDate>,
    /// Filed on that day or later.
    pub filed_from: Option<NaiveDate>,
    /// Filed on that day or earlier.
    pub filed_until: Option<NaiveDate>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// The order of a list; what has no such day comes last, the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HabilitationSort {
    /// What was filed last comes first.
    #[default]
    LastFiled,
    /// What ends first comes first.
    FirstEnding,
}

/// Where a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The day by which its last dossier is sorted, where it has one.
    pub day: Option<NaiveDate>,
    /// Its last dossier.
    pub id: Id<Habilitation>,
}

/// A page of dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HabilitationPage {
    /// The dossiers.
    pub habilitations: Vec<Habilitation>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

pub(super) type Asked = IntoBoxed<'static, habilitations::table, MultiBackend>;

impl Place {
    /// The place of a dossier in a list of that order.
    #[must_use]
    pub fn of(dossier: &Habilitation, sort: HabilitationSort) -> Self {
        let day = match sort {
            HabilitationSort::LastFiled => dossier.course().filed_on,
            HabilitationSort::FirstEnding => dossier.valid_until(),
        };
        Self {
            day,
            id: dossier.id,
        }
    }
}

/// At most `limit` of the dossiers asked for that `who` may know of, as they are on `today`, after
/// a place. Those that have no day of the order follow those that have one.
pub fn page(
    conn: &mut Conn,
    who: &Who<'_>,
    question: &HabilitationQuestion,
    (today, sort): (NaiveDate, HabilitationSort),
    after: Option<Place>,
    limit: u32,
) -> Result<HabilitationPage, DbError> {
    let asked = || reach::within(asked(question, today), who);
    let total = asked().count().get_result(conn)?;
    let wanted = i64::from(limit).saturating_add(1);
    let mut rows: Vec<HabilitationRow> = Vec::new();
    if after.is_none_or(|place| place.day.is_some()) {
        let query = dated(asked(), sort, after).limit(wanted);
        rows = query.select(HabilitationRow::as_select()).load(conn)?;
    }
    let missing = wanted.saturating_sub(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    if missing > 0 {
        let query = undated(asked(), sort, after).limit(missing);
        rows.extend(query.select(HabilitationRow::as_select()).load(conn)?);
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(HabilitationPage {
        habilitations: assemble(conn, rows)?,
        total,
        more,
    })
}

/// Those that have a day of the order, after a place.
fn dated(mut query: Asked, sort: HabilitationSort, after: Option<Place>) -> Asked {
    use habilitations::{filed_on, id, valid_until};
    let after = after.and_then(|place| Some((place.day?, DbKey(place.id.uuid()))));
    match sort {
        HabilitationSort::LastFiled => {
            query = query.filter(filed_on.is_not_null());
            if let Some((day, last)) = after {
                let later = filed_on.lt(day).or(id.lt(last));
                query = query.filter(filed_on.le(day)).filter(later);
            }
            query.order((filed_on.desc(), id.desc()))
        }
        HabilitationSort::FirstEnding => {
            query = query.filter(valid_until.is_not_null());
            if let Some((day, last)) = after {
                let later = valid_until.gt(day).or(id.gt(last));
                query = query.filter(valid_until.ge(day)).filter(later);
            }
            query.order((valid_until.asc(), id.asc()))
        }
    }
}

/// Those that have none, after a place among them.
fn undated(query: Asked, sort: HabilitationSort, after: Option<Place>) -> Asked {
    use habilitations::{filed_on, id, valid_until};
    // The day that is missing is in the order all the same: PostgreSQL does not see by itself
    // that an index has the ids of one absent day in theirs.
    let mut query = match sort {
        HabilitationSort::LastFiled => query
            .filter(filed_on.is_null())
            .order((filed_on.desc(), id.desc())),
        HabilitationSort::FirstEnding => query
            .filter(valid_until.is_null())
            .order((valid_until.desc(), id.desc())),
    };
    if let Some(place) = after.filter(|place| place.day.is_none()) {
        query = query.filter(id.lt(DbKey(place.id.uuid())));
    }
    query
}

fn asked(question: &HabilitationQuestion, today: NaiveDate) -> Asked {
    let HabilitationQuestion {
        statuses,
        authorities,
        host_kinds,
        departements,
        partners,
        national,
        decidable,
        in_force_on,
        valid_until_before,
        filed_from,
        filed_until,
        updated_since,
    } = question;
    let mut query = of_statuses(habilitations::table.into_boxed(), statuses, today);
    if !authorities.is_empty() {
        query = query.filter(habilitations::authority.eq_any(codes(authorities)));
    }
    if !host_kinds.is_empty() {
        query = query.filter(habilitations::host_kind.eq_any(codes(host_kinds)));
    }
    if !departements.is_empty() {
        query = query.filter(habilitations::departement.eq_any(reach::texts(departements)));
    }
    if !partners.is_empty() {
        let keys: Vec<DbKey> = partners.iter().map(|it| DbKey(it.uuid())).collect();
        query = query.filter(habilitations::partner_id.eq_any(keys));
    }
    match national {
        Some(true) => query = query.filter(habilitations::departement.is_null()),
        Some(false) => query = query.filter(habilitations::departement.is_not_null()),
        None => {}
    }
    if let Some(decidable) = decidable {
        query = decidable_on(query, *decidable, today);
    }
    if let Some(day) = in_force_on {
        query = in_force(query, *day);
    }
    if let Some(day) = valid_until_before {
        query = query.filter(habilitations::valid_until.lt(*day));
    }
    if let Some(day) = filed_from {
        query = query.filter(habilitations::filed_on.ge(*day));
    }
    if let Some(day) = filed_until {
        query = query.filter(habilitations::filed_on.le(*day));
    }
    if let Some(since) = updated_since {
        query = query.filter(habilitations::updated_at.ge(DbInstant::new(*since)));
    }
    query
}

/// In one of these states on `today`: one whose period is over has expired, though nobody told it
/// yet.
fn of_statuses(query: Asked, statuses: &[HabilitationStatus], today: NaiveDate) -> Asked {
    if statuses.is_empty() {
        return query;
    }
    let all = HabilitationStatus::all().iter();
    let ending = all.filter(|it| it.after_the_period() != **it);
    let ending: Vec<&str> = ending.map(|it| it.code()).collect();
    let over = habilitations::status
        .eq_any(ending)
        .and(habilitations::valid_until.lt(today));
    let kept = habilitations::status.eq_any(codes(statuses));
    if statuses.contains(&HabilitationStatus::Expired) {
        query.filter(kept.or(over))
    } else {
        query.filter(kept.and(not(over)))
    }
}

/// Whose decision may be taken on `today`, or not; a renewal lapses with the period.
fn decidable_on(query: Asked, decidable: bool, today: NaiveDate) -> Asked {
    use habilitations::{decidable_on, status, valid_until};
    let renewal = HabilitationStatus::RenewalRequested.code();
    let lapsed = status.eq(renewal).and(valid_until.lt(today));
    if decidable {
        query.filter(decidable_on.le(today)).filter(not(lapsed))
    } else {
        let early = decidable_on.is_null().or(decidable_on.gt(today));
        query.filter(early.or(lapsed))
    }
}

/// In force on `day`: a granted period holds it, and it comes before any withdrawal.
fn in_force(query: Asked, day: NaiveDate) -> Asked {
    use habilitation_proceedings::{decided_on, habilitation_id, ruling, valid_from, valid_until};
    let granted = habilitation_proceedings::table
        .filter(valid_from.le(day))
        .filter(valid_until.ge(day))
        .select(habilitation_id);
    let withdrawn = habilitation_proceedings::table
        .filter(habilitation_id.eq(habilitations::id))
        .filter(ruling.eq(Ruling::Withdraw.code()))
        .filter(decided_on.le(day));
    query
        .filter(habilitations::id.eq_any(granted))
        .filter(not(exists(withdrawn)))
}

fn codes<T: Code>(values: &[T]) -> Vec<&'static str> {
    values.iter().map(|value| value.code()).collect()
}

#[cfg(test)]
mod tests;

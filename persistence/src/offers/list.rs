//! A partner's own offers page by page, with what hides each.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::not;
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::establishments::EstablishmentStatus;
use domain::kernel::{Code, Id};
use domain::offers::{
    Diffusion, HostStanding, Offer, OfferKind, OfferStatus, PartnerReference, PublicationReason,
};
use domain::partners::Partner;

use super::row::OfferRow;
use super::whole;
use super::within::{self, Within};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::{establishments, offer_tig, offers};

/// Which of its offers a partner asks for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnQuestion {
    /// In one of these states.
    pub statuses: Vec<OfferStatus>,
    /// Of one of these kinds.
    pub kinds: Vec<OfferKind>,
    /// Called by one of these references.
    pub references: Vec<PartnerReference>,
    /// Shown, or not.
    pub visible: Option<bool>,
    /// Hidden for one of these reasons, perhaps among others.
    pub reasons: Vec<PublicationReason>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// Within the reach of who asks.
    pub within: Within,
}

/// What decides whether a partner's offers are shown, besides what is kept of each.
#[derive(Debug, Clone, Copy)]
pub struct OwnView<'a> {
    /// The partner.
    pub partner: Id<Partner>,
    /// How far it may take somebody in.
    pub host: &'a HostStanding,
    /// How far those see to whom an offer is shown or not.
    pub view: Diffusion,
    /// The day.
    pub day: NaiveDate,
}

/// A page of offers.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferPage {
    /// The offers.
    pub offers: Vec<Offer>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

/// At most `limit` of a partner's offers that come after one of them, in the order of the ids.
pub fn page(
    conn: &mut Conn,
    own: OwnView<'_>,
    question: &OwnQuestion,
    after: Option<Id<Offer>>,
    limit: u32,
) -> Result<OfferPage, DbError> {
    let around = Around::look_up(conn, own)?;
    let total = asked(own, question, &around).count().get_result(conn)?;
    let mut rows: Vec<OfferRow> = ordered(own, question, &around, after, limit)
        .select(OfferRow::as_select())
        .load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(OfferPage {
        offers: whole(conn, rows)?,
        total,
        more,
    })
}

type Asked = IntoBoxed<'static, offers::table, MultiBackend>;

/// One offer more than asked for, which tells whether others follow.
fn ordered(
    own: OwnView<'_>,
    question: &OwnQuestion,
    around: &Around,
    after: Option<Id<Offer>>,
    limit: u32,
) -> Asked {
    let mut query = asked(own, question, around);
    if let Some(last) = after {
        query = query.filter(offers::id.gt(DbKey(last.uuid())));
    }
    query
        .order(offers::id)
        .limit(i64::from(limit).saturating_add(1))
}

fn asked(own: OwnView<'_>, question: &OwnQuestion, around: &Around) -> Asked {
    let OwnQuestion {
        statuses,
        kinds,
        references,
        visible,
        reasons,
        updated_since,
        within,
    } = question;
    let mut query = offers::table.into_boxed();
    query = query.filter(offers::partner_id.eq(DbKey(own.partner.uuid())));
    if !statuses.is_empty() {
        query = query.filter(offers::status.eq_any(codes(statuses)));
    }
    if !kinds.is_empty() {
        query = query.filter(offers::kind.eq_any(codes(kinds)));
    }
    if !references.is_empty() {
        let words: Vec<String> = references.iter().map(ToString::to_string).collect();
        query = query.filter(offers::reference.eq_any(words));
    }
    if let Some(hidden) = any(reasons, around) {
        query = query.filter(hidden);
    }
    if let (Some(visible), Some(hidden)) = (visible, any(PublicationReason::all(), around)) {
        query = if *visible {
            query.filter(not(hidden))
        } else {
            query.filter(hidden)
        };
    }
    if let Some(since) = updated_since {
        query = query.filter(offers::updated_at.ge(DbInstant::new(*since)));
    }
    within::keep(query, within)
}

/// A condition on the row of an offer; it is true or false, whatever the row leaves out.
type Condition = Box<dyn BoxableExpression<offers::table, MultiBackend, SqlType = Bool>>;

/// One of these reasons at least; `None` when there is none.
fn any(reasons: &[PublicationReason], around: &Around) -> Option<Condition> {
    let conditions = reasons.iter().map(|reason| around.hides(*reason));
    conditions.reduce(|one, other| Box::new(one.or(other)))
}

/// What the conditions need to know beside the rows.
struct Around {
    day: NaiveDate,
    view: Diffusion,
    /// The establishments that are closed.
    closed: Vec<DbKey>,
    /// Why the partner may not take somebody in, in the départements where it may not.
    lacking: Vec<(String, PublicationReason)>,
}

impl Around {
    fn look_up(conn: &mut Conn, own: OwnView<'_>) -> Result<Self, DbError> {
        let closed = establishments::table
            .filter(establishments::status.eq(EstablishmentStatus::Closed.code()))
            .select(establishments::id)
            .load(conn)?;
        let departements: Vec<String> = offers::table
            .filter(offers::partner_id.eq(DbKey(own.partner.uuid())))
            .filter(offers::kind.eq(OfferKind::Tig.code()))
            .select(offers::departement)
            .distinct()
            .load(conn)?;
        let mut lacking = Vec::new();
        for code in departements {
            let departement = code.parse().map_err(|error| {
                DbError::inconsistent("offers", own.partner, format!("{code}: {error}"))
            })?;
            if let Some(reason) = own.host.why_not(&departement, own.day) {
                lacking.push((code, reason));
            }
        }
        Ok(Self {
            day: own.day,
            view: own.view,
            closed,
            lacking,
        })
    }

    /// Whether an offer is hidden for a reason: what [`Offer::publication`] answers, asked of the
    /// rows, so that a page is read without those that it leaves out.
    fn hides(&self, reason: PublicationReason) -> Condition {
        use PublicationReason as Reason;
        let state = |status: OfferStatus| offers::status.eq(status.code());
        match reason {
            Reason::Draft => Box::new(state(OfferStatus::Draft)),
            Reason::NotDecided => not_decided(),
            Reason::Refused => Box::new(state(OfferStatus::Refused)),
            Reason::Suspended => Box::new(state(OfferStatus::Suspended)),
            Reason::StruckOff => Box::new(state(OfferStatus::StruckOff)),
            Reason::Closed => Box::new(state(OfferStatus::Closed)),
            Reason::Withdrawn => Box::new(offers::withdrawn_at.is_not_null()),
            Reason::NotYetValid => Box::new(
                offers::starts_on
                    .is_not_null()
                    .and(offers::starts_on.assume_not_null().gt(self.day)),
            ),
            Reason::Expired => Box::new(
                offers::ends_on
                    .is_not_null()
                    .and(offers::ends_on.assume_not_null().lt(self.day)),
            ),
            Reason::HabilitationMissing
            | Reason::HabilitationExpired
            | Reason::HabilitationWithdrawn
            | Reason::HabilitationElsewhere
            | Reason::ExperimentEnded => self.lacks(reason),
            Reason::EstablishmentClosed => {
                let closed = self.closed.clone();
                Box::new(
                    offers::establishment_id
                        .is_not_null()
                        .and(offers::establishment_id.assume_not_null().eq_any(closed)),
                )
            }
            Reason::DiffusionRestricted => {
                let all = Diffusion::all().iter();
                let wider = all.filter(|diffusion| !diffusion.reaches(self.view));
                let wider: Vec<&str> = wider.map(|diffusion| diffusion.code()).collect();
                Box::new(offers::diffusion.eq_any(wider))
            }
        }
    }

    fn lacks(&self, reason: PublicationReason) -> Condition {
        let there = self.lacking.iter().filter(|(_, why)| *why == reason);
        let departements: Vec<String> = there.map(|(code, _)| code.clone()).collect();
        Box::new(
            offers::kind
                .eq(OfferKind::Tig.code())
                .and(offers::departement.eq_any(departements)),
        )
    }
}

/// Filed and awaiting a decision, or a post that is registered for nobody yet.
fn not_decided() -> Condition {
    let awaiting = [
        OfferStatus::Requested,
        OfferStatus::OpinionsRequested,
        OfferStatus::Submitted,
    ];
    let for_nobody = offer_tig::table
        .filter(offer_tig::offer_id.eq(offers::id))
        .filter(offer_tig::registered_for.eq(""))
        .select(offer_tig::offer_id)
        .single_value();
    Box::new(
        offers::status.eq_any(codes(&awaiting)).or(offers::status
            .eq(OfferStatus::Registered.code())
            .and(for_nobody.is_not_null())),
    )
}

fn codes<C: Code>(values: &[C]) -> Vec<&'static str> {
    values.iter().map(|value| value.code()).collect()
}

#[cfg(test)]
mod tests;

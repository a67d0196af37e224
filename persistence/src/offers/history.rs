//! What happened to an offer, in order.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::changes::EventType;
use domain::habilitations::{Signatory, Statement};
use domain::kernel::Code;
use domain::offers::{
    HistoryDetail, HistoryEntry, HistoryFact, HistoryGrounds, Offer, OfferKind, SuspensionOrigin,
};

use super::parts::part_row;
use super::suspensions::{grounds, host_motive};
use crate::kernel::DbError;
use crate::kernel::row::Reading;
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::offer_history;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_history, treat_none_as_default_value = false)]
pub(super) struct HistoryRow {
    offer_id: DbKey,
    rank: i32,
    at: DbInstant,
    event: String,
    decided_on: Option<NaiveDate>,
    origin: Option<String>,
    until: Option<NaiveDate>,
    reasons: Option<String>,
    statement: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    capacity: Option<String>,
}

part_row!(HistoryRow, offer_history, rank);

pub(super) fn rows(offer: &Offer) -> Vec<HistoryRow> {
    let ranked = (0..).zip(&offer.life().history);
    ranked
        .map(|(rank, entry)| row(offer, rank, entry))
        .collect()
}

fn row(offer: &Offer, rank: i32, entry: &HistoryEntry) -> HistoryRow {
    let HistoryFact {
        at,
        event,
        decided_on,
        origin,
        until,
    } = &entry.fact;
    let HistoryDetail { grounds, signatory } = &entry.detail;
    let (grounds, signatory) = (grounds.as_ref(), signatory.as_ref());
    let reasons = grounds.map(|it| {
        let codes: Vec<&str> = it.reasons().iter().map(|item| item.code).collect();
        codes.join(" ")
    });
    let statement = grounds.and_then(HistoryGrounds::statement);
    HistoryRow {
        offer_id: DbKey(offer.id.uuid()),
        rank,
        at: DbInstant::new(*at),
        event: event.code().to_owned(),
        decided_on: *decided_on,
        origin: origin.map(|it| it.code().to_owned()),
        until: *until,
        reasons,
        statement: statement.map(Statement::as_str).map(ToOwned::to_owned),
        first_name: signatory.map(|it| it.first_name.to_string()),
        last_name: signatory.map(|it| it.last_name.to_string()),
        capacity: signatory.map(|it| it.capacity.to_string()),
    }
}

/// An event of an offer of this kind.
pub(super) fn read(row: &HistoryRow, kind: OfferKind) -> Result<HistoryEntry, DbError> {
    let reading = Reading {
        table: "offer_history",
        id: row.offer_id,
    };
    let origin = row.origin.as_deref();
    let fact = HistoryFact {
        at: row.at.get(),
        event: reading.code(&row.event)?,
        decided_on: row.decided_on,
        origin: origin.map(|code| reading.code(code)).transpose()?,
        until: row.until,
    };
    let detail = HistoryDetail {
        grounds: read_grounds(reading, row, kind, &fact)?,
        signatory: read_signatory(reading, row)?,
    };
    Ok(HistoryEntry { fact, detail })
}

/// The event, and who made it happen, say in which list its reasons are.
fn read_grounds(
    reading: Reading,
    row: &HistoryRow,
    kind: OfferKind,
    fact: &HistoryFact,
) -> Result<Option<HistoryGrounds>, DbError> {
    let Some(reasons) = row.reasons.as_deref() else {
        return Ok(None);
    };
    let statement = row.statement.as_deref();
    let grounds = match (fact.event, fact.origin, kind) {
        (EventType::OfferSuspended, Some(SuspensionOrigin::Host), _) => {
            HistoryGrounds::HostSuspension(host_motive(reading, reasons, statement)?)
        }
        (EventType::OfferSuspended, _, _) => {
            HistoryGrounds::Suspension(grounds(reading, reasons, statement)?)
        }
        (_, _, OfferKind::Tig) => HistoryGrounds::Post(grounds(reading, reasons, statement)?),
        (_, _, OfferKind::Employment | OfferKind::Training) => {
            HistoryGrounds::Moderation(grounds(reading, reasons, statement)?)
        }
    };
    Ok(Some(grounds))
}

fn read_signatory(reading: Reading, row: &HistoryRow) -> Result<Option<Signatory>, DbError> {
    match (&row.first_name, &row.last_name, &row.capacity) {
        (Some(first_name), Some(last_name), Some(capacity)) => Ok(Some(Signatory {
            first_name: reading.text(first_name)?,
            last_name: reading.text(last_name)?,
            capacity: reading.text(capacity)?,
        })),
        (None, None, None) => Ok(None),
        _ => Err(reading.misfit("a signatory has two names and a capacity")),
    }
}

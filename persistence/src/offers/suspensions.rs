//! What suspends an offer: its host, an authority, or both.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::Grounds;
use domain::kernel::Code;
use domain::offers::{HostMotive, Offer, Suspension, SuspensionOrigin, Suspensions};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::{Reading, words};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::offer_suspensions;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_suspensions, treat_none_as_default_value = false)]
pub(super) struct SuspensionRow {
    offer_id: DbKey,
    origin: String,
    since: DbInstant,
    reasons: String,
    statement: Option<String>,
    until: Option<NaiveDate>,
}

part_row!(SuspensionRow, offer_suspensions, origin);

pub(super) fn rows(offer: &Offer) -> Vec<SuspensionRow> {
    let Suspensions { host, authority } = &offer.life().suspensions;
    let by_host = host.iter().map(|it| SuspensionRow {
        offer_id: DbKey(offer.id.uuid()),
        origin: SuspensionOrigin::Host.code().to_owned(),
        since: DbInstant::new(it.since),
        reasons: it.motive.reason().code().to_owned(),
        statement: it.motive.statement().map(|it| it.as_str().to_owned()),
        until: it.until,
    });
    let by_authority = authority.iter().map(|it| SuspensionRow {
        offer_id: DbKey(offer.id.uuid()),
        origin: SuspensionOrigin::Authority.code().to_owned(),
        since: DbInstant::new(it.since),
        reasons: words(it.motive.reasons()),
        statement: Some(it.motive.statement().as_str().to_owned()),
        until: it.until,
    });
    by_authority.chain(by_host).collect()
}

pub(super) fn read(rows: &[SuspensionRow]) -> Result<Suspensions, DbError> {
    let mut suspensions = Suspensions::default();
    for row in rows {
        let reading = Reading {
            table: "offer_suspensions",
            id: row.offer_id,
        };
        let statement = row.statement.as_deref();
        match reading.code(&row.origin)? {
            SuspensionOrigin::Host => {
                let motive = host_motive(reading, &row.reasons, statement)?;
                suspensions.host = Some(suspension(row, motive));
            }
            SuspensionOrigin::Authority => {
                let motive = grounds(reading, &row.reasons, statement)?;
                suspensions.authority = Some(suspension(row, motive));
            }
        }
    }
    Ok(suspensions)
}

fn suspension<M>(row: &SuspensionRow, motive: M) -> Suspension<M> {
    Suspension {
        since: row.since.get(),
        motive,
        until: row.until,
    }
}

/// Why a host suspends.
pub(super) fn host_motive(
    reading: Reading,
    reason: &str,
    statement: Option<&str>,
) -> Result<HostMotive, DbError> {
    let statement = reading.maybe_text(statement)?;
    let motive = HostMotive::new(reading.code(reason)?, statement);
    motive.map_err(|refusal| reading.misfit(refusal.detail))
}

/// The reasons of an authority.
pub(super) fn grounds<R: Code>(
    reading: Reading,
    reasons: &str,
    statement: Option<&str>,
) -> Result<Grounds<R>, DbError> {
    let missing = || reading.misfit("the reasons of an authority are stated");
    let statement = reading.text(statement.ok_or_else(missing)?)?;
    reading.whole_value(Grounds::new(reading.codes(reasons)?, statement))
}

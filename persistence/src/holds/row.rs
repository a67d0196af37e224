//! The row of a hold, and its conversion to domain values.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::holds::{Hold, HoldFacts, HoldRequest};
use domain::kernel::{Code, Count, Id, Record, SentenceHours};

use crate::kernel::DbError;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::holds;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = holds, treat_none_as_null = true)]
pub(super) struct HoldRow {
    pub(super) id: DbKey,
    offer_id: DbKey,
    holder_id: DbKey,
    places: i32,
    hours: i32,
    starts_on: NaiveDate,
    framework: Option<String>,
    case_hash: String,
    status: String,
    expires_at: DbInstant,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

impl HoldRow {
    /// The row of a hold, with the version and dates it is to have.
    pub(super) fn new(hold: &Hold, record: Record) -> Self {
        let HoldFacts {
            offer,
            request,
            status,
            expires_at,
        } = hold.into_facts();
        let HoldRequest {
            holder,
            places,
            hours,
            starts_on,
            framework,
            case,
        } = request;
        Self {
            id: DbKey(hold.id.uuid()),
            offer_id: DbKey(offer.uuid()),
            holder_id: DbKey(holder.uuid()),
            places: int(places.get()),
            hours: int(hours.get()),
            starts_on,
            framework: framework.map(|framework| framework.code().to_owned()),
            case_hash: case.to_string(),
            status: status.code().to_owned(),
            expires_at: DbInstant::new(expires_at),
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    pub(super) fn into_hold(self) -> Result<Hold, DbError> {
        let reading = Reading {
            table: "holds",
            id: self.id,
        };
        let framework = self.framework.as_deref();
        let facts = HoldFacts {
            offer: Id::new(self.offer_id.0),
            request: HoldRequest {
                holder: Id::new(self.holder_id.0),
                places: reading.whole(self.places, Count::new)?,
                hours: reading.whole(self.hours, SentenceHours::new)?,
                starts_on: self.starts_on,
                framework: framework.map(|code| reading.code(code)).transpose()?,
                case: reading.text(&self.case_hash)?,
            },
            status: reading.code(&self.status)?,
            expires_at: self.expires_at.get(),
        };
        let record = record(self.version, self.created_at, self.updated_at);
        Ok(Hold::restore(Id::new(self.id.0), record, facts))
    }
}

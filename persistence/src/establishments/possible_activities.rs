//! Activities that could be.

use diesel::prelude::*;
use domain::establishments::PossibleActivity;
use domain::kernel::{Code, Id, Part};
use uuid::Uuid;

use super::parts::kept_in_one_row;
use crate::kernel::row::{Reading, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::possible_activities;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = possible_activities, treat_none_as_null = true)]
struct PossibleActivityRow {
    id: DbKey,
    establishment_id: DbKey,
    activity: String,
    conditions: Option<String>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

kept_in_one_row!(
    PossibleActivity,
    PossibleActivityRow,
    possible_activities,
    "possible-activities"
);

impl PossibleActivityRow {
    fn new(owner: Uuid, part: &Part<PossibleActivity>) -> Self {
        let Part {
            id,
            demo,
            record,
            value,
        } = part;
        Self {
            id: DbKey(id.uuid()),
            establishment_id: DbKey(owner),
            activity: value.activity.code().to_owned(),
            conditions: value.conditions.as_ref().map(ToString::to_string),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self) -> Result<Part<PossibleActivity>, DbError> {
        let reading = Reading {
            table: "possible_activities",
            id: self.id,
        };
        let value = PossibleActivity {
            activity: reading.code(&self.activity)?,
            conditions: reading.maybe_text(self.conditions.as_deref())?,
        };
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}

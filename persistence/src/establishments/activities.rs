//! Activities in place.

use diesel::prelude::*;
use domain::establishments::ActivityInPlace;
use domain::kernel::{Code, Id, Part, Workforce};
use uuid::Uuid;

use super::parts::kept_in_one_row;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::activities_in_place;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = activities_in_place, treat_none_as_null = true)]
struct ActivityRow {
    id: DbKey,
    establishment_id: DbKey,
    zone_id: Option<DbKey>,
    activity: String,
    regime: String,
    workforce: Option<i32>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

kept_in_one_row!(
    ActivityInPlace,
    ActivityRow,
    activities_in_place,
    "activities"
);

impl ActivityRow {
    fn new(owner: Uuid, part: &Part<ActivityInPlace>) -> Self {
        let Part {
            id,
            demo,
            record,
            value,
        } = part;
        Self {
            id: DbKey(id.uuid()),
            establishment_id: DbKey(owner),
            zone_id: value.zone.map(|zone| DbKey(zone.uuid())),
            activity: value.activity.code().to_owned(),
            regime: value.regime.code().to_owned(),
            workforce: value.workforce.map(|workforce| int(workforce.get())),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self) -> Result<Part<ActivityInPlace>, DbError> {
        let reading = Reading {
            table: "activities_in_place",
            id: self.id,
        };
        let value = ActivityInPlace {
            activity: reading.code(&self.activity)?,
            regime: reading.code(&self.regime)?,
            workforce: reading.maybe_whole(self.workforce, Workforce::new)?,
            zone: self.zone_id.map(|zone| Id::new(zone.0)),
        };
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}

//! Loading docks.

use diesel::prelude::*;
use domain::establishments::{Dock, DockFacts};
use domain::kernel::{Code, Count, HeightCm, Id, Part};
use uuid::Uuid;

use super::parts::kept_in_one_row;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::loading_docks;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = loading_docks, treat_none_as_null = true)]
struct DockRow {
    id: DbKey,
    establishment_id: DbKey,
    zone_id: Option<DbKey>,
    name: Option<String>,
    kind: String,
    number: Option<i32>,
    height_cm: Option<i32>,
    leveller: Option<bool>,
    max_vehicle: Option<String>,
    clearance_cm: Option<i32>,
    opening_hours: Option<String>,
    shared: Option<bool>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

kept_in_one_row!(Dock, DockRow, loading_docks, "docks");

impl DockRow {
    fn new(owner: Uuid, part: &Part<Dock>) -> Self {
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
            name: value.name.as_ref().map(ToString::to_string),
            kind: value.kind.code().to_owned(),
            number: value.number.map(|number| int(number.get())),
            height_cm: value.height_cm.map(|height| int(height.get())),
            leveller: value.leveller,
            max_vehicle: value.max_vehicle.map(|size| size.code().to_owned()),
            clearance_cm: value.clearance_cm.map(|height| int(height.get())),
            opening_hours: value.opening_hours.as_ref().map(ToString::to_string),
            shared: value.shared,
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self) -> Result<Part<Dock>, DbError> {
        let reading = Reading {
            table: "loading_docks",
            id: self.id,
        };
        let facts = DockFacts {
            name: reading.maybe_text(self.name.as_deref())?,
            kind: reading.code(&self.kind)?,
            zone: self.zone_id.map(|zone| Id::new(zone.0)),
            number: reading.maybe_whole(self.number, Count::new)?,
            height_cm: reading.maybe_whole(self.height_cm, HeightCm::new)?,
            leveller: self.leveller,
            max_vehicle: self
                .max_vehicle
                .map(|size| reading.code(&size))
                .transpose()?,
            clearance_cm: reading.maybe_whole(self.clearance_cm, HeightCm::new)?,
            opening_hours: reading.maybe_text(self.opening_hours.as_deref())?,
            shared: self.shared,
        };
        let value = reading.whole_value(Dock::new(facts))?;
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}

//! Storage areas.

use diesel::prelude::*;
use domain::establishments::StorageArea;
use domain::kernel::{AreaM2, HeightM, Id, Part};
use uuid::Uuid;

use super::parts::kept_in_one_row;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::storage_areas;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = storage_areas, treat_none_as_null = true)]
struct StorageAreaRow {
    id: DbKey,
    establishment_id: DbKey,
    zone_id: Option<DbKey>,
    name: Option<String>,
    area_m2: i32,
    clear_height_m: Option<f64>,
    cold: Option<bool>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

kept_in_one_row!(StorageArea, StorageAreaRow, storage_areas, "storage-areas");

impl StorageAreaRow {
    fn new(owner: Uuid, part: &Part<StorageArea>) -> Self {
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
            area_m2: int(value.area_m2.get()),
            clear_height_m: value.clear_height_m.map(HeightM::get),
            cold: value.cold,
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self) -> Result<Part<StorageArea>, DbError> {
        let reading = Reading {
            table: "storage_areas",
            id: self.id,
        };
        let value = StorageArea {
            name: reading.maybe_text(self.name.as_deref())?,
            zone: self.zone_id.map(|zone| Id::new(zone.0)),
            area_m2: reading.whole(self.area_m2, AreaM2::new)?,
            clear_height_m: reading.maybe_decimal(self.clear_height_m, HeightM::new)?,
            cold: self.cold,
        };
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}

//! Production zones, and what each is fitted with.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::establishments::{EquipmentItem, Zone, ZoneFacts};
use domain::kernel::{AreaM2, Code, Count, FloorLoadKgM2, HeightM, Id, Part, PowerKva};
use uuid::Uuid;

use super::parts::{Kept, Owners, any_demo, rows_of};
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::{production_zones, zone_equipment};

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = production_zones, treat_none_as_null = true)]
struct ZoneRow {
    id: DbKey,
    establishment_id: DbKey,
    name: Option<String>,
    kind: String,
    status: String,
    area_m2: i32,
    available_area_m2: Option<i32>,
    clear_height_m: Option<f64>,
    floor_load_kg_m2: Option<i32>,
    power_kva: Option<f64>,
    ground_floor: Option<bool>,
    workstations: Option<i32>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = zone_equipment)]
struct EquipmentRow {
    zone_id: DbKey,
    equipment: String,
    quantity: Option<i32>,
    rank: i32,
}

impl Kept for Zone {
    const LIST: &'static str = "zones";
    const PRIMARY_KEY: &'static str = "production_zones_pkey";

    fn load(conn: &mut Conn, owners: Owners<'_>) -> Result<Vec<(Uuid, Part<Self>)>, DbError> {
        let mut equipment = equipment_by_zone(conn, owners)?;
        let rows: Vec<ZoneRow> = rows_of!(conn, owners, production_zones, ZoneRow);
        rows.into_iter()
            .map(|row| {
                let equipment = equipment.remove(&row.id).unwrap_or_default();
                Ok((row.establishment_id.0, row.into_part(equipment)?))
            })
            .collect()
    }

    fn insert(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()> {
        let row = ZoneRow::new(owner, part);
        diesel::insert_into(production_zones::table)
            .values(row)
            .execute(conn)?;
        insert_equipment(conn, part)
    }

    fn update(conn: &mut Conn, owner: Uuid, part: &Part<Self>) -> QueryResult<()> {
        let row = ZoneRow::new(owner, part);
        diesel::update(production_zones::table.find(row.id))
            .set(&row)
            .execute(conn)?;
        delete_equipment(conn, row.id)?;
        insert_equipment(conn, part)
    }

    fn delete(conn: &mut Conn, id: DbKey) -> QueryResult<()> {
        delete_equipment(conn, id)?;
        diesel::delete(production_zones::table.find(id))
            .execute(conn)
            .map(drop)
    }

    fn any_demo(conn: &mut Conn) -> QueryResult<bool> {
        any_demo!(conn, production_zones)
    }
}

fn equipment_by_zone(
    conn: &mut Conn,
    owners: Owners<'_>,
) -> Result<HashMap<DbKey, Vec<EquipmentItem>>, DbError> {
    let all = zone_equipment::table
        .inner_join(production_zones::table)
        .order((zone_equipment::zone_id, zone_equipment::rank))
        .select(EquipmentRow::as_select());
    let rows = match owners {
        Owners::All => all.load(conn)?,
        Owners::These(ids) => all
            .filter(production_zones::establishment_id.eq_any(ids))
            .load(conn)?,
    };
    let mut lists: HashMap<DbKey, Vec<EquipmentItem>> = HashMap::new();
    for EquipmentRow {
        zone_id,
        equipment,
        quantity,
        rank: _,
    } in rows
    {
        let reading = Reading {
            table: "zone_equipment",
            id: zone_id,
        };
        lists.entry(zone_id).or_default().push(EquipmentItem {
            equipment: reading.code(&equipment)?,
            quantity: reading.maybe_whole(quantity, Count::new)?,
        });
    }
    Ok(lists)
}

fn insert_equipment(conn: &mut Conn, part: &Part<Zone>) -> QueryResult<()> {
    for (rank, item) in (0..).zip(&part.value.equipment) {
        let EquipmentItem {
            equipment,
            quantity,
        } = item;
        let row = EquipmentRow {
            zone_id: DbKey(part.id.uuid()),
            equipment: equipment.code().to_owned(),
            quantity: quantity.map(|count| int(count.get())),
            rank,
        };
        diesel::insert_into(zone_equipment::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

fn delete_equipment(conn: &mut Conn, zone: DbKey) -> QueryResult<()> {
    let of_zone = zone_equipment::table.filter(zone_equipment::zone_id.eq(zone));
    diesel::delete(of_zone).execute(conn).map(drop)
}

impl ZoneRow {
    fn new(owner: Uuid, part: &Part<Zone>) -> Self {
        let Part {
            id,
            demo,
            record,
            value,
        } = part;
        Self {
            id: DbKey(id.uuid()),
            establishment_id: DbKey(owner),
            name: value.name.as_ref().map(ToString::to_string),
            kind: value.kind.code().to_owned(),
            status: value.status.code().to_owned(),
            area_m2: int(value.area_m2.get()),
            available_area_m2: value.available_area_m2.map(|area| int(area.get())),
            clear_height_m: value.clear_height_m.map(HeightM::get),
            floor_load_kg_m2: value.floor_load_kg_m2.map(|load| int(load.get())),
            power_kva: value.power_kva.map(PowerKva::get),
            ground_floor: value.ground_floor,
            workstations: value.workstations.map(|count| int(count.get())),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self, equipment: Vec<EquipmentItem>) -> Result<Part<Zone>, DbError> {
        let reading = Reading {
            table: "production_zones",
            id: self.id,
        };
        let facts = ZoneFacts {
            name: reading.maybe_text(self.name.as_deref())?,
            kind: reading.code(&self.kind)?,
            status: reading.code(&self.status)?,
            area_m2: reading.whole(self.area_m2, AreaM2::new)?,
            available_area_m2: reading.maybe_whole(self.available_area_m2, AreaM2::new)?,
            clear_height_m: reading.maybe_decimal(self.clear_height_m, HeightM::new)?,
            floor_load_kg_m2: reading.maybe_whole(self.floor_load_kg_m2, FloorLoadKgM2::new)?,
            power_kva: reading.maybe_decimal(self.power_kva, PowerKva::new)?,
            ground_floor: self.ground_floor,
            workstations: reading.maybe_whole(self.workstations, Count::new)?,
            equipment,
        };
        let value = reading.whole_value(Zone::new(facts))?;
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}

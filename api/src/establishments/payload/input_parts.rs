//! The parts of a sheet read back.

use domain::{
    establishments::{
        ActivityInPlace, Contact, ContactFacts, Dock, DockFacts, EquipmentItem, PossibleActivity,
        StorageArea, Zone, ZoneFacts,
    },
    kernel::{AreaM2, Count, FloorLoadKgM2, HeightCm, HeightM, Id, PowerKva, Record, Workforce},
};

use super::input::{read_hours, read_record};
use crate::kernel::body::{Fields, Value};

/// The most parts of one kind.
const MOST_PARTS: usize = 1000;
/// The most kinds of equipment of a zone.
const MOST_EQUIPMENT: usize = 100;

/// The parts of a sheet, list by list; `None` where the sheet has no such list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartsInput {
    pub(super) zones: Option<Vec<PartInput<Zone>>>,
    pub(super) storage_areas: Option<Vec<PartInput<StorageArea>>>,
    pub(super) docks: Option<Vec<PartInput<Dock>>>,
    pub(super) activities: Option<Vec<PartInput<ActivityInPlace>>>,
    pub(super) possible_activities: Option<Vec<PartInput<PossibleActivity>>>,
    pub(super) contacts: Option<Vec<PartInput<Contact>>>,
}

/// A part as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PartInput<T> {
    pub(super) id: Option<Id<T>>,
    pub(super) demo: bool,
    pub(super) record: Option<Record>,
    pub(super) value: T,
}

/// Reads the lists of parts.
pub(super) fn read_parts(fields: &mut Fields<'_>) -> PartsInput {
    PartsInput {
        zones: list(fields, "zones", zone),
        storage_areas: list(fields, "storage_areas", storage_area),
        docks: list(fields, "docks", dock),
        activities: list(fields, "activities", activity),
        possible_activities: list(fields, "possible_activities", possible_activity),
        contacts: list(fields, "contacts", contact),
    }
}

fn list<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    read: fn(&mut Fields<'_>) -> Option<T>,
) -> Option<Vec<PartInput<T>>> {
    fields.optional(name, |value| {
        value.list(MOST_PARTS, |value| part(&value, read))
    })
}

fn part<T>(value: &Value<'_>, read: fn(&mut Fields<'_>) -> Option<T>) -> Option<PartInput<T>> {
    value.object(|fields| {
        let id = fields.optional("id", |value| value.id());
        let value = read(fields);
        let demo = fields
            .optional("demo", |value| value.bool())
            .unwrap_or(false);
        let record = read_record(fields);
        Some(PartInput {
            id,
            demo,
            record,
            value: value?,
        })
    })
}

pub(super) fn zone(fields: &mut Fields<'_>) -> Option<Zone> {
    let name = fields.optional("name", |value| value.parsed());
    let kind = fields.required("kind", |value| value.coded());
    let status = fields.required("status", |value| value.coded());
    let area_m2 = fields.required("area_m2", |value| value.whole(AreaM2::new));
    let available_area_m2 = fields.optional("available_area_m2", |value| value.whole(AreaM2::new));
    let clear_height_m = fields.optional("clear_height_m", |value| value.decimal(HeightM::new));
    let floor_load = fields.optional("floor_load_kg_m2", |value| value.whole(FloorLoadKgM2::new));
    let power_kva = fields.optional("power_kva", |value| value.decimal(PowerKva::new));
    let ground_floor = fields.optional("ground_floor", |value| value.bool());
    let workstations = fields.optional("workstations", |value| value.whole(Count::new));
    let equipment = fields.optional("equipment", |value| {
        value.list(MOST_EQUIPMENT, |value| equipment(&value))
    });
    let facts = ZoneFacts {
        name,
        kind: kind?,
        status: status?,
        area_m2: area_m2?,
        available_area_m2,
        clear_height_m,
        floor_load_kg_m2: floor_load,
        power_kva,
        ground_floor,
        workstations,
        equipment: equipment.unwrap_or_default(),
    };
    fields.check(Zone::new(facts))
}

fn equipment(value: &Value<'_>) -> Option<EquipmentItem> {
    value.object(|fields| {
        let equipment = fields.required("code", |value| value.code());
        fields.ignore("label");
        let quantity = fields.optional("quantity", |value| value.whole(Count::new));
        Some(EquipmentItem {
            equipment: equipment?,
            quantity,
        })
    })
}

pub(super) fn storage_area(fields: &mut Fields<'_>) -> Option<StorageArea> {
    let name = fields.optional("name", |value| value.parsed());
    let zone = fields.optional("zone", |value| value.id());
    let area_m2 = fields.required("area_m2", |value| value.whole(AreaM2::new));
    let clear_height_m = fields.optional("clear_height_m", |value| value.decimal(HeightM::new));
    let cold = fields.optional("cold", |value| value.bool());
    Some(StorageArea {
        name,
        zone,
        area_m2: area_m2?,
        clear_height_m,
        cold,
    })
}

pub(super) fn dock(fields: &mut Fields<'_>) -> Option<Dock> {
    let name = fields.optional("name", |value| value.parsed());
    let kind = fields.required("kind", |value| value.coded());
    let zone = fields.optional("zone", |value| value.id());
    let number = fields.optional("number", |value| value.whole(Count::new));
    let height_cm = fields.optional("height_cm", |value| value.whole(HeightCm::new));
    let leveller = fields.optional("leveller", |value| value.bool());
    let max_vehicle = fields.optional("max_vehicle", |value| value.coded());
    let clearance_cm = fields.optional("clearance_cm", |value| value.whole(HeightCm::new));
    let opening_hours = fields.optional("opening_hours", |value| read_hours(&value));
    let shared = fields.optional("shared", |value| value.bool());
    let facts = DockFacts {
        name,
        kind: kind?,
        zone,
        number,
        height_cm,
        leveller,
        max_vehicle,
        clearance_cm,
        opening_hours,
        shared,
    };
    fields.check(Dock::new(facts))
}

pub(super) fn activity(fields: &mut Fields<'_>) -> Option<ActivityInPlace> {
    let activity = fields.required("activity", |value| value.coded());
    let regime = fields.required("regime", |value| value.coded());
    let workforce = fields.optional("workforce", |value| value.whole(Workforce::new));
    let zone = fields.optional("zone", |value| value.id());
    Some(ActivityInPlace {
        activity: activity?,
        regime: regime?,
        workforce,
        zone,
    })
}

pub(super) fn possible_activity(fields: &mut Fields<'_>) -> Option<PossibleActivity> {
    let activity = fields.required("activity", |value| value.coded());
    let conditions = fields.optional("conditions", |value| value.parsed());
    Some(PossibleActivity {
        activity: activity?,
        conditions,
    })
}

pub(super) fn contact(fields: &mut Fields<'_>) -> Option<Contact> {
    let role = fields.required("role", |value| value.coded());
    let service_name = fields.required("service_name", |value| value.parsed());
    let email = fields.optional("email", |value| value.parsed());
    let phone = fields.optional("phone", |value| value.parsed());
    let facts = ContactFacts {
        role: role?,
        service_name: service_name?,
        email,
        phone,
    };
    fields.check(Contact::new(facts))
}

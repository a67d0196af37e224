//! The parts of a sheet, as they are read.

use domain::{
    establishments::{
        ActivityInPlace, Contact, Dock, Equipment, EquipmentItem, PossibleActivity, StorageArea,
        Zone,
    },
    kernel::{Code, Count, Part},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{
    CodedActivity, CodedContactRole, CodedDockKind, CodedVehicleSize, CodedWorkRegime,
    CodedZoneKind, CodedZoneStatus,
};
use super::output::{OpeningOutput, openings};
use crate::kernel::{coded::Coded, dates::instant};

/// Declares the output of a part: its identifier, its own fields, and what every part has.
macro_rules! part_output {
    ($(#[$meta:meta])* $name:ident as $schema:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
        #[schema(as = $schema)]
        pub struct $name {
            /// The identifier of the part.
            #[schema(format = "uuid", min_length = 36, max_length = 36, example = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f")]
            pub id: String,
            $($(#[$field_meta])* pub $field: $type,)+
            /// Whether the part is fictitious, made for demonstration.
            #[schema(example = true)]
            pub demo: bool,
            /// Counts the changes of the part; 1 at creation.
            #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
            pub version: i64,
            /// When the part was created (RFC 3339, UTC).
            #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
            pub created_at: String,
            /// When the part last changed (RFC 3339, UTC).
            #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
            pub updated_at: String,
        }
    };
}

part_output! {
    /// A production zone: a workshop, or a part of one, that can be given to an activity.
    ZoneOutput as Zone {
        /// The name people use.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_length = 1, max_length = 120, example = "Atelier A")]
        name: Option<String>,
        /// What it is for.
        kind: CodedZoneKind,
        /// Whether it can be taken.
        status: CodedZoneStatus,
        /// Its area, in square metres.
        #[schema(minimum = 0, maximum = 1_000_000, example = 400)]
        area_m2: u32,
        /// The part of the area that is free, in square metres.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 1_000_000, example = 250)]
        available_area_m2: Option<u32>,
        /// Height under the lowest obstacle, in metres.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 50, example = 4.5)]
        clear_height_m: Option<f64>,
        /// The load the floor bears, in kilograms a square metre.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 100_000, example = 1000)]
        floor_load_kg_m2: Option<u32>,
        /// Electrical power available, in kilovolt-amperes.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 100_000, example = 60.0)]
        power_kva: Option<f64>,
        /// Whether it is at ground level.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, example = true)]
        ground_floor: Option<bool>,
        /// How many workstations it can hold.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 1, maximum = 10_000, example = 25)]
        workstations: Option<u32>,
        /// What it is fitted with, each kind once.
        #[schema(max_items = 100)]
        equipment: Vec<EquipmentOutput>,
    }
}

/// One kind of equipment, and how many where that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Equipment)]
pub struct EquipmentOutput {
    /// The code, of `/v1/code-lists/zone-equipment` (an open list).
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "three_phase")]
    pub code: &'static str,
    /// The official French label.
    #[schema(max_length = 200, example = "Triphasé 380 V")]
    pub label: &'static str,
    /// How many, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 10_000, example = 2)]
    pub quantity: Option<u32>,
}

part_output! {
    /// A place to keep materials and goods.
    StorageAreaOutput as StorageArea {
        /// The name people use.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_length = 1, max_length = 120, example = "Réserve")]
        name: Option<String>,
        /// The production zone of the same establishment it serves, when it serves one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid", min_length = 36, max_length = 36, example = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f")]
        zone: Option<String>,
        /// Its area, in square metres.
        #[schema(minimum = 0, maximum = 1_000_000, example = 120)]
        area_m2: u32,
        /// Height under the lowest obstacle, in metres.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 50, example = 3.2)]
        clear_height_m: Option<f64>,
        /// Whether it is refrigerated.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, example = false)]
        cold: Option<bool>,
    }
}

part_output! {
    /// A loading dock; kind `none` is the statement that there is no dock.
    DockOutput as Dock {
        /// The name people use.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_length = 1, max_length = 120, example = "Quai nord")]
        name: Option<String>,
        /// How goods pass between a vehicle and the building.
        kind: CodedDockKind,
        /// The production zone of the same establishment it serves, when it serves one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid", min_length = 36, max_length = 36, example = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f")]
        zone: Option<String>,
        /// How many docks of this description there are.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 1, maximum = 10_000, example = 2)]
        number: Option<u32>,
        /// Height of the platform, in centimetres.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 1_000, example = 110)]
        height_cm: Option<u32>,
        /// Whether a leveller makes up for the vehicle's height.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, example = true)]
        leveller: Option<bool>,
        /// The largest vehicle that can come alongside; every smaller one can.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        max_vehicle: Option<CodedVehicleSize>,
        /// Height limit for vehicles on the way to the dock, in centimetres.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 1_000, example = 420)]
        clearance_cm: Option<u32>,
        /// When deliveries are taken, in an ordinary week.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_items = 1, max_items = 28)]
        opening_hours: Option<Vec<OpeningOutput>>,
        /// Whether other activities use it too.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, example = true)]
        shared: Option<bool>,
    }
}

part_output! {
    /// An activity carried out in the establishment.
    ActivityOutput as ActivityInPlace {
        /// The activity.
        activity: CodedActivity,
        /// The regime of the work (Code pénitentiaire, art. L412-5).
        regime: CodedWorkRegime,
        /// How many people work at it: a number, never persons.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, minimum = 0, maximum = 10_000, example = 18)]
        workforce: Option<u32>,
        /// The production zone of the same establishment where it is done, when known.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid", min_length = 36, max_length = 36, example = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f")]
        zone: Option<String>,
    }
}

part_output! {
    /// An activity the establishment could take in.
    PossibleActivityOutput as PossibleActivity {
        /// The activity.
        activity: CodedActivity,
        /// On what conditions.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_length = 1, max_length = 1000, example = "Sans produits inflammables")]
        conditions: Option<String>,
    }
}

part_output! {
    /// A function or a service to write to, never a person.
    ContactOutput as Contact {
        /// The function.
        role: CodedContactRole,
        /// The name of the service.
        #[schema(min_length = 1, max_length = 200, example = "Service du travail pénitentiaire")]
        service_name: String,
        /// The mailbox of the service.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = Email, max_length = 254, example = "travail.cd-argentan@example.org")]
        email: Option<String>,
        /// The telephone of the service, in international form (E.164).
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, min_length = 8, max_length = 16, pattern = r"^\+[1-9][0-9]+$", example = "+33199000000")]
        phone: Option<String>,
    }
}

/// Builds an output from a part: the fields given, and what every part has.
macro_rules! output {
    ($part:ident, $($field:ident: $value:expr,)+) => {
        Self {
            id: $part.id.to_string(),
            $($field: $value,)+
            demo: $part.demo,
            version: $part.record.version,
            created_at: instant($part.record.created_at),
            updated_at: instant($part.record.updated_at),
        }
    };
}

impl From<&Part<Zone>> for ZoneOutput {
    fn from(part: &Part<Zone>) -> Self {
        let zone = &part.value;
        output! { part,
            name: text(zone.name.as_ref()),
            kind: zone.kind.into(),
            status: zone.status.into(),
            area_m2: zone.area_m2.get(),
            available_area_m2: zone.available_area_m2.map(domain::kernel::AreaM2::get),
            clear_height_m: zone.clear_height_m.map(domain::kernel::HeightM::get),
            floor_load_kg_m2: zone.floor_load_kg_m2.map(domain::kernel::FloorLoadKgM2::get),
            power_kva: zone.power_kva.map(domain::kernel::PowerKva::get),
            ground_floor: zone.ground_floor,
            workstations: zone.workstations.map(Count::get),
            equipment: zone.equipment.iter().map(EquipmentOutput::from).collect(),
        }
    }
}

impl From<&EquipmentItem> for EquipmentOutput {
    fn from(item: &EquipmentItem) -> Self {
        Self {
            code: Equipment::code(item.equipment),
            label: Equipment::label(item.equipment),
            quantity: item.quantity.map(Count::get),
        }
    }
}

impl From<&Part<StorageArea>> for StorageAreaOutput {
    fn from(part: &Part<StorageArea>) -> Self {
        let area = &part.value;
        output! { part,
            name: text(area.name.as_ref()),
            zone: text(area.zone.as_ref()),
            area_m2: area.area_m2.get(),
            clear_height_m: area.clear_height_m.map(domain::kernel::HeightM::get),
            cold: area.cold,
        }
    }
}

impl From<&Part<Dock>> for DockOutput {
    fn from(part: &Part<Dock>) -> Self {
        let dock = &part.value;
        output! { part,
            name: text(dock.name.as_ref()),
            kind: dock.kind.into(),
            zone: text(dock.zone.as_ref()),
            number: dock.number.map(Count::get),
            height_cm: dock.height_cm.map(domain::kernel::HeightCm::get),
            leveller: dock.leveller,
            max_vehicle: dock.max_vehicle.map(Coded::from),
            clearance_cm: dock.clearance_cm.map(domain::kernel::HeightCm::get),
            opening_hours: dock.opening_hours.as_ref().map(openings),
            shared: dock.shared,
        }
    }
}

impl From<&Part<ActivityInPlace>> for ActivityOutput {
    fn from(part: &Part<ActivityInPlace>) -> Self {
        let activity = &part.value;
        output! { part,
            activity: activity.activity.into(),
            regime: activity.regime.into(),
            workforce: activity.workforce.map(domain::kernel::Workforce::get),
            zone: text(activity.zone.as_ref()),
        }
    }
}

impl From<&Part<PossibleActivity>> for PossibleActivityOutput {
    fn from(part: &Part<PossibleActivity>) -> Self {
        output! { part,
            activity: part.value.activity.into(),
            conditions: text(part.value.conditions.as_ref()),
        }
    }
}

impl From<&Part<Contact>> for ContactOutput {
    fn from(part: &Part<Contact>) -> Self {
        let contact = &part.value;
        output! { part,
            role: contact.role.into(),
            service_name: contact.service_name.to_string(),
            email: text(contact.email.as_ref()),
            phone: text(contact.phone.as_ref()),
        }
    }
}

fn text(value: Option<&impl ToString>) -> Option<String> {
    value.map(ToString::to_string)
}

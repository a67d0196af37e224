//! Sheets and criteria for tests: each test states only what it is about.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    activities::{Activity, WorkRegime},
    establishments::{
        ActivityInPlace, Address, DatedKind, Dock, DockFacts, DockKind, Equipment, EquipmentItem,
        Establishment, EstablishmentFacts, EstablishmentKind, EstablishmentStatus, Parts,
        PossibleActivity, StorageArea, Zone, ZoneFacts, ZoneKind, ZoneStatus,
    },
    kernel::{AreaM2, GeoPrecision, HeightM, Id, Part, Point, Position, PowerKva, Record, Weight},
    matches::{Criterion, Judged, MatchOutcome},
    territories::Direction,
};

/// A criterion that may be missed.
pub(super) fn wanted<T>(value: T, weight: u32) -> Criterion<T> {
    Criterion {
        value,
        required: false,
        weight: Weight::new(weight).unwrap(),
    }
}

/// A criterion that may not.
pub(super) fn required<T>(value: T) -> Criterion<T> {
    Criterion {
        required: true,
        ..wanted(value, 1)
    }
}

/// Name and outcome of each criterion.
pub(super) fn outcomes<'j>(
    judged: impl IntoIterator<Item = &'j Judged>,
) -> Vec<(&'static str, MatchOutcome)> {
    let told = judged.into_iter();
    told.map(|it| (it.criterion, it.finding.outcome)).collect()
}

fn at() -> DateTime<Utc> {
    "2026-07-01T00:00:00Z".parse().unwrap()
}

/// A part by a number.
pub(super) fn part<T>(id: u128, value: T) -> Part<T> {
    Part {
        id: Id::new(Uuid::from_u128(id)),
        demo: false,
        record: Record::created(at()),
        value,
    }
}

/// A zone of 400 m² of which nothing else is known.
pub(super) fn zone_facts() -> ZoneFacts {
    ZoneFacts {
        name: None,
        kind: ZoneKind::Production,
        status: ZoneStatus::Available,
        area_m2: AreaM2::new(400).unwrap(),
        available_area_m2: None,
        clear_height_m: None,
        floor_load_kg_m2: None,
        power_kva: None,
        ground_floor: None,
        workstations: None,
        equipment: vec![],
    }
}

/// A zone of this height, this power and this equipment.
pub(super) fn zone(height: Option<f64>, power: Option<f64>, equipment: &[Equipment]) -> Zone {
    let item = |equipment: &Equipment| EquipmentItem {
        equipment: *equipment,
        quantity: None,
    };
    Zone::new(ZoneFacts {
        clear_height_m: height.map(|it| HeightM::new(it).unwrap()),
        power_kva: power.map(|it| PowerKva::new(it).unwrap()),
        equipment: equipment.iter().map(item).collect(),
        ..zone_facts()
    })
    .unwrap()
}

/// A dock of which nothing but its kind is known.
pub(super) fn dock_facts(kind: DockKind) -> DockFacts {
    DockFacts {
        name: None,
        kind,
        zone: None,
        number: None,
        height_cm: None,
        leveller: None,
        max_vehicle: None,
        clearance_cm: None,
        opening_hours: None,
        shared: None,
    }
}

/// A dock.
pub(super) fn dock(facts: DockFacts) -> Dock {
    Dock::new(facts).unwrap()
}

/// An activity in place.
pub(super) fn in_place(activity: Activity) -> ActivityInPlace {
    ActivityInPlace {
        activity,
        regime: WorkRegime::Concession,
        workforce: None,
        zone: None,
    }
}

/// An activity that could be.
pub(super) fn possible(activity: Activity) -> PossibleActivity {
    PossibleActivity {
        activity,
        conditions: None,
    }
}

/// A storage area.
pub(super) fn storage(area: u32) -> StorageArea {
    StorageArea {
        name: None,
        zone: None,
        area_m2: AreaM2::new(area).unwrap(),
        clear_height_m: None,
        cold: None,
    }
}

/// What is known of an establishment itself: nothing that a criterion asks.
pub(super) fn facts() -> EstablishmentFacts {
    EstablishmentFacts {
        slug: "cd-essai".parse().unwrap(),
        name: "Centre de détention d'Essai".parse().unwrap(),
        kind: DatedKind {
            kind: EstablishmentKind::Cd,
            as_of: at().date_naive(),
        },
        status: EstablishmentStatus::Open,
        closed_on: None,
        management: None,
        direction: Direction::Bordeaux,
        address: Address {
            street: None,
            postcode: None,
            commune: "33063".parse().unwrap(),
        },
        position: Position {
            point: Point::new(44.84, -0.58).unwrap(),
            precision: GeoPrecision::Commune,
        },
        position_source: None,
        capacity: None,
        working_hours: None,
        workforce_available: None,
        statistics_label: None,
    }
}

/// A sheet with these parts.
pub(super) fn sheet(parts: Parts) -> Establishment {
    sheet_of(facts(), parts)
}

/// A sheet.
pub(super) fn sheet_of(facts: EstablishmentFacts, parts: Parts) -> Establishment {
    let id = Id::new(Uuid::from_u128(1));
    Establishment::new(id, Record::created(at()), facts, parts).unwrap()
}

//! A production zone: a workshop, or a part of one, that can be given to an activity.

use std::ops::Deref;

use crate::kernel::{
    AreaM2, Code, Count, FloorLoadKgM2, HeightM, PowerKva, Refusal, RefusalCode, Text, code_list,
};

code_list! {
    /// What a zone is for.
    pub ZoneKind, "zone-kinds", "Types de zones", closed, unordered {
        Production = "production", "Production";
        Mixed = "mixed", "Mixte";
        Training = "training", "Formation";
    }
}

code_list! {
    /// Whether a zone can be taken.
    pub ZoneStatus, "zone-statuses", "États d'une zone", closed, unordered {
        Available = "available", "Disponible";
        PartlyAvailable = "partly_available", "Partiellement disponible";
        Occupied = "occupied", "Occupée";
        UnderWorks = "under_works", "En travaux";
        Closed = "closed", "Fermée";
    }
}

code_list! {
    /// What a zone is fitted with.
    pub Equipment, "zone-equipment", "Équipements d'une zone", open, unordered {
        PalletTruck = "pallet_truck", "Transpalette";
        Forklift = "forklift", "Chariot élévateur";
        Stacker = "stacker", "Gerbeur";
        StretchWrapper = "stretch_wrapper", "Filmeuse";
        Conveyor = "conveyor", "Convoyeur";
        PalletRacking = "pallet_racking", "Rack à palettes";
        CompressedAir = "compressed_air", "Air comprimé";
        ThreePhase = "three_phase", "Triphasé 380 V";
        ColdRoom = "cold_room", "Chambre froide";
        DustExtraction = "dust_extraction", "Aspiration de poussières";
        ClosedNetwork = "closed_network", "Réseau informatique fermé";
        Heating = "heating", "Chauffage";
        Other = "other", "Autre";
    }
}

/// One kind of equipment, and how many where that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EquipmentItem {
    /// The equipment.
    pub equipment: Equipment,
    /// How many.
    pub quantity: Option<Count>,
}

/// What is known of a production zone.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneFacts {
    /// The name people use.
    pub name: Option<Text<120>>,
    /// What it is for.
    pub kind: ZoneKind,
    /// Whether it can be taken.
    pub status: ZoneStatus,
    /// Its area.
    pub area_m2: AreaM2,
    /// The part of the area that is free.
    pub available_area_m2: Option<AreaM2>,
    /// Height under the lowest obstacle.
    pub clear_height_m: Option<HeightM>,
    /// The load the floor bears.
    pub floor_load_kg_m2: Option<FloorLoadKgM2>,
    /// Electrical power available.
    pub power_kva: Option<PowerKva>,
    /// Whether it is at ground level.
    pub ground_floor: Option<bool>,
    /// How many workstations it can hold.
    pub workstations: Option<Count>,
    /// What it is fitted with, each kind once.
    pub equipment: Vec<EquipmentItem>,
}

/// A production zone.
///
/// Invariant: the available area does not exceed the area; a zone that is occupied or closed
/// has none available; each kind of equipment is named once.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(ZoneFacts);

impl Zone {
    /// Checks the facts together; every broken rule is returned.
    pub fn new(facts: ZoneFacts) -> Result<Self, Vec<Refusal>> {
        let refusals: Vec<Refusal> = available_within_area(&facts)
            .into_iter()
            .chain(nothing_free_when_taken(&facts))
            .chain(equipment_once(&facts))
            .collect();
        if refusals.is_empty() {
            Ok(Self(facts))
        } else {
            Err(refusals)
        }
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> ZoneFacts {
        self.0
    }
}

impl Deref for Zone {
    type Target = ZoneFacts;

    fn deref(&self) -> &ZoneFacts {
        &self.0
    }
}

fn available_within_area(facts: &ZoneFacts) -> Option<Refusal> {
    let available = facts.available_area_m2?;
    (available > facts.area_m2).then(|| {
        Refusal::new(
            "/available_area_m2",
            RefusalCode::Inconsistent,
            "the available area does not exceed the area",
        )
    })
}

fn nothing_free_when_taken(facts: &ZoneFacts) -> Option<Refusal> {
    let taken = matches!(facts.status, ZoneStatus::Occupied | ZoneStatus::Closed);
    let free = facts.available_area_m2.is_some_and(|area| area.get() > 0);
    (taken && free).then(|| {
        Refusal::new(
            "/available_area_m2",
            RefusalCode::Inconsistent,
            "a zone that is occupied or closed has no available area",
        )
    })
}

fn equipment_once(facts: &ZoneFacts) -> Vec<Refusal> {
    let repeated = |i: usize, item: &EquipmentItem| {
        facts
            .equipment
            .iter()
            .take(i)
            .any(|other| other.equipment == item.equipment)
    };
    facts
        .equipment
        .iter()
        .enumerate()
        .filter(|(i, item)| repeated(*i, item))
        .map(|(i, item)| {
            Refusal::new(
                format!("/equipment/{i}/code"),
                RefusalCode::Duplicate,
                format!("{} is named once", item.equipment.code()),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> ZoneFacts {
        ZoneFacts {
            name: None,
            kind: ZoneKind::Production,
            status: ZoneStatus::Available,
            area_m2: AreaM2::new(400).unwrap(),
            available_area_m2: AreaM2::new(400).ok(),
            clear_height_m: None,
            floor_load_kg_m2: None,
            power_kva: None,
            ground_floor: None,
            workstations: None,
            equipment: vec![],
        }
    }

    fn pointers(facts: ZoneFacts) -> Vec<String> {
        Zone::new(facts)
            .unwrap_err()
            .into_iter()
            .map(|r| r.pointer)
            .collect()
    }

    #[test]
    fn the_available_area_does_not_exceed_the_area() {
        assert!(Zone::new(facts()).is_ok());
        let more = ZoneFacts {
            available_area_m2: AreaM2::new(401).ok(),
            ..facts()
        };
        assert_eq!(pointers(more), ["/available_area_m2"]);
    }

    #[test]
    fn an_occupied_zone_has_nothing_free() {
        let occupied = ZoneFacts {
            status: ZoneStatus::Occupied,
            ..facts()
        };
        assert_eq!(pointers(occupied), ["/available_area_m2"]);
        let closed = ZoneFacts {
            status: ZoneStatus::Closed,
            available_area_m2: AreaM2::new(0).ok(),
            ..facts()
        };
        assert!(Zone::new(closed).is_ok());
    }

    #[test]
    fn every_broken_rule_is_told() {
        let forklift = EquipmentItem {
            equipment: Equipment::Forklift,
            quantity: None,
        };
        let broken = ZoneFacts {
            available_area_m2: AreaM2::new(500).ok(),
            equipment: vec![forklift, forklift],
            ..facts()
        };
        assert_eq!(
            pointers(broken),
            ["/available_area_m2", "/equipment/1/code"]
        );
    }
}

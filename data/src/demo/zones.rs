//! Fictitious production zones.

use domain::{
    establishments::{
        Equipment, EquipmentItem, EstablishmentKind, Zone, ZoneFacts, ZoneKind, ZoneStatus,
    },
    kernel::{AreaM2, Count, FloorLoadKgM2, HeightM, Part, PowerKva},
};

use super::{
    dice::Dice,
    maker::{Maker, fit, fit_some, refused},
    profile::Profile,
};
use crate::DataError;

/// Bounds of the area of a workshop, in square metres.
const SMALLEST_M2: u32 = 60;
const LARGEST_M2: u32 = 2_600;

/// How many in a hundred zones have each equipment.
const EQUIPMENT: [(Equipment, u32); 13] = [
    (Equipment::PalletTruck, 70),
    (Equipment::Forklift, 30),
    (Equipment::Stacker, 25),
    (Equipment::StretchWrapper, 20),
    (Equipment::Conveyor, 12),
    (Equipment::PalletRacking, 40),
    (Equipment::CompressedAir, 45),
    (Equipment::ThreePhase, 55),
    (Equipment::ColdRoom, 6),
    (Equipment::DustExtraction, 18),
    (Equipment::ClosedNetwork, 15),
    (Equipment::Heating, 75),
    (Equipment::Other, 8),
];

/// Equipment that is counted.
const COUNTED: [Equipment; 4] = [
    Equipment::PalletTruck,
    Equipment::Forklift,
    Equipment::Stacker,
    Equipment::Conveyor,
];

/// The zones of an establishment.
pub(super) fn make(maker: &mut Maker, profile: &Profile) -> Result<Vec<Part<Zone>>, DataError> {
    let number = maker.dice.between(profile.zones.0, profile.zones.1);
    let spread = maker.dice.between(70, 130);
    let total = u64::from(profile.places)
        .saturating_mul(u64::from(profile.area_for_a_hundred))
        .saturating_mul(u64::from(spread))
        / 10_000;
    let total = u32::try_from(total).unwrap_or(LARGEST_M2);
    let mean = total.checked_div(number).unwrap_or_default();
    (1..=number)
        .map(|rank| {
            let facts = facts(&mut maker.dice, profile, rank, mean)?;
            let zone = Zone::new(facts).map_err(refused("zone"))?;
            Ok(maker.part(zone))
        })
        .collect()
}

fn facts(
    dice: &mut Dice,
    profile: &Profile,
    rank: u32,
    mean_m2: u32,
) -> Result<ZoneFacts, DataError> {
    let low = mean_m2.saturating_mul(3) / 5;
    let high = mean_m2.saturating_mul(7) / 5;
    let area_m2 = dice.between(low, high).clamp(SMALLEST_M2, LARGEST_M2);
    let kind = kind(dice, profile.kind);
    let status = status(dice, profile);
    let height = dice.sometimes(85, heights_dm(area_m2));
    let height = height.map(|(low, high)| f64::from(dice.between(low, high)) / 10.0);
    let load = dice.pick(&[500, 750, 1_000, 1_500, 2_000, 3_000]);
    let power = power(dice, area_m2);
    let workstations = (area_m2 / dice.between(8, 20)).max(1);
    Ok(ZoneFacts {
        name: Some(fit(name(kind, rank).parse())?),
        kind,
        status,
        area_m2: fit(AreaM2::new(area_m2))?,
        available_area_m2: fit_some(available(dice, status, area_m2), AreaM2::new)?,
        clear_height_m: fit_some(height, HeightM::new)?,
        floor_load_kg_m2: fit_some(load.filter(|_| dice.chance(60)), FloorLoadKgM2::new)?,
        power_kva: fit_some(power, PowerKva::new)?,
        ground_floor: dice.sometimes(90, ()).map(|()| dice.chance(75)),
        workstations: fit_some(dice.sometimes(80, workstations), Count::new)?,
        equipment: equipment(dice)?,
    })
}

fn name(kind: ZoneKind, rank: u32) -> String {
    match kind {
        ZoneKind::Production => format!("Atelier {rank}"),
        ZoneKind::Mixed => format!("Atelier mixte {rank}"),
        ZoneKind::Training => format!("Plateau de formation {rank}"),
    }
}

fn kind(dice: &mut Dice, establishment: EstablishmentKind) -> ZoneKind {
    let weights = match establishment {
        EstablishmentKind::Epm => [(ZoneKind::Training, 70), (ZoneKind::Mixed, 30)].as_slice(),
        _ => &[
            (ZoneKind::Production, 78),
            (ZoneKind::Mixed, 14),
            (ZoneKind::Training, 8),
        ],
    };
    dice.weighted(weights).unwrap_or(ZoneKind::Production)
}

fn status(dice: &mut Dice, profile: &Profile) -> ZoneStatus {
    if profile.emptied {
        return ZoneStatus::UnderWorks;
    }
    let weights = [
        (ZoneStatus::Available, 22),
        (ZoneStatus::PartlyAvailable, 28),
        (ZoneStatus::Occupied, 40),
        (ZoneStatus::UnderWorks, 6),
        (ZoneStatus::Closed, 4),
    ];
    dice.weighted(&weights).unwrap_or(ZoneStatus::Occupied)
}

/// The free area that goes with a status; of works nobody says what they will leave.
fn available(dice: &mut Dice, status: ZoneStatus, area_m2: u32) -> Option<u32> {
    match status {
        ZoneStatus::Available => Some(area_m2),
        ZoneStatus::PartlyAvailable => {
            let percent = dice.pick(&[20, 25, 30, 40, 50, 60])?;
            Some(area_m2.saturating_mul(percent) / 100)
        }
        ZoneStatus::Occupied | ZoneStatus::Closed => Some(0),
        ZoneStatus::UnderWorks => None,
    }
}

/// Bounds of the height, in decimetres: the larger the workshop, the higher.
fn heights_dm(area_m2: u32) -> (u32, u32) {
    match area_m2 {
        ..=150 => (24, 32),
        151..=600 => (28, 50),
        _ => (40, 78),
    }
}

fn power(dice: &mut Dice, area_m2: u32) -> Option<f64> {
    let small = [12.0, 18.0, 24.0, 36.0];
    let large = [36.0, 60.0, 100.0, 160.0, 250.0];
    let sizes = if area_m2 < 200 {
        &small[..]
    } else {
        &large[..]
    };
    dice.pick(sizes).filter(|_| dice.chance(75))
}

fn equipment(dice: &mut Dice) -> Result<Vec<EquipmentItem>, DataError> {
    let mut items = Vec::new();
    for (equipment, percent) in EQUIPMENT {
        if !dice.chance(percent) {
            continue;
        }
        let quantity = dice.between(1, 4);
        let counted = COUNTED.contains(&equipment).then_some(quantity);
        items.push(EquipmentItem {
            equipment,
            quantity: fit_some(counted, Count::new)?,
        });
    }
    Ok(items)
}

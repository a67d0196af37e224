//! Fictitious loading docks.

use domain::{
    establishments::{Dock, DockFacts, DockKind, EstablishmentKind, VehicleSize, Zone},
    kernel::{Count, HeightCm, Part, WeeklyHours},
};

use super::{
    dice::Dice,
    maker::{Maker, fit, fit_some, refused},
    profile::Profile,
};
use crate::DataError;

const VEHICLES: [(VehicleSize, u32); 5] = [
    (VehicleSize::Van3t5, 10),
    (VehicleSize::Rigid12t, 18),
    (VehicleSize::Rigid19t, 30),
    (VehicleSize::Rigid26t, 20),
    (VehicleSize::Articulated44t, 22),
];

const HOURS: [&str; 3] = [
    "monday 08:00-11:30;tuesday 08:00-11:30;wednesday 08:00-11:30;thursday 08:00-11:30;friday 08:00-11:30",
    "monday 07:30-11:30;monday 13:30-16:30;tuesday 07:30-11:30;tuesday 13:30-16:30;wednesday 07:30-11:30;thursday 07:30-11:30;thursday 13:30-16:30;friday 07:30-11:30",
    "monday 08:30-16:00;tuesday 08:30-16:00;thursday 08:30-16:00",
];

/// The docks of an establishment; where there is nothing to deliver nothing is said.
pub(super) fn make(
    maker: &mut Maker,
    profile: &Profile,
    zones: &[Part<Zone>],
) -> Result<Vec<Part<Dock>>, DataError> {
    if zones.is_empty() {
        return Ok(Vec::new());
    }
    let first = kind(&mut maker.dice, profile.kind);
    // Where there is no dock, or nobody said, there is no second one.
    let more = match first {
        DockKind::None | DockKind::Unknown => 0,
        _ if zones.len() >= 4 => maker.dice.between(0, 2),
        _ => 0,
    };
    let more: Vec<DockKind> = (0..more)
        .filter_map(|_| maker.dice.pick(&[DockKind::Fixed, DockKind::Leveller]))
        .collect();
    std::iter::once(first)
        .chain(more)
        .map(|kind| {
            let facts = match kind {
                DockKind::None | DockKind::Unknown => nothing(kind),
                _ => facts(&mut maker.dice, kind, zones)?,
            };
            let dock = Dock::new(facts).map_err(refused("dock"))?;
            Ok(maker.part(dock))
        })
        .collect()
}

fn kind(dice: &mut Dice, establishment: EstablishmentKind) -> DockKind {
    use DockKind as Dock;
    let small = matches!(
        establishment,
        EstablishmentKind::Csl | EstablishmentKind::Epm | EstablishmentKind::Ma
    );
    let weights = if small {
        [
            (Dock::Fixed, 15),
            (Dock::Leveller, 5),
            (Dock::TailLiftRequired, 25),
            (Dock::GroundLevel, 25),
            (Dock::None, 22),
            (Dock::Unknown, 8),
        ]
    } else {
        [
            (Dock::Fixed, 38),
            (Dock::Leveller, 30),
            (Dock::TailLiftRequired, 12),
            (Dock::GroundLevel, 12),
            (Dock::None, 4),
            (Dock::Unknown, 4),
        ]
    };
    dice.weighted(&weights).unwrap_or(Dock::Unknown)
}

/// What is said of a dock that does not exist, or that nobody described.
const fn nothing(kind: DockKind) -> DockFacts {
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

fn facts(dice: &mut Dice, kind: DockKind, zones: &[Part<Zone>]) -> Result<DockFacts, DataError> {
    let raised = matches!(kind, DockKind::Fixed | DockKind::Leveller);
    let height = dice.pick(&[90, 100, 110, 115, 120, 130]);
    let number = dice.between(1, 3);
    let ids: Vec<_> = zones.iter().map(|zone| zone.id).collect();
    let zone = dice.pick(&ids).filter(|_| dice.chance(50));
    let clearance = dice.pick(&[350, 380, 400, 420, 450]);
    let hours = dice.pick(&HOURS).filter(|_| dice.chance(70));
    Ok(DockFacts {
        kind,
        zone,
        number: Some(fit(Count::new(number))?),
        height_cm: fit_some(height.filter(|_| raised), HeightCm::new)?,
        leveller: raised.then_some(kind == DockKind::Leveller),
        max_vehicle: dice.weighted(&VEHICLES).filter(|_| dice.chance(90)),
        clearance_cm: fit_some(clearance.filter(|_| dice.chance(55)), HeightCm::new)?,
        opening_hours: fit_some(hours, str::parse::<WeeklyHours>)?,
        shared: Some(zone.is_none()),
        ..nothing(kind)
    })
}

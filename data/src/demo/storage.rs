//! Fictitious storage areas.

use domain::{
    establishments::{StorageArea, Zone},
    kernel::{AreaM2, HeightM, Part},
};

use super::maker::{Maker, fit, fit_some};
use crate::DataError;

/// A storage area for most workshops, and one that serves all of them in the larger places.
pub(super) fn make(
    maker: &mut Maker,
    zones: &[Part<Zone>],
) -> Result<Vec<Part<StorageArea>>, DataError> {
    let mut areas = Vec::new();
    for (rank, zone) in (1..).zip(zones) {
        if maker.dice.chance(60) {
            let percent = maker.dice.between(15, 40);
            let area_m2 = zone.value.area_m2.get().saturating_mul(percent) / 100;
            areas.push(area(
                maker,
                &format!("Réserve {rank}"),
                Some(zone),
                area_m2,
            )?);
        }
    }
    if zones.len() >= 3 && maker.dice.chance(70) {
        let total: u32 = zones.iter().map(|zone| zone.value.area_m2.get()).sum();
        let area_m2 = total.saturating_mul(maker.dice.between(10, 25)) / 100;
        areas.push(area(maker, "Magasin central", None, area_m2)?);
    }
    Ok(areas)
}

fn area(
    maker: &mut Maker,
    name: &str,
    zone: Option<&Part<Zone>>,
    area_m2: u32,
) -> Result<Part<StorageArea>, DataError> {
    let dice = &mut maker.dice;
    let tenths = dice.between(25, 70);
    let height = dice.sometimes(80, f64::from(tenths) / 10.0);
    let area = StorageArea {
        name: Some(fit(name.parse())?),
        zone: zone.map(|zone| zone.id),
        area_m2: fit(AreaM2::new(area_m2.max(10)))?,
        clear_height_m: fit_some(height, HeightM::new)?,
        cold: dice.sometimes(80, ()).map(|()| dice.chance(8)),
    };
    Ok(maker.part(area))
}

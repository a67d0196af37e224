//! Fictitious parts for the real establishments, fictitious partners and their offers, so that a
//! demonstration has something to show.
//!
//! Every part is marked `demo`. Facts of an establishment itself (working hours, workforce)
//! carry no such mark and therefore stay as they are. The same seed gives the same parts, and
//! those of an establishment do not depend on the others.

mod activities;
mod contacts;
mod dice;
mod docks;
mod dossiers;
mod maker;
mod offers;
mod partners;
mod profile;
mod storage;
mod zones;

#[cfg(test)]
mod tests;

use domain::{
    establishments::{Establishment, Parts},
    habilitations::Habilitation,
    kernel::Id,
    partners::Partner,
};

pub use offers::Offers;

use self::{maker::Maker, profile::Profile};
use crate::{Activities, DataError, Reference};

/// The seed of the demonstration, unless another is asked for.
pub const SEED: u64 = 20_260_701;

/// How many offers a demonstration has, unless another number is asked for.
pub const OFFERS: u32 = 400;

/// Fictitious parts for each of the embedded establishments, in their order.
///
/// They come in addition to the parts an establishment has.
pub fn parts(
    reference: &Reference,
    seed: u64,
) -> Result<Vec<(Id<Establishment>, Parts)>, DataError> {
    let activities = reference.activities();
    let all = reference.establishments().iter();
    all.map(|establishment| Ok((establishment.id, one(establishment, activities, seed)?)))
        .collect()
}

/// Fictitious partners, the same for the same seed. The first is in Bordeaux.
pub fn partners(reference: &Reference, seed: u64) -> Result<Vec<Partner>, DataError> {
    partners::make(reference, seed)
}

/// The dossiers by which fictitious partners are habilitated.
pub fn dossiers(partners: &[Partner], seed: u64) -> Result<Vec<Habilitation>, DataError> {
    dossiers::make(partners, seed)
}

fn one(
    establishment: &Establishment,
    activities: &Activities,
    seed: u64,
) -> Result<Parts, DataError> {
    let profile = Profile::of(establishment);
    let mut maker = Maker::new(seed, establishment.id.uuid());
    let zones = zones::make(&mut maker, &profile)?;
    let storage_areas = storage::make(&mut maker, &zones)?;
    let docks = docks::make(&mut maker, &profile, &zones)?;
    let in_place = activities::in_place(&mut maker, &profile, &zones, activities)?;
    let possible_activities = activities::possible(&mut maker, &profile, &in_place)?;
    let contacts = contacts::make(&mut maker, establishment)?;
    Ok(Parts {
        zones,
        storage_areas,
        docks,
        activities: in_place,
        possible_activities,
        contacts,
    })
}

//! What every fictitious offer says of its days, its places and its hours.

use chrono::Days;
use domain::{
    kernel::{Count, WeekHours},
    offers::{OfferDates, Place, Site},
    territories::Commune,
};

use super::today;
use crate::{
    DataError,
    demo::maker::{Maker, fit, refused},
};

/// Permanent, or until a day two to six years away; a few begin later.
pub(super) fn dates(maker: &mut Maker) -> Result<OfferDates, DataError> {
    let permanent = maker.dice.chance(40);
    let ahead = Days::new(maker.dice.between(700, 2_200).into());
    let (early, late) = (maker.dice.between(0, 300), maker.dice.between(1_500, 1_800));
    let begins = maker.dice.between(1, 100);
    let starts_on = match begins {
        1..=30 => today().checked_sub_days(Days::new(early.into())),
        31..=33 if permanent => today().checked_add_days(Days::new(late.into())),
        _ => None,
    };
    let ends_on = today().checked_add_days(ahead).filter(|_| !permanent);
    OfferDates::new(starts_on, ends_on, permanent).map_err(refused("offer"))
}

/// One place to six.
pub(super) fn places(maker: &mut Maker) -> Result<Count, DataError> {
    let weights = [(1, 35), (2, 30), (3, 15), (4, 10), (5, 6), (6, 4)];
    fit(Count::new(maker.dice.weighted(&weights).unwrap_or(1)))
}

/// Whole hours a week.
pub(super) fn hours(maker: &mut Maker, from: u32, to: u32) -> Result<WeekHours, DataError> {
    fit(WeekHours::new(maker.dice.between(from, to).into()))
}

/// A commune, and no more.
pub(super) fn place(commune: &Commune) -> Result<Place, DataError> {
    let site = Site {
        street: None,
        postcode: None,
        position: None,
    };
    Place::new(commune, site).map_err(refused("offer"))
}

//! What an establishment of a kind and a size plausibly has.

use domain::establishments::{Establishment, EstablishmentKind as Kind};

/// The scale of the fictitious parts of an establishment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Profile {
    /// Its kind.
    pub(super) kind: Kind,
    /// Its capacity, or that of a small one when it publishes none.
    pub(super) places: u32,
    /// Whether its published capacity is zero: its workshops are under works.
    pub(super) emptied: bool,
    /// The fewest and the most production zones.
    pub(super) zones: (u32, u32),
    /// Workshop area in square metres for a hundred places.
    pub(super) area_for_a_hundred: u32,
}

/// The capacity supposed of an establishment that publishes none, or zero.
const SUPPOSED_PLACES: u32 = 120;

impl Profile {
    /// The profile of an establishment: those where long sentences are served work most, a
    /// semi-liberty centre, whose people work outside, least.
    pub(super) fn of(establishment: &Establishment) -> Self {
        let kind = establishment.kind.kind;
        let published = establishment.capacity.as_ref().map(|it| it.places.get());
        let places = published.filter(|places| *places > 0);
        let places = places.unwrap_or(SUPPOSED_PLACES);
        let (zones, area_for_a_hundred) = match kind {
            Kind::Mc => ((3, 6), 700),
            Kind::Cd => ((3, 7), 550),
            Kind::Cp => ((2, 6), 320),
            Kind::Ma if places < 100 => ((0, 1), 150),
            Kind::Ma => ((1, 3), 180),
            Kind::Csl => ((0, 1), 120),
            Kind::Epm => ((1, 2), 250),
            Kind::Epsnf | Kind::Cpa | Kind::Cne => ((0, 2), 150),
        };
        Self {
            kind,
            places,
            emptied: published == Some(0),
            zones,
            area_for_a_hundred,
        }
    }
}

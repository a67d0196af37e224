//! Places: how many an offer has, how many holds take, how many are left.

use super::{MoveRefused, Offer};
use crate::kernel::Count;

/// Fewer places are left than are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{places_left} places are left")]
pub struct NoPlaceLeft {
    /// How many are left.
    pub places_left: u32,
}

impl Offer {
    /// How many places are left.
    #[must_use]
    pub fn places_left(&self) -> u32 {
        // A kept offer has no more taken than it has.
        self.content
            .places
            .get()
            .saturating_sub(self.life.places_taken)
    }

    /// The same offer with so many more places taken.
    pub fn with_taken(&self, places: Count) -> Result<Self, NoPlaceLeft> {
        let places_left = self.places_left();
        if places.get() > places_left {
            return Err(NoPlaceLeft { places_left });
        }
        let mut offer = self.clone();
        offer.life.places_taken += places.get();
        Ok(offer)
    }

    /// The same offer with so many places given back.
    #[must_use]
    pub fn with_given_back(&self, places: Count) -> Self {
        let mut offer = self.clone();
        offer.life.places_taken = offer.life.places_taken.saturating_sub(places.get());
        offer
    }

    /// Refuses fewer places than holds take, as long as they take them.
    pub(super) fn check_places(&self, places: Count) -> Result<(), MoveRefused> {
        let places_held = self.life.places_taken;
        if places_held <= places.get() {
            Ok(())
        } else {
            Err(MoveRefused::PlacesHeld { places_held })
        }
    }
}

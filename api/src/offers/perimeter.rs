//! Which offers lie within a perimeter.

use data::Reference;
use domain::{clients::Perimeter, offers::Offer};
use persistence::offers::Within;

/// Whether an offer lies within a perimeter.
pub(crate) fn is_within(perimeter: &Perimeter, offer: &Offer, reference: &Reference) -> bool {
    let commune = offer.content().place.commune();
    let known = reference.territories().commune(commune);
    known.is_some_and(|commune| perimeter.holds_offer(&offer.belonging(), commune.direction))
}

/// The offers that lie within a perimeter, for the database.
pub(crate) fn within(perimeter: &Perimeter, reference: &Reference) -> Within {
    match perimeter {
        Perimeter::All => Within::All,
        Perimeter::Partner(own) => Within::Partner(*own),
        Perimeter::Establishment(own) => Within::Establishment(*own),
        Perimeter::Departements(codes) => Within::Departements(codes.clone()),
        Perimeter::Direction(direction) => {
            let departements = reference
                .territories()
                .departements_of_direction(*direction);
            let codes = departements.into_iter().map(|it| it.code.clone());
            Within::Direction(codes.collect())
        }
        Perimeter::None => Within::Nothing,
    }
}

//! Why places are not kept, or a hold not moved, as the problem that the caller reads.

use domain::{
    holds::{HoldRefused, HoldVerb},
    kernel::{Code, Id},
    offers::Offer,
};
use persistence::{RepoError, holds::HoldRefusal};

use crate::kernel::problem::{ApiError, Kind};

/// The problem of a hold on an offer that is not made; `base` is the public address of the API.
pub(super) fn not_taken(error: RepoError<HoldRefusal>, offer: Id<Offer>, base: &str) -> ApiError {
    match error {
        RepoError::Refused(HoldRefusal::Rule(HoldRefused::NotAvailable)) => {
            let publication = format!("{base}/v1/offers/{offer}/publication");
            ApiError::new(Kind::OfferNotAvailable).with("publication", publication)
        }
        other => refused(other),
    }
}

/// The problem of a move that is not made.
pub(super) fn refused(error: RepoError<HoldRefusal>) -> ApiError {
    let refusal = match error {
        RepoError::Db(error) => return error.into(),
        RepoError::Refused(refusal) => refusal,
    };
    match refusal {
        HoldRefusal::OfferUnknown(_) | HoldRefusal::Unknown(_) => ApiError::not_found(),
        HoldRefusal::Rule(HoldRefused::NotAvailable) => ApiError::new(Kind::OfferNotAvailable),
        HoldRefusal::Rule(HoldRefused::NoPlaceLeft(none)) => {
            ApiError::new(Kind::NoPlaceLeft).with("places_left", none.places_left)
        }
        HoldRefusal::Rule(HoldRefused::NotAllowed { status, allowed }) => {
            let words: Vec<&str> = allowed.into_iter().map(HoldVerb::word).collect();
            ApiError::new(Kind::TransitionNotAllowed)
                .with("state", status.code())
                .with("allowed", words)
        }
        HoldRefusal::Rule(HoldRefused::Invalid(refusals)) => ApiError::validation(refusals),
    }
}

//! Why an offer is not written or moved, as the problem that the caller reads.

use domain::{
    kernel::{Code, Refusal, RefusalCode},
    offers::{Authority, MoveRefused, Offer, OfferVerb},
};
use persistence::offers::OfferRefusal;
use serde_json::json;

use super::payload::HistoryOutput;
use crate::kernel::{
    dates::date,
    problem::{ApiError, Kind},
    text::Text,
};

/// The refusal of an offer that its author withdrew, with what happened to it.
pub(super) fn gone(offer: &Offer) -> ApiError {
    let entries = offer.life().history.iter();
    let history: Vec<_> = entries
        .map(|entry| json!(HistoryOutput::new(entry, false)))
        .collect();
    ApiError::new(Kind::Gone).with("history", history)
}

/// The problem of a move that is not made.
pub(super) fn refused(offer: &Offer, why: MoveRefused) -> ApiError {
    match why {
        MoveRefused::NotAllowed { status, allowed } => {
            let words: Vec<&str> = allowed.into_iter().map(OfferVerb::word).collect();
            ApiError::new(Kind::TransitionNotAllowed)
                .with("state", status.code())
                .with("allowed", words)
        }
        MoveRefused::Gone => gone(offer),
        MoveRefused::NotDecidable { decidable_on } => {
            let error = ApiError::new(Kind::NotDecidable);
            match decidable_on {
                Some(day) => error.with("decidable_on", date(day)),
                None => error,
            }
        }
        MoveRefused::HabilitationRequired { reason } => {
            ApiError::new(Kind::HabilitationRequired).with("reason", reason.code())
        }
        MoveRefused::WrongAuthority { competent } => wrong_authority(&competent),
        MoveRefused::PlacesHeld { places_held } => {
            ApiError::new(Kind::PlacesHeld).with("places_held", places_held)
        }
        MoveRefused::Invalid(refusals) => ApiError::validation(refusals),
    }
}

/// Another authority decides this.
fn wrong_authority(competent: &[Authority]) -> ApiError {
    let names = |name: fn(Authority) -> &'static str, none: &str| {
        let names: Vec<&str> = competent.iter().copied().map(name).collect();
        if names.is_empty() {
            none.to_owned()
        } else {
            names.join(", ")
        }
    };
    let (en, fr) = (
        names(english, "nobody, as it stands"),
        names(french, "personne, en l'état"),
    );
    let detail = Text::made(
        format!("Those who decide this: {en}."),
        format!("En décident : {fr}."),
    );
    ApiError::new(Kind::WrongAuthority).detail(detail)
}

const fn english(authority: Authority) -> &'static str {
    match authority {
        Authority::Dspip => "the probation service of the département",
        Authority::DtPjj => "the territorial director of the judicial protection of youth",
        Authority::Agency => "the agency",
        Authority::Direction => "the interregional directorate",
    }
}

const fn french(authority: Authority) -> &'static str {
    match authority {
        Authority::Dspip => "le SPIP du département",
        Authority::DtPjj => "le directeur territorial de la protection judiciaire de la jeunesse",
        Authority::Agency => "l'agence",
        Authority::Direction => "la direction interrégionale",
    }
}

impl From<OfferRefusal> for ApiError {
    fn from(refusal: OfferRefusal) -> Self {
        let unknown = |pointer: &str| {
            let detail = refusal.to_string();
            Self::validation(vec![Refusal::new(pointer, RefusalCode::NotFound, detail)])
        };
        match refusal {
            OfferRefusal::ReferenceTaken => Self::new(Kind::ReferenceTaken),
            OfferRefusal::PartnerUnknown(_) => unknown("/partner"),
            OfferRefusal::EstablishmentUnknown(_) => unknown("/establishment"),
        }
    }
}

//! Whether an offer is shown, as everybody may know it.

use data::Reference;
use domain::offers::{Offer, OfferKind, Publication};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    codes::{CodedDiffusion, CodedOfferKind, CodedPublicationReason},
    record_life::HistoryOutput,
};
use crate::{
    kernel::{coded::Coded, dates::date, page::Source},
    territories::{PlaceOutput, place_of_commune, place_of_departement},
};

/// Whether an offer is shown today to those who see as far as the caller.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferPublication {
    /// The identifier of the offer.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// Its kind.
    pub kind: CodedOfferKind,
    /// Whether it is shown.
    #[schema(example = true)]
    pub visible: bool,
    /// The day since which it has been, in Paris; only when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-07-01")]
    pub since: Option<String>,
    /// The last day on which it will be, if nothing changes; only when it is shown and has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2028-06-30")]
    pub until: Option<String>,
    /// Where it is read; only when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 500)]
    pub url: Option<String>,
    /// Everything that hides it; empty when it is shown.
    #[schema(max_items = 20)]
    pub reasons: Vec<CodedPublicationReason>,
    /// Who may know of it.
    pub diffusion: CodedDiffusion,
    /// The commune.
    pub commune: PlaceOutput,
    /// The département, on whose list a post is.
    pub departement: PlaceOutput,
    /// What happened to it that bears on whether it is shown, in order.
    #[schema(max_items = 1000)]
    pub history: Vec<HistoryOutput>,
}

/// The publication, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferPublicationRead {
    /// The publication.
    #[serde(flatten)]
    pub publication: OfferPublication,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

impl OfferPublication {
    /// The publication of an offer; `base` is the public address of the API.
    #[must_use]
    pub(crate) fn new(
        offer: &Offer,
        publication: Publication,
        reference: &Reference,
        base: &str,
    ) -> Self {
        let (visible, content) = (publication.is_visible(), offer.content());
        let Publication {
            since,
            until,
            reasons,
        } = publication;
        let territories = reference.territories();
        let kind: OfferKind = offer.kind();
        Self {
            id: offer.id.to_string(),
            kind: kind.into(),
            visible,
            since: since.map(date),
            until: until.map(date),
            url: visible.then(|| format!("{base}/v1/offers/{}", offer.id)),
            reasons: reasons.into_iter().map(Coded::from).collect(),
            diffusion: content.diffusion.into(),
            commune: place_of_commune(territories, content.place.commune()),
            departement: place_of_departement(territories, content.place.departement()),
            history: offer
                .life()
                .history
                .iter()
                .map(|entry| HistoryOutput::new(entry, false))
                .collect(),
        }
    }
}

//! What every offer says, whatever its kind.

use data::Reference;
use domain::{
    kernel::{Code, Position, WeekHours},
    offers::{Details, Offer},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    codes::{CodedDiffusion, CodedDirection},
    record::OfferPartner,
    stored::position_as_written,
};
use crate::{
    kernel::{
        coded::Coded,
        dates::{date, instant},
        stored::exact_if_any,
    },
    offers::posted::Setting,
    territories::{
        PlaceOutput, PositionOutput, place_of_commune, place_of_departement, place_of_region,
    },
};

/// What everybody may know of an offer, whatever its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferFacts)]
pub struct OfferFactsOutput {
    /// The identifier, which never dies.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// Its title.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Entretien d'un jardin partagé"
    )]
    pub title: String,
    /// What is done, and how.
    #[schema(
        min_length = 1,
        max_length = 4000,
        example = "Désherber, planter, tailler."
    )]
    pub description: String,
    /// Who may know of it.
    pub diffusion: CodedDiffusion,
    /// Whose it is: the host, the principal or the training body. Absent for a post of a private
    /// host that did not agree to be named, and for the service général.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<OfferPartner>,
    /// The commune.
    pub commune: PlaceOutput,
    /// The département of the commune.
    pub departement: PlaceOutput,
    /// The region of the commune; of a training, the region in charge of it.
    pub region: PlaceOutput,
    /// The directorate of the region of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub direction: Option<CodedDirection>,
    /// Where it is, where known: the establishment, or the centre of the commune. Of a post it is
    /// always the centre of the commune.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "position_as_written"
    )]
    #[schema(nullable = false)]
    pub position: Option<PositionOutput>,
    /// Its first day; absent when it holds from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-07-01")]
    pub starts_on: Option<String>,
    /// Its last day, included; absent when it is permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2028-06-30")]
    pub ends_on: Option<String>,
    /// Whether its author said that it has no end.
    #[schema(example = false)]
    pub permanent: bool,
    /// How many people it can take at once.
    #[schema(minimum = 1, maximum = 10_000, example = 3)]
    pub places: u32,
    /// How many of them are free now.
    #[schema(minimum = 0, maximum = 10_000, example = 2)]
    pub places_left: u32,
    /// Hours a week, where told.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "exact_if_any"
    )]
    #[schema(nullable = false, minimum = 0, maximum = 168, example = 21)]
    pub hours_per_week: Option<f64>,
    /// When it was last registered or published (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub published_at: Option<String>,
    /// When its author last said that it stands (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub last_confirmed_at: Option<String>,
    /// Whether it is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Counts the changes; 1 at creation.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When it was created (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub created_at: String,
    /// When it last changed (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub updated_at: String,
    /// Where it is read.
    #[schema(
        format = "uri",
        max_length = 500,
        example = "http://127.0.0.1:8080/v1/offers/019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub url: String,
}

impl OfferFactsOutput {
    /// What everybody may know of an offer; `base` is the public address of the API.
    #[must_use]
    pub(crate) fn new(offer: &Offer, around: &Setting, reference: &Reference, base: &str) -> Self {
        let (content, life) = (offer.content(), offer.life());
        let territories = reference.territories();
        let commune = territories.commune(content.place.commune());
        let region = match &content.details {
            Details::Training(training) => &training.facts().region,
            Details::Tig(_) | Details::Employment(_) => content.place.region(),
        };
        let partner = around.named_partner(offer);
        Self {
            id: offer.id.to_string(),
            title: content.title.to_string(),
            description: content.description.to_string(),
            diffusion: content.diffusion.into(),
            partner: partner.map(|partner| OfferPartner {
                id: partner.id.to_string(),
                name: partner.name.to_string(),
                url: format!("{base}/v1/partners/{}", partner.id),
            }),
            commune: place_of_commune(territories, content.place.commune()),
            departement: place_of_departement(territories, content.place.departement()),
            region: place_of_region(territories, region),
            direction: commune.map(|commune| Coded::from(commune.direction)),
            position: position(offer, around),
            starts_on: content.dates.starts_on().map(date),
            ends_on: content.dates.ends_on().map(date),
            permanent: content.dates.is_permanent(),
            places: content.places.get(),
            places_left: offer.places_left(),
            hours_per_week: content.hours_per_week.map(WeekHours::get),
            published_at: life.published_at.map(instant),
            last_confirmed_at: life.last_confirmed_at.map(instant),
            demo: offer.keeper().is_demo(),
            version: offer.record.version,
            created_at: instant(offer.record.created_at),
            updated_at: instant(offer.record.updated_at),
            url: format!("{base}/v1/offers/{}", offer.id),
        }
    }
}

/// Where everybody may know that it is: of a post, its commune and no more.
fn position(offer: &Offer, around: &Setting) -> Option<PositionOutput> {
    let establishment = around.establishment.as_deref();
    let prison = establishment.map(|establishment| establishment.position);
    let Position { point, precision } = prison.or_else(|| offer.content().place.centre())?;
    Some(PositionOutput {
        lat: point.lat(),
        lon: point.lon(),
        precision: precision.code(),
        source: None,
    })
}

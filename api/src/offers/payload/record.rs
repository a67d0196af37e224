//! The record of an offer: all that is known of it, as far as its reader may see.

use domain::{
    kernel::WeekHours,
    offers::{Details, Offer, OfferVerb, OpinionSubject, Publication},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    codes::{
        CodedDiffusion, CodedDirection, CodedOfferKind, CodedOfferStatus, CodedPublicationReason,
    },
    record_kinds::{EmploymentOutput, TigOutput, TrainingOutput},
    record_life::{HistoryOutput, OpinionOutput, SuspensionOutput, history, opinions, suspensions},
    revision::{RevisionOutput, position_output},
};
use crate::{
    kernel::{
        coded::Coded,
        dates::{date, instant},
    },
    offers::around::{Around, Sight},
    territories::{
        PlaceOutput, PositionOutput, place_of_commune, place_of_departement, place_of_region,
    },
};

/// All that is known of an offer, as far as you may see: `kind` says which fields it has besides
/// those of every offer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OfferRecord {
    /// A post of community service.
    Tig(TigRecord),
    /// A job in detention.
    Employment(EmploymentRecord),
    /// A training.
    Training(TrainingRecord),
}

/// A post of community service.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TigRecord {
    /// What every offer has.
    #[serde(flatten)]
    pub common: OfferCommon,
    /// What a post has.
    #[serde(flatten)]
    pub own: TigOutput,
}

/// A job in detention.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EmploymentRecord {
    /// What every offer has.
    #[serde(flatten)]
    pub common: OfferCommon,
    /// What a job has.
    #[serde(flatten)]
    pub own: EmploymentOutput,
}

/// A training.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrainingRecord {
    /// What every offer has.
    #[serde(flatten)]
    pub common: OfferCommon,
    /// What a training has.
    #[serde(flatten)]
    pub own: TrainingOutput,
}

/// What every offer has.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferCommon {
    /// The identifier, which never dies.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// What it offers.
    pub kind: CodedOfferKind,
    /// Where it is in its life.
    pub status: CodedOfferStatus,
    /// The host, the principal or the training body; absent for the service général.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<OfferPartner>,
    /// The partner's own name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        example = "TIG-2026-0042"
    )]
    pub reference: Option<String>,
    /// Its title.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Entretien des espaces verts"
    )]
    pub title: String,
    /// What is done, and how.
    #[schema(min_length = 1, max_length = 4000)]
    pub description: String,
    /// The commune.
    pub commune: PlaceOutput,
    /// The département of the commune.
    pub departement: PlaceOutput,
    /// The region: of a training, the one in charge of it; of any other offer, the commune's.
    pub region: PlaceOutput,
    /// The directorate of the commune's region.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub direction: Option<CodedDirection>,
    /// Where it is: the position its author gave, when there is one and you may know it, else the
    /// centre of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub position: Option<PositionOutput>,
    /// Number and street, when you may know them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 200,
        example = "1 rue de l'Essai"
    )]
    pub street: Option<String>,
    /// Postcode, when you may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9]{5}$",
        example = "33000"
    )]
    pub postcode: Option<String>,
    /// Who may know of it.
    pub diffusion: CodedDiffusion,
    /// Its first day; absent when it holds from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-12-01")]
    pub starts_on: Option<String>,
    /// Its last day; absent when it is permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2027-11-30")]
    pub ends_on: Option<String>,
    /// Whether it never ends by itself.
    #[schema(example = false)]
    pub permanent: bool,
    /// How many people it can take at once.
    #[schema(minimum = 1, maximum = 10_000, example = 2)]
    pub places: u32,
    /// How many places no hold takes.
    #[schema(minimum = 0, maximum = 10_000, example = 2)]
    pub places_left: u32,
    /// Hours a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 168, example = 20.0)]
    pub hours_per_week: Option<f64>,
    /// The day it was last filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-11-20")]
    pub filed_on: Option<String>,
    /// When it was last registered or published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30)]
    pub published_at: Option<String>,
    /// When its author withdrew it, when it is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30)]
    pub withdrawn_at: Option<String>,
    /// When its author last said that it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30)]
    pub last_confirmed_at: Option<String>,
    /// From when it may be decided, while that is known and it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-12-01")]
    pub decidable_on: Option<String>,
    /// What suspends it.
    #[schema(max_items = 2)]
    pub suspensions: Vec<SuspensionOutput>,
    /// What the host of a registered post wants to change of it, until that is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revision: Option<RevisionOutput>,
    /// The opinions that you may know of, of a post.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    pub opinions: Option<Vec<OpinionOutput>>,
    /// What happened to it, in order.
    #[schema(max_items = 10_000)]
    pub history: Vec<HistoryOutput>,
    /// The moves that its state allows, to those who may make them: the last words of addresses.
    #[schema(max_items = 12, inline, value_type = Vec<String>, example = json!(["suspend", "confirm"]))]
    pub allowed: Vec<&'static str>,
    /// Whether it is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Counts the changes; 1 at creation.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When it was created (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-11-20T09:30:00Z")]
    pub created_at: String,
    /// When it last changed (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-11-20T09:30:00Z")]
    pub updated_at: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 300)]
    pub url: String,
}

/// Whose an offer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferPartner {
    /// The identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// The name of the organisation.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 300)]
    pub url: String,
}

/// Whether an offer is shown on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferPublicationState {
    /// Whether it is.
    #[schema(example = true)]
    pub visible: bool,
    /// Since when it has been, when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-12-01")]
    pub since: Option<String>,
    /// The last day on which it will be, if nothing changes, when it is and has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2027-11-30")]
    pub until: Option<String>,
    /// Everything that hides it, when it is not.
    #[schema(max_items = 16)]
    pub reasons: Vec<CodedPublicationReason>,
}

impl OfferRecord {
    /// The record of an offer, as far as `sight` goes.
    #[must_use]
    pub(crate) fn new(offer: &Offer, around: &Around, sight: Sight) -> Self {
        let common = OfferCommon::new(offer, around, sight);
        match &offer.content().details {
            Details::Tig(tig) => Self::Tig(TigRecord {
                common,
                own: TigOutput::new(tig, offer.life(), sight),
            }),
            Details::Employment(job) => Self::Employment(EmploymentRecord {
                common,
                own: EmploymentOutput::new(job, around),
            }),
            Details::Training(training) => Self::Training(TrainingRecord {
                common,
                own: TrainingOutput::new(training, around),
            }),
        }
    }
}

impl OfferCommon {
    fn new(offer: &Offer, around: &Around, sight: Sight) -> Self {
        let (content, life) = (offer.content(), offer.life());
        let (territories, place) = (around.reference.territories(), &content.place);
        let site = sees_site(offer, sight).then(|| place.site());
        let position = if site.is_some() {
            place.position()
        } else {
            place.centre()
        };
        let region = match &content.details {
            Details::Training(training) => &training.facts().region,
            Details::Tig(_) | Details::Employment(_) => place.region(),
        };
        let commune = territories.commune(place.commune());
        Self {
            id: offer.id.to_string(),
            kind: offer.kind().into(),
            status: life.status.into(),
            partner: around.partner_output(offer),
            reference: offer.keeper().reference().map(ToString::to_string),
            title: content.title.to_string(),
            description: content.description.to_string(),
            commune: place_of_commune(territories, place.commune()),
            departement: place_of_departement(territories, place.departement()),
            region: place_of_region(territories, region),
            direction: commune.map(|commune| commune.direction.into()),
            position: position.map(position_output),
            street: site.and_then(|site| site.street.as_ref().map(ToString::to_string)),
            postcode: site.and_then(|site| site.postcode.as_ref().map(ToString::to_string)),
            diffusion: content.diffusion.into(),
            starts_on: content.dates.starts_on().map(date),
            ends_on: content.dates.ends_on().map(date),
            permanent: content.dates.is_permanent(),
            places: content.places.get(),
            places_left: offer.places_left(),
            hours_per_week: content.hours_per_week.map(WeekHours::get),
            filed_on: life.filed_on.map(date),
            published_at: life.published_at.map(instant),
            withdrawn_at: life.withdrawn_at.map(instant),
            last_confirmed_at: life.last_confirmed_at.map(instant),
            decidable_on: decidable_on(offer, around).filter(|_| sight.sees_grounds()),
            suspensions: suspensions(&life.suspensions, sight),
            revision: life
                .revision
                .as_ref()
                .map(|terms| RevisionOutput::new(terms, around, site.is_some())),
            opinions: opinions(offer, sight),
            history: history(offer, sight),
            allowed: offer.allowed().into_iter().map(OfferVerb::word).collect(),
            demo: offer.keeper().is_demo(),
            version: offer.record.version,
            created_at: instant(offer.record.created_at),
            updated_at: instant(offer.record.updated_at),
            url: format!("{}/v1/offers/{}", around.base, offer.id),
        }
    }
}

impl From<Publication> for OfferPublicationState {
    fn from(publication: Publication) -> Self {
        Self {
            visible: publication.is_visible(),
            since: publication.since.map(date),
            until: publication.until.map(date),
            reasons: publication.reasons.into_iter().map(Coded::from).collect(),
        }
    }
}

fn sees_site(offer: &Offer, sight: Sight) -> bool {
    offer.content().site(sight.view, sight.own).is_some()
}

/// From when a post may be decided, for its host and the authorities.
fn decidable_on(offer: &Offer, around: &Around) -> Option<String> {
    let terms = &around.reference.offer_law().terms;
    let day = offer.decidable_on(OpinionSubject::Registration, terms);
    day.map(date)
}

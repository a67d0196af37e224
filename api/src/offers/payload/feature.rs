//! An offer as a GeoJSON feature (RFC 7946), with flat properties.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    card::{EmploymentCard, OfferCard, TigCard, TrainingCard},
    codes::{AudienceCode, TigMeasureCode, TimeSlotCode},
    facts::OfferFactsOutput,
    record_kinds::OfferEstablishment,
};
use crate::territories::PointGeometry;

/// A GeoJSON feature (RFC 7946) of an offer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(max_length = 7, pattern = "^Feature$", example = "Feature")]
    pub kind: &'static str,
    /// The identifier of the offer.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// Where it is: the establishment, or the centre of the commune; `null` where no open source
    /// gives it.
    #[schema(nullable = true)]
    pub geometry: Option<PointGeometry>,
    /// What a map shows of it: codes bare, labels beside them.
    pub properties: OfferProperties,
}

/// The flat properties of an offer on a map; what is of another kind is absent.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferProperties {
    /// Its title.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Entretien d'un jardin partagé"
    )]
    pub title: String,
    /// Its kind, a code of `/v1/code-lists/offer-kinds`.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "tig")]
    pub kind: &'static str,
    /// The official French label of the kind.
    #[schema(max_length = 200, example = "Poste de travail d'intérêt général")]
    pub kind_label: &'static str,
    /// Who may know of it, a code of `/v1/code-lists/diffusions`.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "public")]
    pub diffusion: &'static str,
    /// The name of the host, the principal or the training body, where everybody may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    pub partner_name: Option<String>,
    /// What is particular to a post.
    #[serde(flatten)]
    pub tig: TigProperties,
    /// What is particular to a job or a training.
    #[serde(flatten)]
    pub work: WorkProperties,
    /// INSEE code of the commune.
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9AB]{5}$",
        example = "33063"
    )]
    pub commune: String,
    /// Name of the commune.
    #[schema(max_length = 200, example = "Bordeaux")]
    pub commune_name: String,
    /// INSEE code of the département.
    #[schema(
        min_length = 2,
        max_length = 3,
        pattern = "^[0-9AB]{2,3}$",
        example = "33"
    )]
    pub departement: String,
    /// Name of the département.
    #[schema(max_length = 200, example = "Gironde")]
    pub departement_name: String,
    /// INSEE code of the region.
    #[schema(
        min_length = 2,
        max_length = 3,
        pattern = "^[0-9]{2,3}$",
        example = "75"
    )]
    pub region: String,
    /// Name of the region.
    #[schema(max_length = 200, example = "Nouvelle-Aquitaine")]
    pub region_name: String,
    /// Its directorate, a code of `/v1/code-lists/directions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 20,
        pattern = "^[a-z_]+$",
        example = "bordeaux"
    )]
    pub direction: Option<&'static str>,
    /// What the point is, a code of `/v1/code-lists/geo-precisions`; absent without a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 20,
        pattern = "^[a-z]+$",
        example = "commune"
    )]
    pub precision: Option<&'static str>,
    /// Its first day; absent when it holds from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-07-01")]
    pub starts_on: Option<String>,
    /// Its last day, included; absent when it is permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2028-06-30")]
    pub ends_on: Option<String>,
    /// How many people it can take at once.
    #[schema(minimum = 1, maximum = 10_000, example = 3)]
    pub places: u32,
    /// How many of them are free now.
    #[schema(minimum = 0, maximum = 10_000, example = 2)]
    pub places_left: u32,
    /// Hours a week, where told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 168, example = 21)]
    pub hours_per_week: Option<f64>,
    /// When it was last registered or published (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub published_at: Option<String>,
    /// Whether it is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Where it is read.
    #[schema(format = "uri", max_length = 500)]
    pub url: String,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

/// What is particular to a post; nothing for the other kinds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema, Default)]
pub struct TigProperties {
    /// As what the host hosts, a code of `/v1/code-lists/host-kinds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "association"
    )]
    pub host_kind: Option<&'static str>,
    /// The measures it takes in, codes of `/v1/code-lists/tig-measures`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2, value_type = Vec<TigMeasureCode>)]
    pub measures: Option<Vec<&'static str>>,
    /// The form of the work, a code of `/v1/code-lists/tig-forms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "collective"
    )]
    pub form: Option<&'static str>,
    /// The field of the work, a code of `/v1/code-lists/tig-fields`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "green_spaces"
    )]
    pub field: Option<&'static str>,
    /// The official French label of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 200,
        example = "Espaces verts et environnement"
    )]
    pub field_label: Option<&'static str>,
    /// For whom it is registered, codes of `/v1/code-lists/audiences`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2, value_type = Vec<AudienceCode>)]
    pub audiences: Option<Vec<&'static str>>,
    /// When in the week the work is done, codes of `/v1/code-lists/time-slots`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 5, value_type = Vec<TimeSlotCode>)]
    pub slots: Option<Vec<&'static str>>,
    /// Whether it is accessible with reduced mobility, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = true)]
    pub step_free: Option<bool>,
    /// Metres to public transport, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 50_000, example = 350)]
    pub transport_m: Option<u32>,
    /// Whether a driving licence is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = false)]
    pub licence_needed: Option<bool>,
    /// Whether a vehicle of one's own is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = false)]
    pub vehicle_needed: Option<bool>,
}

/// What is particular to a job or a training; nothing for a post.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema, Default)]
pub struct WorkProperties {
    /// The stable name of the establishment where it takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 80,
        pattern = "^[a-z][a-z0-9-]*$",
        example = "cd-argentan"
    )]
    pub establishment: Option<String>,
    /// The official name of the establishment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    pub establishment_name: Option<String>,
    /// The regime of the work, a code of `/v1/code-lists/work-regimes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "concession"
    )]
    pub regime: Option<&'static str>,
    /// The activity, a code of `/v1/code-lists/activities`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "packaging"
    )]
    pub activity: Option<&'static str>,
    /// The official French label of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    pub activity_label: Option<&'static str>,
    /// The occupations, codes of the ROME.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 20)]
    pub rome: Option<Vec<String>>,
    /// How long the contract lasts, a code of `/v1/code-lists/contract-kinds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "open_ended"
    )]
    pub contract_kind: Option<&'static str>,
}

impl From<OfferCard> for OfferFeature {
    fn from(card: OfferCard) -> Self {
        let position = card.facts().position.as_ref();
        Self {
            kind: "Feature",
            id: card.facts().id.clone(),
            geometry: position.map(|position| PointGeometry {
                kind: "Point",
                coordinates: [position.lon, position.lat],
            }),
            properties: card.into(),
        }
    }
}

impl From<OfferCard> for OfferProperties {
    fn from(card: OfferCard) -> Self {
        match card {
            OfferCard::Tig(card) => {
                let (tig, distance) = (TigProperties::from(&card), card.distance_km);
                let kind = (card.kind.code, card.kind.label);
                properties(kind, card.facts, tig, WorkProperties::default(), distance)
            }
            OfferCard::Employment(card) => {
                let (work, distance) = (WorkProperties::from(&card), card.distance_km);
                let kind = (card.kind.code, card.kind.label);
                properties(kind, card.facts, TigProperties::default(), work, distance)
            }
            OfferCard::Training(card) => {
                let (work, distance) = (WorkProperties::from(&card), card.distance_km);
                let kind = (card.kind.code, card.kind.label);
                properties(kind, card.facts, TigProperties::default(), work, distance)
            }
        }
    }
}

fn properties(
    (kind, kind_label): (&'static str, &'static str),
    facts: OfferFactsOutput,
    tig: TigProperties,
    work: WorkProperties,
    distance_km: Option<f64>,
) -> OfferProperties {
    OfferProperties {
        title: facts.title,
        kind,
        kind_label,
        diffusion: facts.diffusion.code,
        partner_name: facts.partner.map(|partner| partner.name),
        tig,
        work,
        commune: facts.commune.code,
        commune_name: facts.commune.name,
        departement: facts.departement.code,
        departement_name: facts.departement.name,
        region: facts.region.code,
        region_name: facts.region.name,
        direction: facts.direction.map(|direction| direction.code),
        precision: facts.position.map(|position| position.precision),
        starts_on: facts.starts_on,
        ends_on: facts.ends_on,
        places: facts.places,
        places_left: facts.places_left,
        hours_per_week: facts.hours_per_week,
        published_at: facts.published_at,
        demo: facts.demo,
        url: facts.url,
        distance_km,
    }
}

impl From<&TigCard> for TigProperties {
    fn from(card: &TigCard) -> Self {
        Self {
            host_kind: card.host_kind.map(|it| it.code),
            measures: Some(card.measures.iter().map(|it| it.code).collect()),
            form: Some(card.form.code),
            field: Some(card.field.code),
            field_label: Some(card.field.label),
            audiences: Some(card.audiences.iter().map(|it| it.code).collect()),
            slots: Some(card.slots.iter().map(|it| it.code).collect()),
            step_free: card.step_free,
            transport_m: card.transport_m,
            licence_needed: Some(card.licence_needed),
            vehicle_needed: Some(card.vehicle_needed),
        }
    }
}

impl From<&EmploymentCard> for WorkProperties {
    fn from(card: &EmploymentCard) -> Self {
        let (establishment, establishment_name) = named(card.establishment.as_ref());
        Self {
            establishment,
            establishment_name,
            regime: Some(card.regime.code),
            activity: Some(card.activity.code),
            activity_label: Some(card.activity.label),
            rome: Some(vec![card.rome.clone()]),
            contract_kind: Some(card.contract_kind.code),
        }
    }
}

impl From<&TrainingCard> for WorkProperties {
    fn from(card: &TrainingCard) -> Self {
        let (establishment, establishment_name) = named(card.establishment.as_ref());
        Self {
            establishment,
            establishment_name,
            regime: None,
            activity: card.activity.map(|it| it.code),
            activity_label: card.activity.map(|it| it.label),
            rome: Some(card.rome.clone()),
            contract_kind: None,
        }
    }
}

fn named(establishment: Option<&OfferEstablishment>) -> (Option<String>, Option<String>) {
    let slug = establishment.and_then(|it| it.slug.clone());
    (slug, establishment.and_then(|it| it.name.clone()))
}

//! The public card of a partner.

use data::Reference;
use domain::{
    kernel::{Code, GeoPrecision},
    partners::Partner,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{
    CodedDirection, CodedHostKind, CodedLegalLevel, CodedPartnerKind, CodedPartnerRole,
};
use crate::{
    kernel::{
        coded::{Coded, Labelled},
        dates::instant,
    },
    territories::{AddressOutput, PlaceOutput, PositionOutput},
};

/// What everybody may read of a partner. A partner marked `demo` is fictitious, made for
/// demonstration.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartnerCard {
    /// Its facts.
    #[serde(flatten)]
    pub facts: PartnerFactsOutput,
    /// Its territories; the street is not public.
    pub address: PartnerTerritories,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

/// What the card of a partner and its record both tell.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PartnerFacts)]
pub struct PartnerFactsOutput {
    /// The identifier.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// The name of the organisation.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Association fictive du Jardin d'Exemple"
    )]
    pub name: String,
    /// What it is.
    pub kind: CodedPartnerKind,
    /// What it does with the agency.
    #[schema(max_items = 20)]
    pub roles: Vec<CodedPartnerRole>,
    /// As what it hosts community service, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_kind: Option<CodedHostKind>,
    /// The number of its site, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 14,
        max_length = 14,
        pattern = "^[0-9]{14}$",
        example = "00000001800010"
    )]
    pub siret: Option<String>,
    /// The number of the organisation, which begins the SIRET.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 9,
        max_length = 9,
        pattern = "^[0-9]{9}$",
        example = "000000018"
    )]
    pub siren: Option<String>,
    /// Its number in the national register of associations.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 10,
        max_length = 10,
        pattern = "^W[0-9][0-9A-Z][0-9]{7}$",
        example = "W000000001"
    )]
    pub rna: Option<String>,
    /// How the register of associations of a court names it, in Alsace-Moselle.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        example = "Tribunal judiciaire fictif, volume 0, folio 0"
    )]
    pub local_register: Option<String>,
    /// Its legal category (INSEE, level III).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub legal_category: Option<Labelled>,
    /// The level I of its legal category.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub legal_level: Option<CodedLegalLevel>,
    /// The directorate of its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub direction: Option<CodedDirection>,
    /// The centre of its commune, where known; never its own address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub position: Option<PositionOutput>,
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
        example = "http://127.0.0.1:8080/v1/partners/019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub url: String,
}

/// The territories of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartnerTerritories {
    /// The commune.
    pub commune: PlaceOutput,
    /// The département of the commune.
    pub departement: PlaceOutput,
    /// The region of the commune.
    pub region: PlaceOutput,
}

impl PartnerCard {
    /// The card of a partner; `base` is the public address of the API, without a slash at its
    /// end. The distance is the question's and stays absent.
    #[must_use]
    pub fn new(partner: &Partner, reference: &Reference, base: &str) -> Self {
        let AddressOutput {
            street: _,
            postcode: _,
            commune,
            departement,
            region,
        } = AddressOutput::new(&partner.address, reference);
        Self {
            facts: PartnerFactsOutput::new(partner, reference, base),
            address: PartnerTerritories {
                commune,
                departement,
                region,
            },
            distance_km: None,
        }
    }

    /// Where it is on a map.
    pub(crate) const fn position(&self) -> Option<&PositionOutput> {
        self.facts.position.as_ref()
    }
}

impl PartnerFactsOutput {
    /// The facts of a partner that everybody may read.
    #[must_use]
    pub fn new(partner: &Partner, reference: &Reference, base: &str) -> Self {
        let commune = reference.territories().commune(&partner.address.commune);
        let centre = commune.and_then(|commune| commune.centre);
        let categories = reference.legal_categories();
        let category = partner.legal_category.as_ref();
        Self {
            id: partner.id.to_string(),
            name: partner.name.to_string(),
            kind: partner.kind.into(),
            roles: partner.roles.iter().copied().map(Coded::from).collect(),
            host_kind: partner.host_kind.map(Coded::from),
            siret: partner.siret.as_ref().map(ToString::to_string),
            siren: partner.siren().map(|siren| siren.to_string()),
            rna: partner.rna.as_ref().map(ToString::to_string),
            local_register: partner.local_register.as_ref().map(ToString::to_string),
            legal_category: category.map(|category| {
                let details = categories.details(category);
                let label = details.map(|details| details.label.clone());
                Labelled {
                    code: category.to_string().into(),
                    label: label.unwrap_or_else(|| category.to_string()).into(),
                }
            }),
            legal_level: partner.legal_level().map(Coded::from),
            direction: commune.map(|commune| commune.direction.into()),
            position: centre.map(|centre| PositionOutput {
                lat: centre.lat(),
                lon: centre.lon(),
                precision: GeoPrecision::Commune.code(),
                source: None,
            }),
            demo: partner.demo,
            version: partner.record.version,
            created_at: instant(partner.record.created_at),
            updated_at: instant(partner.record.updated_at),
            url: format!("{base}/v1/partners/{}", partner.id),
        }
    }
}

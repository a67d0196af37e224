//! A partner as a GeoJSON feature (RFC 7946), with flat properties.

use serde::Serialize;
use utoipa::ToSchema;

use super::{card::PartnerCard, codes::PartnerRoleCode};
use crate::territories::PointGeometry;

/// A GeoJSON feature (RFC 7946) of a partner.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartnerFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(max_length = 7, pattern = "^Feature$", example = "Feature")]
    pub kind: &'static str,
    /// The identifier of the partner.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// The centre of its commune; `null` where no open source gives it.
    #[schema(nullable = true)]
    pub geometry: Option<PointGeometry>,
    /// What a map shows of it: codes bare, labels beside them.
    pub properties: PartnerProperties,
}

/// The flat properties of a partner on a map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartnerProperties {
    /// The name of the organisation.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Association fictive du Jardin d'Exemple"
    )]
    pub name: String,
    /// What it is, a code of `/v1/code-lists/partner-kinds`.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "association")]
    pub kind: &'static str,
    /// The official French label of the kind.
    #[schema(max_length = 200, example = "Association")]
    pub kind_label: &'static str,
    /// What it does, codes of `/v1/code-lists/partner-roles`.
    #[schema(max_items = 20, value_type = Vec<PartnerRoleCode>)]
    pub roles: Vec<&'static str>,
    /// As what it hosts, a code of `/v1/code-lists/host-kinds`, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[a-z_]+$",
        example = "association"
    )]
    pub host_kind: Option<&'static str>,
    /// The level I of its legal category, a code of `/v1/code-lists/legal-levels`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1, pattern = "^[0-9]$", example = "9")]
    pub legal_level: Option<&'static str>,
    /// Its directorate, a code of `/v1/code-lists/directions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 20,
        pattern = "^[a-z_]+$",
        example = "bordeaux"
    )]
    pub direction: Option<&'static str>,
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
    /// What the point is, a code of `/v1/code-lists/geo-precisions`; absent without a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 20,
        pattern = "^[a-z]+$",
        example = "commune"
    )]
    pub precision: Option<&'static str>,
    /// Whether it is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Where its card is read.
    #[schema(
        format = "uri",
        max_length = 500,
        example = "http://127.0.0.1:8080/v1/partners/019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub url: String,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

impl From<PartnerCard> for PartnerFeature {
    fn from(card: PartnerCard) -> Self {
        let position = card.position();
        Self {
            kind: "Feature",
            id: card.facts.id.clone(),
            geometry: position.map(|position| PointGeometry {
                kind: "Point",
                coordinates: [position.lon, position.lat],
            }),
            properties: card.into(),
        }
    }
}

impl From<PartnerCard> for PartnerProperties {
    fn from(card: PartnerCard) -> Self {
        let PartnerCard {
            facts,
            address,
            distance_km,
        } = card;
        Self {
            name: facts.name,
            kind: facts.kind.code,
            kind_label: facts.kind.label,
            roles: facts.roles.iter().map(|role| role.code).collect(),
            host_kind: facts.host_kind.map(|it| it.code),
            legal_level: facts.legal_level.map(|it| it.code),
            direction: facts.direction.map(|it| it.code),
            commune: address.commune.code,
            commune_name: address.commune.name,
            departement: address.departement.code,
            departement_name: address.departement.name,
            region: address.region.code,
            region_name: address.region.name,
            precision: facts.position.map(|position| position.precision),
            demo: facts.demo,
            url: facts.url,
            distance_km,
        }
    }
}

//! Where something is, as it is written and read: territories, an address, a point.

use data::Reference;
use domain::{establishments::Address, kernel::Refusal, territories::CommuneCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{place, place_of_commune, place_of_departement, place_of_region};
use crate::kernel::body::{
    Node, Value,
    patch::{given_by_the_platform, member},
    written::written,
};

/// Where letters and lorries go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Address)]
pub struct AddressOutput {
    /// Number and street, where an open source gives them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 200,
        example = "18 bis rue de Chatillon"
    )]
    pub street: Option<String>,
    /// Postcode, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9]{5}$",
        example = "61200"
    )]
    pub postcode: Option<String>,
    /// The commune.
    pub commune: PlaceOutput,
    /// The département of the commune.
    pub departement: PlaceOutput,
    /// The region of the commune.
    pub region: PlaceOutput,
}

/// A territory: its INSEE code and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceOutput {
    /// INSEE code.
    #[schema(
        min_length = 2,
        max_length = 5,
        pattern = "^[0-9AB]+$",
        example = "61006"
    )]
    pub code: String,
    /// Name.
    #[schema(min_length = 1, max_length = 200, example = "Argentan")]
    pub name: String,
}

/// A point, WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Position)]
pub struct PositionOutput {
    /// Latitude, in decimal degrees.
    #[schema(minimum = -90, maximum = 90, example = 48.7256)]
    pub lat: f64,
    /// Longitude, in decimal degrees.
    #[schema(minimum = -180, maximum = 180, example = -0.0089)]
    pub lon: f64,
    /// What the point is: the entrance's address, the site, or the centre of the commune
    /// (`/v1/code-lists/geo-precisions`).
    #[schema(
        max_length = 20,
        pattern = "^(address|site|commune)$",
        example = "commune"
    )]
    pub precision: &'static str,
    /// Where the point comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 200,
        example = "commune_centre"
    )]
    pub source: Option<String>,
}

/// A GeoJSON point.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PointGeometry {
    /// Always `Point`.
    #[serde(rename = "type")]
    #[schema(max_length = 5, pattern = "^Point$", example = "Point")]
    pub kind: &'static str,
    /// Longitude, then latitude, in decimal degrees, WGS 84.
    #[schema(min_items = 2, max_items = 2, example = json!([-0.0089, 48.7256]))]
    pub coordinates: [f64; 2],
}

written! {
    /// An address as it is written; the département and the region follow from the commune.
    AddressInput, AddressPatch {
        required {
            /// INSEE code of the commune.
            #[schema(min_length = 5, max_length = 5, pattern = "^[0-9][0-9AB][0-9]{3}$", example = "61006")]
            commune: String,
        }
        optional {
            /// Number and street.
            #[schema(min_length = 1, max_length = 200, example = "18 bis rue de Chatillon")]
            street: String,
            /// Postcode.
            #[schema(min_length = 5, max_length = 5, pattern = "^[0-9]{5}$", example = "61200")]
            postcode: String,
        }
    }
}

impl AddressOutput {
    /// An address with the names of its territories; a commune the reference does not know
    /// keeps its codes and has them for names.
    #[must_use]
    pub fn new(address: &Address, reference: &Reference) -> Self {
        let (commune, departement, region) = places(&address.commune, reference);
        Self {
            street: address.street.as_ref().map(ToString::to_string),
            postcode: address.postcode.as_ref().map(ToString::to_string),
            commune,
            departement,
            region,
        }
    }
}

/// The commune, its département and its region, with their names.
fn places(code: &CommuneCode, reference: &Reference) -> (PlaceOutput, PlaceOutput, PlaceOutput) {
    let territories = reference.territories();
    let Some(commune) = territories.commune(code) else {
        let unknown = place(code.as_str(), None);
        return (unknown.clone(), unknown.clone(), unknown);
    };
    (
        place_of_commune(territories, &commune.code),
        place_of_departement(territories, &commune.departement),
        place_of_region(territories, &commune.region),
    )
}

/// Reads an address; what follows from the commune says nothing new.
pub(crate) fn read_address(value: &Value<'_>) -> Option<Address> {
    value.object(|fields| {
        let street = fields.optional("street", |value| value.parsed());
        let postcode = fields.optional("postcode", |value| value.parsed());
        let commune = fields.required("commune", |value| read_commune(&value));
        fields.ignore("departement");
        fields.ignore("region");
        Some(Address {
            street,
            postcode,
            commune: commune?,
        })
    })
}

/// A commune, bare or as it is written out: with its name, which says nothing new.
pub(crate) fn read_commune(value: &Value<'_>) -> Option<CommuneCode> {
    match value.node() {
        Node::Object(_) => value.object(|fields| {
            fields.ignore("name");
            fields.required("code", |code| code.parsed())
        }),
        _ => value.parsed(),
    }
}

/// What of an address follows from the commune.
pub(crate) const OF_AN_ADDRESS: [&str; 2] = ["departement", "region"];

/// The refusals of what no caller sets in the `address` of a body.
pub(crate) fn read_only_of_address(body: &Node) -> Vec<Refusal> {
    let address = member(body, "address");
    let sent = |name: &&str| address.is_some_and(|address| member(address, name).is_some());
    let sent = OF_AN_ADDRESS.into_iter().filter(sent);
    sent.map(|name| given_by_the_platform(&format!("/address/{name}")))
        .collect()
}

//! The form of each code of the contract, said once; the document reads these types, which
//! stand for a text (`value_type`).
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use utoipa::ToSchema;

/// INSEE code of a commune.
#[derive(ToSchema)]
#[schema(min_length = 5, max_length = 5, pattern = "^[0-9][0-9AB][0-9]{3}$")]
pub(crate) struct CommuneText(String);

/// INSEE code of a département, or of an overseas collectivity.
#[derive(ToSchema)]
#[schema(
    min_length = 2,
    max_length = 3,
    pattern = "^([0-9][0-9AB]|9[78][0-9])$"
)]
pub(crate) struct DepartementText(String);

/// INSEE code of a region, or of an overseas collectivity that belongs to none.
#[derive(ToSchema)]
#[schema(min_length = 2, max_length = 3, pattern = "^[0-9]{2,3}$")]
pub(crate) struct RegionText(String);

/// A postcode of La Poste.
#[derive(ToSchema)]
#[schema(min_length = 5, max_length = 5, pattern = "^[0-9]{5}$")]
pub(crate) struct PostcodeText(String);

/// INSEE code of a commune, a département or a region.
#[derive(ToSchema)]
#[schema(
    min_length = 2,
    max_length = 5,
    pattern = "^[0-9][0-9AB]([0-9]|[0-9]{3})?$"
)]
pub(crate) struct TerritoryText(String);

/// The stable name of an establishment in addresses.
#[derive(ToSchema)]
#[schema(
    min_length = 3,
    max_length = 80,
    pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
)]
pub(crate) struct SlugText(String);

/// The id or the slug of an establishment.
#[derive(ToSchema)]
#[schema(min_length = 3, max_length = 80, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
pub(crate) struct IdOrSlugText(String);

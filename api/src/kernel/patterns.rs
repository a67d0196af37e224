//! The form of each code of the contract, said once: the document reads these types where a
//! text is written (`value_type`).
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use utoipa::ToSchema;

/// INSEE code of a commune.
#[derive(ToSchema)]
#[schema(
    as = CommuneCode,
    min_length = 5,
    max_length = 5,
    pattern = "^[0-9][0-9AB][0-9]{3}$",
    example = "33192"
)]
pub(crate) struct CommuneText(String);

/// INSEE code of a département, or of an overseas collectivity.
#[derive(ToSchema)]
#[schema(
    as = DepartementCode,
    min_length = 2,
    max_length = 3,
    pattern = "^([0-9][0-9AB]|9[78][0-9])$",
    example = "33"
)]
pub(crate) struct DepartementText(String);

/// INSEE code of a region, or of an overseas collectivity that belongs to none.
#[derive(ToSchema)]
#[schema(
    as = RegionCode,
    min_length = 2,
    max_length = 3,
    pattern = "^[0-9]{2,3}$",
    example = "75"
)]
pub(crate) struct RegionText(String);

/// INSEE code of a commune, a département or a region.
#[derive(ToSchema)]
#[schema(
    as = TerritoryCode,
    min_length = 2,
    max_length = 5,
    pattern = "^[0-9][0-9AB]([0-9]|[0-9]{3})?$",
    example = "33"
)]
pub(crate) struct TerritoryText(String);

/// A postcode of La Poste.
#[derive(ToSchema)]
#[schema(
    as = Postcode,
    min_length = 5,
    max_length = 5,
    pattern = "^[0-9]{5}$",
    example = "33170"
)]
pub(crate) struct PostcodeText(String);

/// The stable name of an establishment in addresses.
#[derive(ToSchema)]
#[schema(
    as = Slug,
    min_length = 3,
    max_length = 80,
    pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example = "cp-bordeaux-gradignan"
)]
pub(crate) struct SlugText(String);

/// The id or the slug of an establishment.
#[derive(ToSchema)]
#[schema(
    as = IdOrSlug,
    min_length = 3,
    max_length = 80,
    pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
    example = "cp-bordeaux-gradignan"
)]
pub(crate) struct IdOrSlugText(String);

/// A legal category of INSEE, level III.
#[derive(ToSchema)]
#[schema(
    as = LegalCategoryCode,
    min_length = 4,
    max_length = 4,
    pattern = "^[0-9]{4}$",
    example = "9220"
)]
pub(crate) struct LegalCategoryText(String);

/// A partner's own name for an offer.
#[derive(ToSchema)]
#[schema(
    as = OfferReference,
    min_length = 1,
    max_length = 100,
    pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$",
    example = "TIG-2026-0042"
)]
pub(crate) struct ReferenceText(String);

/// The identifier of an object.
#[derive(ToSchema)]
#[schema(
    format = "uuid",
    min_length = 36,
    max_length = 36,
    example = "01930000-0000-7000-8000-000000000001"
)]
pub(crate) struct IdText(String);

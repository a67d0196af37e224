//! What the document says of the parameters of partners.
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use domain::partners::{LegalLevel, PartnerKind, PartnerRole};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::{coded::Bare, patterns::LegalCategoryText};

type LegalLevelCode = Bare<LegalLevel>;
type PartnerKindCode = Bare<PartnerKind>;
type PartnerRoleCode = Bare<PartnerRole>;

/// The filters that partners alone have.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PartnerFilters {
    /// Kinds of partners.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<PartnerKindCode>)]
    kind: Option<String>,
    /// What the partner does, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<PartnerRoleCode>)]
    role: Option<String>,
    /// Legal categories, codes of `/v1/code-lists/legal-categories`.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<LegalCategoryText>)]
    legal_category: Option<String>,
    /// Levels I of legal categories.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<LegalLevelCode>)]
    legal_level: Option<String>,
    /// The number of a site, exactly; spaces do not count.
    #[param(
        required = false,
        min_length = 14,
        max_length = 20,
        pattern = "^[0-9 ]+$",
        example = "00000001800010"
    )]
    siret: Option<String>,
    /// The number of an organisation, exactly: all its sites; spaces do not count.
    #[param(
        required = false,
        min_length = 9,
        max_length = 12,
        pattern = "^[0-9 ]+$",
        example = "000000018"
    )]
    siren: Option<String>,
    /// A number of the national register of associations, exactly.
    #[param(
        required = false,
        min_length = 10,
        max_length = 10,
        pattern = "^W[0-9][0-9A-Z][0-9]{7}$",
        example = "W000000001"
    )]
    rna: Option<String>,
}

/// The order and the counts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PartnerOrder {
    /// The order; by default the distance with a point, else relevance with `q`, else the name.
    #[param(required = false, inline)]
    sort: Option<PartnerSort>,
    /// The facets to count, at most 12; each ignores its own filter.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 12,
        value_type = Vec<PartnerFacet>)]
    facets: Option<String>,
}

/// The sorts.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum PartnerSort {
    /// Best match first; needs `q`.
    Relevance,
    /// Nearest first; needs a point.
    Distance,
    /// By name.
    Name,
}

/// The facets.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum PartnerFacet {
    /// By kind.
    Kind,
    /// By role.
    Role,
    /// By directorate.
    Direction,
    /// By region.
    Region,
    /// By département.
    Departement,
    /// By level I of the legal category.
    LegalLevel,
}

//! What the document says of the parameters that several operations share.

use utoipa::IntoParams;

/// `limit` and `cursor`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Items per page; above 100, 100 are given.
    #[param(
        required = false,
        minimum = 1,
        maximum = 1_000_000,
        default = 20,
        example = 20
    )]
    pub limit: Option<i32>,
    /// Where the page begins: the cursor of `next`, for the same filters and sort.
    #[param(
        required = false,
        min_length = 1,
        max_length = 1024,
        pattern = "^[A-Za-z0-9_-]+$"
    )]
    pub cursor: Option<String>,
}

/// `format`, where JSON, `GeoJSON` and CSV are given.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Form {
    /// The form of the answer, which has precedence over `Accept`.
    #[param(required = false, inline)]
    pub format: Option<FormName>,
}

/// The forms of a list.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum FormName {
    /// JSON.
    Json,
    /// `GeoJSON`.
    GeoJson,
    /// CSV.
    Csv,
}

/// `format`, where `GeoJSON` is given.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MapForm {
    /// The media type of the answer, which has precedence over `Accept`; it is `GeoJSON` by both.
    #[param(required = false, inline)]
    pub format: Option<MapFormName>,
}

/// The media types of a map.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum MapFormName {
    /// `application/geo+json`, by default.
    GeoJson,
    /// `application/json`, which some readers of maps ask for.
    Json,
}

/// `format`, where an export streams everything.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportForm {
    /// The form of the answer, which has precedence over `Accept`.
    #[param(required = false, inline)]
    pub format: Option<ExportFormName>,
}

/// The forms of an export.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum ExportFormName {
    /// One JSON object a line.
    Ndjson,
    /// CSV.
    Csv,
    /// `GeoJSON`.
    GeoJson,
}

/// `updated_since`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// Only what was updated at this instant or later.
    #[param(
        required = false,
        value_type = String,
        format = DateTime,
        max_length = 40,
        example = "2026-07-01T00:00:00Z"
    )]
    pub updated_since: Option<String>,
}

/// `min_revision`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MinRevision {
    /// Waits at most two seconds until this node has seen that revision, else 503.
    #[param(
        required = false,
        minimum = 0,
        maximum = 9_007_199_254_740_991_i64,
        example = 0
    )]
    pub min_revision: Option<i64>,
}

/// `q`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Words {
    /// Words that must all match, in any field: exactly, by their French stem, or, the last
    /// one, as a prefix.
    #[param(
        required = false,
        min_length = 1,
        max_length = 200,
        example = "bordeaux"
    )]
    pub q: Option<String>,
}

//! Suggestions as they are answered.

use domain::suggestions::SuggestionKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{coded::Coded, page::Source};

/// What a suggestion is, by a name: the derived document cannot follow the list of a code through
/// its generic type.
type CodedSuggestionKind = Coded<SuggestionKind>;

/// What somebody may mean, the likeliest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuggestionList {
    /// The suggestions, in order.
    #[schema(max_items = 20)]
    pub(super) items: Vec<Suggestion>,
    /// Where the data comes from, and its licence.
    pub(super) source: Source,
}

/// Something that somebody may mean.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Suggestion {
    /// What it is.
    pub(super) kind: CodedSuggestionKind,
    /// What names it: the INSEE code of a commune, the code of an activity, an identifier.
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[0-9A-Za-z_-]+$",
        example = "33063"
    )]
    pub(super) id: String,
    /// Its name, label or title, in which what was typed was found.
    #[schema(min_length = 1, max_length = 300, example = "Bordeaux")]
    pub(super) label: String,
    /// What tells it from another of the same label: where it is, or the family of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 300,
        example = "Gironde (33)"
    )]
    pub(super) context: Option<String>,
    /// Its own address.
    #[schema(
        format = "uri",
        max_length = 500,
        example = "http://127.0.0.1:8080/v1/territories/communes/33063"
    )]
    pub(super) url: String,
    /// The search that it starts: the offers of a commune, the establishments that have an
    /// activity or could.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        max_length = 500,
        example = "http://127.0.0.1:8080/v1/offers?commune=33063"
    )]
    pub(super) search_url: Option<String>,
}

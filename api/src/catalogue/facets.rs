//! Facets: what can be counted, and the label of each value.

use std::collections::BTreeMap;

use domain::kernel::Code;
use search::{Answer, FacetRequest};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Catalogue, resource::Resource};
use crate::kernel::params::Params;

/// The most facets one question may count.
const MAX_FACETS: usize = 12;
/// The most values that a facet gives: more than there are départements.
const MAX_COUNTS: usize = 120;

/// What a facet counts, and the label of each of its values.
pub(crate) struct Facet<F> {
    pub(crate) name: &'static str,
    pub(crate) counted: fn(&F) -> FacetRequest,
    pub(crate) label: fn(&str, &Catalogue) -> Option<String>,
}

/// Declares a facet of documents or of parts: `codes of` a list, or the territories of a kind.
macro_rules! facet {
    ($name:literal, $kind:ident, region of $($field:ident).+) => {
        $crate::catalogue::facets::facet!($name, $kind, $($field).+,
            $crate::catalogue::facets::region)
    };
    ($name:literal, $kind:ident, departement of $($field:ident).+) => {
        $crate::catalogue::facets::facet!($name, $kind, $($field).+,
            $crate::catalogue::facets::departement)
    };
    ($name:literal, $kind:ident, establishment of $($field:ident).+) => {
        $crate::catalogue::facets::facet!($name, $kind, $($field).+,
            $crate::catalogue::facets::establishment)
    };
    ($name:literal, $kind:ident, boolean of $($field:ident).+) => {
        $crate::catalogue::facets::facet!($name, $kind, $($field).+,
            |code, _| Some($crate::catalogue::facets::yes_or_no(code)))
    };
    ($name:literal, $kind:ident, $list:ty, $($field:ident).+) => {
        $crate::catalogue::facets::facet!($name, $kind, $($field).+,
            |code, _| $crate::catalogue::facets::label_of::<$list>(code))
    };
    ($name:literal, $kind:ident, $($field:ident).+, $label:expr) => {
        $crate::catalogue::facets::Facet {
            name: $name,
            counted: |fields| search::FacetRequest::$kind(fields.$($field).+),
            label: $label,
        }
    };
}
pub(crate) use facet;

/// The values of a facet and how many objects have each, largest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_items = 120)]
pub(crate) struct FacetCounts(pub Vec<FacetCount>);

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCount {
    /// The code.
    #[schema(max_length = 40, example = "ma")]
    pub code: String,
    /// Its official French label.
    #[schema(max_length = 300, example = "Maison d'arrêt")]
    pub label: String,
    /// How many objects have it.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 73)]
    pub count: i64,
}

/// The facets that were asked.
pub(crate) struct Asked<R: Resource>(Vec<(&'static Facet<R::Fields>, FacetRequest)>);

impl<R: Resource> Asked<R> {
    /// Reads `facets`.
    pub(crate) fn read(params: &mut Params, fields: &R::Fields) -> Self {
        let names: Vec<&'static str> = R::FACETS.iter().map(|facet| facet.name).collect();
        let asked = params.words("facets", &names, MAX_FACETS);
        let find = |name| R::FACETS.iter().find(|facet| facet.name == name);
        let facets = asked.into_iter().filter_map(find);
        let requests = facets.map(|facet| (facet, (facet.counted)(fields)));
        Self(requests.collect())
    }

    /// Whether none was.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the index counts.
    pub(crate) fn requests(&self) -> Vec<FacetRequest> {
        self.0.iter().map(|(_, request)| *request).collect()
    }

    /// The counts, by facet; absent when none was asked.
    pub(crate) fn counts<B>(
        &self,
        answer: &Answer<B>,
        catalogue: &Catalogue,
    ) -> Option<BTreeMap<String, FacetCounts>> {
        let count = |facet: &Facet<R::Fields>, (code, count): &(String, u64)| FacetCount {
            code: code.clone(),
            label: (facet.label)(code, catalogue).unwrap_or_else(|| code.clone()),
            count: i64::try_from(*count).unwrap_or(i64::MAX),
        };
        let counts = self.0.iter().zip(&answer.facets);
        let counts = counts.map(|((facet, _), values)| {
            let values = values.iter().take(MAX_COUNTS);
            let counts = values.map(|value| count(facet, value)).collect();
            (facet.name.to_owned(), FacetCounts(counts))
        });
        (!self.is_empty()).then(|| counts.collect())
    }
}

/// The label of a code of a list.
pub(crate) fn label_of<T: Code>(code: &str) -> Option<String> {
    T::parse(code).map(|value| value.label().to_owned())
}

/// The name of an establishment.
pub(crate) fn establishment(id: &str, catalogue: &Catalogue) -> Option<String> {
    let found = catalogue.establishments().find(id)?;
    Some(found.establishment.name.to_string())
}

/// The label of a boolean.
pub(crate) fn yes_or_no(code: &str) -> String {
    let label = if code == "true" { "Oui" } else { "Non" };
    label.to_owned()
}

/// The name of a region.
pub(crate) fn region(code: &str, catalogue: &Catalogue) -> Option<String> {
    let region = catalogue
        .reference()
        .territories()
        .region(&code.parse().ok()?)?;
    Some(region.name.clone())
}

/// The name of a département.
pub(crate) fn departement(code: &str, catalogue: &Catalogue) -> Option<String> {
    let departement = catalogue
        .reference()
        .territories()
        .departement(&code.parse().ok()?)?;
    Some(departement.name.clone())
}

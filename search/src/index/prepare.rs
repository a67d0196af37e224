//! A document made ready for the index before any lock is taken.

use uuid::Uuid;

use super::labels::label;
use crate::{Document, FacetId, NumberId, Part, Point, TextId, fold, words};

/// A document without its body, its texts taken apart.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) id: Uuid,
    pub(crate) position: Option<Point>,
    pub(crate) facets: Vec<(FacetId, String)>,
    pub(crate) numbers: Vec<(NumberId, f64)>,
    pub(crate) parts: Vec<Part>,
    /// Each folded word with a field that has it, once.
    pub(crate) words: Vec<(String, TextId)>,
    pub(crate) sort_key: String,
    /// The same, as it is completed.
    pub(crate) label: String,
}

/// Separates what is indexed from what is given back.
pub(crate) fn prepare<B>(document: Document<B>) -> (Prepared, B) {
    let mut found: Vec<(String, TextId)> = Vec::new();
    for (field, text) in &document.text {
        found.extend(words(text).into_iter().map(|word| (word, *field)));
    }
    found.sort_unstable();
    found.dedup();
    let prepared = Prepared {
        id: document.id,
        position: document.position.filter(|point| point.is_finite()),
        facets: document.facets,
        numbers: document.numbers,
        parts: document.parts,
        words: found,
        sort_key: fold(&document.sort_key),
        label: label(&document.sort_key),
    };
    (prepared, document.body)
}

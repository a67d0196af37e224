//! A document made ready for the index before any lock is taken.

use uuid::Uuid;

use super::labels::label;
use crate::{Document, FacetId, NumberId, Part, Point, TextId, fold};

/// A document without its body, its texts folded.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) id: Uuid,
    pub(crate) position: Option<Point>,
    pub(crate) facets: Vec<(FacetId, String)>,
    pub(crate) numbers: Vec<(NumberId, f64)>,
    pub(crate) parts: Vec<Part>,
    /// Folded.
    pub(crate) texts: Vec<(TextId, String)>,
    pub(crate) sort_key: String,
    /// The same, as it is completed.
    pub(crate) label: String,
}

/// Separates what is indexed from what is given back.
pub(crate) fn prepare<B>(document: Document<B>) -> (Prepared, B) {
    let texts = document.text.iter();
    let sort_key = fold(&document.sort_key);
    let prepared = Prepared {
        id: document.id,
        position: document.position.filter(|point| point.is_finite()),
        facets: document.facets,
        numbers: document.numbers,
        parts: document.parts,
        texts: texts.map(|(field, text)| (*field, fold(text))).collect(),
        label: label(&sort_key),
        sort_key,
    };
    (prepared, document.body)
}

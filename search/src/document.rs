//! What goes into an index.

use uuid::Uuid;

use crate::{FacetId, NumberId, PartFacetId, PartId, PartNumberId, Point, TextId};

/// A document: what it can be found by, and a body that is given back untouched.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<B> {
    /// Its identity: putting a document replaces the one of the same id.
    pub id: Uuid,
    /// Where it is; without a position (or with one that is not finite) it never matches a place.
    pub position: Option<Point>,
    /// Coded values; a facet may have several, and the same one twice counts once.
    pub facets: Vec<(FacetId, String)>,
    /// Numbers; one that is absent or not finite is missing and satisfies no bound, and of two for
    /// the same identifier the last stands.
    pub numbers: Vec<(NumberId, f64)>,
    /// Its parts, in the order they are to be given back.
    pub parts: Vec<Part>,
    /// Raw texts, several for a field if need be; they are folded and stemmed inside.
    pub text: Vec<(TextId, String)>,
    /// What it is sorted by under [`Sort::Key`](crate::Sort::Key), after [`fold`](crate::fold), and
    /// the label that is completed as somebody types.
    pub sort_key: String,
    /// Opaque; cloned with each answer, so that a shared pointer is the usual choice.
    pub body: B,
}

/// A part of a document: attributes that must meet on one and the same part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What sort of part it is.
    pub kind: PartId,
    /// Its identity, given back when it matched.
    pub id: Uuid,
    /// Coded values of this part; those of another kind of part are left out.
    pub facets: Vec<(PartFacetId, String)>,
    /// Numbers of this part, by the rules of [`Document::numbers`].
    pub numbers: Vec<(PartNumberId, f64)>,
}

/// One step of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<B> {
    /// Inserts, or replaces the document of the same id.
    Put(Document<B>),
    /// Removes the document of this id, if there is one.
    Remove(Uuid),
}

//! What an index can be asked.

use uuid::Uuid;

use crate::{BoundingBox, FacetId, Near, NumberId, PartFacetId, PartId, PartNumberId};

/// One page of what matches, in an order, with counts by value.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Which documents.
    pub selection: Selection,
    /// In which order.
    pub sort: Sort,
    /// The cursor of the page before, if any.
    pub after: Option<Cursor>,
    /// How many hits at most; 0 asks for the total and the facets alone.
    pub limit: usize,
    /// The facets to count, answered in this order.
    pub facets: Vec<FacetRequest>,
}

/// Which documents: all that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Facets, numbers and parts.
    pub filter: Filter,
    /// Words as a person typed them; every one must match.
    pub text: Option<String>,
    /// Within a radius of a point.
    pub near: Option<Near>,
    /// Within a box.
    pub bbox: Option<BoundingBox>,
    /// What holds of all that may be found, in the count of every facet too. Many questions share
    /// it: its documents are found once, and kept up as documents come and go.
    pub seen: Vec<Clause>,
}

/// Clauses that must all hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// On the document.
    pub clauses: Vec<Clause>,
    /// On its parts; each is met by some part, not always the same one.
    pub parts: Vec<PartCriteria>,
}

/// A condition on a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// Has at least one of these values; an empty list matches nothing.
    AnyOf(FacetId, Vec<String>),
    /// Has all of these values; an empty list matches everything.
    AllOf(FacetId, Vec<String>),
    /// Has this number between these bounds, both included.
    ///
    /// A missing number never matches, so that without bounds this asks that it be known.
    Range(NumberId, Option<f64>, Option<f64>),
}

/// Conditions that one and the same part must meet; without any, that there be such a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartCriteria {
    /// The kind of part.
    pub part: PartId,
    /// All of them, on one part.
    pub conditions: Vec<PartCondition>,
}

/// A condition on a part; one on another kind of part matches nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum PartCondition {
    /// Has at least one of these values.
    AnyOf(PartFacetId, Vec<String>),
    /// Has all of these values.
    AllOf(PartFacetId, Vec<String>),
    /// Has this number between these bounds, both included.
    Range(PartNumberId, Option<f64>, Option<f64>),
}

/// An order; each ends with the id ascending, and a missing value comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Best score first; needs a text.
    Relevance,
    /// Nearest first; needs a point.
    Distance,
    /// By the folded sort key, ascending.
    Key,
    /// Smallest number first.
    NumberAsc(NumberId),
    /// Largest number first.
    NumberDesc(NumberId),
}

/// Where a page ended: the place of its last hit in the order, and nothing of the others.
///
/// A document that is not itself changed is neither lost nor doubled by a walk from cursor to
/// cursor, whatever is written in between.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The last hit's value under the sort; an `f64` must come back bit for bit.
    pub value: SortValue,
    /// The last hit's id.
    pub id: Uuid,
    /// Which words of the text were matched within one edit, the first word in the lowest bit.
    ///
    /// The first page decides, so that a word written in between does not change the others.
    pub approximate: u64,
}

/// The value a document has under a sort.
#[derive(Clone, Debug, PartialEq)]
pub enum SortValue {
    /// Under [`Sort::Relevance`].
    Score(u32),
    /// Under [`Sort::Distance`], in kilometres.
    Distance(f64),
    /// Under [`Sort::Key`], already folded.
    Key(String),
    /// Under [`Sort::NumberAsc`] and [`Sort::NumberDesc`]; `None` is missing.
    Number(Option<f64>),
}

/// A facet to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetRequest {
    /// Documents by value, whatever the clauses on this very facet say.
    Document(FacetId),
    /// Documents by value of their matching parts, whatever the conditions on this very facet say.
    ///
    /// A part matches when it meets one of the criteria on its kind, or when there is none.
    Part(PartFacetId),
}

//! What an index answers.

use uuid::Uuid;

use crate::{Closeness, Cursor, PartId, Revision, Sort};

/// One page of an answer, with what is true of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<B> {
    /// The revision all of it was computed at.
    pub revision: Revision,
    /// How many documents match, exactly.
    pub total: u64,
    /// The page.
    pub hits: Vec<Hit<B>>,
    /// For each facet asked, the values that occur and in how many documents, largest first, then
    /// by code.
    pub facets: Vec<Vec<(String, u64)>>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
}

/// A document that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<B> {
    /// Its id.
    pub id: Uuid,
    /// Its body, as it was put.
    pub body: B,
    /// How far from the point, great circle, when one was given.
    pub distance_km: Option<f64>,
    /// Relevance; 0 without a text.
    pub score: u32,
    /// For each kind of part with criteria, the parts that met one of them, in the document's order.
    pub matched: Vec<(PartId, Vec<Uuid>)>,
}

/// Everything that matches, by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Matching<B> {
    /// The revision it was computed at.
    pub revision: Revision,
    /// Every document that matches, the smallest id first.
    pub hits: Vec<Hit<B>>,
}

/// A document whose label answers what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion<B> {
    /// How well.
    pub closeness: Closeness,
    /// Its id.
    pub id: Uuid,
    /// Its body, as it was put.
    pub body: B,
}

/// Totals over everything that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// The revision they were computed at.
    pub revision: Revision,
    /// How many documents match.
    pub documents: u64,
    /// A sum for each number asked, in order.
    pub numbers: Vec<Sum>,
}

/// The sum of one number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// The exact sum, rounded once: it depends on no order.
    pub total: f64,
    /// How many of the documents have the number.
    pub known: u64,
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The sort needs a point or a text that the question does not have.
    #[error("the sort {0:?} needs an input that the question does not have")]
    MissingInput(Sort),
    /// The text has no letter and no digit.
    #[error("the text holds no word")]
    EmptyText,
    /// The cursor was made under another sort.
    #[error("the cursor belongs to another sort")]
    WrongCursor,
}

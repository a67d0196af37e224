#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod answer;
mod batch;
mod cells;
mod completions;
mod document;
mod geometry;
mod index;
mod quad;
mod question;
mod revision;
mod schema;
mod squares;
mod text;

pub use answer::{Answer, Completion, Hit, Matching, SearchError, Sum, Sums};
pub use batch::Batch;
pub use cells::{Cell, Cells, Gathering, Member};
pub use completions::{Completions, Entry};
pub use document::{Change, Document, Part};
pub use geometry::{BoundingBox, EARTH_RADIUS_KM, Near, Point};
pub use index::{Closeness, Index};
pub use question::{
    Clause, Cursor, FacetRequest, Filter, PartCondition, PartCriteria, Question, Selection, Sort,
    SortValue,
};
pub use revision::Revision;
pub use schema::{FacetId, NumberId, PartFacetId, PartId, PartNumberId, Schema, TextId};
pub use squares::Square;
pub use text::{fold, words};

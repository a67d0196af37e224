//! What matches, gathered by place.

use uuid::Uuid;

use crate::{BoundingBox, Point, Revision, Square};

/// How what matches is gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gathering {
    /// The level of the squares that are the cells.
    pub level: u8,
    /// Only what this square holds; everywhere without it.
    pub within: Option<Square>,
    /// The most members of a cell that are given one by one.
    pub singly: usize,
}

/// What matches, by cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells<B> {
    /// The revision they were computed at.
    pub revision: Revision,
    /// How many documents match: those without a position, and those outside the square, too.
    pub total: u64,
    /// The cells that hold something: row by row from the north, each from the west.
    pub cells: Vec<Cell<B>>,
}

/// A square and what it holds of what matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<B> {
    /// Which square.
    pub square: Square,
    /// How many documents.
    pub count: u64,
    /// The mean of their latitudes and of their longitudes, to 1e-7 degrees; of one alone, where
    /// it is.
    pub centre: Point,
    /// The least box around them.
    pub bounds: BoundingBox,
    /// The documents by id, when they are few enough to be given one by one.
    pub members: Vec<Member<B>>,
}

/// A document of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<B> {
    /// Its id.
    pub id: Uuid,
    /// Where it is.
    pub point: Point,
    /// Its body, as it was put.
    pub body: B,
}

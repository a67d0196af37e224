//! Where something was read in a file, and what is refused there.

use std::fmt;

use domain::kernel::{Code, Refusal};

use crate::establishments::payload::column_of;

/// A place in a file, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The collection that holds the features.
    Collection,
    /// A line of NDJSON, or of any text, from 1.
    Line(u64),
    /// A row of CSV, by the line it begins on.
    Row(u64),
    /// A feature of a collection, from 0 as in a JSON Pointer.
    Feature(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Collection => f.write_str("the collection"),
            Self::Line(line) | Self::Row(line) => write!(f, "line {line}"),
            Self::Feature(index) => write!(f, "/features/{index}"),
        }
    }
}

/// A refusal, told with its place.
#[derive(Debug)]
pub(super) struct PlacedRefusal {
    place: Place,
    /// The place within it: a column, or a JSON Pointer; empty for the whole.
    within: String,
    what: String,
}

impl PlacedRefusal {
    /// A refusal of all that is at a place.
    pub(super) fn at(place: Place, what: impl Into<String>) -> Self {
        Self::within(place, "", what)
    }

    /// A refusal of something at a place.
    pub(super) fn within(place: Place, within: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place,
            within: within.into(),
            what: what.into(),
        }
    }

    /// The place.
    pub(super) const fn place(&self) -> Place {
        self.place
    }
}

impl fmt::Display for PlacedRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            within,
            what,
        } = self;
        match place {
            _ if within.is_empty() => write!(f, "{place}: {what}"),
            Place::Collection => write!(f, "{within}: {what}"),
            Place::Line(_) | Place::Row(_) => write!(f, "{place}, {within}: {what}"),
            Place::Feature(_) => write!(f, "{place}{within}: {what}"),
        }
    }
}

/// Refusals of a sheet as a whole, each with its place in what was read.
pub(super) fn told_of_sheet(
    place: Place,
    refusals: Vec<Refusal>,
) -> impl Iterator<Item = PlacedRefusal> {
    let written = move |refusal: Refusal| match (place, refusal.pointer.as_str()) {
        (Place::Feature(_), "/position") => Refusal {
            pointer: "/geometry".to_owned(),
            ..refusal
        },
        (Place::Feature(_), _) => refusal.under("/properties"),
        _ => refusal,
    };
    told(place, refusals.into_iter().map(written).collect())
}

/// Refusals met while a sheet was read, each with its place in it or its column.
pub(super) fn told(place: Place, refusals: Vec<Refusal>) -> impl Iterator<Item = PlacedRefusal> {
    refusals.into_iter().map(move |refusal| {
        let Refusal {
            pointer,
            code,
            detail,
        } = refusal;
        let within = match place {
            Place::Row(_) if !pointer.is_empty() => format!("column {}", column_of(&pointer)),
            _ => pointer,
        };
        let what = format!("{detail} ({})", code.code());
        PlacedRefusal::within(place, within, what)
    })
}

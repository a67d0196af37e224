//! Making parts: their ids, their marks, and their checks.

use std::fmt::Display;

use domain::{
    establishments::Establishment,
    kernel::{Id, Part, Record, Refusal, RefusalCode},
};
use uuid::Builder;

use super::dice::Dice;
use crate::{DataError, fixed_instant};

/// What makes the parts of one establishment.
pub(super) struct Maker {
    /// The draws of this establishment.
    pub(super) dice: Dice,
}

impl Maker {
    /// A maker for an establishment.
    pub(super) fn new(seed: u64, establishment: Id<Establishment>) -> Self {
        Self {
            dice: Dice::new(seed, establishment.uuid()),
        }
    }

    /// A part with an id of its own, marked as fictitious.
    pub(super) fn part<T>(&mut self, value: T) -> Part<T> {
        let instant = fixed_instant();
        let millis = instant.timestamp_millis().unsigned_abs();
        let uuid = Builder::from_unix_timestamp_millis(millis, &self.dice.bytes()).into_uuid();
        Part {
            id: Id::new(uuid),
            demo: true,
            record: Record::created(instant),
            value,
        }
    }
}

/// Refusals of a part that was made.
pub(super) fn refused(what: &'static str) -> impl Fn(Vec<Refusal>) -> DataError {
    move |refusals| DataError::refused(format!("a demonstration {what}"), refusals)
}

/// A value that was made, checked by its type.
pub(super) fn fit<T, E: Display>(checked: Result<T, E>) -> Result<T, DataError> {
    checked.map_err(|reason| {
        let refusal = Refusal::new("", RefusalCode::Range, reason.to_string());
        DataError::refused("a demonstration value", vec![refusal])
    })
}

/// The same for a value that may be absent.
pub(super) fn fit_some<V, T, E: Display>(
    value: Option<V>,
    check: impl Fn(V) -> Result<T, E>,
) -> Result<Option<T>, DataError> {
    value.map(|value| fit(check(value))).transpose()
}

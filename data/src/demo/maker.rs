//! Making parts: their ids, their marks, and their checks.

use std::fmt::Display;

use domain::kernel::{Id, Part, Record, Refusal, RefusalCode};
use uuid::{Builder, Uuid};

use super::dice::Dice;
use crate::{DataError, fixed_instant};

/// What makes the parts of one establishment, or one partner.
pub(super) struct Maker {
    /// The draws of this subject.
    pub(super) dice: Dice,
}

impl Maker {
    /// A maker for a subject.
    pub(super) fn new(seed: u64, subject: Uuid) -> Self {
        Self {
            dice: Dice::new(seed, subject),
        }
    }

    /// An id of its own.
    pub(super) fn id(&mut self) -> Uuid {
        identifier(self.dice.bytes())
    }

    /// An id of its own that comes after those of smaller numbers, as the ids do that are given
    /// one after the other (RFC 9562, section 6.2, method 1).
    pub(super) fn id_in_order(&mut self, number: u32) -> Uuid {
        let [one, two, three, four] = number.to_be_bytes();
        // Twelve bits stand before the variant, whose two bits follow.
        let counter = [one >> 6, one << 2 | two >> 6, two & 0x3f, three, four];
        let mut bytes: [u8; 10] = self.dice.bytes();
        for (byte, counted) in bytes.iter_mut().zip(counter) {
            *byte = counted;
        }
        identifier(bytes)
    }

    /// A part with an id of its own, marked as fictitious.
    pub(super) fn part<T>(&mut self, value: T) -> Part<T> {
        Part {
            id: Id::new(self.id()),
            demo: true,
            record: Record::created(fixed_instant()),
            value,
        }
    }
}

/// An identifier made at the instant at which everything fictitious was (RFC 9562, section 5.7).
fn identifier(bytes: [u8; 10]) -> Uuid {
    let millis = fixed_instant().timestamp_millis().unsigned_abs();
    Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
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

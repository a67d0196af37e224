//! A value of the law and the days on which it is in force.

use chrono::NaiveDate;

use crate::kernel::Validity;

/// A value of the law, its days, its article and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated<T> {
    /// When it is in force.
    pub validity: Validity,
    /// The article that sets it.
    pub article: String,
    /// Where it was read: the text itself, or who quotes it.
    pub source: String,
    /// The value.
    pub value: T,
}

impl<T> Dated<T> {
    /// Whether it is in force on `day`.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.validity.holds(day)
    }
}

/// Two values for the same thing on the same day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two values of {0} are in force on the same day")]
pub struct Overlap(pub String);

/// Checks that no two values of the same thing are in force together.
pub(super) fn without_overlap<T, K: PartialEq>(
    values: &[Dated<T>],
    key: impl Fn(&T) -> K,
    name: impl Fn(&T) -> String,
) -> Result<(), Overlap> {
    let clashes = |i: usize, one: &Dated<T>| {
        values.iter().take(i).any(|other| {
            key(&one.value) == key(&other.value) && one.validity.overlaps(other.validity)
        })
    };
    let clash = values.iter().enumerate().find(|(i, one)| clashes(*i, one));
    clash.map_or(Ok(()), |(_, one)| Err(Overlap(name(&one.value))))
}

//! A criterion: what is wanted, whether it must be, and how much it counts.

use super::{Finding, MatchOutcome};
use crate::kernel::Weight;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion<T> {
    /// What, or how much at the least.
    pub value: T,
    /// Whether what misses it is left out.
    pub required: bool,
    /// How much it counts beside the others.
    pub weight: Weight,
}

/// A criterion, and what is found of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Its name, as the question has it.
    pub criterion: &'static str,
    /// Whether what misses it is left out.
    pub required: bool,
    /// How much it counts.
    pub weight: Weight,
    /// What is found.
    pub finding: Finding,
}

impl<T> Criterion<T> {
    /// What is found of it.
    #[must_use]
    pub fn judge(&self, criterion: &'static str, find: impl FnOnce(&T) -> Finding) -> Judged {
        Judged {
            criterion,
            required: self.required,
            weight: self.weight,
            finding: find(&self.value),
        }
    }
}

impl Judged {
    /// Whether it must be met, and nobody knows whether it is.
    #[must_use]
    pub fn is_to_confirm(&self) -> bool {
        self.required && self.finding.outcome == MatchOutcome::Unknown
    }
}

/// What is found of a criterion that may not be asked.
pub(super) fn judged<T>(
    asked: Option<&Criterion<T>>,
    name: &'static str,
    find: impl FnOnce(&T) -> Finding,
) -> Option<Judged> {
    asked.map(|criterion| criterion.judge(name, find))
}

//! The criteria of one candidate, added up.

use super::{Judged, MatchOutcome};

/// The criteria of one candidate, added up.
///
/// The score is the share of all the weights asked that is met. What is unknown stays in the
/// denominator and adds nothing, and so does what is missed: were the unknown left out of it, a
/// sheet would lose by telling more. How much of what was asked is known at all is another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    asked: u32,
    known: u32,
    met: u32,
    met_count: u32,
    missed_count: u32,
    excluded: bool,
}

impl Tally {
    /// Adds up.
    #[must_use]
    pub fn of<'j>(judged: impl IntoIterator<Item = &'j Judged>) -> Self {
        judged.into_iter().fold(Self::default(), Self::and)
    }

    /// The same with one more criterion.
    #[must_use]
    pub fn and(mut self, judged: &Judged) -> Self {
        let weight = judged.weight.get();
        self.asked += weight;
        match judged.finding.outcome {
            MatchOutcome::Met => {
                self.known += weight;
                self.met += weight;
                self.met_count += 1;
            }
            MatchOutcome::Missed => {
                self.known += weight;
                self.missed_count += 1;
                self.excluded |= judged.required;
            }
            MatchOutcome::Unknown => {}
        }
        self
    }

    /// Whether a criterion that must be met is missed.
    #[must_use]
    pub const fn is_excluded(&self) -> bool {
        self.excluded
    }

    /// The share of the weights that is met, from 0 to 100, to the tenth. Where nothing is asked,
    /// nothing is missed.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.percent(self.met)
    }

    /// The share of the weights of which something is known, from 0 to 100, to the tenth.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.percent(self.known)
    }

    /// The weights that are met.
    #[must_use]
    pub const fn met(&self) -> u32 {
        self.met
    }

    /// How many criteria are met.
    #[must_use]
    pub const fn met_count(&self) -> u32 {
        self.met_count
    }

    /// How many are missed.
    #[must_use]
    pub const fn missed_count(&self) -> u32 {
        self.missed_count
    }

    /// In whole tenths, the half rounded up.
    fn percent(&self, part: u32) -> f64 {
        let tenths = (part * 1_000 + self.asked / 2).checked_div(self.asked);
        f64::from(tenths.unwrap_or(1_000)) / 10.0
    }
}

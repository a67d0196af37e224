//! The order of the candidates of one question.

use std::cmp::{Ordering, Reverse};

use uuid::Uuid;

use super::Tally;

/// Where a candidate stands: by what is met, then by how many criteria are, then nearest first,
/// then by id. A distance that nobody knows comes last.
///
/// Of one question all candidates are asked the same weights, so that the order is that of the
/// scores before they are rounded.
#[derive(Debug, Clone, Copy)]
pub struct Rank {
    met: u32,
    met_count: u32,
    distance_km: Option<f64>,
    id: Uuid,
}

impl Rank {
    /// Where a candidate stands.
    #[must_use]
    pub const fn new(tally: &Tally, distance_km: Option<f64>, id: Uuid) -> Self {
        Self {
            met: tally.met(),
            met_count: tally.met_count(),
            distance_km,
            id,
        }
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let met = |it: &Self| Reverse((it.met, it.met_count));
        let nearer = match (self.distance_km, other.distance_km) {
            (Some(own), Some(others)) => own.total_cmp(&others),
            (own, others) => own.is_none().cmp(&others.is_none()),
        };
        met(self)
            .cmp(&met(other))
            .then(nearer)
            .then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rank {}

/// The first candidates in their order, without sorting the others.
#[must_use]
pub fn best<T>(mut candidates: Vec<(Rank, T)>, limit: usize) -> Vec<(Rank, T)> {
    if limit < candidates.len() {
        candidates.select_nth_unstable_by_key(limit, |(rank, _)| *rank);
        candidates.truncate(limit);
    }
    candidates.sort_unstable_by_key(|(rank, _)| *rank);
    candidates
}

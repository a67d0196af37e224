//! One number: a column of values by ordinal, and the documents of each value in its order.

use std::collections::BTreeMap;
use std::ops::Bound;

use roaring::RoaringBitmap;

use super::documents::Documents;
use super::ordinals::{set, slot};
use super::total::Total;

/// Values by ordinal, and ordinals by value.
#[derive(Debug, Default)]
pub(crate) struct NumberColumn {
    /// `NaN` stands for a missing one, and the column ends at the last one known.
    values: Vec<f64>,
    by_value: BTreeMap<Total, Documents>,
    known: RoaringBitmap,
}

impl NumberColumn {
    /// Sets a value; one that is not finite is missing, and zero has one sign.
    pub(crate) fn set(&mut self, ordinal: u32, value: f64) {
        self.clear(ordinal);
        if value.is_finite() {
            let value = value + 0.0;
            set(&mut self.values, ordinal, value, &f64::NAN);
            self.by_value
                .entry(Total(value))
                .or_default()
                .insert(ordinal);
            self.known.insert(ordinal);
        }
    }

    /// Makes a value missing.
    pub(crate) fn clear(&mut self, ordinal: u32) {
        let Some(value) = self.get(ordinal) else {
            return;
        };
        if let Some(place) = self.values.get_mut(slot(ordinal)) {
            *place = f64::NAN;
        }
        self.known.remove(ordinal);
        if let Some(documents) = self.by_value.get_mut(&Total(value)) {
            documents.remove(ordinal);
            if documents.is_empty() {
                self.by_value.remove(&Total(value));
            }
        }
    }

    /// A value, unless it is missing.
    pub(crate) fn get(&self, ordinal: u32) -> Option<f64> {
        let value = self.values.get(slot(ordinal)).copied()?;
        (!value.is_nan()).then_some(value)
    }

    /// Whether a value is known and lies between bounds, both included.
    pub(crate) fn within(&self, ordinal: u32, min: Option<f64>, max: Option<f64>) -> bool {
        self.get(ordinal).is_some_and(|value| {
            min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
        })
    }

    /// Keeps of a set what lies between bounds, both included: what lies outside is taken away,
    /// unless that is more than the set itself, which is then looked through.
    pub(crate) fn keep_within(
        &self,
        documents: &mut RoaringBitmap,
        min: Option<f64>,
        max: Option<f64>,
    ) {
        *documents &= &self.known;
        let mut worth = documents.len();
        let mut outside = Vec::new();
        for group in self.below(min).chain(self.above(max)) {
            let Some(left) = worth.checked_sub(group.len()) else {
                let kept = documents.iter();
                let kept = kept.filter(|ordinal| self.within(*ordinal, min, max));
                *documents = kept.collect();
                return;
            };
            worth = left;
            outside.push(group);
        }
        for group in outside {
            group.leave(documents);
        }
    }

    /// The documents of each value, the smallest value first, from one on.
    pub(crate) fn ascending(&self, from: Option<f64>) -> impl Iterator<Item = (f64, &Documents)> {
        let from = from.map_or(Bound::Unbounded, |from| Bound::Included(Total(from)));
        let groups = self.by_value.range((from, Bound::Unbounded));
        groups.map(|(value, documents)| (value.0, documents))
    }

    /// The documents of each value, the largest value first, from one on.
    pub(crate) fn descending(&self, from: Option<f64>) -> impl Iterator<Item = (f64, &Documents)> {
        let from = from.map_or(Bound::Unbounded, |from| Bound::Included(Total(from)));
        let groups = self.by_value.range((Bound::Unbounded, from)).rev();
        groups.map(|(value, documents)| (value.0, documents))
    }

    /// Those whose value is known.
    pub(crate) fn known(&self) -> &RoaringBitmap {
        &self.known
    }

    fn below(&self, min: Option<f64>) -> impl Iterator<Item = &Documents> {
        let below = min.map(|min| self.by_value.range(..Total(min + 0.0)));
        below.into_iter().flatten().map(|(_, documents)| documents)
    }

    fn above(&self, max: Option<f64>) -> impl Iterator<Item = &Documents> {
        let above = max.map(|max| {
            let beyond = Bound::Excluded(Total(max + 0.0));
            self.by_value.range((beyond, Bound::Unbounded))
        });
        above.into_iter().flatten().map(|(_, documents)| documents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_included_and_a_missing_value_satisfies_none() {
        let mut column = NumberColumn::default();
        column.set(3, 5.0);
        column.set(4, f64::INFINITY);

        assert!(column.within(3, Some(5.0), Some(5.0)));
        assert!(!column.within(3, Some(5.1), None));
        assert!(!column.within(3, None, Some(4.9)));
        assert!(column.within(3, None, None));
        for missing in [0, 4, 9] {
            assert!(!column.within(missing, None, None), "{missing}");
        }
    }

    #[test]
    fn a_value_that_is_cleared_is_missing() {
        let mut column = NumberColumn::default();
        column.set(0, 5.0);
        column.clear(0);
        assert_eq!(column.get(0), None);

        column.set(0, -0.0);
        assert_eq!(column.get(0).map(f64::to_bits), Some(0));
    }
}

//! One number: a column of values by ordinal, and its documents by ranges of their values.

use roaring::RoaringBitmap;

use super::ordinals::{set, slot};
use super::strata::{Lies, Strata, Stratum};
use super::total::Total;

/// Values by ordinal, and ordinals by value.
#[derive(Debug, Default)]
pub(crate) struct NumberColumn {
    /// `NaN` stands for a missing one, and the column ends at the last one known.
    values: Vec<f64>,
    strata: Strata,
    known: RoaringBitmap,
}

impl NumberColumn {
    /// Sets a value; one that is not finite is missing, and zero has one sign.
    pub(crate) fn set(&mut self, ordinal: u32, value: f64) {
        self.clear(ordinal);
        self.note(ordinal, value);
        if let Some(value) = self.get(ordinal) {
            self.strata.insert(ordinal, value, &self.values);
            self.known.insert(ordinal);
        }
    }

    /// Sets a value that is not found before [`Self::fill`].
    pub(crate) fn note(&mut self, ordinal: u32, value: f64) {
        if value.is_finite() {
            set(&mut self.values, ordinal, value + 0.0, &f64::NAN);
        } else if let Some(place) = self.values.get_mut(slot(ordinal)) {
            *place = f64::NAN;
        }
    }

    /// Makes everything that was noted found.
    pub(crate) fn fill(&mut self) {
        let values = (0..).zip(&self.values);
        let known = values.filter(|(_, value)| !value.is_nan());
        let mut known: Vec<(Total, u32)> = known
            .map(|(ordinal, value)| (Total(*value), ordinal))
            .collect();
        self.known = known.iter().map(|(_, ordinal)| *ordinal).collect();
        known.sort_unstable();
        self.strata = Strata::of(&known);
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
        self.strata.remove(ordinal, value);
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
        let (mut outside, mut across) = (Vec::new(), Vec::new());
        for stratum in self.strata.all() {
            let lies = match stratum.lies(min, max) {
                Lies::Inside => continue,
                Lies::Outside => &mut outside,
                Lies::Across => &mut across,
            };
            let Some(left) = worth.checked_sub(stratum.documents().len()) else {
                let kept = documents.iter();
                let kept = kept.filter(|ordinal| self.within(*ordinal, min, max));
                *documents = kept.collect();
                return;
            };
            worth = left;
            lies.push(stratum.documents());
        }
        for stratum in outside {
            *documents -= stratum;
        }
        for stratum in across {
            let some = stratum & &*documents;
            let left = some.iter();
            let left = left.filter(|ordinal| !self.within(*ordinal, min, max));
            *documents -= left.collect::<RoaringBitmap>();
        }
    }

    /// Its documents by ranges of their values from one on, the smallest first, or the largest.
    pub(crate) fn ranges(
        &self,
        from: Option<f64>,
        descends: bool,
    ) -> impl Iterator<Item = &RoaringBitmap> {
        self.strata.ranges(from, descends).map(Stratum::documents)
    }

    /// Those whose value is known.
    pub(crate) fn known(&self) -> &RoaringBitmap {
        &self.known
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

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

    /// Values of which many are the same and some are missing.
    fn value() -> impl Strategy<Value = f64> {
        let few = (0_u8..4).prop_map(f64::from);
        let many = (-200_i16..200).prop_map(f64::from);
        prop_oneof![2 => few, 6 => many, 1 => Just(f64::NAN)]
    }

    fn bound() -> impl Strategy<Value = Option<f64>> {
        option::of((-210_i16..210).prop_map(|tenths| f64::from(tenths) / 2.0))
    }

    proptest! {
        /// Ranges hold what a scan of the values finds, whatever was set, cleared and set again.
        #[test]
        fn ranges_tell_what_a_scan_tells(
            first in vec(value(), 0..300),
            then in vec((0_u32..400, option::of(value())), 0..400),
            asked in vec((bound(), bound(), vec(0_u32..400, 0..400)), 8),
        ) {
            let mut column = NumberColumn::default();
            let mut scan = BTreeMap::new();
            for (ordinal, value) in (0..).zip(first) {
                column.note(ordinal, value);
                scan.insert(ordinal, value);
            }
            column.fill();
            for (ordinal, value) in then {
                match value {
                    Some(value) => column.set(ordinal, value),
                    None => column.clear(ordinal),
                }
                scan.insert(ordinal, value.unwrap_or(f64::NAN));
            }
            scan.retain(|_, value| !value.is_nan());
            for (min, max, documents) in asked {
                let mut kept: RoaringBitmap = documents.iter().copied().collect();
                let within = |ordinal: &u32| column.within(*ordinal, min, max);
                let scanned: RoaringBitmap =
                    kept.iter().filter(|it| scan.contains_key(it) && within(it)).collect();
                column.keep_within(&mut kept, min, max);
                prop_assert_eq!(kept, scanned);
                let mut last = f64::NEG_INFINITY;
                let mut met = RoaringBitmap::new();
                for range in column.ranges(min, false) {
                    let values = || range.iter().map(|ordinal| scan[&ordinal]);
                    prop_assert!(values().all(|value| value > last));
                    last = values().fold(last, f64::max);
                    met |= range;
                }
                let from: RoaringBitmap = scan.iter()
                    .filter(|(_, value)| min.is_none_or(|min| **value >= min))
                    .map(|(ordinal, _)| *ordinal)
                    .collect();
                prop_assert!(from.is_subset(&met));
                let met: RoaringBitmap = column.ranges(max, true).flatten().collect();
                let upto = scan.iter().filter(|(_, value)| max.is_none_or(|max| **value <= max));
                prop_assert!(upto.map(|(ordinal, _)| *ordinal).all(|it| met.contains(it)));
                let down: Vec<&RoaringBitmap> = column.ranges(None, true).collect();
                let up: Vec<&RoaringBitmap> = column.ranges(None, false).collect();
                prop_assert!(down.iter().eq(up.iter().rev()));
            }
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

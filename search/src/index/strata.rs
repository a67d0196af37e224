//! The documents of a number by ranges of its values: what lies beyond a bound, or comes first in
//! an order, is found range by range, and only in one or two of them value by value.

use roaring::RoaringBitmap;

use super::ordinals::slot;
use super::total::Total;

/// So many documents fill a range; of one and the same value there may be more. Tests have ranges
/// enough in a few documents.
const FULL: usize = if cfg!(test) { 8 } else { 1_024 };
/// A range is cut in two when it holds so many, if its values differ.
const CUT: u64 = if cfg!(test) { 32 } else { 4 * 1_024 };

/// Ranges that do not overlap, the smallest values first.
#[derive(Debug, Default)]
pub(super) struct Strata(Vec<Stratum>);

/// The documents whose values lie in a range.
#[derive(Debug)]
pub(super) struct Stratum {
    low: f64,
    high: f64,
    documents: RoaringBitmap,
}

/// How the values of a range lie to bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// All of them within.
    Inside,
    /// None of them.
    Outside,
    /// Perhaps some.
    Across,
}

impl Strata {
    /// Of ordinals in the order of their values.
    pub(super) fn of(known: &[(Total, u32)]) -> Self {
        let mut strata = Vec::new();
        let mut rest = known;
        while !rest.is_empty() {
            let (some, others) = rest.split_at(first_range(rest));
            strata.extend(Stratum::of(some));
            rest = others;
        }
        Self(strata)
    }

    /// Notes an ordinal, whose value is in the column.
    pub(super) fn insert(&mut self, ordinal: u32, value: f64, column: &[f64]) {
        let following = self.0.partition_point(|stratum| stratum.low <= value);
        let mut beside = following.saturating_sub(1)..=following;
        let takes = |place: &usize| self.0.get(*place).is_some_and(|it| it.takes(value));
        let place = beside.find(takes).unwrap_or(usize::MAX);
        let Some(stratum) = self.0.get_mut(place) else {
            self.0.insert(following, Stratum::one(value, ordinal));
            return;
        };
        stratum.low = stratum.low.min(value);
        stratum.high = stratum.high.max(value);
        stratum.documents.insert(ordinal);
        // Looked at again only when it is twice as large: values that are all the same stay.
        let many = stratum.documents.len();
        if many >= CUT && many.is_power_of_two() && stratum.low < stratum.high {
            let halves = stratum.halves(column);
            self.0.splice(place..=place, halves);
        }
    }

    /// Notes that an ordinal no longer has a value.
    pub(super) fn remove(&mut self, ordinal: u32, value: f64) {
        let following = self.0.partition_point(|stratum| stratum.low <= value);
        let place = following.saturating_sub(1);
        if let Some(stratum) = self.0.get_mut(place) {
            stratum.documents.remove(ordinal);
            if stratum.documents.is_empty() {
                self.0.remove(place);
            }
        }
    }

    /// Every range, the smallest values first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Stratum> {
        self.0.iter()
    }

    /// The ranges from a value on, the smallest values first, or the largest.
    pub(super) fn ranges(
        &self,
        from: Option<f64>,
        descends: bool,
    ) -> impl Iterator<Item = &Stratum> {
        let ranges = self.0.as_slice();
        let beyond = |stratum: &Stratum| match from {
            Some(from) if descends => stratum.low > from,
            Some(from) => stratum.high >= from,
            None => !descends,
        };
        let (before, after) = ranges.split_at(ranges.partition_point(|it| !beyond(it)));
        let (up, down) = if descends {
            (&[][..], before)
        } else {
            (after, &[][..])
        };
        up.iter().chain(down.iter().rev())
    }
}

impl Stratum {
    /// Of ordinals in the order of their values; of none, none.
    fn of(some: &[(Total, u32)]) -> Option<Self> {
        let (low, high) = some.first().zip(some.last())?;
        let mut ordinals: Vec<u32> = some.iter().map(|(_, ordinal)| *ordinal).collect();
        // A bitmap is built fastest from what is sorted.
        ordinals.sort_unstable();
        Some(Self {
            low: low.0.0,
            high: high.0.0,
            documents: ordinals.into_iter().collect(),
        })
    }

    fn one(value: f64, ordinal: u32) -> Self {
        Self {
            low: value,
            high: value,
            documents: RoaringBitmap::from_iter([ordinal]),
        }
    }

    /// Those whose values lie in it.
    pub(super) fn documents(&self) -> &RoaringBitmap {
        &self.documents
    }

    /// How its values lie to bounds, both included.
    pub(super) fn lies(&self, min: Option<f64>, max: Option<f64>) -> Lies {
        let reaches = min.is_none_or(|min| self.high >= min);
        if !reaches || max.is_some_and(|max| self.low > max) {
            return Lies::Outside;
        }
        let begins = min.is_none_or(|min| self.low >= min);
        if begins && max.is_none_or(|max| self.high <= max) {
            Lies::Inside
        } else {
            Lies::Across
        }
    }

    /// Whether a value belongs here: it lies in the range, or there is room for it beside.
    fn takes(&self, value: f64) -> bool {
        let is_full = usize::try_from(self.documents.len()).is_ok_and(|many| many >= FULL);
        !is_full || (self.low <= value && value <= self.high)
    }

    /// The same in two, cut between two values near the middle.
    fn halves(&self, column: &[f64]) -> Vec<Self> {
        let value = |ordinal| column.get(slot(ordinal)).copied().unwrap_or(self.low);
        let known = self.documents.iter();
        let mut known: Vec<(Total, u32)> = known
            .map(|ordinal| (Total(value(ordinal)), ordinal))
            .collect();
        known.sort_unstable();
        let middle = known.get(known.len() / 2).map(|(middle, _)| *middle);
        let below = known.partition_point(|(value, _)| Some(*value) < middle);
        let upto = known.partition_point(|(value, _)| Some(*value) <= middle);
        let (first, second) = known.split_at(if below == 0 { upto } else { below });
        let halves = [Self::of(first), Self::of(second)];
        halves.into_iter().flatten().collect()
    }
}

/// How many make the first range: enough to fill it, with all that have the value of the last;
/// a value that fills one by itself is alone in it.
fn first_range(known: &[(Total, u32)]) -> usize {
    let run = |from: usize| {
        let rest = known.get(from..).unwrap_or_default();
        let first = rest.first().map(|(first, _)| *first);
        rest.partition_point(|(value, _)| Some(*value) <= first)
    };
    let mut end = run(0);
    while end < FULL && end < known.len() {
        let next = run(end);
        if next >= FULL {
            break;
        }
        end += next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of ordinals from 0 on, noted one by one, and noted at once.
    fn made(values: &[f64]) -> [Strata; 2] {
        let mut one_by_one = Strata::default();
        for (ordinal, value) in (0..).zip(values) {
            one_by_one.insert(ordinal, *value, values);
        }
        let mut known: Vec<(Total, u32)> = values.iter().copied().map(Total).zip(0..).collect();
        known.sort_unstable();
        [one_by_one, Strata::of(&known)]
    }

    fn ordered(values: impl Iterator<Item = u32>) -> Vec<f64> {
        values.map(f64::from).collect()
    }

    #[track_caller]
    fn hold(strata: &Strata, values: &[f64]) {
        let mut held = 0;
        let mut last = f64::NEG_INFINITY;
        for stratum in strata.all() {
            assert!(last < stratum.low && stratum.low <= stratum.high);
            last = stratum.high;
            for ordinal in stratum.documents() {
                let value = values[slot(ordinal)];
                assert!((stratum.low..=stratum.high).contains(&value));
                held += 1;
            }
        }
        assert_eq!(held, values.len());
    }

    #[test]
    fn ranges_hold_every_value_once_whatever_their_order() {
        let rising = ordered(0..20_000);
        let falling = ordered((0..20_000).rev());
        let mixed = ordered((0..20_000).map(|it| it * 7_919 % 20_011));
        let few = ordered((0..20_000).map(|it| it % 3));
        for values in [rising, falling, mixed, few] {
            for strata in made(&values) {
                hold(&strata, &values);
                let largest = strata.all().filter(|it| it.low < it.high);
                let largest = largest.map(|it| it.documents.len()).max();
                assert!(largest.unwrap_or_default() < 2 * CUT);
            }
        }
    }

    #[test]
    fn values_that_fall_between_full_ranges_share_some() {
        let (below, above) = (ordered(0..1_000), ordered((2_000..9_000).rev()));
        let between = ordered((1_000..2_000).rev());
        let values = [below, above, between].concat();
        for strata in made(&values) {
            hold(&strata, &values);
            assert!(strata.all().count() < values.len() / (FULL / 2));
        }
    }

    #[test]
    fn a_value_that_fills_a_range_is_alone_in_it() {
        let values = ordered((0..10_000).map(|it| if it < 5_000 { 7 } else { it }));
        let [_, strata] = made(&values);
        let alone = strata.all().find(|it| it.low <= 7.0).unwrap();
        assert_eq!((alone.high, alone.documents.len()), (7.0, 5_000));
    }

    #[test]
    fn an_empty_range_is_forgotten() {
        let values = ordered(0..5_000);
        for mut strata in made(&values) {
            for (ordinal, value) in (0..).zip(&values) {
                strata.remove(ordinal, *value);
            }
            assert_eq!(strata.all().count(), 0);
        }
    }

    #[test]
    fn bounds_are_included() {
        let [strata, _] = made(&[1.0, 2.0, 3.0]);
        let stratum = strata.all().next().unwrap();
        for (min, max, lies) in [
            (None, None, Lies::Inside),
            (Some(1.0), Some(3.0), Lies::Inside),
            (Some(1.5), None, Lies::Across),
            (None, Some(2.0), Lies::Across),
            (Some(3.5), None, Lies::Outside),
            (None, Some(0.5), Lies::Outside),
        ] {
            assert_eq!(stratum.lies(min, max), lies, "{min:?} {max:?}");
        }
    }
}

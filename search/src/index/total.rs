//! Floats in an order of their own.

use std::cmp::Ordering;

/// A float in the total order of IEEE 754.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Total(pub(crate) f64);

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Total {}

/// Where a number stands in an order, as a whole number that is compared in one step: what is
/// missing comes last, and the two zeros are one.
pub(crate) fn rank(value: Option<f64>, descends: bool) -> u64 {
    let Some(value) = value else { return LAST };
    let bits = (value + 0.0).to_bits();
    let is_negative = bits >> 63 == 1;
    let ascending = if is_negative { !bits } else { bits | 1 << 63 };
    if descends { !ascending } else { ascending }
}

/// The rank of what is missing, which no finite number has.
pub(crate) const LAST: u64 = u64::MAX;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_in_the_order_of_numbers_and_what_is_missing_is_last() {
        let ascending = [f64::MIN, -2.5, -1e-300, 0.0, 1e-300, 7.0, f64::MAX];
        let ranks = |descends| {
            let numbers = ascending.iter().copied().map(Some);
            let ranks = numbers.map(|number| rank(number, descends));
            ranks.collect::<Vec<u64>>()
        };
        assert!(ranks(false).is_sorted_by(|one, other| one < other));
        assert!(ranks(true).is_sorted_by(|one, other| one > other));
        assert!(
            ranks(false)
                .into_iter()
                .chain(ranks(true))
                .all(|it| it < LAST)
        );
        assert_eq!(rank(None, false), LAST);
        assert_eq!(rank(None, true), LAST);
        assert_eq!(rank(Some(-0.0), false), rank(Some(0.0), false));
    }
}

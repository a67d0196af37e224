//! Sums that are exact: rounded once, so that no order of addition shows in them.

use roaring::RoaringBitmap;

use super::catalogue::Catalogue;
use crate::{NumberId, Sum};

/// The sum of a number over documents.
pub(crate) fn sum(catalogue: &Catalogue, documents: &RoaringBitmap, number: NumberId) -> Sum {
    let Some(column) = catalogue.number(number) else {
        return Sum::default();
    };
    let mut exact = ExactSum::default();
    let mut known = 0;
    for value in documents.iter().filter_map(|document| column.get(document)) {
        exact.add(value);
        known += 1;
    }
    Sum {
        total: exact.total(),
        known,
    }
}

/// Shewchuk's expansion: floats that do not overlap and whose sum is exact, the smallest first.
#[derive(Debug, Default)]
struct ExactSum(Vec<f64>);

impl ExactSum {
    fn add(&mut self, value: f64) {
        let mut carried = value;
        let mut kept = 0;
        for position in 0..self.0.len() {
            let Some(part) = self.0.get(position).copied() else {
                break;
            };
            let (high, low) = two_sum(carried, part);
            if low != 0.0 {
                if let Some(place) = self.0.get_mut(kept) {
                    *place = low;
                }
                kept += 1;
            }
            carried = high;
        }
        self.0.truncate(kept);
        self.0.push(carried);
    }

    /// Rounds to the nearest float, ties to even.
    fn total(&self) -> f64 {
        let mut parts = self.0.iter().rev().copied();
        let mut high = parts.next().unwrap_or_default();
        for part in parts.by_ref() {
            let (sum, low) = two_sum(high, part);
            high = sum;
            if low != 0.0 {
                return halfway(high, low, parts.next());
            }
        }
        high
    }
}

/// Rounds away from `high` when the rest is half a unit and what follows goes the same way.
fn halfway(high: f64, low: f64, following: Option<f64>) -> f64 {
    let same_way = following.is_some_and(|rest| (rest < 0.0) == (low < 0.0) && rest != 0.0);
    let doubled = low * 2.0;
    let further = high + doubled;
    if same_way && (further - high).to_bits() == doubled.to_bits() {
        further
    } else {
        high
    }
}

/// A sum and what rounding took from it.
fn two_sum(left: f64, right: f64) -> (f64, f64) {
    let sum = left + right;
    let right_part = sum - left;
    let left_part = sum - right_part;
    (sum, (left - left_part) + (right - right_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(values: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        for value in values {
            sum.add(*value);
        }
        sum.total()
    }

    #[test]
    fn a_sum_is_rounded_once() {
        assert_eq!(total(&[]).to_bits(), 0f64.to_bits());
        assert_eq!(total(&[0.1; 10]).to_bits(), 1f64.to_bits());
        assert_eq!(total(&[1e100, 1.0, -1e100]).to_bits(), 1f64.to_bits());
        assert_eq!(
            total(&[1.0, 2f64.powi(-53), 2f64.powi(-106)]).to_bits(),
            (1.0 + f64::EPSILON).to_bits()
        );
    }

    #[test]
    fn the_order_of_addition_does_not_show() {
        let mut values: Vec<f64> = (1..60).map(|n| 10f64.powi(n % 20) / f64::from(n)).collect();
        let forwards = total(&values);
        values.reverse();
        assert_eq!(total(&values).to_bits(), forwards.to_bits());
    }
}

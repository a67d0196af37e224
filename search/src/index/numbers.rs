//! One number: a column of values by ordinal.

use super::ordinals::{set, slot};

/// Values by ordinal; `NaN` stands for a missing one, and the column ends at the last one known.
#[derive(Debug, Default)]
pub(crate) struct NumberColumn(Vec<f64>);

impl NumberColumn {
    /// Sets a value; one that is not finite is missing, and zero has one sign.
    pub(crate) fn set(&mut self, ordinal: u32, value: f64) {
        if value.is_finite() {
            set(&mut self.0, ordinal, value + 0.0, &f64::NAN);
        } else {
            self.clear(ordinal);
        }
    }

    /// Makes a value missing.
    pub(crate) fn clear(&mut self, ordinal: u32) {
        if let Some(place) = self.0.get_mut(slot(ordinal)) {
            *place = f64::NAN;
        }
    }

    /// A value, unless it is missing.
    pub(crate) fn get(&self, ordinal: u32) -> Option<f64> {
        let value = self.0.get(slot(ordinal)).copied()?;
        (!value.is_nan()).then_some(value)
    }

    /// Whether a value is known and lies between bounds, both included.
    pub(crate) fn within(&self, ordinal: u32, min: Option<f64>, max: Option<f64>) -> bool {
        self.get(ordinal).is_some_and(|value| {
            min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
        })
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

//! A column of small numbers, most of which would fit in two bytes.

use super::ordinals::{set, slot};

/// Numbers by ordinal, two bytes each while no number needs more; 0 stands for none.
#[derive(Debug)]
pub(crate) enum Narrow {
    /// None is above 65,535.
    Two(Vec<u16>),
    /// Some are.
    Four(Vec<u32>),
}

impl Default for Narrow {
    fn default() -> Self {
        Self::Two(Vec::new())
    }
}

impl Narrow {
    /// The number of an ordinal.
    pub(crate) fn get(&self, ordinal: u32) -> u32 {
        let number = match self {
            Self::Two(column) => column.get(slot(ordinal)).copied().map(u32::from),
            Self::Four(column) => column.get(slot(ordinal)).copied(),
        };
        number.unwrap_or_default()
    }

    /// Writes the number of an ordinal.
    pub(crate) fn set(&mut self, ordinal: u32, number: u32) {
        match (self, u16::try_from(number)) {
            (Self::Two(column), Ok(number)) => set(column, ordinal, number, &0),
            (Self::Four(column), _) => set(column, ordinal, number, &0),
            (narrow, Err(_)) => {
                narrow.widen();
                narrow.set(ordinal, number);
            }
        }
    }

    fn widen(&mut self) {
        if let Self::Two(column) = self {
            *self = Self::Four(column.iter().copied().map(u32::from).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_needs_more_widens_the_column() {
        let mut column = Narrow::default();
        column.set(3, 65_535);
        assert!(matches!(column, Narrow::Two(_)));
        column.set(1, 65_536);
        column.set(2, 7);
        let numbers: Vec<u32> = (0..5).map(|ordinal| column.get(ordinal)).collect();
        assert_eq!(numbers, [0, 65_536, 7, 65_535, 0]);
    }
}

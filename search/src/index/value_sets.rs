//! What each document has of a facet: which of the sets of values that occur.

use std::collections::HashMap;
use std::sync::Arc;

use super::narrow::Narrow;
use super::ordinals::slot;

/// Sets of values, each once, and which of them each ordinal has. Most documents have one value of
/// a facet, and those that have several share few sets.
#[derive(Debug)]
pub(crate) struct ValueSets {
    /// The number of the set of each ordinal, up to the last that has a value.
    column: Narrow,
    numbers: HashMap<Arc<[u32]>, u32>,
    /// The first is empty.
    sets: Vec<ValueSet>,
    free: Vec<u32>,
}

#[derive(Debug)]
struct ValueSet {
    values: Arc<[u32]>,
    holders: u32,
}

impl Default for ValueSets {
    fn default() -> Self {
        Self {
            column: Narrow::default(),
            numbers: HashMap::new(),
            sets: vec![ValueSet {
                values: Arc::from([]),
                holders: 0,
            }],
            free: Vec::new(),
        }
    }
}

impl ValueSets {
    /// Notes the values of an ordinal that had none: each once, in order.
    pub(crate) fn insert(&mut self, ordinal: u32, values: &[u32]) {
        let known = self.numbers.get(values).copied();
        let number = known.unwrap_or_else(|| self.learn(values));
        if let Some(own) = self.sets.get_mut(slot(number)) {
            own.holders += 1;
        }
        self.column.set(ordinal, number);
    }

    /// Takes the values of an ordinal away, and tells them.
    pub(crate) fn remove(&mut self, ordinal: u32) -> Arc<[u32]> {
        let number = self.of(ordinal);
        let Some(own) = self.sets.get_mut(slot(number)).filter(|_| number > 0) else {
            return Arc::from([]);
        };
        own.holders -= 1;
        let values = Arc::clone(&own.values);
        if own.holders == 0 {
            self.numbers.remove(&values);
            self.free.push(number);
        }
        self.column.set(ordinal, 0);
        values
    }

    /// The number of the set of an ordinal.
    pub(crate) fn of(&self, ordinal: u32) -> u32 {
        self.column.get(ordinal)
    }

    /// The values of a set.
    pub(crate) fn values(&self, number: u32) -> &[u32] {
        let own = self.sets.get(slot(number));
        own.map_or(&[], |own| &own.values)
    }

    /// More than any number of a set.
    pub(crate) fn len(&self) -> usize {
        self.sets.len()
    }

    fn learn(&mut self, values: &[u32]) -> u32 {
        let values: Arc<[u32]> = Arc::from(values);
        let own = ValueSet {
            values: Arc::clone(&values),
            holders: 0,
        };
        let number = if let Some(number) = self.free.pop()
            && let Some(place) = self.sets.get_mut(slot(number))
        {
            *place = own;
            number
        } else {
            let number = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
            self.sets.push(own);
            number
        };
        self.numbers.insert(values, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_kept_once_and_forgotten_with_the_last_that_has_it() {
        let mut sets = ValueSets::default();
        sets.insert(0, &[4, 7]);
        sets.insert(3, &[4, 7]);
        sets.insert(1, &[4]);
        assert_eq!(sets.len(), 3);
        assert_eq!(sets.of(0), sets.of(3));
        assert_eq!(sets.values(sets.of(3)), [4, 7]);
        assert_eq!(sets.values(sets.of(2)), [0; 0]);
        assert_eq!(sets.values(sets.of(9)), [0; 0]);

        assert_eq!(*sets.remove(0), [4, 7]);
        assert_eq!(*sets.remove(0), [0; 0]);
        assert_eq!(sets.values(sets.of(3)), [4, 7]);
        assert_eq!(*sets.remove(3), [4, 7]);
        sets.insert(5, &[9]);
        assert_eq!(sets.len(), 3, "its number is given again");
        assert_eq!(sets.values(sets.of(5)), [9]);
    }
}

//! One facet: for each of its values, a bitmap of those that have it.

use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::ordinals::slot;
use super::union::Union;

/// The values of a facet that something holds; a value nothing holds any more is forgotten.
#[derive(Debug, Default)]
pub(crate) struct FacetColumn {
    codes: HashMap<Arc<str>, u32>,
    values: Vec<Value>,
    free: Vec<u32>,
}

#[derive(Debug)]
struct Value {
    code: Arc<str>,
    holders: RoaringBitmap,
}

impl FacetColumn {
    /// Notes that an ordinal has a value, and gives the value's number.
    pub(crate) fn insert(&mut self, code: &str, ordinal: u32) -> u32 {
        let number = self.number(code);
        self.add(number, ordinal);
        number
    }

    /// The number of a value that an ordinal is to have.
    pub(crate) fn number(&mut self, code: &str) -> u32 {
        let known = self.codes.get(code).copied();
        known.unwrap_or_else(|| self.learn(code))
    }

    /// Notes that an ordinal has the value of a number.
    pub(crate) fn add(&mut self, number: u32, ordinal: u32) {
        if let Some(value) = self.values.get_mut(slot(number)) {
            value.holders.insert(ordinal);
        }
    }

    /// Notes that an ordinal no longer has a value.
    pub(crate) fn remove(&mut self, number: u32, ordinal: u32) {
        let Some(value) = self.values.get_mut(slot(number)) else {
            return;
        };
        if value.holders.remove(ordinal) && value.holders.is_empty() {
            self.codes.remove(&value.code);
            self.free.push(number);
        }
    }

    /// The same by the value's code.
    pub(crate) fn remove_code(&mut self, code: &str, ordinal: u32) {
        if let Some(number) = self.codes.get(code).copied() {
            self.remove(number, ordinal);
        }
    }

    /// The code of a value.
    pub(crate) fn code(&self, number: u32) -> Option<&Arc<str>> {
        Some(&self.values.get(slot(number))?.code)
    }

    /// Whether an ordinal has a value.
    pub(crate) fn holds(&self, code: &str, ordinal: u32) -> bool {
        self.holders(code)
            .is_some_and(|holders| holders.contains(ordinal))
    }

    /// Those with at least one of the values.
    pub(crate) fn any_of(&self, codes: &[String]) -> Union<'_> {
        Union::of(codes.iter().filter_map(|code| self.holders(code)))
    }

    /// Those with each of the values, value by value.
    pub(crate) fn each_of(&self, codes: &[String]) -> Vec<Union<'_>> {
        let holders = |code: &String| self.holders(code).map(Union::from).unwrap_or_default();
        codes.iter().map(holders).collect()
    }

    /// The values that something holds.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &RoaringBitmap)> {
        let held = self.values.iter().filter(|value| !value.holders.is_empty());
        held.map(|value| (&*value.code, &value.holders))
    }

    /// How many values something holds.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// More than any number of a value.
    pub(crate) fn numbers(&self) -> usize {
        self.values.len()
    }

    fn holders(&self, code: &str) -> Option<&RoaringBitmap> {
        let number = self.codes.get(code)?;
        Some(&self.values.get(slot(*number))?.holders)
    }

    fn learn(&mut self, code: &str) -> u32 {
        let code: Arc<str> = Arc::from(code);
        let value = Value {
            code: Arc::clone(&code),
            holders: RoaringBitmap::new(),
        };
        let number = if let Some(number) = self.free.pop()
            && let Some(place) = self.values.get_mut(slot(number))
        {
            *place = value;
            number
        } else {
            self.values.push(value);
            u32::try_from(self.values.len() - 1).unwrap_or(u32::MAX)
        };
        self.codes.insert(code, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(column: &FacetColumn, codes: &[&str]) -> Vec<u32> {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        column.any_of(&codes).whole().iter().collect()
    }

    #[test]
    fn any_of_is_a_union() {
        let mut column = FacetColumn::default();
        column.insert("ma", 1);
        column.insert("cp", 2);
        column.insert("cp", 3);

        assert_eq!(any(&column, &["ma", "cp", "none"]), [1, 2, 3]);
        assert_eq!(any(&column, &["cp"]), [2, 3]);
        assert_eq!(any(&column, &[]), [0; 0]);
    }

    #[test]
    fn a_value_that_nothing_holds_is_forgotten_and_its_number_given_again() {
        let mut column = FacetColumn::default();
        let number = column.insert("ma", 1);
        column.remove(number, 1);
        assert_eq!(column.len(), 0);
        assert_eq!(column.values().count(), 0);

        assert_eq!(column.insert("cp", 1), number);
        assert!(column.holds("cp", 1) && !column.holds("ma", 1));
    }
}

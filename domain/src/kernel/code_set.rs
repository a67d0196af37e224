//! Some values of a code list, a bit each.

use std::marker::PhantomData;

use super::Code;

/// Some values of a list of at most 32 codes, in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSet<T>(u32, PhantomData<fn() -> T>);

impl<T: Code> CodeSet<T> {
    /// Whether a value is among them.
    #[must_use]
    pub fn contains(&self, value: T) -> bool {
        self.0 & bit(value) != 0
    }

    /// Whether one of these is among them.
    #[must_use]
    pub fn meets(&self, others: &Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl<'v, T: Code> FromIterator<&'v T> for CodeSet<T> {
    fn from_iter<I: IntoIterator<Item = &'v T>>(values: I) -> Self {
        let bits = values.into_iter().fold(0, |all, value| all | bit(*value));
        Self(bits, PhantomData)
    }
}

/// The bit of a value, by its place in the list.
fn bit<T: Code>(value: T) -> u32 {
    let place = T::all().iter().position(|other| *other == value);
    let place = place.and_then(|place| u32::try_from(place).ok());
    place
        .and_then(|place| 1_u32.checked_shl(place))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::Code,
        offers::{Audience, MedicalExamTrigger, TigMeasure, TimeSlot},
    };

    fn keeps_each<T: Code>() {
        for value in T::all() {
            let only = CodeSet::from_iter([value]);
            let held = T::all().iter().filter(|it| only.contains(**it));
            assert_eq!(held.collect::<Vec<_>>(), [value], "{}", T::LIST.name);
        }
        let all: CodeSet<T> = T::all().iter().collect();
        assert!(T::all().iter().all(|it| all.contains(*it)));
    }

    #[test]
    fn every_value_of_the_lists_that_are_kept_so_has_a_bit() {
        keeps_each::<Audience>();
        keeps_each::<MedicalExamTrigger>();
        keeps_each::<TigMeasure>();
        keeps_each::<TimeSlot>();
    }

    #[test]
    fn two_sets_meet_when_they_share_a_value() {
        let [weekday, night] = [TimeSlot::Weekday, TimeSlot::Night].map(|it| [it]);
        let both: CodeSet<TimeSlot> = weekday.iter().chain(&night).collect();
        let [weekday, night]: [CodeSet<TimeSlot>; 2] =
            [weekday, night].map(|only| only.iter().collect());
        assert!(both.meets(&weekday) && both.meets(&night));
        assert!(!weekday.meets(&night));
    }
}

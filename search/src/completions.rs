//! A list of labels that does not change, completed as somebody types.

use crate::fold;
use crate::index::{Closeness, Labels, Typed, label};

/// A label of a list and what it stands for.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The label; case, accents and what stands between words do not count.
    pub label: String,
    /// Among labels that answer as well, the larger weight comes first, then the label, then the
    /// place in the list.
    pub weight: u32,
    /// What it stands for.
    pub value: T,
}

/// A list of labels, completed as somebody types.
#[derive(Debug)]
pub struct Completions<T> {
    labels: Labels,
    values: Vec<T>,
}

impl<T> Completions<T> {
    /// The values whose label answers what was typed: the closest first, then by weight, label
    /// and place.
    #[must_use]
    pub fn find(&self, typed: &str, limit: usize) -> Vec<(Closeness, &T)> {
        let found = self.labels.find(&Typed::new(typed), limit, &mut |_| true);
        let value = |(closeness, number): (Closeness, u32)| {
            let value = self.values.get(usize::try_from(number).ok()?)?;
            Some((closeness, value))
        };
        found.into_iter().filter_map(value).collect()
    }
}

impl<T> FromIterator<Entry<T>> for Completions<T> {
    fn from_iter<I: IntoIterator<Item = Entry<T>>>(entries: I) -> Self {
        let mut labels = Labels::default();
        let mut values = Vec::new();
        for (number, entry) in (0..).zip(entries) {
            labels.insert(
                number,
                &label(&fold(&entry.label)),
                entry.weight,
                u128::from(number),
            );
            values.push(entry.value);
        }
        Self { labels, values }
    }
}

//! What a partner was told is kept, to be held against what is.

use std::collections::BTreeMap;

/// The title under a reference, or that there is nothing any more.
pub(super) type State = Option<String>;

/// What may be kept under each reference: several things where an answer did not say whether a
/// write was.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    kept: BTreeMap<String, Vec<State>>,
    accepted: u64,
}

impl Ledger {
    /// What is kept before anything is written.
    pub(super) fn of(references: impl Iterator<Item = String>, title: &str) -> Self {
        let kept = references.map(|reference| (reference, vec![Some(title.to_owned())]));
        Self {
            kept: kept.collect(),
            accepted: 0,
        }
    }

    /// A write was accepted.
    pub(super) fn accepted(&mut self, reference: &str, state: State) {
        self.accepted += 1;
        self.kept.insert(reference.to_owned(), vec![state]);
    }

    /// A write was refused for want of the database: it may have been kept before that.
    pub(super) fn unsure(&mut self, reference: &str, state: State) {
        let kept = self.kept.entry(reference.to_owned());
        kept.or_insert_with(|| vec![None]).push(state);
    }

    /// Whether it is known what is kept under a reference.
    pub(super) fn is_sure(&self, reference: &str) -> bool {
        self.kept.get(reference).is_none_or(|it| it.len() == 1)
    }

    /// How many writes were accepted, and under how many references.
    pub(super) fn many(&self) -> (u64, usize) {
        (self.accepted, self.kept.len())
    }

    /// Takes what another wrote under other references.
    pub(super) fn take(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.kept.extend(other.kept);
    }

    /// The references under which something else is found, and what.
    pub(super) fn lost(&self, found: &BTreeMap<String, String>) -> Vec<String> {
        let differs = |(reference, states): (&String, &Vec<State>)| {
            let there = found.get(reference);
            let same = states.iter().any(|state| state.as_ref() == there);
            (!same).then(|| format!("{reference}: {there:?} and not {states:?}"))
        };
        self.kept.iter().filter_map(differs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        let own =
            |(reference, title): &(&str, &str)| ((*reference).to_owned(), (*title).to_owned());
        all.iter().map(own).collect()
    }

    #[test]
    fn what_was_accepted_last_is_to_be_found() {
        let mut ledger = Ledger::default();
        ledger.accepted("A", Some("one".to_owned()));
        ledger.accepted("A", Some("two".to_owned()));
        ledger.accepted("B", Some("one".to_owned()));
        ledger.accepted("B", None);
        assert!(ledger.lost(&found(&[("A", "two"), ("C", "x")])).is_empty());
        assert_eq!(ledger.lost(&found(&[("A", "one")])).len(), 1);
        assert_eq!(ledger.lost(&found(&[])).len(), 1);
        assert_eq!(ledger.lost(&found(&[("A", "two"), ("B", "one")])).len(), 1);
        assert_eq!(ledger.many(), (4, 2));
    }

    #[test]
    fn what_was_refused_is_found_or_not() {
        let mut ledger = Ledger::default();
        ledger.accepted("A", Some("one".to_owned()));
        ledger.unsure("A", Some("two".to_owned()));
        ledger.unsure("B", Some("one".to_owned()));
        assert!(!ledger.is_sure("A") && ledger.is_sure("C"));
        assert!(
            ledger
                .lost(&found(&[("A", "two"), ("B", "one")]))
                .is_empty()
        );
        assert!(ledger.lost(&found(&[("A", "one")])).is_empty());
        assert_eq!(ledger.lost(&found(&[("B", "two")])).len(), 2);
    }
}

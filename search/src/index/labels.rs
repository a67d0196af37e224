//! Labels found as somebody types them, the best first, without a look at all of them.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use super::ordinals::{set, slot};
use crate::words;

/// How well a label answers what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// It is what was typed.
    Exact,
    /// It begins so.
    Beginning,
    /// Every word typed begins one of its words.
    Words,
}

/// What somebody typed, in words without case or accents.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    words: Vec<String>,
    whole: String,
}

impl Typed {
    /// Takes it apart.
    pub(crate) fn new(text: &str) -> Self {
        let words = words(text);
        let whole = words.join(" ");
        Self { words, whole }
    }

    /// How well a label answers, if it does.
    fn closeness(&self, label: &str) -> Option<Closeness> {
        let has = |word: &String| label.split(' ').any(|own| own.starts_with(word));
        if label == self.whole {
            Some(Closeness::Exact)
        } else if label.starts_with(&self.whole) {
            Some(Closeness::Beginning)
        } else {
            self.words.iter().all(has).then_some(Closeness::Words)
        }
    }
}

/// The form in which a label is found: its words without case or accents, one space between.
pub(crate) fn label(text: &str) -> Arc<str> {
    Arc::from(words(text).join(" "))
}

/// Labels by number, each with its rank: the weight, the largest first, then the label, then an
/// identity.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    ranks: Vec<Option<Rank>>,
    order: BTreeSet<(Rank, u32)>,
    /// Whole labels.
    wholes: BTreeSet<Tail>,
    /// What is left of a label from each word but the first.
    tails: BTreeSet<Tail>,
}

/// Where a label stands among those that answer as well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    weight: Reverse<u32>,
    label: Arc<str>,
    identity: u128,
}

/// A label from one of its words on.
#[derive(Clone, Debug)]
struct Tail {
    label: Arc<str>,
    from: usize,
    number: u32,
}

impl Tail {
    fn text(&self) -> &str {
        self.label.get(self.from..).unwrap_or_default()
    }
}

impl Ord for Tail {
    fn cmp(&self, other: &Self) -> Ordering {
        let texts = self.text().cmp(other.text());
        texts.then_with(|| (self.number, self.from).cmp(&(other.number, other.from)))
    }
}

impl PartialOrd for Tail {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Tail {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Tail {}

/// So few labels are ranked one by one. Of more, enough answer that the first are met soon on a
/// walk through all of them in the order of their ranks.
const FEW: usize = 4_096;
/// How many are put in order at a time.
const SORTED: usize = 64;

impl Labels {
    /// Adds a label under a number that has none.
    pub(crate) fn insert(&mut self, number: u32, label: Arc<str>, weight: u32, identity: u128) {
        self.wholes.insert(Tail {
            label: Arc::clone(&label),
            from: 0,
            number,
        });
        for from in later_words(&label) {
            self.tails.insert(Tail {
                label: Arc::clone(&label),
                from,
                number,
            });
        }
        let rank = Rank {
            weight: Reverse(weight),
            label,
            identity,
        };
        self.order.insert((rank.clone(), number));
        set(&mut self.ranks, number, Some(rank), &None);
    }

    /// Takes the label of a number away.
    pub(crate) fn remove(&mut self, number: u32) {
        let Some(rank) = self.ranks.get_mut(slot(number)).and_then(Option::take) else {
            return;
        };
        let tail = |from| Tail {
            label: Arc::clone(&rank.label),
            from,
            number,
        };
        self.wholes.remove(&tail(0));
        for from in later_words(&rank.label) {
            self.tails.remove(&tail(from));
        }
        self.order.remove(&(rank, number));
    }

    /// The first labels, of those accepted, that answer what was typed: the closest first, then
    /// by rank.
    pub(crate) fn find(
        &self,
        typed: &Typed,
        limit: usize,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<(Closeness, u32)> {
        let mut found = Vec::new();
        if typed.words.is_empty() {
            return found;
        }
        for closeness in [Closeness::Exact, Closeness::Beginning, Closeness::Words] {
            let left = limit.saturating_sub(found.len());
            if left == 0 {
                break;
            }
            let candidates = self.candidates(closeness, typed);
            let test = |label: &str| typed.closeness(label) == Some(closeness);
            let from = match closeness {
                Closeness::Beginning => typed.whole.as_str(),
                Closeness::Exact | Closeness::Words => "",
            };
            let best = match candidates {
                Some(few) => self.best(few, &test, left, accept),
                None => self.first_met(from, &test, left, accept),
            };
            found.extend(best.into_iter().map(|number| (closeness, number)));
        }
        found
    }

    /// What may answer so closely, unless it is too much to be looked at one by one.
    fn candidates(&self, closeness: Closeness, typed: &Typed) -> Option<Vec<u32>> {
        let whole = typed.whole.as_str();
        let begun = beginning(&self.wholes, whole);
        match closeness {
            Closeness::Exact => {
                let equal = begun.take_while(|tail| tail.text() == whole);
                Some(equal.map(|tail| tail.number).collect())
            }
            Closeness::Beginning => few(begun),
            Closeness::Words => {
                let candidates = typed.words.iter().filter_map(|word| {
                    few(beginning(&self.wholes, word).chain(beginning(&self.tails, word)))
                });
                candidates.min_by_key(Vec::len)
            }
        }
    }

    /// The first by rank whose label passes a test, met on a walk through all of them; where the
    /// rank is the order of labels, no test passes before `from`.
    fn first_met(
        &self,
        from: &str,
        test: &dyn Fn(&str) -> bool,
        limit: usize,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<u32> {
        let weight = |end: Option<&(Rank, u32)>| end.map(|(rank, _)| rank.weight);
        let (first, last) = (weight(self.order.first()), weight(self.order.last()));
        let by_label = first.filter(|_| first == last).map(|weight| Rank {
            weight,
            label: Arc::from(from),
            identity: 0,
        });
        let start = by_label.map_or(Bound::Unbounded, |rank| Bound::Included((rank, 0)));
        let walk = self.order.range((start, Bound::Unbounded));
        let passing = walk.filter(|(rank, _)| test(&rank.label));
        let accepted = passing.filter(|(_, number)| accept(*number));
        accepted.take(limit).map(|(_, number)| *number).collect()
    }

    /// The first by rank, of candidates, whose label passes a test.
    fn best(
        &self,
        mut numbers: Vec<u32>,
        test: &dyn Fn(&str) -> bool,
        limit: usize,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<u32> {
        numbers.sort_unstable();
        numbers.dedup();
        let ranked = numbers.into_iter().filter_map(|number| {
            let rank = self.ranks.get(slot(number))?.as_ref()?;
            test(&rank.label).then_some((rank, number))
        });
        let mut ranked: Vec<(&Rank, u32)> = ranked.collect();
        let mut rest = ranked.as_mut_slice();
        let mut best = Vec::new();
        while best.len() < limit && !rest.is_empty() {
            let sorted = rest.len().min(SORTED);
            if sorted < rest.len() {
                rest.select_nth_unstable(sorted);
            }
            let (first, others) = rest.split_at_mut(sorted);
            first.sort_unstable();
            let accepted = first.iter().filter(|(_, number)| accept(*number));
            best.extend(accepted.take(limit - best.len()).map(|(_, number)| *number));
            rest = others;
        }
        best
    }
}

/// The tails that begin so, in their order.
fn beginning<'a>(tails: &'a BTreeSet<Tail>, text: &'a str) -> impl Iterator<Item = &'a Tail> {
    let first = Tail {
        label: Arc::from(text),
        from: 0,
        number: 0,
    };
    let following = tails.range(first..);
    following.take_while(move |tail| tail.text().starts_with(text))
}

/// Their numbers, unless there are too many.
fn few<'a>(tails: impl Iterator<Item = &'a Tail>) -> Option<Vec<u32>> {
    let numbers: Vec<u32> = tails.take(FEW + 1).map(|tail| tail.number).collect();
    (numbers.len() <= FEW).then_some(numbers)
}

/// Where the words of a label begin, but for the first.
fn later_words(label: &str) -> impl Iterator<Item = usize> {
    label.match_indices(' ').map(|(place, _)| place + 1)
}

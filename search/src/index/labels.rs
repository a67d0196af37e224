//! Labels found as somebody types them, the best first, without a look at all of them.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::ordinals::{Ordinals, set, slot};
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
pub(crate) fn label(text: &str) -> String {
    words(text).join(" ")
}

/// Labels by number, each with its rank: the weight, the largest first, then the label, then an
/// identity.
///
/// What has the same label shares it: offers often have a title in common.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    entries: Vec<Option<Entry>>,
    texts: Vec<Text>,
    ordinals: Ordinals,
    /// The labels that something has, by weight.
    order: BTreeSet<(Reverse<u32>, Arc<str>, u32)>,
    /// Whole labels.
    wholes: BTreeMap<Arc<str>, u32>,
    /// What is left of a label from each word but the first.
    tails: BTreeSet<Tail>,
}

/// What a number has: a label, by the number of its text, and what ranks it beside its namesakes.
#[derive(Clone, Copy, Debug)]
struct Entry {
    text: u32,
    weight: Reverse<u32>,
    /// Big-endian, so that it takes no more room than it needs.
    identity: [u8; 16],
}

/// What ranks a number among those of its label.
type Rank = (Reverse<u32>, [u8; 16]);

impl Entry {
    fn rank(&self) -> Rank {
        (self.weight, self.identity)
    }
}

/// A label, and the numbers that have it by their rank.
#[derive(Clone, Debug, Default)]
struct Text {
    label: Arc<str>,
    holders: Vec<u32>,
}

/// A label from one of its words on.
#[derive(Clone, Debug)]
struct Tail {
    label: Arc<str>,
    from: u32,
    text: u32,
}

impl Tail {
    fn rest(&self) -> &str {
        self.label.get(slot(self.from)..).unwrap_or_default()
    }
}

impl Ord for Tail {
    fn cmp(&self, other: &Self) -> Ordering {
        let rests = self.rest().cmp(other.rest());
        rests.then_with(|| (self.text, self.from).cmp(&(other.text, other.from)))
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

impl Labels {
    /// Adds a label under a number that has none.
    pub(crate) fn insert(&mut self, number: u32, label: &str, weight: u32, identity: u128) {
        let known = self.wholes.get(label).copied();
        let text = known.unwrap_or_else(|| self.learn(label));
        let entry = Entry {
            text,
            weight: Reverse(weight),
            identity: identity.to_be_bytes(),
        };
        set(&mut self.entries, number, Some(entry), &None);
        let Some(Text { label, holders }) = self.texts.get_mut(slot(text)) else {
            return;
        };
        let (entries, rank) = (&self.entries, (entry.rank(), number));
        let place = holders.partition_point(|holder| ranked(entries, *holder) < Some(rank));
        holders.insert(place, number);
        self.order.insert((entry.weight, Arc::clone(label), text));
    }

    /// Takes the label of a number away.
    pub(crate) fn remove(&mut self, number: u32) {
        let Some(entry) = self.entries.get_mut(slot(number)).and_then(Option::take) else {
            return;
        };
        let Some(text) = self.texts.get_mut(slot(entry.text)) else {
            return;
        };
        text.holders.retain(|holder| *holder != number);
        let weights = text.holders.iter();
        let mut weights =
            weights.filter_map(|holder| Some(self.entries.get(slot(*holder))?.as_ref()?.weight));
        let alone = weights.all(|weight| weight != entry.weight);
        let forgotten = text.holders.is_empty();
        if alone {
            let label = Arc::clone(&text.label);
            self.order.remove(&(entry.weight, label, entry.text));
        }
        if forgotten {
            self.forget(entry.text);
        }
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
            let test = |label: &str| typed.closeness(label) == Some(closeness);
            let from = match closeness {
                Closeness::Beginning => typed.whole.as_str(),
                Closeness::Exact | Closeness::Words => "",
            };
            let best = match self.candidates(closeness, typed) {
                Some(few) => self.best(few, &test, left, accept),
                None => self.first_met(from, &test, left, accept),
            };
            found.extend(best.into_iter().map(|number| (closeness, number)));
        }
        found
    }

    /// The texts that may answer so closely, unless there are too many to be looked at one by one.
    fn candidates(&self, closeness: Closeness, typed: &Typed) -> Option<Vec<u32>> {
        let whole = typed.whole.as_str();
        match closeness {
            Closeness::Exact => Some(self.wholes.get(whole).copied().into_iter().collect()),
            Closeness::Beginning => few(self.begun(whole)),
            Closeness::Words => {
                let candidates = typed.words.iter().filter_map(|word| {
                    let tails = beginning(&self.tails, word).map(|tail| tail.text);
                    few(self.begun(word).chain(tails))
                });
                candidates.min_by_key(Vec::len)
            }
        }
    }

    /// The texts that begin so.
    fn begun<'a>(&'a self, text: &'a str) -> impl Iterator<Item = u32> + 'a {
        let following = self
            .wholes
            .range::<str, _>((Bound::Included(text), Bound::Unbounded));
        let begun = following.take_while(move |(label, _)| label.starts_with(text));
        begun.map(|(_, number)| *number)
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
        let weight =
            |end: Option<&(Reverse<u32>, Arc<str>, u32)>| end.map(|(weight, _, _)| *weight);
        let (first, last) = (weight(self.order.first()), weight(self.order.last()));
        let by_label = first.filter(|_| first == last);
        let start = by_label.map_or(Bound::Unbounded, |weight| {
            Bound::Included((weight, Arc::from(from), 0))
        });
        let walk = self.order.range((start, Bound::Unbounded));
        let passing = walk.filter(|(_, label, _)| test(label));
        let numbers = passing.flat_map(|(weight, _, text)| self.holders(*text, *weight));
        numbers
            .filter(|number| accept(*number))
            .take(limit)
            .collect()
    }

    /// The first by rank, of candidates, whose label passes a test.
    fn best(
        &self,
        mut candidates: Vec<u32>,
        test: &dyn Fn(&str) -> bool,
        limit: usize,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<u32> {
        candidates.sort_unstable();
        candidates.dedup();
        let mut runs: Vec<(Reverse<u32>, &str, u32)> = Vec::new();
        for number in candidates {
            let known = self.texts.get(slot(number));
            for Text { label, holders } in known.into_iter().filter(|it| test(&it.label)) {
                let weights = self.weights(holders);
                runs.extend(weights.map(|weight| (weight, &**label, number)));
            }
        }
        runs.sort_unstable();
        let numbers = runs.into_iter();
        let numbers = numbers.flat_map(|(weight, _, text)| self.holders(text, weight));
        numbers
            .filter(|number| accept(*number))
            .take(limit)
            .collect()
    }

    /// The weights of holders, each once.
    fn weights<'a>(&'a self, holders: &'a [u32]) -> impl Iterator<Item = Reverse<u32>> + 'a {
        let weight = |number: &u32| self.entry(*number).map(|entry| entry.weight);
        let mut rest = holders;
        std::iter::from_fn(move || {
            let first = weight(rest.first()?)?;
            let others = rest.partition_point(|number| weight(number) <= Some(first));
            rest = rest.get(others..).unwrap_or_default();
            Some(first)
        })
    }

    /// The numbers of a text that have a weight, by identity.
    fn holders(&self, text: u32, weight: Reverse<u32>) -> impl Iterator<Item = u32> + '_ {
        let text = self.texts.get(slot(text));
        let holders = text.map(|text| text.holders.as_slice()).unwrap_or_default();
        let of = move |number: &u32| self.entry(*number).map(|entry| entry.weight);
        let first = holders.partition_point(move |number| of(number) < Some(weight));
        let rest = holders.iter().skip(first);
        rest.take_while(move |number| of(number) == Some(weight))
            .copied()
    }

    fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(slot(number))?.as_ref()
    }

    /// The number of a new text.
    fn learn(&mut self, label: &str) -> u32 {
        let (number, label) = (self.ordinals.take(), Arc::<str>::from(label));
        for from in later_words(&label) {
            self.tails.insert(Tail {
                label: Arc::clone(&label),
                from,
                text: number,
            });
        }
        self.wholes.insert(Arc::clone(&label), number);
        let text = Text {
            label,
            holders: Vec::new(),
        };
        set(&mut self.texts, number, text, &Text::default());
        number
    }

    fn forget(&mut self, number: u32) {
        let Some(text) = self.texts.get_mut(slot(number)).map(std::mem::take) else {
            return;
        };
        self.wholes.remove(&text.label);
        for from in later_words(&text.label) {
            self.tails.remove(&Tail {
                label: Arc::clone(&text.label),
                from,
                text: number,
            });
        }
        self.ordinals.release(number);
    }
}

/// How a number ranks among those of its label.
fn ranked(entries: &[Option<Entry>], number: u32) -> Option<(Rank, u32)> {
    let entry = entries.get(slot(number))?.as_ref()?;
    Some((entry.rank(), number))
}

/// The tails that begin so, in their order.
fn beginning<'a>(tails: &'a BTreeSet<Tail>, text: &'a str) -> impl Iterator<Item = &'a Tail> {
    let first = Tail {
        label: Arc::from(text),
        from: 0,
        text: 0,
    };
    let following = tails.range(first..);
    following.take_while(move |tail| tail.rest().starts_with(text))
}

/// These, unless they are too many.
fn few(texts: impl Iterator<Item = u32>) -> Option<Vec<u32>> {
    let texts: Vec<u32> = texts.take(FEW + 1).collect();
    (texts.len() <= FEW).then_some(texts)
}

/// Where the words of a label begin, but for the first.
fn later_words(label: &str) -> impl Iterator<Item = u32> {
    let places = label.match_indices(' ');
    places.filter_map(|(place, _)| u32::try_from(place + 1).ok())
}

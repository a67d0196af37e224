//! Labels found as somebody types them, the best first, without a look at all of them.

use std::cmp::Reverse;
use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::label_texts::{Texts, beginning, beyond};
use super::ordinals::{set, slot};
use super::ranks::{Numbers, Own, rank, weight};
use crate::text::words_of;
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

/// The form in which a folded text is found as a label: its words, one space between.
pub(crate) fn label(folded: &str) -> String {
    let mut label = String::with_capacity(folded.len());
    for word in words_of(folded) {
        if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(word);
    }
    label
}

/// Labels by number, each with its rank: the weight, the largest first, then the label, then an
/// identity.
///
/// What has the same label shares it, and a word is kept once for all labels.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    entries: Vec<Option<Own>>,
    /// Every label, with what has it.
    wholes: BTreeMap<Arc<str>, Holders>,
    /// The labels of what has a weight, by weight; documents have none.
    weighty: BTreeSet<(Reverse<u32>, Arc<str>)>,
    texts: Texts,
    /// Those that were noted, each with its number.
    noted: HashMap<Arc<str>, u32>,
}

/// The numbers that have a label, by their rank.
#[derive(Debug)]
struct Holders {
    text: u32,
    numbers: Numbers,
}

/// So few labels are ranked one by one. Of more, enough answer that the first are met soon on a
/// walk through all of them in the order of their ranks.
const FEW: usize = 4_096;
/// How many are put in order at a time.
const SORTED: usize = 64;

/// What has the same weight and the same label.
type Run<'a> = (Reverse<u32>, &'a str);

impl Labels {
    /// Adds a label under a number that has none.
    pub(crate) fn insert(&mut self, number: u32, label: &str, weight: u32, identity: u128) {
        let label: Arc<str> = Arc::from(label);
        let holders = match self.wholes.entry(Arc::clone(&label)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let text = self.texts.learn(&label);
                let numbers = Numbers::default();
                place.insert(Holders { text, numbers })
            }
        };
        let own = Own {
            text: holders.text,
            weight: Reverse(weight),
            identity: identity.to_be_bytes(),
        };
        set(&mut self.entries, number, Some(own), &None);
        holders.numbers.add(number, |it| rank(&self.entries, it));
        if weight > 0 {
            self.weighty.insert((own.weight, label));
        }
    }

    /// Notes the label of a number that has none, and no weight; with all that is noted it is
    /// found from [`Self::fill`] on, which nothing else is put before.
    pub(crate) fn note(&mut self, number: u32, label: &str, identity: u128) {
        let known = self.noted.get(label).copied();
        let text = known.unwrap_or_else(|| {
            let label: Arc<str> = Arc::from(label);
            let text = self.texts.learn(&label);
            self.noted.insert(label, text);
            text
        });
        let own = Own {
            text,
            weight: Reverse(0),
            identity: identity.to_be_bytes(),
        };
        set(&mut self.entries, number, Some(own), &None);
    }

    /// Makes everything that was noted found.
    pub(crate) fn fill(&mut self) {
        let entries = (0..).zip(&self.entries);
        let ranked = entries.filter_map(|(number, own)| {
            let own = own.as_ref()?;
            Some((own.text, own.identity, number))
        });
        let mut ranked: Vec<(u32, [u8; 16], u32)> = ranked.collect();
        ranked.sort_unstable();
        let groups = ranked.chunk_by(|(one, ..), (other, ..)| one == other);
        let wholes = groups.filter_map(|group| {
            let (text, ..) = *group.first()?;
            let numbers = group.iter().map(|(.., number)| *number).collect();
            let label = self.texts.get(text)?;
            Some((Arc::clone(label), Holders { text, numbers }))
        });
        self.wholes = wholes.collect();
        self.noted = HashMap::new();
    }

    /// Takes the label of a number away.
    pub(crate) fn remove(&mut self, number: u32) {
        let Some(own) = self.entries.get(slot(number)).copied().flatten() else {
            return;
        };
        let Some(label) = self.texts.get(own.text).cloned() else {
            return;
        };
        let mut left: &[u32] = &[];
        let mut place = 0;
        if let Some(Holders { numbers, .. }) = self.wholes.get_mut(&label) {
            place = numbers.take_away(number, |it| rank(&self.entries, it));
            left = numbers.as_slice();
        }
        // What has the same weight stands beside it.
        let beside = [place.checked_sub(1), Some(place)].into_iter().flatten();
        let mut beside = beside.filter_map(|place| left.get(place));
        let alone = beside.all(|it| weight(&self.entries, *it) != Some(own.weight));
        let forgotten = left.is_empty();
        if alone {
            self.weighty.remove(&(own.weight, Arc::clone(&label)));
        }
        if forgotten {
            self.wholes.remove(&label);
            self.texts.forget(own.text);
        }
        if let Some(entry) = self.entries.get_mut(slot(number)) {
            *entry = None;
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

    /// The labels that may answer so closely, unless there are too many to be looked at one by
    /// one.
    fn candidates(&self, closeness: Closeness, typed: &Typed) -> Option<Vec<u32>> {
        let whole = typed.whole.as_str();
        match closeness {
            Closeness::Exact => {
                let known = self.wholes.get(whole).map(|holders| holders.text);
                Some(known.into_iter().collect())
            }
            Closeness::Beginning => {
                let begun = beginning(&self.wholes, whole).map(|(_, holders)| holders.text);
                let few: Vec<u32> = begun.take(FEW + 1).collect();
                (few.len() <= FEW).then_some(few)
            }
            Closeness::Words => {
                let candidates = typed.words.iter().filter_map(|word| self.having(word));
                candidates.min_by_key(Vec::len)
            }
        }
    }

    /// The labels of which a word begins so, unless there are too many.
    fn having(&self, word: &str) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        for texts in self.texts.beginning(word) {
            found.extend(texts.iter().take(FEW + 1));
            if found.len() > FEW {
                return None;
            }
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
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
        let weighty = self.weighty.iter().filter(|(_, label)| test(label));
        let weighty = weighty.map(|(weight, label)| (*weight, &**label));
        let light = beyond(&self.wholes, from).filter(|(label, _)| test(label));
        let light = light.map(|(label, _)| (Reverse(0), &**label));
        let numbers = weighty.chain(light).flat_map(|run| self.holders(run));
        numbers
            .filter(|number| accept(*number))
            .take(limit)
            .collect()
    }

    /// The first by rank, of candidates, whose label passes a test.
    fn best(
        &self,
        candidates: Vec<u32>,
        test: &dyn Fn(&str) -> bool,
        limit: usize,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<u32> {
        let labels = candidates.into_iter();
        let labels = labels.filter_map(|text| self.texts.get(text).map(|it| &**it));
        let passing = labels.filter(|label| test(label));
        let mut runs: Vec<Run<'_>> = if self.weighty.is_empty() {
            passing.map(|label| (Reverse(0), label)).collect()
        } else {
            let runs = passing.flat_map(|label| self.weights(label).map(move |it| (it, label)));
            runs.collect()
        };
        let mut rest = runs.as_mut_slice();
        let mut best = Vec::new();
        while best.len() < limit && !rest.is_empty() {
            let sorted = rest.len().min(SORTED);
            if sorted < rest.len() {
                rest.select_nth_unstable(sorted);
            }
            let (first, others) = rest.split_at_mut(sorted);
            first.sort_unstable();
            let numbers = first.iter().flat_map(|run| self.holders(*run));
            let accepted = numbers.filter(|number| accept(*number));
            best.extend(accepted.take(limit - best.len()));
            rest = others;
        }
        best
    }

    /// The weights of what has a label, each once.
    fn weights(&self, label: &str) -> impl Iterator<Item = Reverse<u32>> + '_ {
        let mut rest = self.numbers(label);
        std::iter::from_fn(move || {
            let first = self.weight(*rest.first()?)?;
            let others = rest.partition_point(|number| self.weight(*number) <= Some(first));
            rest = rest.get(others..).unwrap_or_default();
            Some(first)
        })
    }

    /// What has a weight and a label, by identity.
    fn holders(&self, (weight, label): Run<'_>) -> impl Iterator<Item = u32> + '_ {
        let numbers = self.numbers(label);
        let first = numbers.partition_point(|number| self.weight(*number) < Some(weight));
        let rest = numbers.iter().skip(first);
        let same = move |number: &u32| self.weight(*number) == Some(weight);
        rest.copied().take_while(same)
    }

    fn numbers(&self, label: &str) -> &[u32] {
        let holders = self.wholes.get(label);
        holders.map_or(&[], |holders| holders.numbers.as_slice())
    }

    fn weight(&self, number: u32) -> Option<Reverse<u32>> {
        weight(&self.entries, number)
    }
}

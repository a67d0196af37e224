//! Finding communes by their names, as somebody types.

use std::cmp::Reverse;

use domain::{kernel::folded_words, territories::Commune};

/// The folded words of the names of communes.
///
/// Invariant: `words` is sorted, and its places, like those of `ranks`, are places in the list
/// of communes it was made of.
#[derive(Debug)]
pub(crate) struct Names {
    /// Every word with the place of a commune whose name has it.
    words: Vec<(Box<str>, u32)>,
    /// By place, how many communes come before this one by population.
    ranks: Vec<u32>,
}

impl Names {
    /// Indexes the names.
    pub(crate) fn of(communes: &[Commune]) -> Self {
        let mut words: Vec<(Box<str>, u32)> = (0..)
            .zip(communes)
            .flat_map(|(place, commune)| {
                let words = folded_words(&commune.name).into_iter();
                words.map(move |word| (word.into_boxed_str(), place))
            })
            .collect();
        words.sort_unstable();
        Self {
            words,
            ranks: ranks(communes),
        }
    }

    /// The places of the communes whose name has a word that begins with each word typed.
    pub(crate) fn find(&self, typed: &str, communes: &[Commune]) -> Vec<usize> {
        let typed = folded_words(typed);
        let ranges = typed.iter().map(|word| self.beginning_with(word));
        let Some(fewest) = ranges.min_by_key(|range| range.len()) else {
            return Vec::new();
        };
        let mut places: Vec<u32> = fewest.iter().map(|(_, place)| *place).collect();
        places.sort_unstable_by_key(|place| (self.rank(*place), *place));
        places.dedup();
        let mut found: Vec<usize> = places
            .into_iter()
            .filter_map(|place| usize::try_from(place).ok())
            .collect();
        if typed.len() > 1 {
            found.retain(|place| has_all(communes, *place, &typed));
        }
        exact_first(&mut found, communes, &typed);
        found
    }

    fn beginning_with(&self, prefix: &str) -> &[(Box<str>, u32)] {
        let first = self.words.partition_point(|(word, _)| **word < *prefix);
        let rest = self.words.get(first..).unwrap_or_default();
        let length = rest.partition_point(|(word, _)| word.starts_with(prefix));
        rest.get(..length).unwrap_or_default()
    }

    fn rank(&self, place: u32) -> u32 {
        let place = usize::try_from(place).ok();
        let rank = place.and_then(|place| self.ranks.get(place));
        rank.copied().unwrap_or(u32::MAX)
    }
}

/// By place in the list, the place in the order of population, the largest first.
fn ranks(communes: &[Commune]) -> Vec<u32> {
    let mut order: Vec<(Reverse<Option<u32>>, usize)> = communes
        .iter()
        .enumerate()
        .map(|(place, commune)| (Reverse(commune.population), place))
        .collect();
    order.sort_unstable();
    let mut ranks = vec![u32::MAX; communes.len()];
    for (rank, (_, place)) in (0..).zip(order) {
        if let Some(slot) = ranks.get_mut(place) {
            *slot = rank;
        }
    }
    ranks
}

fn has_all(communes: &[Commune], place: usize, typed: &[String]) -> bool {
    let words = communes
        .get(place)
        .map(|commune| folded_words(&commune.name));
    let words = words.unwrap_or_default();
    typed
        .iter()
        .all(|prefix| words.iter().any(|word| word.starts_with(prefix)))
}

/// Moves the communes with exactly the name typed before the others, each group in its order.
fn exact_first(found: &mut [usize], communes: &[Commune], typed: &[String]) {
    found.sort_by_cached_key(|place| {
        let name = communes
            .get(*place)
            .map(|commune| folded_words(&commune.name));
        name.as_deref() != Some(typed)
    });
}

#[cfg(test)]
mod tests {
    use crate::Reference;

    fn named(typed: &str) -> Vec<&'static str> {
        let territories = Reference::get().unwrap().territories();
        let found = territories.communes_named(typed);
        found.iter().map(|commune| commune.code.as_str()).collect()
    }

    #[test]
    fn the_most_populous_comes_first() {
        let found = named("bord");
        assert_eq!(found.first(), Some(&"33063"));
        assert!(named("SAINT").len() > 3_000);
        assert_eq!(named("marseil").first(), Some(&"13055"));
    }

    #[test]
    fn case_accents_and_hyphens_do_not_count() {
        assert_eq!(named("hay ros").first(), Some(&"94038"));
        assert_eq!(named("L'HAŸ-LES-ROSES"), ["94038"]);
        assert_eq!(named("saint étienn").first(), Some(&"42218"));
        assert_eq!(
            named("etienne saint").first(),
            Some(&"42218"),
            "in any order"
        );
    }

    #[test]
    fn the_commune_with_exactly_this_name_comes_before_a_larger_one() {
        assert_eq!(named("Y").first(), Some(&"80829"));
        let eu = named("eu");
        assert_eq!(eu.first(), Some(&"76255"));
        assert!(eu.len() > 1);
    }

    #[test]
    fn a_word_inside_another_is_not_found() {
        assert!(!named("ordeaux").contains(&"33063"));
        assert!(named("bordeaux zzz").is_empty());
        assert!(named(" - ").is_empty());
    }
}

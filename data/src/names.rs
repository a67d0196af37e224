//! Finding communes by their names, as somebody types.

use std::cmp::Reverse;

use domain::{kernel::folded_words, territories::Commune};

/// The folded names of communes and their words.
///
/// Invariant: `words` is sorted; its places, like those of `folded` and `ranks`, are places in
/// the list of communes it was made of.
#[derive(Debug)]
pub(crate) struct Names {
    /// Every word with the place of a commune whose name has it.
    words: Vec<(Box<str>, u32)>,
    /// By place, the folded words of the name, one space between.
    folded: Vec<String>,
    /// By place, how many communes come before this one by population.
    ranks: Vec<u32>,
}

impl Names {
    /// Indexes the names.
    pub(crate) fn of(communes: &[Commune]) -> Self {
        let mut words = Vec::with_capacity(communes.len().saturating_mul(2));
        let mut folded = Vec::with_capacity(communes.len());
        for (place, commune) in (0..).zip(communes) {
            let name = folded_words(&commune.name);
            folded.push(name.join(" "));
            words.extend(name.into_iter().map(|word| (word.into_boxed_str(), place)));
        }
        words.sort_unstable();
        let ranks = ranks(communes);
        Self {
            words,
            folded,
            ranks,
        }
    }

    /// The places of the communes whose name has a word that begins with each word typed.
    pub(crate) fn find(&self, typed: &str) -> Vec<usize> {
        let typed = folded_words(typed);
        let ranges = typed.iter().map(|word| self.beginning_with(word));
        let Some(fewest) = ranges.min_by_key(|range| range.len()) else {
            return Vec::new();
        };
        let mut found: Vec<(u32, usize)> = fewest
            .iter()
            .filter_map(|(_, place)| usize::try_from(*place).ok())
            .filter_map(|place| Some((*self.ranks.get(place)?, place)))
            .collect();
        found.sort_unstable();
        found.dedup();
        let name = |place: usize| self.folded.get(place).map_or("", String::as_str);
        let mut found: Vec<usize> = found.into_iter().map(|(_, place)| place).collect();
        if typed.len() > 1 {
            found.retain(|place| has_all(name(*place), &typed));
        }
        let exact = typed.join(" ");
        found.sort_by_key(|place| name(*place) != exact);
        found
    }

    fn beginning_with(&self, prefix: &str) -> &[(Box<str>, u32)] {
        let first = self.words.partition_point(|(word, _)| **word < *prefix);
        let rest = self.words.get(first..).unwrap_or_default();
        let length = rest.partition_point(|(word, _)| word.starts_with(prefix));
        rest.get(..length).unwrap_or_default()
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

fn has_all(name: &str, typed: &[String]) -> bool {
    let begins = |prefix: &String| name.split(' ').any(|word| word.starts_with(prefix));
    typed.iter().all(begins)
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

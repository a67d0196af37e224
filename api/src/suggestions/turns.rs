//! The order of suggestions of several kinds: the kinds take turns.

use search::Closeness;

/// What each kind suggests, its best first, in one list: the first of each kind, then the second
/// of each. In a turn the closest comes first, then the order of the kinds.
pub(super) fn in_turns<T>(kinds: Vec<Vec<(Closeness, T)>>, limit: usize) -> Vec<T> {
    let mut kinds: Vec<_> = kinds.into_iter().map(Vec::into_iter).collect();
    let mut all = Vec::with_capacity(limit);
    while all.len() < limit {
        let mut turn: Vec<(Closeness, T)> = kinds.iter_mut().filter_map(Iterator::next).collect();
        if turn.is_empty() {
            break;
        }
        turn.sort_by_key(|(closeness, _)| *closeness);
        all.extend(turn.into_iter().map(|(_, suggestion)| suggestion));
    }
    all.truncate(limit);
    all
}

#[cfg(test)]
mod tests {
    use Closeness::{Beginning, Exact, Words};

    use super::*;

    #[test]
    fn kinds_take_turns_and_in_a_turn_the_closest_comes_first() {
        let kinds = || {
            vec![
                vec![(Beginning, "a1"), (Beginning, "a2"), (Words, "a3")],
                vec![],
                vec![(Exact, "b1"), (Words, "b2")],
                vec![(Words, "c1"), (Words, "c2")],
            ]
        };
        assert_eq!(
            in_turns(kinds(), 10),
            ["b1", "a1", "c1", "a2", "b2", "c2", "a3"]
        );
        assert_eq!(in_turns(kinds(), 4), ["b1", "a1", "c1", "a2"]);
        assert!(in_turns::<&str>(vec![vec![], vec![]], 4).is_empty());
    }
}

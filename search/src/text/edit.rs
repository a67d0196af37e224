//! Mistyping: two words one edit apart.

/// Whether a word becomes the other by at most one letter added, left out, replaced, or swapped
/// with its neighbour, the first letter being the same.
pub(crate) fn within_one_edit(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.first() != right.first() {
        return false;
    }
    let (left, right) = without_common_ends(&left, &right);
    match (left, right) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// What is left when the common beginning, then the common end, are taken away.
fn without_common_ends<'a>(left: &'a [char], right: &'a [char]) -> (&'a [char], &'a [char]) {
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let left = left.get(same..).unwrap_or_default();
    let right = right.get(same..).unwrap_or_default();
    let backwards = left.iter().rev().zip(right.iter().rev());
    let same = backwards.take_while(|(a, b)| a == b).count();
    (
        left.get(..left.len() - same).unwrap_or_default(),
        right.get(..right.len() - same).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_a_letter_added_left_out_replaced_or_swapped() {
        assert!(within_one_edit("menuiserie", "menuiserie"));
        assert!(within_one_edit("menuiserie", "menuisserie"));
        assert!(within_one_edit("menuiserie", "menuisrie"));
        assert!(within_one_edit("menuiserie", "menuizerie"));
        assert!(within_one_edit("menuiserie", "menuisreie"));
        assert!(within_one_edit("menuiserie", "menuiseries"));
    }

    #[test]
    fn two_edits_are_too_many() {
        assert!(!within_one_edit("menuiserie", "menuizeri"));
        assert!(!within_one_edit("abcde", "adcbe"));
        assert!(!within_one_edit("menuiserie", "menuiseriess"));
    }

    #[test]
    fn the_first_letter_is_kept() {
        assert!(!within_one_edit("menuiserie", "tenuiserie"));
        assert!(!within_one_edit("menuiserie", "enuiserie"));
    }
}

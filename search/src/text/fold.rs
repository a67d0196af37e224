//! Folding: what is left of a text when case and accents do not count.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Lower case, without diacritics, `œ`, `æ` and `ß` spelt out.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
            continue;
        }
        // Marks alone are put in order across letters, and none is left.
        for letter in letter.to_lowercase() {
            decompose_canonical(letter, |letter| match letter {
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ß' => folded.push_str("ss"),
                _ if is_combining_mark(letter) => {}
                _ => folded.push(letter),
            });
        }
    }
    folded
}

/// The folded words of a text: its runs of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    words_of(&fold(text)).map(str::to_owned).collect()
}

/// The words of a text that is folded.
pub(crate) fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|letter: char| !letter.is_alphanumeric());
    runs.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    proptest! {
        #[test]
        fn letter_by_letter_is_as_the_whole(text in any::<String>()) {
            let whole: String = text
                .chars()
                .flat_map(char::to_lowercase)
                .nfd()
                .filter(|letter| !is_combining_mark(*letter))
                .collect();
            let whole = whole.replace('œ', "oe").replace('æ', "ae").replace('ß', "ss");
            prop_assert_eq!(fold(&text), whole);
        }
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("Évry-Courcouronnes"), "evry-courcouronnes");
        assert_eq!(fold("ÇÀ ET LÀ"), "ca et la");
    }

    #[test]
    fn ligatures_are_spelt_out() {
        assert_eq!(
            fold("Œuvre, Ægir, Straße, STRAẞE"),
            "oeuvre, aegir, strasse, strasse"
        );
    }

    #[test]
    fn an_accent_written_apart_is_an_accent() {
        assert_eq!(fold("e\u{301}cole"), fold("\u{e9}cole"));
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("L'atelier n°2 : Métallerie (33063)"),
            ["l", "atelier", "n", "2", "metallerie", "33063"]
        );
        assert!(words(" — … ").is_empty());
    }
}

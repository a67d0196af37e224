//! Folding: what is left of a text when case and accents do not count.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without diacritics, `œ`, `æ` and `ß` spelt out.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let letters = text
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|letter| !is_combining_mark(*letter));
    for letter in letters {
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(letter),
        }
    }
    folded
}

/// The folded words of a text: its runs of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

//! Folding: what is left of a text when case and accents do not count.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of a text, in lower case, without diacritics, `œ`, `æ` and `ß` spelt out.
///
/// A word is a run of letters and digits: `L'Haÿ-les-Roses` has four.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.chars().flat_map(char::to_lowercase).nfd();
    let mut folded = String::with_capacity(text.len());
    for letter in letters.filter(|c| !is_combining_mark(*c)) {
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_split() {
        assert_eq!(
            folded_words("L'Haÿ-les-Roses"),
            ["l", "hay", "les", "roses"]
        );
        assert_eq!(folded_words("ŒUVRE, e\u{301}té 2"), ["oeuvre", "ete", "2"]);
        assert_eq!(folded_words("Straße, GROẞ"), ["strasse", "gross"]);
        assert!(folded_words(" — ").is_empty());
    }
}

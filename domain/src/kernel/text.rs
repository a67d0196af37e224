//! Free text with a bound, which never carries a person's registration number.

use std::{fmt, str::FromStr};

/// A text of 1 to `MAX` characters, trimmed, without control characters.
///
/// Invariant: it holds nothing that looks like a French social-security number,
/// because no data of a detained or convicted person has a place on the platform.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize>(String);

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More characters than allowed.
    #[error("the text has more than {0} characters")]
    TooLong(usize),
    /// A control character other than a line break or a tabulation.
    #[error("the text holds a control character")]
    Control,
    /// Thirteen or fifteen digits in the form of a social-security number.
    #[error("the text holds what looks like a French social-security number")]
    SocialSecurityNumber,
}

impl<const MAX: usize> Text<MAX> {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        if text.chars().count() > MAX {
            return Err(TextError::TooLong(MAX));
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            return Err(TextError::Control);
        }
        if holds_social_security_number(text) {
            return Err(TextError::SocialSecurityNumber);
        }
        Ok(Self(text.to_owned()))
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a run of digits, spaces, dots and hyphens left out, has the form of a
/// social-security number: sex 1 or 2, year, month, département (2A and 2B included),
/// commune, order, and optionally the key of two digits.
pub(crate) fn holds_social_security_number(text: &str) -> bool {
    // Most texts have fewer digits than one, and need no second look.
    if text.bytes().filter(u8::is_ascii_digit).count() < 12 {
        return false;
    }
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('\n')) {
        match c {
            '0'..='9' | 'A' | 'B' | 'a' | 'b' => run.push(c.to_ascii_uppercase()),
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' => {}
            _ => {
                if looks_like_one(&run) {
                    return true;
                }
                run.clear();
            }
        }
    }
    false
}

fn looks_like_one(run: &str) -> bool {
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let chars: Vec<char> = run
        .trim_matches(|c: char| c.is_ascii_alphabetic())
        .chars()
        .collect();
    if !matches!(chars.len(), 13 | 15) || !matches!(chars.first(), Some('1' | '2')) {
        return false;
    }
    let corsican = matches!(chars.get(6), Some('A' | 'B')) && chars.get(5) == Some(&'2');
    (0..chars.len()).all(|i| (i == 6 && corsican) || digit(chars.get(i)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(s: &str) -> Result<Text<20>, TextError> {
        s.parse()
    }

    #[test]
    fn a_text_is_trimmed_and_bounded() {
        assert_eq!(text("  Atelier bois ").unwrap().as_str(), "Atelier bois");
        assert_eq!(text(" \t "), Err(TextError::Empty));
        assert_eq!(text(&"é".repeat(20)).unwrap().as_str().chars().count(), 20);
        assert_eq!(text(&"é".repeat(21)), Err(TextError::TooLong(20)));
        assert_eq!(text("a\u{0}b"), Err(TextError::Control));
    }

    #[test]
    fn a_social_security_number_is_refused_however_it_is_spaced() {
        for number in [
            "1850578006084",
            "185057800608436",
            "1 85 05 78 006 084",
            "2.85.05.2A.006.084.36",
            "n° 285052B00608436.",
            "285052B006084",
        ] {
            let result: Result<Text<200>, _> = number.parse();
            assert_eq!(result, Err(TextError::SocialSecurityNumber), "{number}");
        }
    }

    #[test]
    fn other_long_numbers_pass() {
        for number in [
            "73282932000074",
            "3 850 578 006 084",
            "0556 12 34 56",
            "Quai 12",
        ] {
            let result: Result<Text<200>, _> = number.parse();
            assert!(result.is_ok(), "{number}");
        }
    }
}

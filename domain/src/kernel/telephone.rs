//! The telephone number of a service.

use std::{fmt, str::FromStr};

/// A number in the international form of E.164, such as `+33556000000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone(String);

/// Why a number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a telephone number has ten digits in France, or + and 7 to 15 digits")]
pub struct TelephoneError;

impl Telephone {
    /// The number, in international form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Telephone {
    type Err = TelephoneError;

    fn from_str(text: &str) -> Result<Self, TelephoneError> {
        let kept: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}'))
            .collect();
        let international = match (kept.strip_prefix('+'), kept.strip_prefix('0')) {
            (Some(digits), _) => digits.to_owned(),
            (None, Some(national)) if national.len() == 9 => format!("33{national}"),
            _ => return Err(TelephoneError),
        };
        let fits = (7..=15).contains(&international.len())
            && international.bytes().all(|b| b.is_ascii_digit())
            && !international.starts_with('0');
        if fits {
            Ok(Self(format!("+{international}")))
        } else {
            Err(TelephoneError)
        }
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_in_international_form() {
        let number: Telephone = "05 56 00 00 00".parse().unwrap();
        assert_eq!(number.as_str(), "+33556000000");
        assert_eq!(
            "+594 594 00 00 00".parse::<Telephone>().unwrap().as_str(),
            "+594594000000"
        );
        for bad in [
            "",
            "12",
            "0556",
            "+0331234567",
            "05 56 00 00 0x",
            "+33 1 23 45 67 89 01 23 45",
        ] {
            assert!(bad.parse::<Telephone>().is_err(), "{bad}");
        }
    }
}

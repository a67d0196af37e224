//! The numbers by which registers know an organisation.

use std::{fmt, str::FromStr};

/// The 9-digit number of an organisation.
///
/// Invariant: nine ASCII digits that satisfy the Luhn check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(String);

/// The 14-digit number of one site of an organisation.
///
/// Invariant: fourteen ASCII digits that satisfy the Luhn check, or La Poste's own rule, and of
/// which the first nine are a SIREN.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

/// The number of an association in the national register of associations.
///
/// Invariant: `W`, a digit, a digit or the capital of an overseas territory, seven digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rna(String);

/// Why a text is no SIREN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SirenError {
    /// Something else than nine digits.
    #[error("a SIREN has exactly 9 digits")]
    Form,
    /// The check digit does not match.
    #[error("the check digit of the SIREN does not match")]
    CheckDigit,
}

/// Why a text is no SIRET.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiretError {
    /// Something else than fourteen digits.
    #[error("a SIRET has exactly 14 digits")]
    Form,
    /// The check digit, or that of the SIREN within, does not match.
    #[error("the check digit of the SIRET does not match")]
    CheckDigit,
}

/// Why a text is no RNA number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an RNA number is W and nine characters: W123456789")]
pub struct RnaError;

/// La Poste, whose sites are too many for the Luhn check.
const LA_POSTE: &str = "356000000";

impl Siren {
    /// The number, without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Siret {
    /// The number, without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The organisation whose site it is.
    #[must_use]
    pub fn siren(&self) -> Siren {
        Siren(self.0.chars().take(9).collect())
    }
}

impl Rna {
    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Nine digits, which may be spaced.
impl FromStr for Siren {
    type Err = SirenError;

    fn from_str(text: &str) -> Result<Self, SirenError> {
        let number = unspaced(text);
        let digits = digits::<9>(&number).ok_or(SirenError::Form)?;
        if luhn(&digits).is_multiple_of(10) {
            Ok(Self(number))
        } else {
            Err(SirenError::CheckDigit)
        }
    }
}

/// Fourteen digits, which may be spaced.
impl FromStr for Siret {
    type Err = SiretError;

    fn from_str(text: &str) -> Result<Self, SiretError> {
        let number = unspaced(text);
        let all = digits::<14>(&number).ok_or(SiretError::Form)?;
        let (siren, _) = all.split_at(9);
        let sum: u32 = all.iter().sum();
        let la_poste = number.starts_with(LA_POSTE) && sum.is_multiple_of(5);
        if luhn(siren).is_multiple_of(10) && (luhn(&all).is_multiple_of(10) || la_poste) {
            Ok(Self(number))
        } else {
            Err(SiretError::CheckDigit)
        }
    }
}

impl FromStr for Rna {
    type Err = RnaError;

    fn from_str(text: &str) -> Result<Self, RnaError> {
        match text.as_bytes() {
            [b'W', first, second, rest @ ..]
                if first.is_ascii_digit()
                    && (second.is_ascii_digit() || second.is_ascii_uppercase())
                    && rest.len() == 7
                    && rest.iter().all(u8::is_ascii_digit) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(RnaError),
        }
    }
}

macro_rules! written_as_it_is {
    ($($number:ty),+) => {$(
        impl fmt::Display for $number {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

written_as_it_is!(Siren, Siret, Rna);

fn unspaced(text: &str) -> String {
    let spaces = [' ', '\u{a0}', '\u{202f}'];
    text.chars().filter(|c| !spaces.contains(c)).collect()
}

fn digits<const N: usize>(number: &str) -> Option<[u32; N]> {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    digits?.try_into().ok()
}

/// The Luhn sum: every second digit from the right counts double, its own digits added.
fn luhn(digits: &[u32]) -> u32 {
    let weighed = digits.iter().rev().enumerate().map(|(place, digit)| {
        let doubled = if place % 2 == 1 { digit * 2 } else { *digit };
        doubled / 10 + doubled % 10
    });
    weighed.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siren_has_nine_digits_and_its_check_digit() {
        assert_eq!(
            "200 034 528".parse::<Siren>().unwrap().as_str(),
            "200034528"
        );
        assert_eq!("200034582".parse::<Siren>(), Err(SirenError::CheckDigit));
        for bad in ["", "20003452", "2000345280", "20003452a", "２00034528"] {
            assert_eq!(bad.parse::<Siren>(), Err(SirenError::Form), "{bad}");
        }
    }

    #[test]
    fn a_siret_has_fourteen_digits_its_check_digit_and_a_siren() {
        let siret: Siret = "200 034 528 00014".parse().unwrap();
        assert_eq!(siret.as_str(), "20003452800014");
        assert_eq!(siret.siren().as_str(), "200034528");
        // The second satisfies the check on fourteen digits and has no SIREN.
        for bad in ["20003452800041", "20003458200004"] {
            assert_eq!(bad.parse::<Siret>(), Err(SiretError::CheckDigit), "{bad}");
        }
        for bad in ["", "2000345280001", "200034528000140", "2000345280001O"] {
            assert_eq!(bad.parse::<Siret>(), Err(SiretError::Form), "{bad}");
        }
    }

    #[test]
    fn sites_of_la_poste_have_a_rule_of_their_own() {
        assert!("35600000000048".parse::<Siret>().is_ok());
        assert!("35600000009075".parse::<Siret>().is_ok());
        let neither = "35600000009076".parse::<Siret>();
        assert_eq!(neither, Err(SiretError::CheckDigit));
    }

    #[test]
    fn an_rna_number_has_its_form() {
        for good in ["W123456789", "W9R1234567"] {
            assert_eq!(good.parse::<Rna>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            "W12345678",
            "W1234567890",
            "w123456789",
            "123456789W",
            "WR91234567",
        ] {
            assert_eq!(bad.parse::<Rna>(), Err(RnaError), "{bad}");
        }
    }
}

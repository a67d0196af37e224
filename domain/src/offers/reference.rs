//! The name a partner gives to an offer in its own system.

use std::{fmt, str::FromStr};

/// A partner's own reference of an offer.
///
/// Invariant: 1 to 100 of letters, digits, `.`, `_`, `~` and `-`, the first a letter or a digit;
/// never a word that an address reserves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerReference(String);

/// Words that stand for an operation where a reference would stand.
const RESERVED: [&str; 8] = [
    "batch", "checks", "clusters", "expiring", "export", "me", "summary", "syncs",
];

/// Why a reference is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartnerReferenceError {
    /// Other characters, or another length.
    #[error("a reference is 1 to 100 letters, digits and . _ ~ -, the first a letter or a digit")]
    Form,
    /// A word that addresses use.
    #[error("this word is reserved")]
    Reserved,
}

impl PartnerReference {
    /// The reference itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PartnerReference {
    type Err = PartnerReferenceError;

    fn from_str(text: &str) -> Result<Self, PartnerReferenceError> {
        if RESERVED.contains(&text) {
            return Err(PartnerReferenceError::Reserved);
        }
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let written = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        if begins && text.len() <= 100 && text.bytes().all(written) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PartnerReferenceError::Form)
        }
    }
}

impl fmt::Display for PartnerReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stands_in_an_address() {
        let longest = "a".repeat(100);
        for good in ["A", "2026-TIG_0042.b~1", &longest] {
            assert_eq!(good.parse::<PartnerReference>().unwrap().as_str(), good);
        }
        for bad in ["", "-a", ".a", "a b", "é", "a/b", &"a".repeat(101)] {
            let refused = bad.parse::<PartnerReference>();
            assert_eq!(refused, Err(PartnerReferenceError::Form), "{bad}");
        }
        let refused = "syncs".parse::<PartnerReference>();
        assert_eq!(refused, Err(PartnerReferenceError::Reserved));
    }
}

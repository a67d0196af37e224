//! The stable name of an establishment in an address.

use std::{fmt, str::FromStr};

/// A name such as `cp-bordeaux-gradignan`.
///
/// Invariant: 3 to 80 of `a-z`, `0-9` and single inner hyphens, beginning with a letter;
/// never a word that an address reserves, never of the form of an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Words that stand for an operation where an id or a slug would stand.
const RESERVED: [&str; 8] = [
    "batch", "checks", "clusters", "expiring", "export", "me", "summary", "syncs",
];

/// Why a slug is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Other characters, or another length.
    #[error(
        "a slug is 3 to 80 lower-case letters, digits and single hyphens: cp-bordeaux-gradignan"
    )]
    Form,
    /// A word that addresses use.
    #[error("this word is reserved")]
    Reserved,
}

impl Slug {
    /// The slug itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let words = text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if RESERVED.contains(&text) {
            return Err(SlugError::Reserved);
        }
        let id = uuid::Uuid::try_parse(text).is_ok();
        if words && begins && !id && (3..=80).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError::Form)
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_an_address() {
        assert!("cp-bordeaux-gradignan".parse::<Slug>().is_ok());
        for bad in [
            "", "cp", "CP-lyon", "cp--lyon", "-cp-lyon", "cp-lyon-", "9cp-x", "cp_lyon",
        ] {
            assert_eq!(bad.parse::<Slug>(), Err(SlugError::Form), "{bad}");
        }
        assert_eq!("export".parse::<Slug>(), Err(SlugError::Reserved));
        let id = "a19c0000-0000-7000-8000-000000000000";
        assert_eq!(id.parse::<Slug>(), Err(SlugError::Form));
    }
}

//! The legal category that INSEE gives to an organisation.

use std::{fmt, str::FromStr};

use crate::kernel::{Code, CodeList, code_list};

code_list! {
    /// The first digit of a legal category: its level I.
    pub LegalLevel, "legal-levels", "Catégories juridiques, niveau I", closed, unordered {
        Investment = "0", "Organisme de placement collectif en valeurs mobilières sans personnalité morale";
        Individual = "1", "Entrepreneur individuel";
        UnincorporatedGroup = "2", "Groupement de droit privé non doté de la personnalité morale";
        ForeignLaw = "3", "Personne morale de droit étranger";
        PublicCommercial = "4", "Personne morale de droit public soumise au droit commercial";
        Commercial = "5", "Société commerciale";
        OtherRegistered = "6", "Autre personne morale immatriculée au RCS";
        PublicLaw = "7", "Personne morale et organisme soumis au droit administratif";
        PrivateSpecialised = "8", "Organisme privé spécialisé";
        PrivateGroup = "9", "Groupement de droit privé";
    }
}

/// A code of level III, such as `9220` (a declared association).
///
/// Invariant: four digits. Which of them exist is in the reference tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegalCategory {
    code: String,
    level: LegalLevel,
}

/// A text that does not have the form of a legal category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a legal category is four digits: 9220")]
pub struct LegalCategoryError;

/// A category with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalCategoryDetails {
    /// The code.
    pub category: LegalCategory,
    /// The label that INSEE gives.
    pub label: String,
}

impl LegalCategory {
    /// The list of them, whose codes are data.
    pub const LIST: CodeList = CodeList {
        name: "legal-categories",
        title: "Catégories juridiques",
        open: true,
        ordered: false,
    };

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// Its level I.
    #[must_use]
    pub const fn level(&self) -> LegalLevel {
        self.level
    }

    /// Whether it is of public law: `41xx` or `7xxx`.
    #[must_use]
    pub fn is_public_law(&self) -> bool {
        self.code.starts_with("41") || self.level == LegalLevel::PublicLaw
    }

    /// Whether it is an association, of whatever kind: `92xx`.
    #[must_use]
    pub fn is_association(&self) -> bool {
        self.code.starts_with("92")
    }

    /// Whether it is a foundation: `93xx`.
    #[must_use]
    pub fn is_foundation(&self) -> bool {
        self.code.starts_with("93")
    }
}

impl FromStr for LegalCategory {
    type Err = LegalCategoryError;

    fn from_str(text: &str) -> Result<Self, LegalCategoryError> {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let level = text.get(..1).filter(|_| digits).and_then(LegalLevel::parse);
        level.map_or(Err(LegalCategoryError), |level| {
            let code = text.to_owned();
            Ok(Self { code, level })
        })
    }
}

impl fmt::Display for LegalCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(code: &str) -> LegalCategory {
        code.parse().unwrap()
    }

    #[test]
    fn a_category_is_four_digits_of_which_the_first_is_its_level() {
        assert_eq!(category("9220").level(), LegalLevel::PrivateGroup);
        assert_eq!(category("0000").level(), LegalLevel::Investment);
        for bad in ["", "922", "92200", "92a0", "é220"] {
            assert_eq!(bad.parse::<LegalCategory>(), Err(LegalCategoryError));
        }
    }

    #[test]
    fn public_law_is_41_and_7() {
        for public in ["4110", "7210", "7410"] {
            assert!(category(public).is_public_law(), "{public}");
        }
        for private in ["1000", "5710", "8210", "9220"] {
            assert!(!category(private).is_public_law(), "{private}");
        }
        assert!(category("9260").is_association() && category("9300").is_foundation());
    }
}

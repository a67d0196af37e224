//! The legal categories that INSEE gives to organisations.

use domain::partners::{LegalCategory, LegalCategoryDetails};

use crate::{
    DataError,
    table::{Table, table},
};

pub(crate) const LEGAL_CATEGORIES: Table = table!("legal_categories.csv");

/// The legal categories of level III, with their labels.
#[derive(Debug)]
pub struct LegalCategories(Vec<LegalCategoryDetails>);

impl LegalCategories {
    /// Every category, in the order of the codes.
    #[must_use]
    pub fn all(&self) -> &[LegalCategoryDetails] {
        &self.0
    }

    /// What is known of a category; `None` when INSEE has none of this code.
    #[must_use]
    pub fn details(&self, category: &LegalCategory) -> Option<&LegalCategoryDetails> {
        let found = self.0.binary_search_by(|own| own.category.cmp(category));
        found.ok().and_then(|place| self.0.get(place))
    }
}

pub(crate) fn read() -> Result<LegalCategories, DataError> {
    let mut categories = LEGAL_CATEGORIES.read(|row| {
        Ok(LegalCategoryDetails {
            category: row.get("code")?,
            label: row.text("label")?.to_owned(),
        })
    })?;
    categories.sort_unstable_by(|a, b| a.category.cmp(&b.category));
    Ok(LegalCategories(categories))
}

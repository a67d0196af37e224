//! Everything that is embedded, read once.

use std::sync::LazyLock;

use domain::{establishments::Establishment, habilitations::HabilitationLaw, offers::OfferLaw};

use crate::{
    Activities, DataError, Justice, LegalCategories, PublicContact, Territories, activities,
    contacts, establishments, habilitations, justice, legal_categories, offers, territories,
};

static REFERENCE: LazyLock<Result<Reference, DataError>> = LazyLock::new(Reference::load);

/// The reference tables, in the values of the domain.
#[derive(Debug)]
pub struct Reference {
    territories: Territories,
    activities: Activities,
    legal_categories: LegalCategories,
    establishments: Vec<Establishment>,
    contacts: Vec<PublicContact>,
    habilitation_law: HabilitationLaw,
    justice: Justice,
    offer_law: OfferLaw,
}

impl Reference {
    /// The tables, read the first time they are asked for and kept for the life of the process.
    pub fn get() -> Result<&'static Self, &'static DataError> {
        REFERENCE.as_ref()
    }

    /// Reads the tables again; [`Reference::get`] serves everybody else.
    pub fn load() -> Result<Self, DataError> {
        let territories = territories::read()?;
        Ok(Self {
            justice: justice::read(&territories)?,
            territories,
            activities: activities::read()?,
            legal_categories: legal_categories::read()?,
            establishments: establishments::read()?,
            contacts: contacts::read()?,
            habilitation_law: habilitations::read()?,
            offer_law: offers::read()?,
        })
    }

    /// Regions, départements, communes.
    #[must_use]
    pub const fn territories(&self) -> &Territories {
        &self.territories
    }

    /// Activities and their place in the nomenclatures.
    #[must_use]
    pub const fn activities(&self) -> &Activities {
        &self.activities
    }

    /// The legal categories of INSEE.
    #[must_use]
    pub const fn legal_categories(&self) -> &LegalCategories {
        &self.legal_categories
    }

    /// The 186 establishments of 1 July 2026, in the order of their slugs; real facts alone.
    #[must_use]
    pub fn establishments(&self) -> &[Establishment] {
        &self.establishments
    }

    /// The functional addresses that are public and belong to no establishment.
    #[must_use]
    pub fn contacts(&self) -> &[PublicContact] {
        &self.contacts
    }

    /// The law of habilitations, on any day.
    #[must_use]
    pub const fn habilitation_law(&self) -> &HabilitationLaw {
        &self.habilitation_law
    }

    /// Courts and services of probation.
    #[must_use]
    pub const fn justice(&self) -> &Justice {
        &self.justice
    }

    /// The numbers of the law that bound an offer.
    #[must_use]
    pub const fn offer_law(&self) -> &OfferLaw {
        &self.offer_law
    }
}

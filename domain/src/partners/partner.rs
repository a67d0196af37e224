//! A partner as one whole.

use std::ops::Deref;

use super::{
    HostKind, LegalCategory, LegalLevel, PartnerContact, PartnerKind, PartnerRole, Rna, Siren,
    Siret, rules,
};
use crate::{
    establishments::Address,
    kernel::{Id, Record, Refusal, Text},
};

/// The most contacts of a partner.
pub const MAX_CONTACTS: usize = 20;

/// Everything that is known of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerFacts {
    /// The name of the organisation.
    pub name: Text<200>,
    /// What it is.
    pub kind: PartnerKind,
    /// What it does.
    pub roles: Vec<PartnerRole>,
    /// As what it hosts community service, when it does.
    pub host_kind: Option<HostKind>,
    /// The number of its site.
    pub siret: Option<Siret>,
    /// Its number in the register of associations.
    pub rna: Option<Rna>,
    /// How the register of associations of a court names it, in Alsace-Moselle
    /// (Code pénitentiaire, art. R623-2).
    pub local_register: Option<Text<100>>,
    /// Its legal category.
    pub legal_category: Option<LegalCategory>,
    /// Where it is: the commune is public, and alone has a position; the street is not.
    pub address: Address,
    /// Whom to write to; never public.
    pub contacts: Vec<PartnerContact>,
    /// Whether it is fictitious, made for demonstration.
    pub demo: bool,
}

/// An organisation the agency works with.
///
/// Invariants: its kind, its legal category, its identifiers and what it hosts as agree; roles
/// are sorted and none is there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its identifier.
    pub id: Id<Partner>,
    /// Its version and dates.
    pub record: Record,
    facts: PartnerFacts,
}

impl Partner {
    /// Checks the whole; every broken rule is returned, with its place.
    pub fn new(
        id: Id<Self>,
        record: Record,
        mut facts: PartnerFacts,
    ) -> Result<Self, Vec<Refusal>> {
        let refusals = rules::check(&facts);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        facts.roles.sort_unstable();
        Ok(Self { id, record, facts })
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> PartnerFacts {
        self.facts
    }

    /// The organisation whose site it is, where its SIRET is known.
    #[must_use]
    pub fn siren(&self) -> Option<Siren> {
        self.siret.as_ref().map(Siret::siren)
    }

    /// The level I of its legal category.
    #[must_use]
    pub fn legal_level(&self) -> Option<LegalLevel> {
        self.legal_category.as_ref().map(LegalCategory::level)
    }
}

impl Deref for Partner {
    type Target = PartnerFacts;

    fn deref(&self) -> &PartnerFacts {
        &self.facts
    }
}

//! What a dossier needs to know of the host.

use crate::{
    kernel::Id,
    partners::{HabilitationNeed, HostKind, LegalCategory, Partner},
    territories::DepartementCode,
};

/// A partner, as the one who asks for a habilitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The partner.
    pub partner: Id<Partner>,
    /// As what it hosts, where it says so.
    pub kind: Option<HostKind>,
    /// Whether it is of public law, where that is known.
    pub public_law: Option<bool>,
    /// The département of its seat.
    pub seat: DepartementCode,
}

impl Host {
    /// Whether it hosts without a habilitation: public bodies do (Code pénal, art. 131-8; Code
    /// pénitentiaire, art. R623-7).
    #[must_use]
    pub fn needs_none(&self) -> bool {
        self.public_law == Some(true)
            || self
                .kind
                .is_some_and(|kind| kind.habilitation() == HabilitationNeed::No)
    }
}

impl From<&Partner> for Host {
    fn from(partner: &Partner) -> Self {
        let category = partner.legal_category.as_ref();
        Self {
            partner: partner.id,
            kind: partner.host_kind,
            public_law: category.map(LegalCategory::is_public_law),
            seat: partner.address.commune.departement(),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        establishments::Address,
        kernel::Record,
        partners::{PartnerFacts, PartnerKind, PartnerRole},
    };

    fn partner(kind: PartnerKind, host_kind: Option<HostKind>, category: Option<&str>) -> Partner {
        let facts = PartnerFacts {
            name: "Exemple".parse().unwrap(),
            kind,
            roles: host_kind
                .map(|_| PartnerRole::TigHost)
                .into_iter()
                .collect(),
            host_kind,
            siret: "73282932000074".parse().ok(),
            rna: None,
            local_register: None,
            legal_category: category.map(|code| code.parse().unwrap()),
            address: Address {
                street: None,
                postcode: None,
                commune: "2A004".parse().unwrap(),
            },
            contacts: Vec::new(),
            demo: false,
        };
        let record = Record::created(DateTime::UNIX_EPOCH);
        Partner::new(Id::new(uuid::Uuid::nil()), record, facts).unwrap()
    }

    #[test]
    fn a_public_body_is_known_by_its_host_kind_or_by_its_legal_category() {
        let association = Some(HostKind::Association);
        for (kind, host_kind, category, needs_none) in [
            (
                PartnerKind::LocalAuthority,
                Some(HostKind::PublicBody),
                None,
                true,
            ),
            (PartnerKind::LocalAuthority, None, Some("7210"), true),
            (PartnerKind::Association, association, Some("9220"), false),
            (PartnerKind::Association, association, None, false),
            (PartnerKind::Association, None, None, false),
        ] {
            let host = Host::from(&partner(kind, host_kind, category));
            assert_eq!(host.needs_none(), needs_none, "{kind:?} {category:?}");
            assert_eq!(host.seat.as_str(), "2A");
        }
    }
}

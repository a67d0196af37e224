//! As what an organisation hosts community service, on which the need of a habilitation depends
//! (Code pénal, art. 131-8; Code pénitentiaire, art. R623-2, R623-7, D777-8).

use super::{LegalCategory, LegalLevel, Nature, PartnerKind};
use crate::kernel::{Code, code_list};

code_list! {
    /// The kind of a host of community service.
    pub HostKind, "host-kinds", "Types de structures d'accueil", open, unordered {
        PublicBody = "public_body", "Personne morale de droit public";
        PrivatePublicService = "private_public_service", "Personne morale de droit privé chargée d'une mission de service public";
        Association = "association", "Association";
        EssStatutory = "ess_statutory", "Structure de l'économie sociale et solidaire par statut (coopérative, mutuelle, fondation)";
        EssCompany = "ess_company", "Société commerciale de l'économie sociale et solidaire";
        SocieteAMission = "societe_a_mission", "Société à mission (expérimentation)";
        CustomaryInstitution = "customary_institution", "Institution coutumière de Nouvelle-Calédonie";
    }
}

/// Whether a host is habilitated before its posts are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HabilitationNeed {
    /// Never: its posts are registered as they are.
    No,
    /// Always.
    Yes,
    /// According to which institution it is: some host by right.
    Special,
}

impl HabilitationNeed {
    /// The word for it: `no`, `yes`, `special`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Yes => "yes",
            Self::Special => "special",
        }
    }
}

impl HostKind {
    /// Whether such a host needs a habilitation.
    #[must_use]
    pub const fn habilitation(self) -> HabilitationNeed {
        match self {
            Self::PublicBody => HabilitationNeed::No,
            Self::PrivatePublicService
            | Self::Association
            | Self::EssStatutory
            | Self::EssCompany
            | Self::SocieteAMission => HabilitationNeed::Yes,
            Self::CustomaryInstitution => HabilitationNeed::Special,
        }
    }

    /// Whether an organisation of this kind and legal category may host as such. What is not
    /// known excludes nothing.
    #[must_use]
    pub fn fits(self, kind: PartnerKind, category: Option<&LegalCategory>) -> bool {
        let level = category.map(LegalCategory::level);
        let association = category.map_or(kind.nature() == Nature::Association, |category| {
            category.is_association()
        });
        let company = match level {
            Some(level) => !matches!(level, LegalLevel::PublicLaw | LegalLevel::PrivateGroup),
            None => matches!(kind.nature(), Nature::Company | Nature::Any),
        };
        match self {
            Self::PublicBody => is_public(kind, category) != Some(false),
            Self::CustomaryInstitution => !matches!(kind.nature(), Nature::Company),
            _ if is_public(kind, category) == Some(true) => false,
            Self::PrivatePublicService => true,
            Self::Association => match category {
                Some(category) => category.is_association(),
                None => matches!(kind.nature(), Nature::Association | Nature::Any),
            },
            // Associations have a kind of their own.
            Self::EssStatutory => !association,
            Self::EssCompany | Self::SocieteAMission => company,
        }
    }

    /// As what such an organisation may host.
    #[must_use]
    pub fn possible(kind: PartnerKind, category: Option<&LegalCategory>) -> Vec<Self> {
        let all = Self::all().iter().copied();
        all.filter(|host| host.fits(kind, category)).collect()
    }
}

/// Whether an organisation is of public law; `None` when neither its category nor its kind tells.
fn is_public(kind: PartnerKind, category: Option<&LegalCategory>) -> Option<bool> {
    match (category, kind.nature()) {
        (Some(category), _) => Some(category.is_public_law()),
        (None, Nature::Public) => Some(true),
        (None, Nature::Company | Nature::Association | Nature::Foundation) => Some(false),
        (None, Nature::Any) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn possible(kind: PartnerKind, category: &str) -> Vec<&'static str> {
        let category: Option<LegalCategory> = category.parse().ok();
        let kinds = HostKind::possible(kind, category.as_ref()).into_iter();
        let own = kinds.filter(|kind| *kind != HostKind::CustomaryInstitution);
        own.map(Code::code).collect()
    }

    #[test]
    fn the_legal_category_says_as_what_an_organisation_hosts() {
        let training = PartnerKind::TrainingOrganisation;
        assert_eq!(possible(training, "7331"), ["public_body"]);
        assert_eq!(possible(PartnerKind::Company, "4110"), ["public_body"]);
        assert_eq!(
            possible(training, "9220"),
            ["private_public_service", "association"]
        );
        let ess = [
            "private_public_service",
            "ess_statutory",
            "ess_company",
            "societe_a_mission",
        ];
        assert_eq!(possible(training, "5710"), ess);
        assert_eq!(
            possible(PartnerKind::Foundation, "9300"),
            ["private_public_service", "ess_statutory"]
        );
    }

    #[test]
    fn without_a_category_the_kind_says_what_it_can() {
        assert_eq!(possible(PartnerKind::LocalAuthority, ""), ["public_body"]);
        assert_eq!(
            possible(PartnerKind::Association, ""),
            ["private_public_service", "association"]
        );
        assert_eq!(possible(PartnerKind::Esat, "").len(), 6);
        let company = possible(PartnerKind::Company, "");
        assert!(!company.contains(&"association") && company.contains(&"ess_company"));
    }

    #[test]
    fn public_bodies_alone_need_no_habilitation() {
        for kind in HostKind::all() {
            let none = kind.habilitation() == HabilitationNeed::No;
            assert_eq!(none, *kind == HostKind::PublicBody, "{}", kind.code());
        }
        assert_eq!(
            HostKind::CustomaryInstitution.habilitation().word(),
            "special"
        );
    }
}

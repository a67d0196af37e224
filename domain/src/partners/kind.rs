//! What a partner is, and what it does with the agency.

use crate::kernel::code_list;

code_list! {
    /// The kind of a partner.
    pub PartnerKind, "partner-kinds", "Types de partenaires", open, unordered {
        LocalAuthority = "local_authority", "Collectivité territoriale";
        PublicInstitution = "public_institution", "Établissement public";
        StateService = "state_service", "Service de l'État";
        Association = "association", "Association";
        Foundation = "foundation", "Fondation";
        Company = "company", "Entreprise";
        EssCompany = "ess_company", "Entreprise de l'économie sociale et solidaire";
        SocieteAMission = "societe_a_mission", "Société à mission";
        Concessionnaire = "concessionnaire", "Concessionnaire";
        Delegataire = "delegataire", "Délégataire";
        SiaeEi = "siae_ei", "Entreprise d'insertion";
        SiaeAi = "siae_ai", "Association intermédiaire";
        SiaeAci = "siae_aci", "Atelier ou chantier d'insertion";
        SiaeEtti = "siae_etti", "Entreprise de travail temporaire d'insertion";
        SiaeEiti = "siae_eiti", "Entreprise d'insertion par le travail indépendant";
        Geiq = "geiq", "Groupement d'employeurs pour l'insertion et la qualification";
        Ea = "ea", "Entreprise adaptée";
        Eatt = "eatt", "Entreprise adaptée de travail temporaire";
        Esat = "esat", "Établissement ou service d'accompagnement par le travail";
        Sep = "sep", "Service de l'emploi pénitentiaire";
        TrainingOrganisation = "training_organisation", "Organisme de formation";
        Cfa = "cfa", "Centre de formation d'apprentis";
        Opco = "opco", "Opérateur de compétences";
        Region = "region", "Région";
        FranceTravail = "france_travail", "France Travail";
        MissionLocale = "mission_locale", "Mission locale";
        CapEmploi = "cap_emploi", "Cap emploi";
        Plie = "plie", "Plan local pour l'insertion et l'emploi";
        Cci = "cci", "Chambre de commerce et d'industrie";
        Cma = "cma", "Chambre de métiers et de l'artisanat";
        Dreets = "dreets", "Direction régionale de l'économie, de l'emploi, du travail et des solidarités";
        Spip = "spip", "Service pénitentiaire d'insertion et de probation";
        Pjj = "pjj", "Protection judiciaire de la jeunesse";
        NationalAssociationNetwork = "national_association_network", "Réseau associatif national";
    }
}

code_list! {
    /// What a partner does; it may do several of these, or none.
    pub PartnerRole, "partner-roles", "Rôles des partenaires", open, unordered {
        TigHost = "tig_host", "Structure d'accueil TIG";
        WorkPrincipal = "work_principal", "Donneur d'ordre";
        TrainingBody = "training_body", "Organisme de formation";
        RiepCustomer = "riep_customer", "Client de la régie";
    }
}

/// What the kind of a partner tells of its legal nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A person of public law, or a service of one.
    Public,
    /// A firm.
    Company,
    /// An association.
    Association,
    /// A foundation.
    Foundation,
    /// Nothing: organisations of this kind have one nature or another.
    Any,
}

impl PartnerKind {
    /// What the kind tells of the legal nature.
    #[must_use]
    pub const fn nature(self) -> Nature {
        match self {
            Self::LocalAuthority
            | Self::PublicInstitution
            | Self::StateService
            | Self::Sep
            | Self::Region
            | Self::FranceTravail
            | Self::Cci
            | Self::Cma
            | Self::Dreets
            | Self::Spip
            | Self::Pjj => Nature::Public,
            Self::Company
            | Self::EssCompany
            | Self::SocieteAMission
            | Self::Concessionnaire
            | Self::Delegataire => Nature::Company,
            Self::Association | Self::SiaeAi | Self::NationalAssociationNetwork => {
                Nature::Association
            }
            Self::Foundation => Nature::Foundation,
            Self::SiaeEi
            | Self::SiaeAci
            | Self::SiaeEtti
            | Self::SiaeEiti
            | Self::Geiq
            | Self::Ea
            | Self::Eatt
            | Self::Esat
            | Self::TrainingOrganisation
            | Self::Cfa
            | Self::Opco
            | Self::MissionLocale
            | Self::CapEmploi
            | Self::Plie => Nature::Any,
        }
    }
}

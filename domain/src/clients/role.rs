//! Who a client is, and the one table of what its role allows.

use super::{OrganisationKind, PerimeterKind, Scope};
use crate::kernel::code_list;

code_list! {
    /// The role of a client, which bounds its scopes and its perimeter.
    pub Role, "client-roles", "Rôles des clients", closed, unordered {
        Public = "public", "Public";
        Partner = "partner", "Partenaire";
        Establishment = "establishment", "Établissement pénitentiaire";
        Direction = "direction", "Direction interrégionale";
        Probation = "probation", "SPIP";
        Youth = "youth", "Protection judiciaire de la jeunesse";
        Magistrate = "magistrate", "Magistrat";
        Prefect = "prefect", "Préfet";
        Agency = "agency", "Agence";
        Ministry = "ministry", "Ministère";
        Administrator = "administrator", "Administrateur";
    }
}

code_list! {
    /// The function of a magistrate, on which the right to give an opinion depends.
    pub MagistrateFunction, "magistrate-functions", "Fonctions des magistrats", closed, unordered {
        Prosecutor = "prosecutor", "Procureur de la République";
        EnforcementJudge = "enforcement_judge", "Juge de l'application des peines";
        JuvenileJudge = "juvenile_judge", "Juge des enfants";
    }
}

impl Role {
    /// The kind of perimeter that a client of this role has.
    #[must_use]
    pub const fn perimeter_kind(self) -> PerimeterKind {
        self.bounds().0
    }

    /// The scopes that a client of this role may be given, in the order of the list.
    #[must_use]
    pub const fn allowed_scopes(self) -> &'static [Scope] {
        self.bounds().2
    }

    /// The kinds of organisation that a client of this role may belong to.
    #[must_use]
    pub const fn organisations(self) -> &'static [OrganisationKind] {
        self.bounds().1
    }

    /// The table: what each role is bounded by. A ministry's own software may act as a service
    /// of probation or a court does, for many of them at once.
    const fn bounds(self) -> (PerimeterKind, &'static [OrganisationKind], &'static [Scope]) {
        use OrganisationKind as Of;
        use PerimeterKind as Within;
        match self {
            Self::Public => (Within::None, &[], &[]),
            Self::Partner => (Within::Partner, &[Of::Partner], PARTNER),
            Self::Establishment => (Within::Establishment, &[Of::Establishment], ESTABLISHMENT),
            Self::Direction => (Within::Direction, &[Of::Direction], DIRECTION),
            Self::Probation => (
                Within::Departements,
                &[Of::ProbationService, Of::Ministry],
                PROBATION,
            ),
            Self::Youth => (Within::Departements, &[Of::Ministry], PROBATION),
            Self::Magistrate => (Within::Departements, &[Of::Court, Of::Ministry], MAGISTRATE),
            Self::Prefect => (Within::Departements, &[Of::Ministry], PREFECT),
            Self::Agency => (Within::All, &[Of::Agency], AGENCY),
            Self::Ministry => (Within::All, &[Of::Ministry], MINISTRY),
            Self::Administrator => (Within::All, &[Of::Agency, Of::Ministry], ADMINISTRATOR),
        }
    }
}

impl MagistrateFunction {
    /// Whether a magistrate of this function gives opinions on dossiers and posts: prosecutors
    /// and enforcement judges do (Code pénitentiaire, art. R623-9), juvenile judges do not.
    #[must_use]
    pub const fn gives_opinions(self) -> bool {
        !matches!(self, Self::JuvenileJudge)
    }
}

const PARTNER: &[Scope] = &[
    Scope::PartnersReadRestricted,
    Scope::PartnersWrite,
    Scope::HabilitationsRead,
    Scope::HabilitationsFile,
    Scope::OffersReadRestricted,
    Scope::OffersWrite,
    Scope::HoldsRead,
    Scope::ChangesRead,
];

const ESTABLISHMENT: &[Scope] = &[
    Scope::EstablishmentsWrite,
    Scope::PartnersReadRestricted,
    Scope::OffersReadRestricted,
    Scope::OffersWrite,
    Scope::ChangesRead,
];

const DIRECTION: &[Scope] = &[
    Scope::EstablishmentsWrite,
    Scope::PartnersReadRestricted,
    Scope::PartnersWrite,
    Scope::OffersReadRestricted,
    Scope::OffersWrite,
    Scope::OffersModerate,
    Scope::ChangesRead,
];

const PROBATION: &[Scope] = &[
    Scope::PartnersReadRestricted,
    Scope::PartnersWrite,
    Scope::HabilitationsRead,
    Scope::HabilitationsInstruct,
    Scope::OffersReadRestricted,
    Scope::OffersWrite,
    Scope::OffersInstruct,
    Scope::HoldsRead,
    Scope::HoldsWrite,
    Scope::ChangesRead,
];

const MAGISTRATE: &[Scope] = &[
    Scope::PartnersReadRestricted,
    Scope::HabilitationsRead,
    Scope::HabilitationsOpine,
    Scope::OffersReadRestricted,
    Scope::OffersOpine,
    Scope::HoldsRead,
    Scope::HoldsWrite,
    Scope::ChangesRead,
];

const PREFECT: &[Scope] = &[
    Scope::PartnersReadRestricted,
    Scope::HabilitationsRead,
    Scope::HabilitationsOpine,
    Scope::OffersReadRestricted,
    Scope::ChangesRead,
];

const AGENCY: &[Scope] = &[
    Scope::EstablishmentsWrite,
    Scope::EstablishmentsManage,
    Scope::PartnersReadRestricted,
    Scope::PartnersWrite,
    Scope::HabilitationsRead,
    Scope::HabilitationsFile,
    Scope::HabilitationsInstruct,
    Scope::OffersReadRestricted,
    Scope::OffersWrite,
    Scope::OffersInstruct,
    Scope::OffersModerate,
    Scope::HoldsRead,
    Scope::HoldsWrite,
    Scope::ChangesRead,
    Scope::AuditRead,
];

const MINISTRY: &[Scope] = &[
    Scope::PartnersReadRestricted,
    Scope::OffersReadRestricted,
    Scope::ChangesRead,
];

const ADMINISTRATOR: &[Scope] = &[Scope::ChangesRead, Scope::ClientsAdmin];

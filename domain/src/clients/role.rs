//! Who a client is, and the one table of what its role allows.

use super::{PerimeterKind, Scope};
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

impl Role {
    /// The kind of perimeter that a client of this role has.
    #[must_use]
    pub const fn perimeter_kind(self) -> PerimeterKind {
        self.bounds().0
    }

    /// The scopes that a client of this role may be given, in the order of the list.
    #[must_use]
    pub const fn allowed_scopes(self) -> &'static [Scope] {
        self.bounds().1
    }

    /// The table: what each role is bounded by.
    const fn bounds(self) -> (PerimeterKind, &'static [Scope]) {
        use Scope::{
            AuditRead, ChangesRead, ClientsAdmin, EstablishmentsManage, EstablishmentsWrite,
            HabilitationsFile, HabilitationsInstruct, HabilitationsOpine, HabilitationsRead,
            HoldsRead, HoldsWrite, OffersInstruct, OffersModerate, OffersOpine,
            OffersReadRestricted, OffersWrite, PartnersReadRestricted, PartnersWrite,
        };
        match self {
            Self::Public => (PerimeterKind::None, &[]),
            Self::Partner => (
                PerimeterKind::Partner,
                &[
                    PartnersReadRestricted,
                    PartnersWrite,
                    HabilitationsRead,
                    HabilitationsFile,
                    OffersReadRestricted,
                    OffersWrite,
                    HoldsRead,
                    ChangesRead,
                ],
            ),
            Self::Establishment => (
                PerimeterKind::Establishment,
                &[
                    EstablishmentsWrite,
                    PartnersReadRestricted,
                    OffersReadRestricted,
                    OffersWrite,
                    ChangesRead,
                ],
            ),
            Self::Direction => (
                PerimeterKind::Direction,
                &[
                    EstablishmentsWrite,
                    PartnersReadRestricted,
                    PartnersWrite,
                    OffersReadRestricted,
                    OffersWrite,
                    OffersModerate,
                    ChangesRead,
                ],
            ),
            Self::Probation | Self::Youth => (PerimeterKind::Departements, PROBATION),
            Self::Magistrate => (
                PerimeterKind::Departements,
                &[
                    PartnersReadRestricted,
                    HabilitationsRead,
                    HabilitationsOpine,
                    OffersReadRestricted,
                    OffersOpine,
                    HoldsRead,
                    HoldsWrite,
                    ChangesRead,
                ],
            ),
            Self::Prefect => (
                PerimeterKind::Departements,
                &[
                    PartnersReadRestricted,
                    HabilitationsRead,
                    HabilitationsOpine,
                    OffersReadRestricted,
                    ChangesRead,
                ],
            ),
            Self::Agency => (
                PerimeterKind::All,
                &[
                    EstablishmentsWrite,
                    EstablishmentsManage,
                    PartnersReadRestricted,
                    PartnersWrite,
                    HabilitationsRead,
                    HabilitationsFile,
                    HabilitationsInstruct,
                    OffersReadRestricted,
                    OffersWrite,
                    OffersInstruct,
                    OffersModerate,
                    HoldsRead,
                    HoldsWrite,
                    ChangesRead,
                    AuditRead,
                ],
            ),
            Self::Ministry => (
                PerimeterKind::All,
                &[PartnersReadRestricted, OffersReadRestricted, ChangesRead],
            ),
            Self::Administrator => (PerimeterKind::All, &[ChangesRead, ClientsAdmin]),
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

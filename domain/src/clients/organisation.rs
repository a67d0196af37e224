//! Which organisation a client belongs to.

use std::{fmt, str::FromStr};

use super::{Perimeter, Role};
use crate::{
    establishments::Establishment,
    justice::{CourtCode, ProbationServiceCode},
    kernel::{Code, Id, Text},
    partners::Partner,
    territories::Direction,
};

/// The organisation that a client belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Organisation {
    /// A partner.
    Partner(Id<Partner>),
    /// An establishment.
    Establishment(Id<Establishment>),
    /// A directorate.
    Direction(Direction),
    /// A service of probation.
    ProbationService(ProbationServiceCode),
    /// A court.
    Court(CourtCode),
    /// The agency.
    Agency,
    /// A ministry or one of its services, by its name: a préfecture is of the ministry of the
    /// interior, and a ministry's own software acts for services all over the country.
    Ministry(Text<200>),
}

/// The kind of an organisation; a role has one or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrganisationKind {
    /// A partner.
    Partner,
    /// An establishment.
    Establishment,
    /// A directorate.
    Direction,
    /// A service of probation.
    ProbationService,
    /// A court.
    Court,
    /// The agency.
    Agency,
    /// A ministry.
    Ministry,
}

impl OrganisationKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Partner,
        Self::Establishment,
        Self::Direction,
        Self::ProbationService,
        Self::Court,
        Self::Agency,
        Self::Ministry,
    ];

    /// The key of such an organisation in a body.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Establishment => "establishment",
            Self::Direction => "direction",
            Self::ProbationService => "probation_service",
            Self::Court => "court",
            Self::Agency => "agency",
            Self::Ministry => "ministry",
        }
    }

    /// The kind that has this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl Organisation {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> OrganisationKind {
        match self {
            Self::Partner(_) => OrganisationKind::Partner,
            Self::Establishment(_) => OrganisationKind::Establishment,
            Self::Direction(_) => OrganisationKind::Direction,
            Self::ProbationService(_) => OrganisationKind::ProbationService,
            Self::Court(_) => OrganisationKind::Court,
            Self::Agency => OrganisationKind::Agency,
            Self::Ministry(_) => OrganisationKind::Ministry,
        }
    }

    /// What tells it from others of its kind; nothing for the agency, which is one.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Partner(id) => Some(id.to_string()),
            Self::Establishment(id) => Some(id.to_string()),
            Self::Direction(direction) => Some(direction.code().to_owned()),
            Self::ProbationService(code) => Some(code.to_string()),
            Self::Court(code) => Some(code.to_string()),
            Self::Agency => None,
            Self::Ministry(name) => Some(name.to_string()),
        }
    }

    /// The organisation of this kind that this tells from others.
    #[must_use]
    pub fn of(kind: OrganisationKind, value: Option<&str>) -> Option<Self> {
        if kind == OrganisationKind::Agency {
            return value.is_none().then_some(Self::Agency);
        }
        let value = value?;
        match kind {
            OrganisationKind::Partner => value.parse().ok().map(Self::Partner),
            OrganisationKind::Establishment => value.parse().ok().map(Self::Establishment),
            OrganisationKind::Direction => Direction::parse(value).map(Self::Direction),
            OrganisationKind::ProbationService => value.parse().ok().map(Self::ProbationService),
            OrganisationKind::Court => value.parse().ok().map(Self::Court),
            OrganisationKind::Agency => None,
            OrganisationKind::Ministry => value.parse().ok().map(Self::Ministry),
        }
    }

    /// The organisation that follows from a role and its perimeter, where one does: a client of
    /// an establishment belongs to it.
    #[must_use]
    pub fn implied(role: Role, perimeter: &Perimeter) -> Option<Self> {
        match (role, perimeter) {
            (Role::Agency | Role::Administrator, _) => Some(Self::Agency),
            (_, Perimeter::Partner(id)) => Some(Self::Partner(*id)),
            (_, Perimeter::Establishment(id)) => Some(Self::Establishment(*id)),
            (_, Perimeter::Direction(direction)) => Some(Self::Direction(*direction)),
            (_, Perimeter::None | Perimeter::Departements(_) | Perimeter::All) => None,
        }
    }

    /// Whether a perimeter that names one object names this very organisation.
    #[must_use]
    pub fn agrees_with(&self, perimeter: &Perimeter) -> bool {
        match (self, perimeter) {
            (Self::Partner(own), Perimeter::Partner(id)) => own == id,
            (Self::Establishment(own), Perimeter::Establishment(id)) => own == id,
            (Self::Direction(own), Perimeter::Direction(direction)) => own == direction,
            _ => true,
        }
    }
}

/// `key=value` as on a command line: `court=100094`, `agency=true`.
impl fmt::Display for Organisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value();
        write!(
            f,
            "{}={}",
            self.kind().key(),
            value.as_deref().unwrap_or("true")
        )
    }
}

/// Why a text names no organisation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no organisation: partner=<id>, establishment=<id>, direction=<code>, \
     probation_service=<code>, court=<code>, agency=true or ministry=<name>"
)]
pub struct OrganisationError(String);

impl FromStr for Organisation {
    type Err = OrganisationError;

    fn from_str(text: &str) -> Result<Self, OrganisationError> {
        let read = || {
            let (key, value) = text.split_once('=')?;
            match OrganisationKind::parse(key)? {
                OrganisationKind::Agency => (value == "true").then_some(Self::Agency),
                kind => Self::of(kind, Some(value)),
            }
        };
        read().ok_or_else(|| OrganisationError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ID: &str = "0193a000-0000-7000-8000-000000000001";

    #[test]
    fn an_organisation_is_written_and_read() {
        let texts = [
            &format!("partner={ID}"),
            &format!("establishment={ID}"),
            "direction=outre_mer",
            "probation_service=gironde",
            "court=100094",
            "agency=true",
            "ministry=Préfecture de la Gironde",
        ];
        assert_eq!(texts.len(), OrganisationKind::ALL.len());
        for text in texts {
            let organisation: Organisation = text.parse().unwrap();
            assert_eq!(&organisation.to_string(), text);
            let value = organisation.value();
            let again = Organisation::of(organisation.kind(), value.as_deref());
            assert_eq!(again, Some(organisation));
        }
        for bad in [
            "",
            "court",
            "court=bordeaux",
            "agency=false",
            "ministry=",
            "prefect=33",
        ] {
            assert!(bad.parse::<Organisation>().is_err(), "{bad}");
        }
        assert_eq!(Organisation::of(OrganisationKind::Agency, Some("x")), None);
        assert_eq!(Organisation::of(OrganisationKind::Court, None), None);
    }

    #[test]
    fn an_organisation_follows_from_a_perimeter_that_names_it() {
        let perimeter: Perimeter = format!("establishment={ID}").parse().unwrap();
        let implied = Organisation::implied(Role::Establishment, &perimeter).unwrap();
        assert_eq!(implied.to_string(), format!("establishment={ID}"));
        assert!(implied.agrees_with(&perimeter));
        let other = Organisation::Establishment(Id::new(Uuid::nil()));
        assert!(!other.agrees_with(&perimeter));
        let administrator = Organisation::implied(Role::Administrator, &Perimeter::All);
        assert_eq!(administrator, Some(Organisation::Agency));
        assert_eq!(Organisation::implied(Role::Ministry, &Perimeter::All), None);
        let departements = "departements=33".parse().unwrap();
        assert_eq!(Organisation::implied(Role::Probation, &departements), None);
    }
}

//! Which rows a client may touch.

use std::{fmt, str::FromStr};

use crate::{
    establishments::Establishment,
    kernel::{Code, Id},
    partners::Partner,
    territories::{DepartementCode, Direction},
};

/// The rows within a client's reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Perimeter {
    /// Nothing.
    None,
    /// One partner.
    Partner(Id<Partner>),
    /// One establishment.
    Establishment(Id<Establishment>),
    /// The territory of a directorate.
    Direction(Direction),
    /// Some départements.
    Departements(Vec<DepartementCode>),
    /// Everything.
    All,
}

/// The kind of a perimeter; a role has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerimeterKind {
    /// Nothing.
    None,
    /// One partner.
    Partner,
    /// One establishment.
    Establishment,
    /// The territory of a directorate.
    Direction,
    /// Some départements.
    Departements,
    /// Everything.
    All,
}

impl PerimeterKind {
    /// The key of such a perimeter in a body; `None` where there is none.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Partner => Some("partner"),
            Self::Establishment => Some("establishment"),
            Self::Direction => Some("direction"),
            Self::Departements => Some("departements"),
            Self::All => Some("all"),
        }
    }
}

impl Perimeter {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> PerimeterKind {
        match self {
            Self::None => PerimeterKind::None,
            Self::Partner(_) => PerimeterKind::Partner,
            Self::Establishment(_) => PerimeterKind::Establishment,
            Self::Direction(_) => PerimeterKind::Direction,
            Self::Departements(_) => PerimeterKind::Departements,
            Self::All => PerimeterKind::All,
        }
    }

    /// Whether an establishment lies within it: itself, one of its directorate, or any. A
    /// perimeter of départements or of a partner holds no establishment, since no role that has
    /// one keeps sheets.
    #[must_use]
    pub fn holds_establishment(&self, id: Id<Establishment>, direction: Direction) -> bool {
        match self {
            Self::All => true,
            Self::Establishment(own) => *own == id,
            Self::Direction(own) => *own == direction,
            Self::None | Self::Partner(_) | Self::Departements(_) => false,
        }
    }

    /// Whether a partner lies within it: itself, one of its territory, or any. A perimeter of one
    /// establishment holds no partner: what ties the two is not kept.
    #[must_use]
    pub fn holds_partner(
        &self,
        id: Id<Partner>,
        departement: &DepartementCode,
        direction: Option<Direction>,
    ) -> bool {
        match self {
            Self::All => true,
            Self::Partner(own) => *own == id,
            Self::Direction(own) => direction == Some(*own),
            Self::Departements(own) => own.contains(departement),
            Self::None | Self::Establishment(_) => false,
        }
    }
}

/// `key=value` as on a command line: `establishment=<id>`, `direction=bordeaux`,
/// `departements=33,40`, `all=true`.
impl fmt::Display for Perimeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Partner(id) => write!(f, "partner={id}"),
            Self::Establishment(id) => write!(f, "establishment={id}"),
            Self::Direction(direction) => write!(f, "direction={}", direction.code()),
            Self::Departements(codes) => {
                let codes: Vec<&str> = codes.iter().map(DepartementCode::as_str).collect();
                write!(f, "departements={}", codes.join(","))
            }
            Self::All => f.write_str("all=true"),
        }
    }
}

/// Why a text names no perimeter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no perimeter: partner=<id>, establishment=<id>, direction=<code>, \
     departements=<code>,<code> or all=true"
)]
pub struct PerimeterError(String);

impl FromStr for Perimeter {
    type Err = PerimeterError;

    fn from_str(text: &str) -> Result<Self, PerimeterError> {
        let read = || match text.split_once('=')? {
            ("partner", id) => id.parse().ok().map(Self::Partner),
            ("establishment", id) => id.parse().ok().map(Self::Establishment),
            ("direction", code) => Direction::parse(code).map(Self::Direction),
            ("departements", codes) => {
                let codes: Result<_, _> = codes.split(',').map(str::parse).collect();
                codes.ok().map(Self::Departements)
            }
            ("all", "true") => Some(Self::All),
            _ => None,
        };
        read().ok_or_else(|| PerimeterError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_perimeter_is_written_and_read() {
        let id = "0193a000-0000-7000-8000-000000000001";
        for text in [
            &format!("partner={id}"),
            &format!("establishment={id}"),
            "direction=outre_mer",
            "departements=33,2A,974",
            "all=true",
        ] {
            let perimeter: Perimeter = text.parse().unwrap();
            assert_eq!(&perimeter.to_string(), text);
            let (key, _) = text.split_once('=').unwrap();
            assert_eq!(perimeter.kind().key(), Some(key));
        }
        for bad in [
            "",
            "all",
            "all=false",
            "direction=33",
            "departements=",
            "establishment=x",
        ] {
            assert!(bad.parse::<Perimeter>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_establishment_lies_in_its_own_perimeter_its_directorate_and_everything() {
        let own = Id::new(Uuid::from_u128(1));
        let other = Id::new(Uuid::from_u128(2));
        let holds = |perimeter: &Perimeter, id| perimeter.holds_establishment(id, Direction::Lyon);
        assert!(holds(&Perimeter::All, other));
        assert!(holds(&Perimeter::Establishment(own), own));
        assert!(!holds(&Perimeter::Establishment(own), other));
        assert!(holds(&Perimeter::Direction(Direction::Lyon), own));
        assert!(!holds(&Perimeter::Direction(Direction::Paris), own));
        assert!(!holds(&Perimeter::Partner(Id::new(own.uuid())), own));
        assert!(!holds(
            &Perimeter::Departements(vec!["69".parse().unwrap()]),
            own
        ));
        assert!(!holds(&Perimeter::None, own));
    }
    #[test]
    fn a_partner_lies_in_its_own_perimeter_its_territory_and_everything() {
        let own = Id::new(Uuid::from_u128(1));
        let rhone: DepartementCode = "69".parse().unwrap();
        let holds =
            |perimeter: &Perimeter| perimeter.holds_partner(own, &rhone, Some(Direction::Lyon));
        let departement = |code: &str| Perimeter::Departements(vec![code.parse().unwrap()]);
        assert!(holds(&Perimeter::All));
        assert!(holds(&Perimeter::Partner(own)));
        assert!(holds(&Perimeter::Direction(Direction::Lyon)));
        assert!(holds(&departement("69")));
        assert!(!holds(&Perimeter::Partner(Id::new(Uuid::from_u128(2)))));
        assert!(!holds(&Perimeter::Direction(Direction::Paris)));
        assert!(!holds(&departement("33")));
        assert!(!holds(&Perimeter::Establishment(Id::new(own.uuid()))));
        assert!(!holds(&Perimeter::None));
    }
}

//! Which authority decides on what.

use super::{Audience, OfferKind};
use crate::clients::Role;

/// An authority that decides on offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// The director of the probation service of a département: posts for adults
    /// (Code pénitentiaire, art. R623-9).
    Dspip,
    /// The territorial director of the judicial protection of youth: posts for minors
    /// (Code de la justice pénale des mineurs, art. R122-2).
    DtPjj,
    /// The agency: it suspends any offer, and moderates jobs and trainings.
    Agency,
    /// An interregional directorate: it moderates jobs and trainings.
    Direction,
}

impl Authority {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Dspip, Self::DtPjj, Self::Agency, Self::Direction];

    /// The authority that a client of this role is.
    #[must_use]
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Probation => Some(Self::Dspip),
            Role::Youth => Some(Self::DtPjj),
            Role::Agency => Some(Self::Agency),
            Role::Direction => Some(Self::Direction),
            Role::Public
            | Role::Partner
            | Role::Establishment
            | Role::Magistrate
            | Role::Prefect
            | Role::Ministry
            | Role::Administrator => None,
        }
    }

    /// The audience whose posts it registers: the law gives this to two authorities alone.
    #[must_use]
    pub const fn registers_for(self) -> Option<Audience> {
        match self {
            Self::Dspip => Some(Audience::Adults),
            Self::DtPjj => Some(Audience::Minors16To17),
            Self::Agency | Self::Direction => None,
        }
    }

    /// The authority that registers posts for an audience.
    #[must_use]
    pub const fn for_audience(audience: Audience) -> Self {
        match audience {
            Audience::Adults => Self::Dspip,
            Audience::Minors16To17 => Self::DtPjj,
        }
    }

    /// Whether it moderates jobs and trainings.
    #[must_use]
    pub const fn moderates(self) -> bool {
        matches!(self, Self::Agency | Self::Direction)
    }

    /// The authorities that moderate jobs and trainings.
    #[must_use]
    pub fn moderators() -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|it| it.moderates()).collect()
    }

    /// The authorities that may suspend an offer of a kind, registered for these audiences.
    #[must_use]
    pub fn suspending<'a>(
        kind: OfferKind,
        audiences: impl IntoIterator<Item = &'a Audience>,
    ) -> Vec<Self> {
        match kind {
            OfferKind::Tig => {
                let own = audiences.into_iter().copied().map(Self::for_audience);
                own.chain([Self::Agency]).collect()
            }
            OfferKind::Employment | OfferKind::Training => Self::moderators(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Code;

    #[test]
    fn the_law_gives_each_audience_to_one_authority() {
        for audience in Audience::all() {
            let authority = Authority::for_audience(*audience);
            assert_eq!(authority.registers_for(), Some(*audience));
        }
        assert_eq!(Authority::Agency.registers_for(), None);
        assert_eq!(Authority::Direction.registers_for(), None);
    }

    #[test]
    fn those_who_decide_are_four_roles() {
        let roles = Role::all().iter().copied().filter_map(Authority::of);
        let mut found: Vec<Authority> = roles.collect();
        found.sort_unstable();
        assert_eq!(found, Authority::ALL);
    }
}

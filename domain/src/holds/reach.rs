//! Which holds a client may know of: its own, those on the posts of its partner; the agency, all.

use super::Hold;
use crate::{
    clients::{Client, Perimeter, Role},
    kernel::Id,
    partners::Partner,
};

/// The holds that a client may know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldReach {
    /// All of them.
    All,
    /// Those of which it is the holder.
    Own(Id<Client>),
    /// Those of which it is the holder, and those on the posts of its partner.
    Hosted(Id<Client>, Id<Partner>),
    /// None.
    Nothing,
}

impl HoldReach {
    /// What a client of this role and perimeter may know of; its scopes were checked before.
    #[must_use]
    pub const fn of(client: Id<Client>, role: Role, perimeter: &Perimeter) -> Self {
        match (role, perimeter) {
            (Role::Agency, _) => Self::All,
            (Role::Partner, Perimeter::Partner(host)) => Self::Hosted(client, *host),
            _ => Self::Own(client),
        }
    }

    /// Whether it may know of a hold on a post of this host.
    #[must_use]
    pub fn holds(self, hold: &Hold, host: Option<Id<Partner>>) -> bool {
        match self {
            Self::All => true,
            Self::Own(client) => hold.request.holder == client,
            Self::Hosted(client, own) => hold.request.holder == client || host == Some(own),
            Self::Nothing => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_agency_reaches_all_a_host_those_on_its_posts_and_the_others_their_own() {
        let (client, partner) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let departements = Perimeter::Departements(vec!["33".parse().unwrap()]);
        for (role, perimeter, expected) in [
            (Role::Agency, &Perimeter::All, HoldReach::All),
            (Role::Ministry, &Perimeter::All, HoldReach::Own(client)),
            (Role::Probation, &departements, HoldReach::Own(client)),
            (
                Role::Partner,
                &Perimeter::Partner(partner),
                HoldReach::Hosted(client, partner),
            ),
        ] {
            assert_eq!(HoldReach::of(client, role, perimeter), expected, "{role:?}");
        }
    }
}

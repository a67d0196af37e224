//! Who may know of a hold: its holder, the host of the post, the agency, and nobody else.

use super::{Hold, HoldVerb};
use crate::{
    clients::{Client, Perimeter, Role},
    kernel::Id,
    partners::Partner,
};

/// What a client is to one hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldStanding {
    /// It took the places, and may move the hold.
    Holder,
    /// It is the agency, which reads every hold, and may give its places back.
    Agency,
    /// It is the host of the post, which reads what is to be worked and when.
    Host,
}

impl HoldStanding {
    /// What a client of this role and perimeter is to a hold on a post of `host`; `None` where it
    /// may not know of it.
    #[must_use]
    pub fn of(
        (client, role, perimeter): (Id<Client>, Role, &Perimeter),
        hold: &Hold,
        host: Option<Id<Partner>>,
    ) -> Option<Self> {
        if hold.is_of(client) {
            return Some(Self::Holder);
        }
        match (role, perimeter) {
            (Role::Agency, _) => Some(Self::Agency),
            (Role::Partner, Perimeter::Partner(own)) if host == Some(*own) => Some(Self::Host),
            _ => None,
        }
    }

    /// Whether it may read the mark of the case; a host may not.
    #[must_use]
    pub const fn sees_case(self) -> bool {
        matches!(self, Self::Holder | Self::Agency)
    }

    /// Whether it may make a move: the holder each of them; the agency gives places back that
    /// their holder no longer can.
    #[must_use]
    pub const fn may(self, verb: HoldVerb) -> bool {
        matches!(
            (self, verb),
            (Self::Holder, _) | (Self::Agency, HoldVerb::Release)
        )
    }
}

//! The states of a hold, and which moves each allows.

use crate::kernel::code_list;

code_list! {
    /// Where a hold is in its life.
    pub HoldStatus, "hold-statuses", "États d'une réservation", closed, unordered {
        Held = "held", "Réservée";
        Confirmed = "confirmed", "Confirmée";
        Released = "released", "Libérée";
        Completed = "completed", "Exécutée";
        Expired = "expired", "Échue";
    }
}

impl HoldStatus {
    /// Whether a hold in this state takes its places.
    #[must_use]
    pub const fn takes_places(self) -> bool {
        matches!(self, Self::Held | Self::Confirmed)
    }
}

/// A move: the last word of the address it is asked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldVerb {
    /// The holder confirms that the place will be taken.
    Confirm,
    /// The holder gives the places back.
    Release,
    /// The work is done.
    Complete,
}

impl HoldVerb {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confirm, Self::Release, Self::Complete];

    /// The word, as in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Release => "release",
            Self::Complete => "complete",
        }
    }

    /// The state this move leads to.
    #[must_use]
    pub const fn to(self) -> HoldStatus {
        match self {
            Self::Confirm => HoldStatus::Confirmed,
            Self::Release => HoldStatus::Released,
            Self::Complete => HoldStatus::Completed,
        }
    }

    /// Whether a hold in this state may make the move.
    #[must_use]
    pub const fn is_allowed(self, from: HoldStatus) -> bool {
        match self {
            Self::Confirm => matches!(from, HoldStatus::Held),
            Self::Release => matches!(from, HoldStatus::Held | HoldStatus::Confirmed),
            Self::Complete => matches!(from, HoldStatus::Confirmed),
        }
    }

    /// The moves that a hold in this state may make.
    #[must_use]
    pub fn allowed(from: HoldStatus) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|verb| verb.is_allowed(from)).collect()
    }
}

//! Which events a caller sees.

use data::Reference;
use domain::{
    changes::EventType,
    clients::{Role, Scope},
};
use persistence::{changes::Follower, holds::HoldReach, offers::Within};

use crate::{kernel::caller::CallerClient, offers};

/// The scopes that, beside `changes:read`, let a client follow more than everybody does.
const WIDENING: [Scope; 3] = [
    Scope::HabilitationsRead,
    Scope::OffersReadRestricted,
    Scope::HoldsRead,
];

/// Which events the caller sees.
#[derive(Debug, Clone)]
pub(super) enum Sight {
    /// Those that everybody does.
    Public,
    /// Those that everybody does, and those of what this client may know of besides.
    Own(Box<CallerClient>),
    /// Those of clients.
    Clients,
}

impl Sight {
    /// What a client whose token has the scope `changes:read` sees; without one, everybody. An
    /// administrator follows clients, and nothing else (whatever else its token opens).
    pub(super) fn of(client: Option<&CallerClient>) -> Self {
        match client {
            Some(client) if client.role == Role::Administrator => Self::Clients,
            Some(client) if WIDENING.iter().any(|scope| client.may(*scope)) => {
                Self::Own(Box::new(client.clone()))
            }
            _ => Self::Public,
        }
    }

    /// Whether it sees some events of this type.
    pub(super) fn shows(&self, event: EventType) -> bool {
        match self {
            Self::Public => event.is_public(),
            Self::Own(client) => match event.resource() {
                "habilitation" => client.may(Scope::HabilitationsRead),
                "hold" => client.may(Scope::HoldsRead),
                _ => event.is_public(),
            },
            Self::Clients => event.resource() == "client",
        }
    }

    /// The same for the log, which knows of each event whom it concerns.
    pub(super) fn follower(&self, reference: &Reference) -> Follower<'_> {
        let Self::Own(client) = self else {
            return Follower::everybody();
        };
        let dossiers = client.may(Scope::HabilitationsRead);
        Follower {
            view: offers::diffusion_to(client),
            offers: if client.may(Scope::OffersReadRestricted) {
                offers::within(&client.perimeter, reference)
            } else {
                Within::Nothing
            },
            dossiers: dossiers.then(|| client.who()),
            holds: if client.may(Scope::HoldsRead) {
                HoldReach::of(client.id, client.role, &client.perimeter)
            } else {
                HoldReach::Nothing
            },
        }
    }

    /// What tells the answers to such a caller from those to others, in their tags: two tokens of
    /// a client may open unlike things.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Own(client) => {
                let opened = WIDENING.map(|scope| if client.may(scope) { "1" } else { "0" });
                format!("{}.{}", client.id, opened.concat())
            }
            Self::Clients => "clients".to_owned(),
        }
    }

    /// Who may keep a copy: it is never used without asking.
    pub(super) const fn cache_control(&self) -> &'static str {
        match self {
            Self::Public => "public, no-cache",
            Self::Own(_) | Self::Clients => "private, no-cache",
        }
    }
}

//! What a caller sees of holds: which, and what of each.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    clients::{Role, Scope},
    holds::{Hold, HoldStanding, HoldStatus, HoldVerb},
    kernel::Id,
    offers::Offer,
    partners::Partner,
};

use crate::kernel::caller::CallerClient;

/// Who looks at a hold, and when.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) client: &'a CallerClient,
    /// What the client is to the hold.
    pub(crate) standing: HoldStanding,
    /// The name and the role of who keeps the places, where they are known.
    pub(crate) holder: Option<(&'a str, Role)>,
    pub(crate) now: DateTime<Utc>,
    /// The public address of the API, without a slash at its end.
    pub(crate) base: &'a str,
}

/// Whose the posts of some holds are.
pub(super) struct Hosts(pub(super) BTreeMap<Id<Offer>, Id<Partner>>);

impl Hosts {
    /// What a client is to a hold; `None` where it may not know of it.
    pub(super) fn standing(&self, client: &CallerClient, hold: &Hold) -> Option<HoldStanding> {
        let host = self.0.get(&hold.offer).copied();
        HoldStanding::of((client.id, client.role, &client.perimeter), hold, host)
    }
}

impl View<'_> {
    /// The moves that the caller may make now.
    pub(super) fn allowed(&self, status: HoldStatus) -> Vec<&'static str> {
        if !self.client.may(Scope::HoldsWrite) {
            return Vec::new();
        }
        let verbs = HoldVerb::allowed(status).into_iter();
        let own = verbs.filter(|verb| self.standing.may(*verb));
        own.map(HoldVerb::word).collect()
    }
}

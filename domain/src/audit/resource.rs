//! What it was done to.

use std::{borrow::Cow, fmt};

use crate::{changes::EventType, kernel::Code};

/// The kind of object of an entry, in the singular: `establishment`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resource(Cow<'static, str>);

impl Resource {
    /// A client, with its secrets and keys.
    pub const CLIENT: Self = Self(Cow::Borrowed("client"));
    /// A partner.
    pub const PARTNER: Self = Self(Cow::Borrowed("partner"));
    /// An access token.
    pub const TOKEN: Self = Self(Cow::Borrowed("token"));
    /// A dossier of habilitation.
    pub const HABILITATION: Self = Self(Cow::Borrowed("habilitation"));
    /// An offer.
    pub const OFFER: Self = Self(Cow::Borrowed("offer"));
    /// A hold on places of a post.
    pub const HOLD: Self = Self(Cow::Borrowed("hold"));
    /// The journal itself.
    pub const AUDIT: Self = Self(Cow::Borrowed("audit"));

    /// The resources that have entries: those that have events, tokens, and the journal.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let with_events = EventType::all().iter().copied().map(Self::from);
        for resource in with_events.chain([Self::TOKEN, Self::AUDIT]) {
            if !all.contains(&resource) {
                all.push(resource);
            }
        }
        all
    }

    /// A resource as it was kept, perhaps by a newer build that knows more of them.
    #[must_use]
    pub fn kept(name: String) -> Self {
        Self(Cow::Owned(name))
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<EventType> for Resource {
    fn from(event: EventType) -> Self {
        Self(Cow::Borrowed(event.resource()))
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resource_is_there_once() {
        let all = Resource::all();
        let mut names: Vec<&str> = all.iter().map(Resource::as_str).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len());
        for known in [
            Resource::CLIENT,
            Resource::PARTNER,
            Resource::TOKEN,
            Resource::HABILITATION,
            Resource::OFFER,
            Resource::HOLD,
            Resource::AUDIT,
        ] {
            assert!(all.contains(&known), "{known}");
        }
    }
}

//! What can happen to an object.

use crate::kernel::{Code, code_list};

code_list! {
    /// The type of an event, `<resource>.<what happened>`.
    pub EventType, "event-types", "Types d'événements", open, unordered {
        EstablishmentCreated = "establishment.created", "Établissement créé";
        EstablishmentUpdated = "establishment.updated", "Établissement modifié";
        EstablishmentClosed = "establishment.closed", "Établissement fermé";
        EstablishmentReopened = "establishment.reopened", "Établissement rouvert";
        PartnerCreated = "partner.created", "Partenaire créé";
        PartnerUpdated = "partner.updated", "Partenaire modifié";
        PartnerDeleted = "partner.deleted", "Partenaire supprimé";
        ClientCreated = "client.created", "Client créé";
        ClientUpdated = "client.updated", "Client modifié";
        ClientSuspended = "client.suspended", "Client suspendu";
        ClientResumed = "client.resumed", "Client rétabli";
        ClientSecretCreated = "client.secret_created", "Secret de client créé";
        ClientSecretRevoked = "client.secret_revoked", "Secret de client révoqué";
    }
}

impl EventType {
    /// The resource it happens to: what stands before the dot.
    #[must_use]
    pub fn resource(self) -> &'static str {
        self.code()
            .split_once('.')
            .map_or(self.code(), |(resource, _)| resource)
    }

    /// Whether everybody may know of it: it happens to a document that everybody may read.
    #[must_use]
    pub const fn is_public(self) -> bool {
        match self {
            Self::EstablishmentCreated
            | Self::EstablishmentUpdated
            | Self::EstablishmentClosed
            | Self::EstablishmentReopened
            | Self::PartnerCreated
            | Self::PartnerUpdated
            | Self::PartnerDeleted => true,
            Self::ClientCreated
            | Self::ClientUpdated
            | Self::ClientSuspended
            | Self::ClientResumed
            | Self::ClientSecretCreated
            | Self::ClientSecretRevoked => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_names_its_resource_and_what_happened() {
        for event in EventType::all() {
            let expected = event.code().split('.').collect::<Vec<_>>();
            assert_eq!(expected.len(), 2, "{}", event.code());
            assert_eq!(event.resource(), expected[0]);
        }
        assert_eq!(EventType::EstablishmentCreated.resource(), "establishment");
        assert_eq!(EventType::ClientSecretCreated.resource(), "client");
    }

    #[test]
    fn nobody_but_an_administrator_knows_of_clients() {
        for event in EventType::all() {
            assert_eq!(event.is_public(), event.resource() != "client", "{event:?}");
        }
    }
}

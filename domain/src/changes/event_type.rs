//! What can happen to an object.

use crate::kernel::{Code, code_list};

code_list! {
    /// The type of an event, `<resource>.<what happened>`.
    pub EventType, "event-types", "Types d'événements", open, unordered {
        EstablishmentCreated = "establishment.created", "Établissement créé";
        EstablishmentUpdated = "establishment.updated", "Établissement modifié";
        EstablishmentClosed = "establishment.closed", "Établissement fermé";
        EstablishmentReopened = "establishment.reopened", "Établissement rouvert";
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
    }
}

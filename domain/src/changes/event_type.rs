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
        HabilitationCreated = "habilitation.created", "Dossier d'habilitation ouvert";
        HabilitationUpdated = "habilitation.updated", "Dossier d'habilitation modifié";
        HabilitationDeleted = "habilitation.deleted", "Brouillon d'habilitation supprimé";
        HabilitationFiled = "habilitation.filed", "Dossier d'habilitation déposé";
        HabilitationIncompleteDeclared = "habilitation.incomplete_declared", "Dossier d'habilitation déclaré incomplet";
        HabilitationInstructionStarted = "habilitation.instruction_started", "Instruction d'une habilitation commencée";
        HabilitationOpinionRequested = "habilitation.opinion_requested", "Avis demandé sur une habilitation";
        HabilitationOpinionGiven = "habilitation.opinion_given", "Avis donné sur une habilitation";
        HabilitationBecameDecidable = "habilitation.became_decidable", "Habilitation en état d'être décidée";
        HabilitationGranted = "habilitation.granted", "Habilitation accordée";
        HabilitationRefused = "habilitation.refused", "Habilitation refusée";
        HabilitationChangeDeclared = "habilitation.change_declared", "Modification déclarée par une structure habilitée";
        HabilitationRenewalRequested = "habilitation.renewal_requested", "Renouvellement d'habilitation demandé";
        HabilitationWithdrawalOpened = "habilitation.withdrawal_opened", "Retrait d'habilitation engagé";
        HabilitationObservationsRecorded = "habilitation.observations_recorded", "Observations recueillies sur un retrait d'habilitation";
        HabilitationWithdrawn = "habilitation.withdrawn", "Habilitation retirée";
        HabilitationMaintained = "habilitation.maintained", "Habilitation maintenue";
        HabilitationExpired = "habilitation.expired", "Habilitation expirée";
        HabilitationNotified = "habilitation.notified", "Décision d'habilitation communiquée";
        ClientCreated = "client.created", "Client créé";
        ClientUpdated = "client.updated", "Client modifié";
        ClientSuspended = "client.suspended", "Client suspendu";
        ClientResumed = "client.resumed", "Client rétabli";
        ClientSecretCreated = "client.secret_created", "Secret de client créé";
        ClientSecretRevoked = "client.secret_revoked", "Secret de client révoqué";
        ClientJwksUpdated = "client.jwks_updated", "Clés publiques de client modifiées";
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
            Self::HabilitationCreated
            | Self::HabilitationUpdated
            | Self::HabilitationDeleted
            | Self::HabilitationFiled
            | Self::HabilitationIncompleteDeclared
            | Self::HabilitationInstructionStarted
            | Self::HabilitationOpinionRequested
            | Self::HabilitationOpinionGiven
            | Self::HabilitationBecameDecidable
            | Self::HabilitationGranted
            | Self::HabilitationRefused
            | Self::HabilitationChangeDeclared
            | Self::HabilitationRenewalRequested
            | Self::HabilitationWithdrawalOpened
            | Self::HabilitationObservationsRecorded
            | Self::HabilitationWithdrawn
            | Self::HabilitationMaintained
            | Self::HabilitationExpired
            | Self::HabilitationNotified
            | Self::ClientCreated
            | Self::ClientUpdated
            | Self::ClientSuspended
            | Self::ClientResumed
            | Self::ClientSecretCreated
            | Self::ClientSecretRevoked
            | Self::ClientJwksUpdated => false,
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
    fn not_everybody_knows_of_clients_and_habilitations() {
        for event in EventType::all() {
            let restricted = matches!(event.resource(), "client" | "habilitation");
            assert_eq!(event.is_public(), !restricted, "{event:?}");
        }
    }
}

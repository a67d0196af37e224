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
        OfferCreated = "offer.created", "Offre créée";
        OfferUpdated = "offer.updated", "Offre modifiée";
        OfferSubmitted = "offer.submitted", "Offre déposée";
        OfferOpinionRequested = "offer.opinion_requested", "Avis demandé sur une offre";
        OfferOpinionGiven = "offer.opinion_given", "Avis donné sur une offre";
        OfferBecameDecidable = "offer.became_decidable", "Offre en état d'être décidée";
        OfferRegistered = "offer.registered", "Poste inscrit";
        OfferPublished = "offer.published", "Offre publiée";
        OfferRefused = "offer.refused", "Offre refusée";
        OfferSuspended = "offer.suspended", "Offre suspendue";
        OfferResumed = "offer.resumed", "Suspension levée";
        OfferStruckOff = "offer.struck_off", "Poste radié";
        OfferClosed = "offer.closed", "Offre close";
        OfferConfirmed = "offer.confirmed", "Offre confirmée";
        OfferWithdrawn = "offer.withdrawn", "Offre retirée";
        OfferRevived = "offer.revived", "Offre rétablie";
        OfferExpired = "offer.expired", "Offre échue";
        OfferHabilitationLost = "offer.habilitation_lost", "Habilitation perdue par la structure d'une offre";
        OfferHabilitationRegained = "offer.habilitation_regained", "Habilitation retrouvée par la structure d'une offre";
        HoldCreated = "hold.created", "Place réservée";
        HoldConfirmed = "hold.confirmed", "Réservation confirmée";
        HoldReleased = "hold.released", "Réservation libérée";
        HoldCompleted = "hold.completed", "Réservation exécutée";
        HoldExpired = "hold.expired", "Réservation échue";
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

    /// Whether everybody follows such events: of offers, those of the ones that were shown to
    /// everybody.
    #[must_use]
    pub const fn is_public(self) -> bool {
        match self {
            Self::EstablishmentCreated
            | Self::EstablishmentUpdated
            | Self::EstablishmentClosed
            | Self::EstablishmentReopened
            | Self::PartnerCreated
            | Self::PartnerUpdated
            | Self::PartnerDeleted
            | Self::OfferCreated
            | Self::OfferUpdated
            | Self::OfferSubmitted
            | Self::OfferOpinionRequested
            | Self::OfferOpinionGiven
            | Self::OfferBecameDecidable
            | Self::OfferRegistered
            | Self::OfferPublished
            | Self::OfferRefused
            | Self::OfferSuspended
            | Self::OfferResumed
            | Self::OfferStruckOff
            | Self::OfferClosed
            | Self::OfferConfirmed
            | Self::OfferWithdrawn
            | Self::OfferRevived
            | Self::OfferExpired
            | Self::OfferHabilitationLost
            | Self::OfferHabilitationRegained => true,
            // Dossiers and holds are followed by those whom they concern.
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
            | Self::HoldCreated
            | Self::HoldConfirmed
            | Self::HoldReleased
            | Self::HoldCompleted
            | Self::HoldExpired
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
    fn everybody_follows_what_everybody_may_read_and_nothing_else() {
        let public = ["establishment", "partner", "offer"];
        for event in EventType::all() {
            let expected = public.contains(&event.resource());
            assert_eq!(event.is_public(), expected, "{event:?}");
        }
    }
}

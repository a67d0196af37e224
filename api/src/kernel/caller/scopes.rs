//! The one table of who may: each scope and the operations it opens, from which come the
//! checks of the handlers and the `security` of the document.

use domain::clients::Scope;

/// A scope as a type, so that a handler says in its signature what it needs.
pub trait ScopeMarker: Send + Sync + 'static {
    /// The scope; none when any valid token will do.
    const SCOPE: Option<Scope>;
    /// Other scopes, each of which will do as well.
    const OTHERS: &'static [Scope] = &[];
    /// The `operationId` of what it opens.
    const OPERATIONS: &'static [&'static str];
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Public,
    /// Everyone; a token with this scope sees more.
    Widened(Scope),
    /// Whoever has a token, with this scope where one is named.
    Token(Option<Scope>),
    /// Whoever has a token with one of these scopes.
    AnyOf(Vec<Scope>),
}

macro_rules! markers {
    ($($(#[$meta:meta])* $name:ident = $scope:expr $(, or $others:expr)? => [$($operation:literal),* $(,)?];)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl ScopeMarker for $name {
                const SCOPE: Option<Scope> = $scope;
                $(const OTHERS: &'static [Scope] = &$others;)?
                const OPERATIONS: &'static [&'static str] = &[$($operation),*];
            }
        )+

        /// Each scope of the table, those that will do as well, and the operations they open.
        const TABLE: &[(Option<Scope>, &[Scope], &[&str])] =
            &[$(($name::SCOPE, $name::OTHERS, $name::OPERATIONS)),+];
    };
}

markers! {
    /// Any valid token.
    AnyToken = None => ["getOwnClient"];
    /// `establishments:write`.
    EstablishmentsWrite = Some(Scope::EstablishmentsWrite) => [
        "updateEstablishment",
        "createZone",
        "replaceZone",
        "updateZone",
        "deleteZone",
        "createStorageArea",
        "replaceStorageArea",
        "updateStorageArea",
        "deleteStorageArea",
        "createDock",
        "replaceDock",
        "updateDock",
        "deleteDock",
        "createActivityInPlace",
        "replaceActivityInPlace",
        "updateActivityInPlace",
        "deleteActivityInPlace",
        "createPossibleActivity",
        "replacePossibleActivity",
        "updatePossibleActivity",
        "deletePossibleActivity",
        "createContact",
        "replaceContact",
        "updateContact",
        "deleteContact",
    ];
    /// `establishments:manage`.
    EstablishmentsManage = Some(Scope::EstablishmentsManage) => [
        "createEstablishment",
        "closeEstablishment",
        "reopenEstablishment",
    ];
    /// `clients:admin`.
    ClientsAdmin = Some(Scope::ClientsAdmin) => [
        "listClients",
        "getClient",
        "createClient",
        "updateClient",
        "suspendClient",
        "resumeClient",
        "createClientSecret",
        "deleteClientSecret",
        "replaceClientKeys",
        "deleteClientKeys",
    ];
    /// `audit:read`.
    AuditRead = Some(Scope::AuditRead) => ["listAudit"];
    /// `partners:write`.
    PartnersWrite = Some(Scope::PartnersWrite) => [
        "createPartner",
        "replacePartner",
        "updatePartner",
        "deletePartner",
    ];
    /// `partners:read-restricted`, which widens what everyone may read.
    PartnersReadRestricted = Some(Scope::PartnersReadRestricted) => ["getPartner"];
    /// `habilitations:read`.
    HabilitationsRead = Some(Scope::HabilitationsRead) => [
        "listHabilitations",
        "getHabilitation",
        "getHabilitationAcknowledgement",
    ];
    /// `habilitations:file`.
    HabilitationsFile = Some(Scope::HabilitationsFile) => [
        "createHabilitation",
        "updateHabilitation",
        "deleteHabilitation",
        "fileHabilitation",
        "declareHabilitationChange",
        "requestHabilitationRenewal",
    ];
    /// `habilitations:instruct`.
    HabilitationsInstruct = Some(Scope::HabilitationsInstruct) => [
        "declareHabilitationIncomplete",
        "startHabilitationInstruction",
        "requestHabilitationOpinion",
        "grantHabilitation",
        "refuseHabilitation",
        "openHabilitationWithdrawal",
        "withdrawHabilitation",
        "maintainHabilitation",
    ];
    /// `habilitations:opine`.
    HabilitationsOpine = Some(Scope::HabilitationsOpine) => ["giveHabilitationOpinion"];
    /// `habilitations:instruct` or `habilitations:file`: the host says what it answers, or the
    /// authority that it did not.
    HabilitationsObserve = Some(Scope::HabilitationsInstruct), or [Scope::HabilitationsFile] => [
        "recordHabilitationObservations",
    ];
    /// `offers:read-restricted`.
    OffersReadRestricted = Some(Scope::OffersReadRestricted) => [
        "getOfferByReference",
        "listPartnerOffers",
        "listExpiringOffers",
        "getOfferSync",
    ];
    /// `offers:read-restricted`, which widens what everyone may read of offers.
    OffersSeen = Some(Scope::OffersReadRestricted) => [
        "listOffers",
        "exportOffers",
        "clusterOffers",
        "getOfferTile",
        "getOffer",
        "getOfferPublication",
        "checkOffer",
    ];
    /// `offers:write`.
    OffersWrite = Some(Scope::OffersWrite) => [
        "createOffer",
        "updateOffer",
        "withdrawOffer",
        "submitOffer",
        "confirmOffer",
        "closeOffer",
        "reviveOffer",
        "replaceOfferByReference",
        "updateOfferByReference",
        "withdrawOfferByReference",
        "writeOffers",
        "openOfferSync",
        "writeSyncOffers",
        "completeOfferSync",
        "abandonOfferSync",
    ];
    /// `offers:instruct`: posts of community service.
    OffersInstruct = Some(Scope::OffersInstruct) => [
        "requestOfferOpinion",
        "registerOffer",
        "strikeOfferOff",
    ];
    /// `offers:opine`.
    OffersOpine = Some(Scope::OffersOpine) => ["giveOfferOpinion"];
    /// `offers:moderate`: jobs and trainings.
    OffersModerate = Some(Scope::OffersModerate) => ["publishOffer"];
    /// `offers:instruct` for posts, `offers:moderate` for jobs and trainings.
    OffersDecide = Some(Scope::OffersInstruct), or [Scope::OffersModerate] => ["refuseOffer"];
    /// `offers:write` as the host, `offers:instruct` or `offers:moderate` as the authority.
    OffersSuspend = Some(Scope::OffersWrite), or [Scope::OffersInstruct, Scope::OffersModerate] => [
        "suspendOffer",
        "resumeOffer",
    ];
    /// `holds:read`.
    HoldsRead = Some(Scope::HoldsRead) => ["listHolds", "getHold", "listOfferHolds"];
    /// `holds:write`.
    HoldsWrite = Some(Scope::HoldsWrite) => [
        "createHold",
        "confirmHold",
        "releaseHold",
        "completeHold",
    ];
    /// `changes:read`, which widens what everyone may follow.
    ChangesRead = Some(Scope::ChangesRead) => ["listChanges"];
}

/// The operations that answer everyone, and more to a token.
const WIDENED: [&[&str]; 3] = [
    ChangesRead::OPERATIONS,
    OffersSeen::OPERATIONS,
    PartnersReadRestricted::OPERATIONS,
];

/// Who may call an operation: public unless the table names it.
#[must_use]
pub fn access(operation: &str) -> Access {
    let found = TABLE
        .iter()
        .find(|(_, _, operations)| operations.contains(&operation));
    match found {
        Some((Some(scope), _, _)) if WIDENED.concat().contains(&operation) => {
            Access::Widened(*scope)
        }
        Some((Some(scope), others, _)) if !others.is_empty() => {
            Access::AnyOf([&[*scope], *others].concat())
        }
        Some((scope, _, _)) => Access::Token(*scope),
        None => Access::Public,
    }
}

/// The operations that a scope opens, or shows more of.
#[must_use]
pub fn opened_by(scope: Scope) -> Vec<&'static str> {
    let rows = TABLE
        .iter()
        .filter(|(own, others, _)| *own == Some(scope) || others.contains(&scope));
    rows.flat_map(|(_, _, operations)| operations.iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_in_the_table_once_or_public() {
        let mut seen = std::collections::BTreeSet::new();
        for operation in TABLE.iter().flat_map(|(_, _, operations)| *operations) {
            assert!(seen.insert(operation), "{operation} is there twice");
            assert_ne!(access(operation), Access::Public);
        }
        assert_eq!(access("listEstablishments"), Access::Public);
        assert_eq!(access("getOwnClient"), Access::Token(None));
        assert_eq!(
            access("getPartner"),
            Access::Widened(Scope::PartnersReadRestricted)
        );
        assert_eq!(access("listChanges"), Access::Widened(Scope::ChangesRead));
        let either = vec![Scope::HabilitationsInstruct, Scope::HabilitationsFile];
        assert_eq!(
            access("recordHabilitationObservations"),
            Access::AnyOf(either)
        );
        let either = vec![Scope::OffersInstruct, Scope::OffersModerate];
        assert_eq!(access("refuseOffer"), Access::AnyOf(either));
    }
}

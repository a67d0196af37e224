//! What somebody did.

use crate::{
    changes::EventType,
    kernel::{Code, code_list},
};

code_list! {
    /// What somebody did, as the journal has it (Code pénitentiaire, art. R240-9: consultation,
    /// creation, change, deletion).
    pub AuditAction, "audit-actions", "Actions du journal des accès", open, unordered {
        Read = "read", "Consultation";
        Create = "create", "Création";
        Update = "update", "Modification";
        Delete = "delete", "Suppression";
        Export = "export", "Export";
        SignIn = "sign_in", "Connexion";
    }
}

impl From<EventType> for AuditAction {
    /// What was done for this to happen. Whatever neither begins nor ends an object changes it.
    fn from(event: EventType) -> Self {
        match event.code().split_once('.') {
            Some((_, "created")) => Self::Create,
            Some((_, "deleted")) => Self::Delete,
            _ => Self::Update,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_a_creation_a_deletion_or_a_change() {
        for (event, action) in [
            (EventType::EstablishmentCreated, AuditAction::Create),
            (EventType::EstablishmentUpdated, AuditAction::Update),
            (EventType::EstablishmentClosed, AuditAction::Update),
            (EventType::ClientCreated, AuditAction::Create),
            (EventType::ClientSecretCreated, AuditAction::Update),
        ] {
            assert_eq!(AuditAction::from(event), action, "{event:?}");
        }
    }
}

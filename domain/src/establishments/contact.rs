//! Whom to write to in an establishment: functions and services, never persons.

use std::ops::Deref;

use crate::kernel::{Mailbox, Refusal, RefusalCode, Telephone, Text, code_list};

code_list! {
    /// The function of a contact.
    pub ContactRole, "contact-roles", "Fonctions des contacts", open, unordered {
        LocalWorkLead = "local_work_lead", "Responsable local du travail pénitentiaire et de la formation professionnelle";
        DirectionBusinessLead = "direction_business_lead", "Responsable des relations entreprises (direction interrégionale)";
        DirectionWorkReferent = "direction_work_referent", "Référent travail de la direction interrégionale";
        TigReferent = "tig_referent", "Référent territorial du travail d'intérêt général";
        PjjCorrespondent = "pjj_correspondent", "Correspondant territorial de la protection judiciaire de la jeunesse";
        Switchboard = "switchboard", "Standard de l'établissement";
        Agency = "agency", "Agence du travail d'intérêt général et de l'insertion professionnelle";
    }
}

/// What is known of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFacts {
    /// The function.
    pub role: ContactRole,
    /// The name of the service.
    pub service_name: Text<200>,
    /// The mailbox of the service.
    pub email: Option<Mailbox>,
    /// The telephone of the service.
    pub phone: Option<Telephone>,
}

/// A contact that can be reached.
///
/// Invariant: it has a mailbox, a telephone, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact(ContactFacts);

impl Contact {
    /// Checks that the contact can be reached.
    pub fn new(facts: ContactFacts) -> Result<Self, Vec<Refusal>> {
        if facts.email.is_none() && facts.phone.is_none() {
            return Err(vec![Refusal::new(
                "",
                RefusalCode::Required,
                "a contact has an email, a phone, or both",
            )]);
        }
        Ok(Self(facts))
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> ContactFacts {
        self.0
    }
}

impl Deref for Contact {
    type Target = ContactFacts;

    fn deref(&self) -> &ContactFacts {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_can_be_reached() {
        let facts = ContactFacts {
            role: ContactRole::Switchboard,
            service_name: "Standard".parse().unwrap(),
            email: None,
            phone: None,
        };
        assert!(Contact::new(facts.clone()).is_err());
        let phone = "05 56 00 00 00".parse().ok();
        assert!(Contact::new(ContactFacts { phone, ..facts }).is_ok());
    }
}

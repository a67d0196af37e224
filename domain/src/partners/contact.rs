//! Whom to write to in a partner organisation: functions and services, never persons.

use std::ops::Deref;

use crate::kernel::{Mailbox, Refusal, RefusalCode, Telephone, Text};

/// What is known of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerContactFacts {
    /// The function of who answers, as the organisation calls it; never a person's name.
    pub function: Text<120>,
    /// The name of the service.
    pub service_name: Option<Text<200>>,
    /// The mailbox of the function or of the service.
    pub email: Option<Mailbox>,
    /// The telephone of the function or of the service.
    pub phone: Option<Telephone>,
}

/// A contact that can be reached.
///
/// Invariant: it has a mailbox, a telephone, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerContact(PartnerContactFacts);

impl PartnerContact {
    /// Checks that the contact can be reached.
    pub fn new(facts: PartnerContactFacts) -> Result<Self, Vec<Refusal>> {
        if facts.email.is_none() && facts.phone.is_none() {
            return Err(vec![Refusal::new(
                "",
                RefusalCode::Required,
                "a contact has an email, a phone, or both",
            )]);
        }
        Ok(Self(facts))
    }
}

impl Deref for PartnerContact {
    type Target = PartnerContactFacts;

    fn deref(&self) -> &PartnerContactFacts {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_can_be_reached() {
        let facts = PartnerContactFacts {
            function: "Référent de l'accueil".parse().unwrap(),
            service_name: None,
            email: None,
            phone: None,
        };
        assert!(PartnerContact::new(facts.clone()).is_err());
        let email = "accueil@partenaire.example".parse().ok();
        assert!(PartnerContact::new(PartnerContactFacts { email, ..facts }).is_ok());
    }
}

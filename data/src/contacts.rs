//! The functional addresses that are public and belong to no establishment.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::{
    contacts::ContactPurpose,
    establishments::ContactRole,
    kernel::{Mailbox, Telephone, Text},
    territories::DepartementCode,
};

use crate::{
    DataError,
    table::{Table, table},
};

const CONTACTS: Table = table!("contacts.csv");

/// What stands for the code of the département in an address.
const PATTERN: &str = "{departement}";

/// Where a public contact answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactScope {
    /// In the whole of France.
    All,
    /// In one département, whose code is part of the address.
    Departement,
}

impl FromStr for ContactScope {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            "departement" => Ok(Self::Departement),
            _ => Err("a scope is all or departement"),
        }
    }
}

/// A functional address quoted from a public page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicContact {
    /// The function.
    pub role: ContactRole,
    /// What the page says to write for.
    pub purpose: ContactPurpose,
    /// The name of the service.
    pub service_name: Text<200>,
    /// Where it answers.
    pub scope: ContactScope,
    /// The telephone of the service.
    pub phone: Option<Telephone>,
    /// The address of the page.
    pub source: String,
    /// The date of the page, where it has one.
    pub source_date: Option<NaiveDate>,
    email: Option<String>,
}

impl PublicContact {
    /// The mailbox; that of a département's contact needs the département, and is `None`
    /// without it.
    #[must_use]
    pub fn mailbox(&self, departement: Option<&DepartementCode>) -> Option<Mailbox> {
        let email = self.email.as_deref()?;
        match (self.scope, departement) {
            (ContactScope::All, _) => email.parse().ok(),
            (ContactScope::Departement, Some(code)) => {
                email.replace(PATTERN, code.as_str()).parse().ok()
            }
            (ContactScope::Departement, None) => None,
        }
    }
}

pub(crate) fn read() -> Result<Vec<PublicContact>, DataError> {
    CONTACTS.read(|row| {
        let contact = PublicContact {
            role: row.code("role")?,
            purpose: row.code("purpose")?,
            service_name: row.get("service_name")?,
            scope: row.get("scope")?,
            phone: row.optional("phone")?,
            source: row.get("source")?,
            source_date: row.optional("source_date")?,
            email: row.optional("email")?,
        };
        // The mailbox is made on demand, so its form is checked here with any département.
        let sample = "01".parse().ok();
        if contact.email.is_some() && contact.mailbox(sample.as_ref()).is_none() {
            return Err(row.wrong("email", "a mailbox is written local-part@domain.tld"));
        }
        let patterned = contact
            .email
            .as_deref()
            .is_some_and(|e| e.contains(PATTERN));
        if patterned != (contact.scope == ContactScope::Departement) {
            let reason = format!("{PATTERN} goes with the scope departement");
            return Err(row.wrong("email", reason));
        }
        Ok(contact)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agency_answers_for_all_and_a_referent_for_a_departement() {
        let contacts = read().unwrap();
        let of = |role| {
            contacts
                .iter()
                .find(|contact| contact.role == role)
                .unwrap()
        };
        let gironde = "33".parse().unwrap();
        let mailbox = |role, departement| {
            let mailbox = of(role).mailbox(departement)?;
            Some(mailbox.as_str().to_owned())
        };
        let agency = mailbox(ContactRole::Agency, None);
        assert_eq!(agency.as_deref(), Some("travail-prison@justice.gouv.fr"));
        let referent = mailbox(ContactRole::TigReferent, Some(&gironde));
        assert_eq!(referent.as_deref(), Some("referent.tig.33@justice.fr"));
        assert_eq!(mailbox(ContactRole::TigReferent, None), None);
        assert_eq!(contacts.len(), 2);
    }
}

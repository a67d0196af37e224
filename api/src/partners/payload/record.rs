//! The record of a partner, for those whose token and perimeter let them read it.

use data::Reference;
use domain::partners::{Partner, PartnerContact, PartnerContactFacts};
use serde::Serialize;
use utoipa::ToSchema;

use super::card::PartnerFactsOutput;
use crate::territories::AddressOutput;

/// Everything that is known of a partner. It is not public, and its readings are written down.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartnerRecord {
    /// What is public.
    #[serde(flatten)]
    pub facts: PartnerFactsOutput,
    /// Its address, street included.
    pub address: AddressOutput,
    /// Functions and services to write to, never persons.
    #[schema(max_items = 20)]
    pub contacts: Vec<PartnerContactOutput>,
}

/// A function to write to in a partner organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PartnerContact)]
pub struct PartnerContactOutput {
    /// The function of who answers, as the organisation calls it; never a person's name.
    #[schema(
        min_length = 1,
        max_length = 120,
        example = "Référent des partenariats"
    )]
    pub function: String,
    /// The name of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 200,
        example = "Service des ressources humaines"
    )]
    pub service_name: Option<String>,
    /// The mailbox of the function or of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "email",
        max_length = 254,
        example = "partenariats@partenaire.example"
    )]
    pub email: Option<String>,
    /// The telephone of the function or of the service, in international form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 16,
        pattern = r"^\+[1-9][0-9]{6,14}$",
        example = "+33536490000"
    )]
    pub phone: Option<String>,
}

impl PartnerRecord {
    /// The record of a partner; `base` is the public address of the API, without a slash at its
    /// end.
    #[must_use]
    pub fn new(partner: &Partner, reference: &Reference, base: &str) -> Self {
        Self {
            facts: PartnerFactsOutput::new(partner, reference, base),
            address: AddressOutput::new(&partner.address, reference),
            contacts: partner
                .contacts
                .iter()
                .map(PartnerContactOutput::from)
                .collect(),
        }
    }
}

impl From<&PartnerContact> for PartnerContactOutput {
    fn from(contact: &PartnerContact) -> Self {
        let PartnerContactFacts {
            function,
            service_name,
            email,
            phone,
        } = &**contact;
        Self {
            function: function.to_string(),
            service_name: service_name.as_ref().map(ToString::to_string),
            email: email.as_ref().map(ToString::to_string),
            phone: phone.as_ref().map(ToString::to_string),
        }
    }
}

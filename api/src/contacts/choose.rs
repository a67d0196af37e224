//! Choosing the contacts that answer for a purpose, nearest first.

use std::sync::Arc;

use data::{Reference, Territories};
use domain::{
    contacts::{ContactPurpose, ContactReason, order},
    establishments::{Contact, ContactRole, Establishment, EstablishmentStatus},
    kernel::Part,
    territories::DepartementCode,
};

use super::list::{ContactOutput, NamedEstablishment};
use crate::establishments::EstablishmentBody;

type Body = Arc<EstablishmentBody>;

/// What the question is about.
#[derive(Debug)]
pub(super) struct About {
    /// The establishment asked, or those of the département asked; open ones alone, since a
    /// closed one answers to nobody.
    pub(super) establishments: Vec<Body>,
    /// Why those are listed.
    pub(super) reason: ContactReason,
    /// The département asked, or that of the establishment.
    pub(super) departement: Option<DepartementCode>,
    /// The establishments of the directorate, whose sheets name the directorate's services.
    pub(super) of_direction: Vec<Body>,
}

impl About {
    /// One establishment, and the others of its directorate.
    pub(super) fn establishment(
        body: Body,
        of_direction: Vec<Body>,
        territories: &Territories,
    ) -> Self {
        let commune = territories.commune(&body.establishment.address.commune);
        let open = body.establishment.status == EstablishmentStatus::Open;
        Self {
            reason: ContactReason::SameEstablishment,
            departement: commune.map(|commune| commune.departement.clone()),
            of_direction,
            establishments: open.then_some(body).into_iter().collect(),
        }
    }
}

/// The contacts, by the order of roles for the purpose, then by name of establishment.
pub(super) fn contacts(
    purpose: ContactPurpose,
    about: &About,
    reference: &Reference,
) -> impl Iterator<Item = ContactOutput> {
    order(purpose).iter().flat_map(move |role| {
        let mut found = match role {
            ContactRole::DirectionBusinessLead | ContactRole::DirectionWorkReferent => {
                of_direction(*role, about)
            }
            _ => of_establishments(*role, about),
        };
        found.extend(of_public_pages(purpose, *role, about, reference));
        found
    })
}

fn of_establishments(role: ContactRole, about: &About) -> Vec<ContactOutput> {
    let sheets = about.establishments.iter().map(|body| &body.establishment);
    sheets
        .flat_map(|sheet| {
            let contacts = sheet.parts().contacts.iter();
            contacts
                .filter(move |part| part.value.role == role)
                .map(move |part| of_establishment(part, sheet, about.reason))
        })
        .collect()
}

/// The services of the directorate, each once, however many sheets name it.
fn of_direction(role: ContactRole, about: &About) -> Vec<ContactOutput> {
    let sheets = about.of_direction.iter().map(|body| &body.establishment);
    let mut found: Vec<ContactOutput> = Vec::new();
    for sheet in sheets {
        for part in sheet
            .parts()
            .contacts
            .iter()
            .filter(|part| part.value.role == role)
        {
            let mut contact = of_establishment(part, sheet, ContactReason::Directorate);
            contact.establishment = None;
            let same = |other: &ContactOutput| {
                (&other.service_name, &other.email) == (&contact.service_name, &contact.email)
            };
            match found.iter_mut().find(|other| same(other)) {
                Some(other) if other.phone.is_none() => other.phone = contact.phone,
                Some(_) => {}
                None => found.push(contact),
            }
        }
    }
    found
}

fn of_establishment(
    part: &Part<Contact>,
    establishment: &Establishment,
    reason: ContactReason,
) -> ContactOutput {
    ContactOutput {
        role: part.value.role.into(),
        reason: reason.into(),
        service_name: part.value.service_name.to_string(),
        email: part.value.email.as_ref().map(ToString::to_string),
        phone: part.value.phone.as_ref().map(ToString::to_string),
        establishment: Some(NamedEstablishment {
            id: establishment.id.to_string(),
            slug: establishment.slug.to_string(),
            name: establishment.name.to_string(),
        }),
        demo: part.demo,
        source: None,
    }
}

fn of_public_pages(
    purpose: ContactPurpose,
    role: ContactRole,
    about: &About,
    reference: &Reference,
) -> Vec<ContactOutput> {
    let departement = departement(about);
    let reason = match role {
        ContactRole::Agency => ContactReason::LastResort,
        _ => ContactReason::DepartementReferent,
    };
    let found = reference.contacts().iter();
    found
        .filter(|contact| contact.role == role && contact.purpose == purpose)
        .filter_map(|contact| {
            let email = contact.mailbox(departement);
            (email.is_some() || contact.phone.is_some()).then(|| ContactOutput {
                role: contact.role.into(),
                reason: reason.into(),
                service_name: contact.service_name.to_string(),
                email: email.map(|email| email.to_string()),
                phone: contact.phone.as_ref().map(ToString::to_string),
                establishment: None,
                demo: false,
                source: Some(contact.source.clone()),
            })
        })
        .collect()
}

/// The département whose referent answers. The public page writes the mailbox with the number
/// of the département and says nothing of Corsica nor of the three digits overseas: where the
/// address is not known to exist, none is given.
fn departement(about: &About) -> Option<&DepartementCode> {
    let two_digits = |code: &&DepartementCode| {
        code.as_str().len() == 2 && code.as_str().bytes().all(|b| b.is_ascii_digit())
    };
    about.departement.as_ref().filter(two_digits)
}

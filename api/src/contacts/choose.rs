//! Choosing the contacts that answer for a purpose, nearest first.

use std::sync::Arc;

use data::Reference;
use domain::{
    contacts::{ContactPurpose, ContactReason, order},
    establishments::{Contact, ContactRole, Establishment, EstablishmentStatus},
    kernel::Part,
    territories::DepartementCode,
};

use super::list::{ContactOutput, NamedEstablishment};

/// What the question is about.
#[derive(Debug)]
pub(super) enum About {
    /// One establishment.
    Establishment(Arc<crate::establishments::EstablishmentBody>),
    /// A département, asked by itself or through one of its communes.
    Departement(
        DepartementCode,
        Vec<Arc<crate::establishments::EstablishmentBody>>,
    ),
}

/// The contacts, by the order of roles for the purpose, then by name of establishment.
pub(super) fn contacts(
    purpose: ContactPurpose,
    about: &About,
    reference: &Reference,
) -> Vec<ContactOutput> {
    order(purpose)
        .iter()
        .flat_map(|role| {
            let mut found = of_establishments(*role, about);
            found.extend(of_public_pages(purpose, *role, about, reference));
            found
        })
        .collect()
}

fn of_establishments(role: ContactRole, about: &About) -> Vec<ContactOutput> {
    let (establishments, reason) = match about {
        About::Establishment(one) => (std::slice::from_ref(one), ContactReason::SameEstablishment),
        About::Departement(_, all) => (all.as_slice(), ContactReason::SameDepartement),
    };
    // A closed establishment answers to nobody: the referent and the agency do.
    let open = |body: &&Arc<crate::establishments::EstablishmentBody>| {
        body.establishment.status == EstablishmentStatus::Open
    };
    establishments
        .iter()
        .filter(open)
        .flat_map(|body| {
            let establishment = &body.establishment;
            let contacts = establishment.parts().contacts.iter();
            contacts
                .filter(move |part| part.value.role == role)
                .map(move |part| of_establishment(part, establishment, reason))
        })
        .collect()
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
    let departement = departement(about, reference);
    let reason = match role {
        ContactRole::Agency => ContactReason::LastResort,
        _ => ContactReason::DepartementReferent,
    };
    let found = reference.contacts().iter();
    found
        .filter(|contact| contact.role == role && contact.purpose == purpose)
        .filter_map(|contact| {
            let email = contact.mailbox(departement.as_ref());
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
fn departement(about: &About, reference: &Reference) -> Option<DepartementCode> {
    let code = match about {
        About::Departement(code, _) => code.clone(),
        About::Establishment(body) => {
            let commune = &body.establishment.address.commune;
            reference
                .territories()
                .commune(commune)?
                .departement
                .clone()
        }
    };
    let two_digits = code.as_str().len() == 2 && code.as_str().bytes().all(|b| b.is_ascii_digit());
    two_digits.then_some(code)
}

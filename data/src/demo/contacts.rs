//! Fictitious contacts: functions, mailboxes of a reserved domain, telephones nobody has.

use domain::{
    establishments::{Contact, ContactFacts, ContactRole, Establishment},
    kernel::{Code, Part},
    territories::Direction,
};

use super::maker::{Maker, fit, fit_some, refused};
use crate::DataError;

/// A domain under `.example`, which belongs to nobody (RFC 2606).
pub(super) const DOMAIN: &str = "demo.example";

/// The contacts of an establishment; one that has a switchboard keeps it.
pub(super) fn make(
    maker: &mut Maker,
    establishment: &Establishment,
) -> Result<Vec<Part<Contact>>, DataError> {
    let direction = establishment.direction;
    let real = establishment.parts().contacts.iter();
    let real: Vec<ContactRole> = real.map(|part| part.value.role).collect();
    let slug = establishment.slug.as_str();
    let area = direction.code().replace('_', "-");
    let name = establishment.name.as_str();
    let area_name = direction.short_label();
    let rows = [
        (
            ContactRole::LocalWorkLead,
            92,
            format!("travail.{slug}"),
            format!("Travail et formation, {name}"),
        ),
        (
            ContactRole::DirectionBusinessLead,
            100,
            format!("entreprises.{area}"),
            format!("Relations entreprises, {area_name}"),
        ),
        (
            ContactRole::DirectionWorkReferent,
            100,
            format!("travail.{area}"),
            format!("Travail pénitentiaire, {area_name}"),
        ),
        (
            ContactRole::Switchboard,
            80,
            String::new(),
            format!("Standard, {name}"),
        ),
    ];
    let mut contacts = Vec::new();
    for (role, percent, mailbox, service_name) in rows {
        let phone = telephone(maker, direction);
        if real.contains(&role) || !maker.dice.chance(percent) {
            continue;
        }
        let email = (!mailbox.is_empty()).then(|| format!("{mailbox}@{DOMAIN}"));
        let by_phone = email.is_none() || maker.dice.chance(70);
        let contact = Contact::new(ContactFacts {
            role,
            service_name: fit(service_name.parse())?,
            email: fit_some(email, |email| email.parse())?,
            phone: fit_some(by_phone.then_some(phone), |phone| phone.parse())?,
        });
        contacts.push(maker.part(contact.map_err(refused("contact"))?));
    }
    Ok(contacts)
}

/// A number of the ranges that the French numbering plan keeps for works of fiction.
pub(super) fn telephone(maker: &mut Maker, direction: Direction) -> String {
    let range = match direction {
        Direction::Paris | Direction::OutreMer => "019900",
        Direction::Rennes => "026191",
        Direction::Lille | Direction::Strasbourg | Direction::Dijon => "035301",
        Direction::Lyon | Direction::Marseille => "046571",
        Direction::Bordeaux | Direction::Toulouse => "053649",
    };
    format!("{range}{:04}", maker.dice.between(0, 9_999))
}

//! Fictitious partners: names that say so, numbers that nobody has, mailboxes that reach nobody.
//!
//! A SIREN of the demonstration is one of the first that the check digit allows: they are given in
//! order, and none that low is in the published register. An RNA number begins with a département
//! that does not exist.

use std::str::FromStr;

use domain::{
    establishments::Address,
    kernel::{Id, Record},
    partners::{
        HostKind, Partner, PartnerContact, PartnerContactFacts, PartnerFacts, PartnerKind,
        PartnerRole,
    },
    territories::CommuneCode,
};
use uuid::Uuid;

use super::{
    contacts::{DOMAIN, telephone},
    maker::{Maker, fit, refused},
};
use crate::{DataError, Reference, fixed_instant};

use HostKind as Host;
use PartnerKind as Kind;
use PartnerRole::{RiepCustomer, TigHost, TrainingBody, WorkPrincipal};

/// What is told of a fictitious partner.
struct Told {
    /// A word of its own, in its mailbox.
    word: &'static str,
    name: &'static str,
    kind: Kind,
    roles: &'static [PartnerRole],
    host_kind: Option<Host>,
    siret: Option<&'static str>,
    rna: Option<&'static str>,
    local_register: Option<&'static str>,
    legal_category: Option<&'static str>,
    commune: &'static str,
}

/// The partner that the demonstration's client acts for: the first one.
const ALL: [Told; 13] = [
    Told {
        rna: Some("W000000001"),
        host_kind: Some(Host::Association),
        ..told(
            "jardin",
            "Association fictive du Jardin d'Exemple",
            Kind::Association,
            &[TigHost],
            "00000001800010",
            "9220",
            "33063",
        )
    },
    Told {
        host_kind: Some(Host::PublicBody),
        ..told(
            "mairie",
            "Mairie fictive d'Exemple-sur-Garonne",
            Kind::LocalAuthority,
            &[TigHost, RiepCustomer],
            "00000002600013",
            "7210",
            "33281",
        )
    },
    told(
        "emballage",
        "Entreprise fictive Emballages d'Exemple",
        Kind::Company,
        &[WorkPrincipal],
        "00000003400017",
        "5710",
        "33522",
    ),
    Told {
        host_kind: Some(Host::EssCompany),
        ..told(
            "menuiserie",
            "Coopérative fictive Menuiserie d'Exemple",
            Kind::EssCompany,
            &[TigHost, WorkPrincipal],
            "00000004200010",
            "5458",
            "47001",
        )
    },
    told(
        "formation",
        "Organisme fictif de Formation d'Exemple",
        Kind::TrainingOrganisation,
        &[TrainingBody],
        "00000005900014",
        "9220",
        "87085",
    ),
    Told {
        host_kind: Some(Host::PublicBody),
        ..told(
            "hopital",
            "Hôpital fictif d'Exemple",
            Kind::PublicInstitution,
            &[TigHost, RiepCustomer],
            "00000006700017",
            "7364",
            "64445",
        )
    },
    Told {
        host_kind: Some(Host::Association),
        ..told(
            "chantier",
            "Chantier fictif d'Insertion d'Exemple",
            Kind::SiaeAci,
            &[TigHost, WorkPrincipal],
            "00000007500010",
            "9221",
            "59350",
        )
    },
    Told {
        host_kind: Some(Host::EssStatutory),
        ..told(
            "fondation",
            "Fondation fictive d'Exemple",
            Kind::Foundation,
            &[TigHost],
            "00000008300014",
            "9300",
            "69123",
        )
    },
    Told {
        host_kind: Some(Host::Association),
        siret: None,
        local_register: Some("Tribunal judiciaire fictif, volume 0, folio 0"),
        ..told(
            "local",
            "Association fictive de droit local d'Exemple",
            Kind::Association,
            &[TigHost],
            "",
            "9260",
            "67482",
        )
    },
    Told {
        host_kind: Some(Host::SocieteAMission),
        ..told(
            "mission",
            "Société à mission fictive d'Exemple",
            Kind::SocieteAMission,
            &[TigHost, WorkPrincipal],
            "00000009100017",
            "5710",
            "13055",
        )
    },
    told(
        "region",
        "Région fictive d'Exemple",
        Kind::Region,
        &[TrainingBody],
        "00000010900017",
        "7230",
        "35238",
    ),
    Told {
        siret: None,
        rna: Some("W000000002"),
        host_kind: Some(Host::Association),
        ..told(
            "ile",
            "Association fictive de l'Île d'Exemple",
            Kind::Association,
            &[TigHost],
            "",
            "9220",
            "97411",
        )
    },
    Told {
        siret: None,
        legal_category: None,
        host_kind: Some(Host::CustomaryInstitution),
        ..told(
            "coutume",
            "Institution coutumière fictive d'Exemple",
            Kind::PublicInstitution,
            &[TigHost],
            "",
            "",
            "98818",
        )
    },
];

const fn told(
    word: &'static str,
    name: &'static str,
    kind: Kind,
    roles: &'static [PartnerRole],
    siret: &'static str,
    legal_category: &'static str,
    commune: &'static str,
) -> Told {
    Told {
        word,
        name,
        kind,
        roles,
        host_kind: None,
        siret: Some(siret),
        rna: None,
        local_register: None,
        legal_category: Some(legal_category),
        commune,
    }
}

/// The fictitious partners, each with an id that the seed gives and its number in the list.
pub(super) fn make(reference: &Reference, seed: u64) -> Result<Vec<Partner>, DataError> {
    let numbered = (1_u128..).zip(&ALL);
    numbered
        .map(|(number, told)| one(reference, seed, number, told))
        .collect()
}

fn one(reference: &Reference, seed: u64, number: u128, told: &Told) -> Result<Partner, DataError> {
    let mut maker = Maker::new(seed, Uuid::from_u128(number));
    let id = Id::new(maker.id());
    let commune: CommuneCode = fit(told.commune.parse())?;
    let facts = PartnerFacts {
        name: fit(told.name.parse())?,
        kind: told.kind,
        roles: told.roles.to_vec(),
        host_kind: told.host_kind,
        siret: optional(told.siret)?,
        rna: optional(told.rna)?,
        local_register: optional(told.local_register)?,
        legal_category: optional(told.legal_category)?,
        contacts: vec![contact(&mut maker, reference, told, &commune)?],
        address: Address {
            street: optional(Some("1 rue de l'Exemple"))?,
            postcode: None,
            commune,
        },
        demo: true,
    };
    let record = Record::created(fixed_instant());
    Partner::new(id, record, facts).map_err(refused("partner"))
}

fn contact(
    maker: &mut Maker,
    reference: &Reference,
    told: &Told,
    commune: &CommuneCode,
) -> Result<PartnerContact, DataError> {
    let known = reference.territories().commune(commune);
    let phone = known.map(|commune| telephone(maker, commune.direction));
    let contact = PartnerContact::new(PartnerContactFacts {
        function: fit("Référent des partenariats".parse())?,
        service_name: None,
        email: optional(Some(&format!("{}@{DOMAIN}", told.word)))?,
        phone: optional(phone.as_deref())?,
    });
    contact.map_err(refused("contact"))
}

fn optional<T: FromStr<Err: std::fmt::Display>>(
    text: Option<&str>,
) -> Result<Option<T>, DataError> {
    text.map(|text| fit(text.parse())).transpose()
}

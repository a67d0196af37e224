//! What a partner may be, fact by fact.

use uuid::Uuid;

use super::super::{Partner, PartnerContact, PartnerContactFacts, PartnerKind};
use super::*;
use crate::{establishments::Address, kernel::Id, kernel::Record};

const SIRET: &str = "20003452800014";

fn facts(kind: PartnerKind) -> PartnerFacts {
    PartnerFacts {
        name: "Organisation d'essai".parse().unwrap(),
        kind,
        roles: Vec::new(),
        host_kind: None,
        siret: SIRET.parse().ok(),
        rna: None,
        local_register: None,
        legal_category: None,
        address: Address {
            street: None,
            postcode: None,
            commune: "33063".parse().unwrap(),
        },
        contacts: Vec::new(),
        demo: false,
    }
}

fn host(kind: PartnerKind, host_kind: HostKind, category: &str) -> PartnerFacts {
    PartnerFacts {
        roles: vec![PartnerRole::TigHost],
        host_kind: Some(host_kind),
        legal_category: category.parse().ok(),
        ..facts(kind)
    }
}

fn refused(facts: PartnerFacts) -> Vec<(String, RefusalCode)> {
    let record = Record::created(chrono::DateTime::UNIX_EPOCH);
    let partner = Partner::new(Id::new(Uuid::nil()), record, facts);
    let refusals = partner.err().unwrap_or_default();
    refusals
        .into_iter()
        .map(|it| (it.pointer, it.code))
        .collect()
}

#[track_caller]
fn refused_at(facts: PartnerFacts, pointer: &str, code: RefusalCode) {
    assert_eq!(refused(facts), [(pointer.to_owned(), code)]);
}

#[test]
fn every_kind_can_be_a_partner() {
    for kind in PartnerKind::all() {
        assert_eq!(refused(facts(*kind)), [], "{}", kind.code());
    }
}

#[test]
fn roles_are_sorted_and_said_once() {
    let (tig, work) = (PartnerRole::TigHost, PartnerRole::WorkPrincipal);
    let mut twice = host(PartnerKind::Association, HostKind::Association, "9220");
    twice.roles = vec![work, tig, work];
    refused_at(twice.clone(), "/roles/2", RefusalCode::Duplicate);
    twice.roles.pop();
    let record = Record::created(chrono::DateTime::UNIX_EPOCH);
    let partner = Partner::new(Id::new(Uuid::nil()), record, twice).unwrap();
    assert_eq!(partner.roles, [tig, work]);
    assert_eq!(partner.siren().unwrap().as_str(), "200034528");
    assert_eq!(partner.legal_level(), Some(LegalLevel::PrivateGroup));
}

#[test]
fn the_legal_category_goes_with_the_kind() {
    for (kind, good, bad) in [
        (PartnerKind::Region, "7230", "5710"),
        (PartnerKind::PublicInstitution, "4110", "9220"),
        (PartnerKind::Company, "5710", "9220"),
        (PartnerKind::Concessionnaire, "1000", "7210"),
        (PartnerKind::Association, "9260", "9300"),
        (PartnerKind::SiaeAi, "9222", "5499"),
        (PartnerKind::Foundation, "9300", "9220"),
    ] {
        let with = |category: &str| PartnerFacts {
            legal_category: category.parse().ok(),
            ..facts(kind)
        };
        assert_eq!(refused(with(good)), [], "{} {good}", kind.code());
        refused_at(with(bad), "/legal_category", RefusalCode::Inconsistent);
    }
}

#[test]
fn a_company_has_a_siret_and_an_association_one_of_its_numbers() {
    let without = |kind| PartnerFacts {
        siret: None,
        ..facts(kind)
    };
    refused_at(
        without(PartnerKind::Company),
        "/siret",
        RefusalCode::Required,
    );
    refused_at(
        without(PartnerKind::Association),
        "/siret",
        RefusalCode::Required,
    );
    assert_eq!(refused(without(PartnerKind::StateService)), []);
    let rna = PartnerFacts {
        rna: "W123456789".parse().ok(),
        ..without(PartnerKind::Association)
    };
    assert_eq!(refused(rna), []);
    let register = PartnerFacts {
        local_register: "Tribunal judiciaire d'essai, volume 1, folio 2"
            .parse()
            .ok(),
        ..without(PartnerKind::Association)
    };
    assert_eq!(refused(register), []);
}

#[test]
fn the_collectivities_of_the_pacific_have_registers_of_their_own() {
    for (commune, own) in [("98818", true), ("98735", true), ("97411", false)] {
        let mut company = facts(PartnerKind::Company);
        company.siret = None;
        company.address.commune = commune.parse().unwrap();
        assert_eq!(refused(company).is_empty(), own, "{commune}");
    }
}

#[test]
fn associations_alone_are_in_their_registers() {
    let with = |kind, category: &str| PartnerFacts {
        rna: "W123456789".parse().ok(),
        local_register: "volume 1, folio 2".parse().ok(),
        legal_category: category.parse().ok(),
        ..facts(kind)
    };
    let both = [
        ("/rna".to_owned(), RefusalCode::Inconsistent),
        ("/local_register".to_owned(), RefusalCode::Inconsistent),
    ];
    assert_eq!(refused(with(PartnerKind::Association, "9220")), []);
    assert_eq!(refused(with(PartnerKind::Esat, "")), []);
    assert_eq!(refused(with(PartnerKind::Company, "")), both);
    assert_eq!(refused(with(PartnerKind::Spip, "7172")), both);
    assert_eq!(refused(with(PartnerKind::Esat, "7366")), both);
}

#[test]
fn a_host_of_community_service_says_as_what_and_nobody_else_does() {
    let association = host(PartnerKind::Association, HostKind::Association, "9220");
    assert_eq!(refused(association.clone()), []);
    let silent = PartnerFacts {
        host_kind: None,
        ..association.clone()
    };
    refused_at(silent, "/host_kind", RefusalCode::Required);
    let no_host = PartnerFacts {
        roles: vec![PartnerRole::RiepCustomer],
        ..association
    };
    refused_at(no_host, "/host_kind", RefusalCode::Inconsistent);
    for (kind, host_kind, category) in [
        (PartnerKind::LocalAuthority, HostKind::Association, "7210"),
        (PartnerKind::Association, HostKind::PublicBody, "9220"),
        (PartnerKind::Company, HostKind::Association, "5710"),
        (PartnerKind::Company, HostKind::PrivatePublicService, "1000"),
    ] {
        let facts = host(kind, host_kind, category);
        refused_at(facts, "/host_kind", RefusalCode::Inconsistent);
    }
}

#[test]
fn new_caledonia_has_its_own_hosts() {
    let at = |commune: &str, kind, host_kind| {
        let mut facts = host(kind, host_kind, "");
        facts.address.commune = commune.parse().unwrap();
        facts
    };
    let institution = PartnerKind::PublicInstitution;
    let customary = HostKind::CustomaryInstitution;
    assert_eq!(refused(at("98818", institution, customary)), []);
    let elsewhere = at("33063", institution, customary);
    refused_at(elsewhere, "/host_kind", RefusalCode::Inconsistent);
    let ess = at("98818", PartnerKind::Foundation, HostKind::EssStatutory);
    refused_at(ess, "/host_kind", RefusalCode::Inconsistent);
}

#[test]
fn contacts_are_few() {
    let contact = PartnerContact::new(PartnerContactFacts {
        function: "Direction".parse().unwrap(),
        service_name: None,
        email: "direction@partenaire.example".parse().ok(),
        phone: None,
    })
    .unwrap();
    let mut many = facts(PartnerKind::Company);
    many.contacts = vec![contact; MAX_CONTACTS + 1];
    refused_at(many.clone(), "/contacts", RefusalCode::Length);
    many.contacts.pop();
    assert_eq!(refused(many), []);
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let mut wrong = host(PartnerKind::Company, HostKind::Association, "7210");
    wrong.siret = None;
    wrong.rna = "W123456789".parse().ok();
    let pointers: Vec<String> = refused(wrong).into_iter().map(|it| it.0).collect();
    assert_eq!(
        pointers,
        ["/legal_category", "/siret", "/rna", "/host_kind"]
    );
}

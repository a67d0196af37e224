//! What a role allows, role by role.

use uuid::Uuid;

use super::*;
use crate::{
    clients::{OrganisationKind, PerimeterKind},
    territories::Direction,
};

fn perimeter(kind: PerimeterKind) -> Perimeter {
    match kind {
        PerimeterKind::None => Perimeter::None,
        PerimeterKind::Partner => Perimeter::Partner(Id::new(Uuid::from_u128(7))),
        PerimeterKind::Establishment => Perimeter::Establishment(Id::new(Uuid::from_u128(8))),
        PerimeterKind::Direction => Perimeter::Direction(Direction::Lille),
        PerimeterKind::Departements => Perimeter::Departements(vec!["59".parse().unwrap()]),
        PerimeterKind::All => Perimeter::All,
    }
}

fn organisation(kind: OrganisationKind) -> Organisation {
    match kind {
        OrganisationKind::Partner => Organisation::Partner(Id::new(Uuid::from_u128(7))),
        OrganisationKind::Establishment => Organisation::Establishment(Id::new(Uuid::from_u128(8))),
        OrganisationKind::Direction => Organisation::Direction(Direction::Lille),
        OrganisationKind::ProbationService => {
            Organisation::ProbationService("nord".parse().unwrap())
        }
        OrganisationKind::Court => Organisation::Court("100146".parse().unwrap()),
        OrganisationKind::Agency => Organisation::Agency,
        OrganisationKind::Ministry => Organisation::Ministry("Un ministère".parse().unwrap()),
    }
}

fn facts(role: Role) -> ClientFacts {
    let own = role.organisations().first();
    ClientFacts {
        name: "Logiciel d'essai".parse().unwrap(),
        organisation: organisation(own.copied().unwrap_or(OrganisationKind::Agency)),
        role,
        function: (role == Role::Magistrate).then_some(MagistrateFunction::Prosecutor),
        perimeter: perimeter(role.perimeter_kind()),
        scopes: role.allowed_scopes().to_vec(),
        status: ClientStatus::Active,
        demo: false,
    }
}

fn checked(facts: ClientFacts) -> Result<Client, Vec<(String, RefusalCode)>> {
    let at = "2026-07-01T10:00:00Z".parse().unwrap();
    Client::new(Id::new(Uuid::from_u128(1)), Record::created(at), facts).map_err(|refusals| {
        let places = refusals.into_iter().map(|it| (it.pointer, it.code));
        places.collect()
    })
}

fn refused(facts: ClientFacts) -> Vec<(String, RefusalCode)> {
    checked(facts).unwrap_err()
}

fn one(pointer: &str, code: RefusalCode) -> Vec<(String, RefusalCode)> {
    vec![(pointer.to_owned(), code)]
}

#[test]
fn every_role_but_public_has_its_clients() {
    for role in Role::all() {
        let allowed = role.allowed_scopes();
        assert!(allowed.is_sorted(), "in the order of the list: {role:?}");
        if *role == Role::Public {
            let refusals = refused(facts(*role));
            assert!(refusals.contains(&("/role".to_owned(), RefusalCode::Inconsistent)));
        } else {
            assert_eq!(checked(facts(*role)).unwrap().scopes, allowed);
        }
    }
}

#[test]
fn the_agency_has_every_scope_but_opinions_and_clients() {
    let without = [
        Scope::HabilitationsOpine,
        Scope::OffersOpine,
        Scope::ClientsAdmin,
    ];
    let expected: Vec<Scope> = Scope::all()
        .iter()
        .copied()
        .filter(|scope| !without.contains(scope))
        .collect();
    assert_eq!(Role::Agency.allowed_scopes(), expected);
}

#[test]
fn establishments_are_written_by_three_roles_and_managed_by_one() {
    let who = |scope: Scope| -> Vec<Role> {
        let all = Role::all().iter().copied();
        all.filter(|role| role.allowed_scopes().contains(&scope))
            .collect()
    };
    assert_eq!(
        who(Scope::EstablishmentsWrite),
        [Role::Establishment, Role::Direction, Role::Agency]
    );
    assert_eq!(who(Scope::EstablishmentsManage), [Role::Agency]);
    assert_eq!(who(Scope::ClientsAdmin), [Role::Administrator]);
    assert_eq!(who(Scope::AuditRead), [Role::Agency]);
}

#[test]
fn a_scope_or_a_perimeter_of_another_role_is_refused() {
    let mut more = facts(Role::Establishment);
    more.scopes.push(Scope::EstablishmentsManage);
    let place = format!("/scopes/{}", more.scopes.len() - 1);
    assert_eq!(refused(more), one(&place, RefusalCode::Inconsistent));
    for role in Role::all().iter().filter(|role| **role != Role::Public) {
        let wide = match role.perimeter_kind() {
            PerimeterKind::All => PerimeterKind::Direction,
            _ => PerimeterKind::All,
        };
        let mut other = facts(*role);
        other.perimeter = perimeter(wide);
        assert_eq!(
            refused(other),
            one("/perimeter", RefusalCode::Inconsistent),
            "{role:?}"
        );
    }
}

#[test]
fn a_client_belongs_to_an_organisation_of_its_role_and_of_its_perimeter() {
    for role in Role::all().iter().filter(|role| **role != Role::Public) {
        for kind in OrganisationKind::ALL {
            let mut told = facts(*role);
            told.organisation = organisation(kind);
            if role.organisations().contains(&kind) {
                assert_eq!(
                    checked(told.clone()).unwrap().organisation,
                    told.organisation
                );
            } else {
                let expected = one("/organisation", RefusalCode::Inconsistent);
                assert_eq!(refused(told), expected, "{role:?} {kind:?}");
            }
        }
    }
    for (role, other) in [
        (Role::Partner, Organisation::Partner(Id::new(Uuid::nil()))),
        (
            Role::Establishment,
            Organisation::Establishment(Id::new(Uuid::nil())),
        ),
        (Role::Direction, Organisation::Direction(Direction::Lyon)),
    ] {
        let mut told = facts(role);
        told.organisation = other;
        assert_eq!(
            refused(told),
            one("/organisation", RefusalCode::Inconsistent)
        );
    }
}

#[test]
fn a_magistrate_alone_has_a_function_and_a_juvenile_judge_gives_no_opinion() {
    let mut without = facts(Role::Magistrate);
    without.function = None;
    assert_eq!(refused(without), one("/function", RefusalCode::Required));
    let mut with = facts(Role::Prefect);
    with.function = Some(MagistrateFunction::Prosecutor);
    assert_eq!(refused(with), one("/function", RefusalCode::Inconsistent));
    let mut judge = facts(Role::Magistrate);
    judge.function = Some(MagistrateFunction::JuvenileJudge);
    assert_eq!(refused(judge.clone()).len(), 2, "two scopes of opinions");
    judge
        .scopes
        .retain(|it| !matches!(it, Scope::HabilitationsOpine | Scope::OffersOpine));
    assert!(checked(judge).is_ok());
}

#[test]
fn scopes_and_departements_are_there_once_and_sorted() {
    let mut none = facts(Role::Ministry);
    none.scopes.clear();
    assert_eq!(refused(none), one("/scopes", RefusalCode::Required));
    let mut twice = facts(Role::Ministry);
    twice.scopes.push(Scope::ChangesRead);
    assert_eq!(refused(twice), one("/scopes/3", RefusalCode::Duplicate));
    let departements = |codes: &[&str]| {
        let mut facts = facts(Role::Probation);
        let codes = codes.iter().map(|code| code.parse().unwrap());
        facts.perimeter = Perimeter::Departements(codes.collect());
        facts
    };
    let place = "/perimeter/departements";
    assert_eq!(
        refused(departements(&[])),
        one(place, RefusalCode::Required)
    );
    assert_eq!(
        refused(departements(&["33", "33"])),
        one(&format!("{place}/1"), RefusalCode::Duplicate)
    );
    let mut backwards = departements(&["40", "33"]);
    backwards.scopes.reverse();
    let sorted = checked(departements(&["33", "40"])).unwrap();
    assert_eq!(checked(backwards).unwrap(), sorted);
}

#[test]
fn every_refusal_comes_at_once() {
    let mut wrong = facts(Role::Ministry);
    wrong.function = Some(MagistrateFunction::Prosecutor);
    wrong.perimeter = Perimeter::None;
    wrong.scopes = vec![Scope::ClientsAdmin];
    let places: Vec<String> = refused(wrong).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["/function", "/perimeter", "/scopes/0"]);
}

//! What the reference tables say of a client: its territory and its organisation are known, and
//! lie where one another do.

use data::Reference;
use domain::{
    clients::{ClientFacts, Organisation, Perimeter},
    justice::{Court, ProbationService},
    kernel::{Refusal, RefusalCode},
    territories::DepartementCode,
};

/// The place of the départements of a perimeter.
const DEPARTEMENTS: &str = "/perimeter/departements";

/// Refuses a département, a service or a court that nobody knows; a service that does not serve
/// the whole perimeter; a perimeter without the département where the court sits. How far the
/// jurisdiction of a court goes is not known here, and is not checked.
pub(crate) fn check_places(facts: &ClientFacts, reference: &Reference) -> Result<(), Vec<Refusal>> {
    let departements = match &facts.perimeter {
        Perimeter::Departements(codes) => codes.as_slice(),
        _ => &[],
    };
    let mut refusals = unknown(departements, reference);
    match &facts.organisation {
        Organisation::ProbationService(code) => match reference.justice().probation_service(code) {
            Some(service) => refusals.extend(outside(departements, service)),
            None => refusals.push(nobody("/organisation/probation_service", code.as_str())),
        },
        Organisation::Court(code) => match reference.justice().court(code) {
            Some(court) => refusals.extend(without_the_seat(departements, court)),
            None => refusals.push(nobody("/organisation/court", code.as_str())),
        },
        Organisation::Partner(_)
        | Organisation::Establishment(_)
        | Organisation::Direction(_)
        | Organisation::Agency
        | Organisation::Ministry(_) => {}
    }
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(refusals)
    }
}

fn unknown(departements: &[DepartementCode], reference: &Reference) -> Vec<Refusal> {
    let territories = reference.territories();
    let places = departements.iter().enumerate();
    let unknown = places.filter(|(_, code)| territories.departement(code).is_none());
    unknown
        .map(|(i, code)| nobody(&format!("{DEPARTEMENTS}/{i}"), code.as_str()))
        .collect()
}

fn nobody(pointer: &str, code: &str) -> Refusal {
    Refusal::new(
        pointer,
        RefusalCode::NotFound,
        format!("nothing has the code {code}"),
    )
}

fn outside(departements: &[DepartementCode], service: &ProbationService) -> Vec<Refusal> {
    let own: Vec<&str> = service
        .departements
        .iter()
        .map(DepartementCode::as_str)
        .collect();
    let places = departements.iter().enumerate();
    let outside = places.filter(|(_, code)| !service.departements.contains(code));
    outside
        .map(|(i, code)| {
            let detail = format!("the service serves {}, not {code}", own.join(", "));
            let pointer = format!("{DEPARTEMENTS}/{i}");
            Refusal::new(pointer, RefusalCode::Inconsistent, detail)
        })
        .collect()
}

fn without_the_seat(departements: &[DepartementCode], court: &Court) -> Option<Refusal> {
    let seat = &court.departement;
    let detail = format!("the court sits in {seat}, which is not among them");
    (!departements.contains(seat))
        .then(|| Refusal::new(DEPARTEMENTS, RefusalCode::Inconsistent, detail))
}

#[cfg(test)]
mod tests {
    use domain::clients::{ClientStatus, MagistrateFunction, Role, Scope};

    use super::*;

    fn refused(role: Role, organisation: &str, perimeter: &str) -> Vec<(String, RefusalCode)> {
        let facts = ClientFacts {
            name: "Essai".parse().unwrap(),
            organisation: organisation.parse().unwrap(),
            role,
            function: (role == Role::Magistrate).then_some(MagistrateFunction::Prosecutor),
            perimeter: perimeter.parse().unwrap(),
            scopes: vec![Scope::ChangesRead],
            status: ClientStatus::Active,
            demo: false,
        };
        let outcome = check_places(&facts, Reference::get().unwrap());
        let refusals = outcome.err().unwrap_or_default().into_iter();
        refusals.map(|it| (it.pointer, it.code)).collect()
    }

    #[test]
    fn a_service_serves_its_own_departements() {
        let of = |perimeter: &str| refused(Role::Probation, "probation_service=gironde", perimeter);
        assert_eq!(of("departements=33"), []);
        let place = |i: usize| format!("{DEPARTEMENTS}/{i}");
        assert_eq!(
            of("departements=33,40"),
            [(place(1), RefusalCode::Inconsistent)]
        );
        let islands = "probation_service=guadeloupe";
        assert_eq!(
            refused(Role::Probation, islands, "departements=971,977"),
            []
        );
        let nobody = refused(
            Role::Probation,
            "probation_service=nulle_part",
            "departements=33",
        );
        let pointer = "/organisation/probation_service".to_owned();
        assert_eq!(nobody, [(pointer, RefusalCode::NotFound)]);
    }

    #[test]
    fn a_court_sits_within_the_perimeter_which_may_go_further() {
        let of = |court: &str, perimeter: &str| {
            refused(Role::Magistrate, &format!("court={court}"), perimeter)
        };
        // Saint-Malo, whose jurisdiction goes into 22.
        assert_eq!(of("100099", "departements=35,22"), []);
        let without = (DEPARTEMENTS.to_owned(), RefusalCode::Inconsistent);
        assert_eq!(of("100099", "departements=22"), [without]);
        let nobody = ("/organisation/court".to_owned(), RefusalCode::NotFound);
        assert_eq!(of("999999", "departements=22"), [nobody]);
    }

    #[test]
    fn a_ministry_acts_where_it_is_told_among_places_that_exist() {
        let ministry = "ministry=Ministère de la Justice";
        assert_eq!(refused(Role::Prefect, ministry, "departements=33,974"), []);
        let place = (format!("{DEPARTEMENTS}/1"), RefusalCode::NotFound);
        assert_eq!(
            refused(Role::Youth, ministry, "departements=33,970"),
            [place]
        );
    }
}

//! Courts and services of probation.

use domain::{
    justice::{Court, CourtCode, ProbationService, ProbationServiceCode},
    territories::{CommuneCode, DepartementCode},
};

use crate::{
    DataError, Territories,
    table::{Row, Table, table},
};

const COURTS: Table = table!("courts.csv");
const SERVICES: Table = table!("probation_services.csv");

/// The courts where the magistrates of community service sit, and the services of probation.
#[derive(Debug)]
pub struct Justice {
    courts: Vec<Court>,
    services: Vec<ProbationService>,
}

impl Justice {
    /// The courts, in the order of their codes.
    #[must_use]
    pub fn courts(&self) -> &[Court] {
        &self.courts
    }

    /// The court that has this code.
    #[must_use]
    pub fn court(&self, code: &CourtCode) -> Option<&Court> {
        let place = self.courts.binary_search_by(|it| it.code.cmp(code)).ok()?;
        self.courts.get(place)
    }

    /// The services of probation, in the order of their codes.
    #[must_use]
    pub fn probation_services(&self) -> &[ProbationService] {
        &self.services
    }

    /// The service of probation that has this code.
    #[must_use]
    pub fn probation_service(&self, code: &ProbationServiceCode) -> Option<&ProbationService> {
        let services = &self.services;
        let place = services.binary_search_by(|it| it.code.cmp(code)).ok()?;
        services.get(place)
    }
}

pub(crate) fn read(territories: &Territories) -> Result<Justice, DataError> {
    let mut courts = COURTS.read(|row| court(row, territories))?;
    courts.sort_by(|a, b| a.code.cmp(&b.code));
    let mut services = SERVICES.read(|row| service(row, territories))?;
    services.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Justice { courts, services })
}

fn court(row: &Row<'_>, territories: &Territories) -> Result<Court, DataError> {
    let departement: DepartementCode = row.get("departement")?;
    known(row, "departement", &departement, territories)?;
    Ok(Court {
        code: row.get("code")?,
        label: row.get("label")?,
        seat: seat(row, std::slice::from_ref(&departement), territories)?,
        departement,
    })
}

fn service(row: &Row<'_>, territories: &Territories) -> Result<ProbationService, DataError> {
    let departements: Vec<DepartementCode> = row.list("departements")?;
    for departement in &departements {
        known(row, "departements", departement, territories)?;
    }
    Ok(ProbationService {
        code: row.get("code")?,
        label: row.get("label")?,
        seat: seat(row, &departements, territories)?,
        departements,
    })
}

fn known(
    row: &Row<'_>,
    column: &'static str,
    departement: &DepartementCode,
    territories: &Territories,
) -> Result<(), DataError> {
    let found = territories.departement(departement);
    found
        .map(drop)
        .ok_or_else(|| row.wrong(column, "no such code"))
}

/// The seat, which lies in one of these départements.
fn seat(
    row: &Row<'_>,
    departements: &[DepartementCode],
    territories: &Territories,
) -> Result<Option<CommuneCode>, DataError> {
    let column = "seat_commune";
    let Some(code) = row.optional::<CommuneCode>(column)? else {
        return Ok(None);
    };
    let commune = territories.commune(&code);
    let commune = commune.ok_or_else(|| row.wrong(column, "no such code"))?;
    if !departements.contains(&commune.departement) {
        return Err(row.wrong(column, "it lies in another département"));
    }
    Ok(Some(code))
}

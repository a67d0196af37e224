//! Fictitious habilitations, in force, of the fictitious hosts that need one.

use chrono::NaiveDate;
use domain::{
    habilitations::{
        Course, Decision, DecisionFacts, Habilitation, HabilitationAuthority, HabilitationFacts,
        HabilitationStatus, Host, Jurisdiction, Matter, Outcome, Proceeding, Signatory,
    },
    kernel::{Id, Period, Record, Refusal, Term},
    partners::{HostKind, Partner, PartnerRole},
    territories::DepartementCode,
};
use uuid::Uuid;

use super::maker::{Maker, fit, refused};
use crate::{DataError, fixed_instant};

/// Where the subjects of dossiers begin, so that none is that of anything else.
const SUBJECTS: u128 = 1 << 64;
/// Five years, the length of a habilitation (Code pénitentiaire, art. R623-3).
const LENGTH: Term = Term::Months(60);

/// A dossier for each host that needs one, and each place where it is habilitated.
pub(super) fn make(partners: &[Partner], seed: u64) -> Result<Vec<Habilitation>, DataError> {
    let hosts = partners
        .iter()
        .zip(1_u128..)
        .filter(|(it, _)| needs_one(it));
    let mut dossiers = Vec::new();
    for (partner, number) in hosts {
        for (place, departement) in (0_u128..).zip(places(partner)?) {
            let subject = Uuid::from_u128(SUBJECTS + number * 100 + place);
            dossiers.push(one(seed, subject, partner, departement)?);
        }
    }
    Ok(dossiers)
}

/// Whether a partner hosts, and not by right.
pub(super) fn needs_one(partner: &Partner) -> bool {
    partner.roles.contains(&PartnerRole::TigHost) && !Host::from(partner).needs_none()
}

/// The départements of its dossiers; `None` for the whole territory.
pub(super) fn places(partner: &Partner) -> Result<Vec<Option<DepartementCode>>, DataError> {
    let seat = partner.address.commune.departement();
    Ok(match partner.host_kind {
        // A foundation of the whole territory.
        Some(HostKind::EssStatutory) => vec![None],
        // The experiment is open in some départements, of which this is one.
        Some(HostKind::SocieteAMission) => vec![Some(fit("69".parse())?)],
        _ if seat.as_str() == "33" => {
            let neighbours = ["24", "40", "47", "64"];
            let neighbours = neighbours
                .into_iter()
                .map(|code| fit(code.parse()).map(Some));
            std::iter::once(Ok(Some(seat)))
                .chain(neighbours)
                .collect::<Result<_, _>>()?
        }
        _ => vec![Some(seat)],
    })
}

fn one(
    seed: u64,
    subject: Uuid,
    partner: &Partner,
    departement: Option<DepartementCode>,
) -> Result<Habilitation, DataError> {
    let mut maker = Maker::new(seed, subject);
    let national = departement.is_none();
    let authority = if national {
        HabilitationAuthority::GardeDesSceaux
    } else {
        HabilitationAuthority::Dspip
    };
    let broken = |refusal: Refusal| DataError::refused("a demonstration dossier", vec![refusal]);
    let facts = HabilitationFacts {
        partner: partner.id,
        jurisdiction: Jurisdiction::new(authority, departement).map_err(broken)?,
        host_kind: partner.host_kind.unwrap_or(HostKind::Association),
        presentation: Some(fit("Dossier fictif, fait pour la démonstration.".parse())?),
        documents: Vec::new(),
    };
    let record = Record::created(fixed_instant());
    let dossier = Habilitation::restore(Id::new(maker.id()), record, facts, course(national)?);
    dossier.map_err(refused("dossier"))
}

/// Filed, instructed and granted, in the winter before the demonstration.
fn course(national: bool) -> Result<Course, DataError> {
    let (filed_on, opened_on, granted_on) =
        (day("2025-11-03")?, day("2025-11-17")?, day("2026-01-15")?);
    let order = national.then(|| fit("JUST2600001A".parse())).transpose()?;
    let facts = DecisionFacts {
        decided_on: granted_on,
        signatory: Signatory {
            first_name: fit("Camille".parse())?,
            last_name: fit("Exemple".parse())?,
            capacity: fit("Signataire fictif".parse())?,
        },
        order_reference: order,
    };
    let granted = Proceeding {
        matter: Matter::Grant,
        opened_on,
        opinions: Vec::new(),
        announced_on: Some(granted_on),
        lapsed_on: None,
        decision: Some(Decision {
            facts,
            outcome: Outcome::Granted(Period::lasting(granted_on, LENGTH)),
            notifications: Vec::new(),
        }),
    };
    Ok(Course {
        status: HabilitationStatus::Granted,
        filed_on: Some(filed_on),
        incompletenesses: Vec::new(),
        proceedings: vec![granted],
        changes_declared: Vec::new(),
    })
}

fn day(text: &str) -> Result<NaiveDate, DataError> {
    fit(text.parse())
}

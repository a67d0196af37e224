//! What a list says of each of its codes, besides its label.

use chrono::NaiveDate;
use data::Territories;
use domain::{
    activities::ActivityDetails,
    clients::{Role, Scope},
    establishments::VehicleSize,
    habilitations::{DocumentKind, HabilitationLaw},
    justice::{Court, ProbationService},
    kernel::Code,
    offers::{Audience, Dated, PayFloor, PenalFramework, TigHours},
    partners::{HostKind, LegalCategoryDetails},
    territories::Direction,
};

use super::payload::{CodeItemOutput, HoursBoundsOutput, RequiredForOutput};
use crate::{
    activities,
    kernel::{caller::opened_by, dates::date},
    territories::{place_of_departement, territory},
};

/// An activity, in its nomenclatures.
pub(super) fn activity(details: &ActivityDetails) -> CodeItemOutput {
    let details = activities::ActivityOutput::from(details);
    CodeItemOutput {
        family: Some(details.family),
        naf: Some(details.naf),
        rome: Some(details.rome),
        regimes: Some(details.regimes),
        nomenclature_version: Some(details.nomenclature_version),
        ..CodeItemOutput::new(details.code, details.label)
    }
}

/// A directorate, with its territory.
pub(super) fn direction(direction: Direction, territories: &Territories) -> CodeItemOutput {
    let (regions, departements) = territory(direction, territories);
    CodeItemOutput {
        short_label: Some(direction.short_label()),
        regions: Some(regions),
        departements: Some(departements),
        ..CodeItemOutput::of(direction)
    }
}

/// A role, with what it allows.
pub(super) fn role(role: Role) -> CodeItemOutput {
    let organisations = role.organisations().iter().map(|kind| kind.key());
    let scopes = role.allowed_scopes().iter().map(|scope| scope.code());
    CodeItemOutput {
        scopes: Some(scopes.collect()),
        perimeter: role.perimeter_kind().key(),
        organisations: Some(organisations.collect()),
        ..CodeItemOutput::of(role)
    }
}

/// A scope, with what it opens.
pub(super) fn scope(scope: Scope) -> CodeItemOutput {
    CodeItemOutput {
        operations: Some(opened_by(scope)),
        ..CodeItemOutput::of(scope)
    }
}

/// A court, with where it sits.
pub(super) fn court(court: &'static Court, territories: &Territories) -> CodeItemOutput {
    let departement = place_of_departement(territories, &court.departement);
    CodeItemOutput {
        departements: Some(vec![departement]),
        ..CodeItemOutput::new(court.code.as_str(), &court.label)
    }
}

/// A service of probation, with where it serves.
pub(super) fn probation_service(
    service: &'static ProbationService,
    territories: &Territories,
) -> CodeItemOutput {
    let served = service.departements.iter();
    let departements = served.map(|code| place_of_departement(territories, code));
    CodeItemOutput {
        departements: Some(departements.collect()),
        ..CodeItemOutput::new(service.code.as_str(), &service.label)
    }
}

/// A document of a dossier, with the requests that hold it on a day.
pub(super) fn document_kind(
    kind: DocumentKind,
    law: &HabilitationLaw,
    day: NaiveDate,
) -> CodeItemOutput {
    let rules = law.rows().documents.iter();
    let asking = rules.filter(|rule| rule.document.kind == kind && rule.validity.holds(day));
    CodeItemOutput {
        required_for: Some(asking.map(RequiredForOutput::from).collect()),
        ..CodeItemOutput::of(kind)
    }
}

/// A kind of host, with whether it needs a habilitation.
pub(super) fn host_kind(kind: HostKind) -> CodeItemOutput {
    CodeItemOutput {
        habilitation_required: Some(kind.habilitation().word()),
        ..CodeItemOutput::of(kind)
    }
}

/// A legal category, with its level.
pub(super) fn legal_category(details: &'static LegalCategoryDetails) -> CodeItemOutput {
    let LegalCategoryDetails { category, label } = details;
    CodeItemOutput {
        level: Some(category.level().into()),
        public_law: Some(category.is_public_law()),
        ..CodeItemOutput::new(category.as_str(), label)
    }
}

/// A class of work, with its least pay.
pub(super) fn pay_class(floor: &Dated<PayFloor>) -> CodeItemOutput {
    let Dated {
        validity,
        article,
        source: _,
        value,
    } = floor;
    CodeItemOutput {
        min_smic_percent: Some(value.min_smic_percent.get()),
        article: Some(article.clone()),
        from: validity.from().map(date),
        until: validity.until().map(date),
        ..CodeItemOutput::of(value.class)
    }
}

/// A penal framework, with what it allows each audience on a day; `None` when nothing is known of
/// it that day.
pub(super) fn tig_hours(
    framework: PenalFramework,
    hours: &TigHours,
    day: NaiveDate,
) -> Option<CodeItemOutput> {
    let audiences = Audience::all().iter();
    let bounds: Vec<_> = audiences
        .filter_map(|audience| hours.on(framework, *audience, day))
        .map(HoursBoundsOutput::from)
        .collect();
    (!bounds.is_empty()).then(|| CodeItemOutput {
        hours: Some(bounds),
        ..CodeItemOutput::of(framework)
    })
}

/// A size of vehicle, with its rank.
pub(super) fn vehicle_size(size: VehicleSize) -> CodeItemOutput {
    CodeItemOutput {
        rank: Some(size.rank()),
        ..CodeItemOutput::of(size)
    }
}

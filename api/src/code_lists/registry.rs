//! Which lists there are, and what is said of each code.

use chrono::NaiveDate;
use data::Reference;
use domain::{
    activities::{Activity, ActivityFamily, WorkRegime},
    audit::AuditAction,
    changes::EventType,
    clients::{ClientStatus, MagistrateFunction, Role, Scope},
    contacts::{ContactPurpose, ContactReason},
    establishments::{
        ContactRole, DockKind, Equipment, EstablishmentKind, EstablishmentStatus, Management,
        VehicleSize, ZoneKind, ZoneStatus,
    },
    habilitations::{
        DocumentKind, HabilitationAuthority, HabilitationStatus, NotificationRecipient,
        OpinionGiver, OpinionOutcome, RefusalReason, WithdrawalReason,
    },
    holds::HoldStatus,
    justice::{Court, ProbationService},
    kernel::{Code, CodeList, Day, GeoPrecision, RefusalCode},
    offers::{
        Audience, CheckRule, ContractKind, Diffusion, FixedTermReason, LineOutcome,
        MedicalExamTrigger, ModerationReason, OfferKind, OfferRefusalReason, OfferStatus, PayClass,
        PenalFramework, PublicationReason, SuspensionOrigin, SuspensionReason, SyncStatus,
        TigField, TigForm, TigMeasure, TimeSlot,
    },
    partners::{HostKind, LegalCategory, LegalLevel, PartnerKind, PartnerRole},
    territories::Direction,
};

use super::{
    items::{
        activity, court, direction, document_kind, host_kind, legal_category, probation_service,
        role, scope, vehicle_size,
    },
    payload::CodeItemOutput,
};
use crate::{activities, kernel::page::Source};

/// A list that is served.
pub(super) struct Served {
    /// What is said of it as a whole.
    pub(super) list: CodeList,
    /// Where it comes from.
    pub(super) source: fn() -> Source,
    /// Its codes.
    pub(super) items: fn(&'static Reference) -> Vec<CodeItemOutput>,
}

/// The lists, in the order of their names.
pub(super) static LISTS: &[Served] = &[
    Served {
        list: Activity::LIST,
        source: activities::source,
        items: |reference| reference.activities().all().iter().map(activity).collect(),
    },
    plain::<ActivityFamily>(),
    of_law::<Audience>(),
    plain::<AuditAction>(),
    plain::<CheckRule>(),
    Served {
        list: Role::LIST,
        source: agency,
        items: |_| Role::all().iter().map(|it| role(*it)).collect(),
    },
    plain::<ClientStatus>(),
    plain::<ContactPurpose>(),
    plain::<ContactReason>(),
    plain::<ContactRole>(),
    of_law::<ContractKind>(),
    Served {
        list: Court::LIST,
        source: ministry,
        items: |reference| {
            let all = reference.justice().courts().iter();
            all.map(|it| court(it, reference.territories())).collect()
        },
    },
    plain::<Day>(),
    plain::<Diffusion>(),
    Served {
        list: Direction::LIST,
        source: law,
        items: |reference| {
            let all = Direction::all().iter();
            all.map(|it| direction(*it, reference.territories()))
                .collect()
        },
    },
    plain::<DockKind>(),
    of_law::<EstablishmentKind>(),
    plain::<EstablishmentStatus>(),
    plain::<EventType>(),
    of_law::<FixedTermReason>(),
    plain::<GeoPrecision>(),
    of_law::<HabilitationAuthority>(),
    Served {
        list: DocumentKind::LIST,
        source: law,
        items: |reference| {
            let law = reference.habilitation_law();
            let all = DocumentKind::all().iter();
            all.map(|it| document_kind(*it, law)).collect()
        },
    },
    plain::<RefusalReason>(),
    plain::<HabilitationStatus>(),
    plain::<WithdrawalReason>(),
    plain::<HoldStatus>(),
    Served {
        list: HostKind::LIST,
        source: law,
        items: |_| {
            HostKind::all()
                .iter()
                .map(|kind| host_kind(*kind))
                .collect()
        },
    },
    Served {
        list: LegalCategory::LIST,
        source: insee,
        items: |reference| {
            let all = reference.legal_categories().all().iter();
            all.map(legal_category).collect()
        },
    },
    Served {
        list: LegalLevel::LIST,
        source: insee,
        items: items::<LegalLevel>,
    },
    plain::<LineOutcome>(),
    plain::<MagistrateFunction>(),
    of_law::<Management>(),
    of_law::<MedicalExamTrigger>(),
    plain::<ModerationReason>(),
    of_law::<NotificationRecipient>(),
    plain::<OfferKind>(),
    plain::<OfferRefusalReason>(),
    plain::<OfferStatus>(),
    of_law::<OpinionGiver>(),
    plain::<OpinionOutcome>(),
    plain::<PartnerKind>(),
    plain::<PartnerRole>(),
    of_law::<PayClass>(),
    plain::<PenalFramework>(),
    Served {
        list: ProbationService::LIST,
        source: procedure,
        items: |reference| {
            let all = reference.justice().probation_services().iter();
            all.map(|it| probation_service(it, reference.territories()))
                .collect()
        },
    },
    plain::<PublicationReason>(),
    plain::<RefusalCode>(),
    Served {
        list: Scope::LIST,
        source: agency,
        items: |_| Scope::all().iter().map(|it| scope(*it)).collect(),
    },
    of_law::<SuspensionOrigin>(),
    plain::<SuspensionReason>(),
    plain::<SyncStatus>(),
    plain::<TigField>(),
    of_law::<TigForm>(),
    plain::<TigMeasure>(),
    plain::<TimeSlot>(),
    Served {
        list: VehicleSize::LIST,
        source: agency,
        items: |_| {
            VehicleSize::all()
                .iter()
                .map(|size| vehicle_size(*size))
                .collect()
        },
    },
    of_law::<WorkRegime>(),
    plain::<Equipment>(),
    plain::<ZoneKind>(),
    plain::<ZoneStatus>(),
];

/// The list that has this name.
pub(super) fn find(name: &str) -> Option<&'static Served> {
    LISTS.iter().find(|served| served.list.name == name)
}

/// A list of codes and labels, which the agency keeps.
const fn plain<C: Code>() -> Served {
    Served {
        list: C::LIST,
        source: agency,
        items: items::<C>,
    }
}

/// A list of codes and labels, which the law sets.
const fn of_law<C: Code>() -> Served {
    Served {
        list: C::LIST,
        source: law,
        items: items::<C>,
    }
}

fn items<C: Code>(_: &'static Reference) -> Vec<CodeItemOutput> {
    C::all()
        .iter()
        .map(|code| CodeItemOutput::of(*code))
        .collect()
}

fn agency() -> Source {
    Source::open_licence("ATIGIP", None)
}

fn law() -> Source {
    Source::open_licence("Code pénitentiaire", None)
}

fn ministry() -> Source {
    Source {
        name: "Ministère de la Justice, liste des juridictions publiée avec A-JUST (avril 2023)",
        licence: "EUPL-1.2",
        licence_url: "https://eupl.eu/1.2/en/",
        as_of: None,
    }
}

fn procedure() -> Source {
    let in_force = NaiveDate::from_ymd_opt(2015, 4, 11);
    Source::open_licence("Code de procédure pénale, art. A44", in_force)
}

fn insee() -> Source {
    Source::open_licence("INSEE", None)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// The names that follow `code_list! {` in the sources of the domain.
    fn declared(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                declared(&path, names);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let lines = source.lines().filter(|line| line.starts_with("    pub "));
            let listed =
                lines.filter(|line| line.contains(", closed, ") || line.contains(", open, "));
            names.extend(
                listed
                    .filter_map(|line| line.split('"').nth(1))
                    .map(str::to_owned),
            );
        }
    }

    #[test]
    fn every_list_of_the_domain_is_served() {
        let mut names = BTreeSet::new();
        let domain = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src");
        declared(Path::new(domain), &mut names);
        assert!(names.contains("zone-statuses"), "the sources are read");
        // The codes of these are tables.
        let tables = [LegalCategory::LIST, Court::LIST, ProbationService::LIST];
        names.extend(tables.map(|list| list.name.to_owned()));
        let served = LISTS.iter().map(|served| served.list.name);
        assert!(served.clone().is_sorted(), "in the order of their names");
        assert_eq!(served.map(str::to_owned).collect::<BTreeSet<_>>(), names);
    }

    #[test]
    fn every_list_that_the_contract_names_is_served() {
        let contract = crate::openapi::document().to_string();
        let cited = contract.split("/v1/code-lists/").skip(1);
        let names = cited.map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
            rest.split_at(end.unwrap_or(rest.len())).0
        });
        for name in names.filter(|name| !name.is_empty()) {
            assert!(find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_code_has_the_form_that_the_contract_tells() {
        let reference = Reference::get().unwrap();
        let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.:-".contains(c);
        for served in LISTS {
            for item in (served.items)(reference) {
                let fits = item.code.chars().all(form) && item.code.len() <= 60;
                assert!(fits, "{}: {}", served.list.name, item.code);
                assert!(item.label.chars().count() <= 300, "{}", item.code);
            }
        }
    }

    #[test]
    fn a_document_comes_with_the_requests_that_hold_it() {
        let documents = find("habilitation-documents").unwrap();
        let documents = (documents.items)(Reference::get().unwrap());
        let extract = documents.iter().find(|it| it.code == "kbis_ess").unwrap();
        let required = extract.required_for.as_ref().unwrap();
        assert_eq!(required[0].younger_than.as_deref(), Some("P3M"));
        assert!(documents.iter().all(|it| it.required_for.is_some()));
    }

    #[test]
    fn codes_come_with_the_fields_of_their_list() {
        let reference = Reference::get().unwrap();
        let items = |name: &str| (find(name).unwrap().items)(reference);
        let sizes = items("vehicle-sizes");
        assert!(sizes.iter().map(|item| item.rank).eq((1..=5).map(Some)));
        let directions = items("directions");
        let overseas = directions
            .iter()
            .find(|item| item.code == "outre_mer")
            .unwrap();
        assert_eq!(overseas.short_label.as_deref(), Some("DSPOM"));
        assert_eq!(overseas.regions.as_ref().map(Vec::len), Some(13));
        let courts = items("courts");
        let bordeaux = courts.iter().find(|item| item.code == "100094").unwrap();
        assert_eq!(bordeaux.label, "Tribunal judiciaire de Bordeaux");
        assert_eq!(bordeaux.departements.as_ref().unwrap()[0].name, "Gironde");
        let roles = items("client-roles");
        let direction = roles.iter().find(|item| item.code == "direction").unwrap();
        assert_eq!(direction.perimeter, Some("direction"));
        assert_eq!(direction.organisations.as_deref(), Some(&["direction"][..]));
        assert!(
            direction
                .scopes
                .as_ref()
                .unwrap()
                .contains(&"establishments:write")
        );
        let scopes = items("scopes");
        let admin = scopes
            .iter()
            .find(|item| item.code == "clients:admin")
            .unwrap();
        assert!(admin.operations.as_ref().unwrap().contains(&"createClient"));
        let services = items("probation-services");
        assert!(services.iter().all(|item| item.departements.is_some()));
        let activities = items("activities");
        assert_eq!(activities.len(), 31);
        assert!(
            activities
                .iter()
                .all(|item| item.family.is_some() && item.naf.is_some())
        );
        let hosts = items("host-kinds");
        let needs: BTreeSet<_> = hosts.iter().map(|it| it.habilitation_required).collect();
        assert_eq!(
            needs.into_iter().flatten().collect::<Vec<_>>(),
            ["no", "special", "yes"]
        );
        let categories = items("legal-categories");
        let commune = categories.iter().find(|it| it.code == "7210").unwrap();
        assert_eq!(commune.level.map(|level| level.code), Some("7"));
        assert_eq!(commune.public_law, Some(true));
        for served in LISTS {
            let items = (served.items)(reference);
            let codes: BTreeSet<_> = items.iter().map(|item| item.code).collect();
            assert_eq!(codes.len(), items.len(), "{}", served.list.name);
            assert!(items.iter().all(|item| !item.label.is_empty()));
        }
    }
}

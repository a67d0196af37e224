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
    matches::MatchOutcome,
    offers::{
        Audience, CheckRule, ContractKind, Diffusion, FixedTermReason, LineOutcome,
        MedicalExamTrigger, ModerationReason, OfferKind, OfferRefusalReason, OfferStatus, PayClass,
        PenalFramework, PublicationReason, SuspensionOrigin, SuspensionReason, SyncStatus,
        TigField, TigForm, TigHours, TigMeasure, TimeSlot,
    },
    partners::{HostKind, LegalCategory, LegalLevel, PartnerKind, PartnerRole},
    suggestions::SuggestionKind,
    territories::Direction,
};

use super::{
    items::{
        activity, court, direction, document_kind, host_kind, legal_category, pay_class,
        probation_service, role, scope, tig_hours, vehicle_size,
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
    /// Its codes, and what is in force of them on a day.
    pub(super) items: fn(&'static Reference, NaiveDate) -> Vec<CodeItemOutput>,
}

/// The lists, in the order of their names.
pub(super) static LISTS: &[Served] = &[
    Served {
        list: Activity::LIST,
        source: activities::source,
        items: |reference, _| reference.activities().all().iter().map(activity).collect(),
    },
    plain::<ActivityFamily>(),
    of_law::<Audience>(),
    plain::<AuditAction>(),
    plain::<CheckRule>(),
    Served {
        list: Role::LIST,
        source: agency,
        items: |_, _| Role::all().iter().map(|it| role(*it)).collect(),
    },
    plain::<ClientStatus>(),
    plain::<ContactPurpose>(),
    plain::<ContactReason>(),
    plain::<ContactRole>(),
    of_law::<ContractKind>(),
    Served {
        list: Court::LIST,
        source: ministry,
        items: |reference, _| {
            let all = reference.justice().courts().iter();
            all.map(|it| court(it, reference.territories())).collect()
        },
    },
    plain::<Day>(),
    plain::<Diffusion>(),
    Served {
        list: Direction::LIST,
        source: law,
        items: |reference, _| {
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
        items: |reference, day| {
            let law = reference.habilitation_law();
            let all = DocumentKind::all().iter();
            all.map(|it| document_kind(*it, law, day)).collect()
        },
    },
    plain::<RefusalReason>(),
    plain::<HabilitationStatus>(),
    plain::<WithdrawalReason>(),
    plain::<HoldStatus>(),
    Served {
        list: HostKind::LIST,
        source: law,
        items: |_, _| {
            HostKind::all()
                .iter()
                .map(|kind| host_kind(*kind))
                .collect()
        },
    },
    Served {
        list: LegalCategory::LIST,
        source: insee,
        items: |reference, _| {
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
    plain::<MatchOutcome>(),
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
    Served {
        list: PayClass::LIST,
        source: law,
        items: |reference, day| {
            let floors = &reference.offer_law().pay_floors;
            let all = PayClass::all().iter();
            all.filter_map(|class| floors.on(*class, day).map(pay_class))
                .collect()
        },
    },
    plain::<PenalFramework>(),
    Served {
        list: ProbationService::LIST,
        source: procedure,
        items: |reference, _| {
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
        items: |_, _| Scope::all().iter().map(|it| scope(*it)).collect(),
    },
    plain::<SuggestionKind>(),
    of_law::<SuspensionOrigin>(),
    plain::<SuspensionReason>(),
    plain::<SyncStatus>(),
    plain::<TigField>(),
    of_law::<TigForm>(),
    Served {
        list: TigHours::LIST,
        source: law,
        items: |reference, day| {
            let hours = &reference.offer_law().tig_hours;
            let all = PenalFramework::all().iter();
            all.filter_map(|framework| tig_hours(*framework, hours, day))
                .collect()
        },
    },
    plain::<TigMeasure>(),
    plain::<TimeSlot>(),
    Served {
        list: VehicleSize::LIST,
        source: agency,
        items: |_, _| {
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

fn items<C: Code>(_: &'static Reference, _: NaiveDate) -> Vec<CodeItemOutput> {
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
mod tests;

//! What the author of an offer writes according to its kind; a field of another kind is refused.

use std::collections::BTreeSet;

use domain::{
    activities::{Activity, RomeCode, WorkRegime},
    establishments::Establishment,
    kernel::{Code, Id, Percent, Period, RefusalCode, Text, TransportM},
    offers::{
        Certification, ContractKind, Details, Employment, EmploymentFacts, FixedTermReason,
        OfferKind, Pay, PayClass, Tig, TigFacts, TigField, TigForm, TigRestricted, Training,
        TrainingFacts,
    },
    territories::RegionCode,
};

use super::input::{Reading, all_codes};
use crate::{
    kernel::body::{Fields, Node, Value},
    partners::payload::read_contact,
};

/// The fields of a post of community service.
const OF_TIG: [&str; 14] = [
    "measures",
    "form",
    "field",
    "audiences",
    "slots",
    "step_free",
    "transport_m",
    "licence_needed",
    "vehicle_needed",
    "particular_risks",
    "care_establishment",
    "formative_character",
    "host_named",
    "exclusions",
];
/// Its other one, apart for the width of the array.
const SUPERVISOR: &str = "supervisor";
/// The fields of a job.
const OF_EMPLOYMENT: [&str; 7] = [
    "establishment",
    "regime",
    "activity",
    "rome",
    "pay",
    "contract_kind",
    "fixed_term_reason",
];
/// The fields of a training.
const OF_TRAINING: [&str; 6] = [
    "establishment",
    "region",
    "certification",
    "activity",
    "rome",
    "session",
];

/// The most occupations that are read of a training; the domain says how many it may have.
const MOST_ROME: usize = 100;

/// What depends on the kind; without a kind, nothing more is told of these fields.
pub(super) fn read_details(
    fields: &mut Fields<'_>,
    kind: Option<OfferKind>,
    body: &Value<'_>,
    reading: Reading<'_>,
) -> Option<Details> {
    refuse_others(fields, kind, body);
    match kind? {
        OfferKind::Tig => read_tig(fields).map(Details::Tig),
        OfferKind::Employment => read_employment(fields, reading).map(Details::Employment),
        OfferKind::Training => read_training(fields, reading).map(Details::Training),
    }
}

/// Refuses the fields of other kinds.
fn refuse_others(fields: &mut Fields<'_>, kind: Option<OfferKind>, body: &Value<'_>) {
    let own: &[&str] = match kind {
        Some(OfferKind::Tig) => &OF_TIG,
        Some(OfferKind::Employment) => &OF_EMPLOYMENT,
        Some(OfferKind::Training) => &OF_TRAINING,
        None => &[],
    };
    let names = OF_TIG
        .into_iter()
        .chain([SUPERVISOR])
        .chain(OF_EMPLOYMENT)
        .chain(OF_TRAINING);
    let mut told = BTreeSet::new();
    for name in names {
        let mine = own.contains(&name) || kind == Some(OfferKind::Tig) && name == SUPERVISOR;
        if mine || !body.has(name) || !told.insert(name) {
            continue;
        }
        fields.ignore(name);
        if let Some(kind) = kind {
            let detail = format!("an offer of the kind {} has no such field", kind.code());
            fields.refuse(name, RefusalCode::NotAllowedHere, detail);
        }
    }
}

fn read_tig(fields: &mut Fields<'_>) -> Option<Tig> {
    let measures = fields.required("measures", |value| all_codes(&value));
    let form: Option<TigForm> = fields.required("form", |value| value.coded());
    let field: Option<TigField> = fields.required("field", |value| value.coded());
    let audiences = fields.required("audiences", |value| all_codes(&value));
    let slots = fields.required("slots", |value| all_codes(&value));
    let step_free = fields.optional("step_free", |value| value.bool());
    let transport_m = fields.optional("transport_m", |value| value.whole(TransportM::new));
    let licence_needed = fields.required("licence_needed", |value| value.bool());
    let vehicle_needed = fields.required("vehicle_needed", |value| value.bool());
    let particular_risks = fields.required("particular_risks", |value| value.bool());
    let care_establishment = fields.required("care_establishment", |value| value.bool());
    let formative_character: Option<Text<2000>> =
        fields.optional("formative_character", |value| value.parsed());
    let host_named = fields.required("host_named", |value| value.bool());
    let supervisor = fields.optional("supervisor", |value| read_contact(&value));
    let exclusions: Option<Text<2000>> = fields.optional("exclusions", |value| value.parsed());
    let facts = TigFacts {
        measures: BTreeSet::from_iter(measures?),
        form: form?,
        field: field?,
        audiences: BTreeSet::from_iter(audiences?),
        slots: BTreeSet::from_iter(slots?),
        step_free,
        transport_m,
        licence_needed: licence_needed?,
        vehicle_needed: vehicle_needed?,
        particular_risks: particular_risks?,
        care_establishment: care_establishment?,
        formative_character,
        host_named: host_named?,
    };
    let restricted = TigRestricted {
        supervisor,
        exclusions,
    };
    fields.check(Tig::new(facts, restricted))
}

fn read_employment(fields: &mut Fields<'_>, reading: Reading<'_>) -> Option<Employment> {
    let establishment =
        fields.required("establishment", |value| read_establishment(&value, reading));
    let regime: Option<WorkRegime> = fields.required("regime", |value| value.coded());
    let activity: Option<Activity> = fields.required("activity", |value| value.coded());
    let rome: Option<RomeCode> = fields.required("rome", |value| value.parsed());
    let pay = fields.required("pay", |value| {
        value.object(|fields| {
            let class: Option<PayClass> = fields.required("class", |value| value.coded());
            let percent = fields.required("smic_percent", |value| value.decimal(Percent::new));
            Some(Pay {
                class: class?,
                smic_percent: percent?,
            })
        })
    });
    let contract: Option<ContractKind> = fields.required("contract_kind", |value| value.coded());
    let fixed_term_reason: Option<FixedTermReason> =
        fields.optional("fixed_term_reason", |value| value.coded());
    let facts = EmploymentFacts {
        establishment: establishment?,
        regime: regime?,
        activity: activity?,
        rome: rome?,
        pay: pay?,
        contract: contract?,
        fixed_term_reason,
    };
    fields.check(Employment::new(facts))
}

fn read_training(fields: &mut Fields<'_>, reading: Reading<'_>) -> Option<Training> {
    let establishment =
        fields.optional("establishment", |value| read_establishment(&value, reading));
    let region = fields.required("region", |value| read_region(&value, reading));
    let certification = fields.optional("certification", |value| {
        value.object(|fields| {
            let title = fields.required("title", |value| value.parsed());
            let code = fields.optional("code", |value| value.parsed());
            Some(Certification {
                title: title?,
                code,
            })
        })
    });
    let activity: Option<Activity> = fields.optional("activity", |value| value.coded());
    let rome: Option<Vec<RomeCode>> = fields.required("rome", |value| {
        value.list(MOST_ROME, |value| value.parsed())
    });
    let session = fields.optional("session", |value| {
        value.object(|fields| {
            let first = fields.required("starts_on", |value| value.date());
            let last = fields.required("ends_on", |value| value.date());
            let session = Period::new(first?, last?);
            if session.is_err() {
                let detail = "a session ends on the day it starts, or later";
                fields.refuse("ends_on", RefusalCode::Order, detail);
            }
            session.ok()
        })
    });
    let facts = TrainingFacts {
        establishment,
        region: region?,
        certification,
        activity,
        rome: rome?,
        session,
    };
    fields.check(Training::new(facts))
}

fn read_establishment(value: &Value<'_>, reading: Reading<'_>) -> Option<Id<Establishment>> {
    let name = value.text()?;
    (reading.establishment)(name).or_else(|| {
        value.refuse(
            RefusalCode::NotFound,
            "no establishment has this id or this slug",
        )
    })
}

/// A region, bare or as it is written out: with its name, which says nothing new.
fn read_region(value: &Value<'_>, reading: Reading<'_>) -> Option<RegionCode> {
    let code: RegionCode = match value.node() {
        Node::Object(_) => value.object(|fields| {
            fields.ignore("name");
            fields.required("code", |code| code.parsed())
        }),
        _ => value.parsed(),
    }?;
    if reading.reference.territories().region(&code).is_none() {
        let detail = format!("{code} is no region of France");
        return value.refuse(RefusalCode::NotFound, detail);
    }
    Some(code)
}

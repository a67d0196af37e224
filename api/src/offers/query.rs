//! The filters that offers alone have.

use domain::{
    activities::{Activity, RomeCode, WorkRegime},
    offers::{Audience, ContractKind, OfferKind, TigField, TigForm, TigMeasure, TimeSlot},
    partners::HostKind,
};
use search::{Clause, FacetId, Filter};
use uuid::Uuid;

use super::{document::number_of, fields::Fields};
use crate::{
    catalogue::{Catalogue, codes, filters::any_of},
    kernel::{params::Params, problem::Fault, text::Text},
};

/// Reads them; what is wrong is remembered by `params`.
pub(super) fn filter(params: &mut Params, catalogue: &Catalogue, fields: &Fields) -> Filter {
    let mut clauses = any_of_codes(params, fields);
    clauses.extend(all_of_codes(params, fields));
    clauses.extend(booleans(params, fields));
    clauses.extend(references(params, catalogue, fields));
    clauses.extend(numbers(params, fields));
    clauses.extend(days(params, fields));
    Filter {
        clauses,
        parts: Vec::new(),
    }
}

fn any_of_codes(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let tig = &fields.tig;
    let lists = [
        (fields.kind, codes(&params.codes::<OfferKind>("kind"))),
        (tig.field, codes(&params.codes::<TigField>("field"))),
        (
            fields.activity,
            codes(&params.codes::<Activity>("activity")),
        ),
        (tig.form, codes(&params.codes::<TigForm>("form"))),
        (tig.measure, codes(&params.codes::<TigMeasure>("measure"))),
        (tig.audience, codes(&params.codes::<Audience>("audience"))),
        (tig.slot, codes(&params.codes::<TimeSlot>("slot"))),
        (tig.host_kind, codes(&params.codes::<HostKind>("host_kind"))),
        (fields.regime, codes(&params.codes::<WorkRegime>("regime"))),
        (
            fields.contract_kind,
            codes(&params.codes::<ContractKind>("contract_kind")),
        ),
    ];
    lists
        .into_iter()
        .filter_map(|(field, codes)| any_of(field, codes))
        .collect()
}

fn all_of_codes(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let all = &fields.tig.all;
    let lists = [
        (
            all.measure,
            codes(&params.codes::<TigMeasure>("measure_all")),
        ),
        (
            all.audience,
            codes(&params.codes::<Audience>("audience_all")),
        ),
        (all.slot, codes(&params.codes::<TimeSlot>("slot_all"))),
    ];
    lists
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(field, codes)| Clause::AllOf(field, codes))
        .collect()
}

fn booleans(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let tig = &fields.tig;
    let asked: [(FacetId, &'static str); 6] = [
        (tig.step_free, "step_free"),
        (tig.licence_needed, "licence_needed"),
        (tig.vehicle_needed, "vehicle_needed"),
        (tig.particular_risks, "particular_risks"),
        (tig.care_establishment, "care_establishment"),
        (fields.permanent, "permanent"),
    ];
    asked
        .into_iter()
        .filter_map(|(field, name)| {
            let value = params.boolean(name)?;
            Some(Clause::AnyOf(field, vec![value.to_string()]))
        })
        .collect()
}

/// Partners by id, establishments by id or slug, occupations by code.
fn references(params: &mut Params, catalogue: &Catalogue, fields: &Fields) -> Vec<Clause> {
    let ids = Text::new(
        "identifiers (UUID), separated by commas",
        "des identifiants (UUID), séparés par des virgules",
    );
    let partners = params.each(
        "partner",
        Fault::Format,
        || ids,
        |id| Uuid::try_parse(id).ok().map(|id| id.to_string()),
    );
    let known = Text::new(
        "ids or slugs of establishments, separated by commas",
        "des identifiants ou des noms stables d'établissements, séparés par des virgules",
    );
    let prisons = params.each(
        "establishment",
        Fault::Code,
        || known,
        |name| {
            let found = catalogue.establishments().find(name)?;
            Some(found.establishment.id.to_string())
        },
    );
    let form = Text::new(
        "codes of the ROME such as H3301, separated by commas",
        "des codes ROME comme H3301, séparés par des virgules",
    );
    let occupations = params.each(
        "rome",
        Fault::Format,
        || form,
        |code| code.parse::<RomeCode>().ok().map(|code| code.to_string()),
    );
    let lists = [
        (fields.partner, partners),
        (fields.establishment, prisons),
        (fields.rome, occupations),
    ];
    lists
        .into_iter()
        .filter_map(|(field, codes)| any_of(field, codes))
        .collect()
}

fn numbers(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let numbers = &fields.numbers;
    let whole = |number: i64| i32::try_from(number).ok().map(f64::from);
    let transport = params.integer("max_transport_m", 0..=50_000);
    let places = params.integer("min_places", 1..=10_000);
    let min_hours = params.number("min_hours", 0.0..=48.0);
    let max_hours = params.number("max_hours", 0.0..=48.0);
    if min_hours.zip(max_hours).is_some_and(|(min, max)| min > max) {
        let detail = Text::new(
            "max_hours is not smaller than min_hours",
            "max_hours n'est pas inférieur à min_hours",
        );
        params.refuse("max_hours", Fault::Order, detail);
    }
    let hours = min_hours.or(max_hours);
    let clauses = [
        transport.map(|most| Clause::Range(numbers.transport_m, None, whole(most))),
        places.map(|least| Clause::Range(numbers.places_left, whole(least), None)),
        hours.map(|_| Clause::Range(numbers.hours_per_week, min_hours, max_hours)),
    ];
    clauses.into_iter().flatten().collect()
}

/// An offer that is permanent has no last day, and one without a first day holds from the start.
fn days(params: &mut Params, fields: &Fields) -> Vec<Clause> {
    let numbers = &fields.numbers;
    let from = params.date("available_from");
    let until = params.date("available_until");
    let clauses = [
        from.map(|day| Clause::Range(numbers.ends, Some(number_of(day)), None)),
        until.map(|day| Clause::Range(numbers.starts, None, Some(number_of(day)))),
    ];
    clauses.into_iter().flatten().collect()
}

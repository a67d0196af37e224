//! An offer as a row of CSV: flat columns, bare codes, lists joined by `;`.

use super::{
    card::OfferCard,
    feature::{OfferProperties, TigProperties, WorkProperties},
};
use crate::kernel::cells::{guard, plain, text};

/// The columns of a row, in order.
pub const CSV_COLUMNS: [&str; 49] = [
    "id",
    "title",
    "description",
    "kind",
    "kind_label",
    "diffusion",
    "partner_name",
    "host_kind",
    "measures",
    "form",
    "field",
    "field_label",
    "audiences",
    "slots",
    "step_free",
    "transport_m",
    "licence_needed",
    "vehicle_needed",
    "establishment",
    "establishment_name",
    "regime",
    "activity",
    "activity_label",
    "rome",
    "contract_kind",
    "commune",
    "commune_name",
    "departement",
    "departement_name",
    "region",
    "region_name",
    "direction",
    "direction_label",
    "lat",
    "lon",
    "precision",
    "starts_on",
    "ends_on",
    "permanent",
    "places",
    "places_left",
    "hours_per_week",
    "published_at",
    "last_confirmed_at",
    "demo",
    "version",
    "created_at",
    "updated_at",
    "url",
];

/// The cells of a card, one for each of [`CSV_COLUMNS`], text cells guarded.
#[must_use]
pub fn csv_row(card: &OfferCard) -> Vec<String> {
    let facts = card.facts();
    let position = facts.position.as_ref();
    let flat = OfferProperties::from(card.clone());
    let mut row = vec![
        facts.id.clone(),
        guard(&flat.title),
        guard(&facts.description),
        flat.kind.to_owned(),
        guard(flat.kind_label),
        flat.diffusion.to_owned(),
        text(flat.partner_name.as_ref()),
    ];
    row.extend(of_tig(&flat.tig));
    row.extend(of_work(&flat.work));
    row.extend(places(&flat));
    row.extend([
        text(facts.direction.map(|it| it.label).as_ref()),
        plain(position.map(|position| position.lat)),
        plain(position.map(|position| position.lon)),
        plain(flat.precision),
        plain(flat.starts_on.as_ref()),
        plain(flat.ends_on.as_ref()),
        facts.permanent.to_string(),
        flat.places.to_string(),
        flat.places_left.to_string(),
        plain(flat.hours_per_week),
        plain(flat.published_at.as_ref()),
        plain(facts.last_confirmed_at.as_ref()),
        flat.demo.to_string(),
        facts.version.to_string(),
        facts.created_at.clone(),
        facts.updated_at.clone(),
        flat.url,
    ]);
    row
}

fn of_tig(tig: &TigProperties) -> [String; 11] {
    let list = |codes: Option<&Vec<&str>>| codes.map(|it| it.join(";")).unwrap_or_default();
    [
        plain(tig.host_kind),
        list(tig.measures.as_ref()),
        plain(tig.form),
        plain(tig.field),
        text(tig.field_label.as_ref()),
        list(tig.audiences.as_ref()),
        list(tig.slots.as_ref()),
        plain(tig.step_free),
        plain(tig.transport_m),
        plain(tig.licence_needed),
        plain(tig.vehicle_needed),
    ]
}

fn of_work(work: &WorkProperties) -> [String; 7] {
    [
        plain(work.establishment.as_ref()),
        text(work.establishment_name.as_ref()),
        plain(work.regime),
        plain(work.activity),
        text(work.activity_label.as_ref()),
        work.rome
            .as_ref()
            .map(|it| it.join(";"))
            .unwrap_or_default(),
        plain(work.contract_kind),
    ]
}

fn places(flat: &OfferProperties) -> [String; 7] {
    [
        flat.commune.clone(),
        guard(&flat.commune_name),
        flat.departement.clone(),
        guard(&flat.departement_name),
        flat.region.clone(),
        guard(&flat.region_name),
        plain(flat.direction),
    ]
}

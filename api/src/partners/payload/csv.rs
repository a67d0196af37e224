//! A partner as a row of CSV: flat columns, bare codes, lists joined by `;`.

use super::card::{PartnerCard, PartnerFactsOutput, PartnerTerritories};
use crate::kernel::cells::{guard, plain, text};

/// The columns of a row, in order.
pub const CSV_COLUMNS: [&str; 29] = [
    "id",
    "name",
    "kind",
    "kind_label",
    "roles",
    "host_kind",
    "siret",
    "siren",
    "rna",
    "local_register",
    "legal_category",
    "legal_category_label",
    "legal_level",
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
    "demo",
    "version",
    "created_at",
    "updated_at",
    "url",
];

/// The cells of a card, one for each of [`CSV_COLUMNS`], text cells guarded.
#[must_use]
pub fn csv_row(card: &PartnerCard) -> Vec<String> {
    let PartnerCard {
        facts,
        address,
        distance_km: _,
    } = card;
    let position = facts.position.as_ref();
    let mut row = identity(facts);
    row.extend(places(address));
    row.extend([
        plain(facts.direction.map(|it| it.code)),
        text(facts.direction.map(|it| it.label).as_ref()),
        plain(position.map(|position| position.lat)),
        plain(position.map(|position| position.lon)),
        plain(position.map(|position| position.precision)),
        facts.demo.to_string(),
        facts.version.to_string(),
        facts.created_at.clone(),
        facts.updated_at.clone(),
        facts.url.clone(),
    ]);
    row
}

fn identity(facts: &PartnerFactsOutput) -> Vec<String> {
    let roles: Vec<&str> = facts.roles.iter().map(|role| role.code).collect();
    let category = facts.legal_category.as_ref();
    vec![
        facts.id.clone(),
        guard(&facts.name),
        facts.kind.code.to_owned(),
        guard(facts.kind.label),
        roles.join(";"),
        plain(facts.host_kind.map(|it| it.code)),
        plain(facts.siret.as_ref()),
        plain(facts.siren.as_ref()),
        plain(facts.rna.as_ref()),
        text(facts.local_register.as_ref()),
        plain(category.map(|it| &it.code)),
        text(category.map(|it| &it.label)),
        plain(facts.legal_level.map(|it| it.code)),
    ]
}

fn places(address: &PartnerTerritories) -> [String; 6] {
    let PartnerTerritories {
        commune,
        departement,
        region,
    } = address;
    [
        commune.code.clone(),
        guard(&commune.name),
        departement.code.clone(),
        guard(&departement.name),
        region.code.clone(),
        guard(&region.name),
    ]
}

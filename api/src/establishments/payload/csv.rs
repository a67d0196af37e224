//! An establishment as a row of CSV: flat columns, bare codes, lists joined by `;`.

use data::Reference;
use domain::{
    establishments::Establishment,
    kernel::{Code, WeeklyHours},
};

use super::{codes::CodedActivity, item::EstablishmentItem};
use crate::kernel::{
    cells::{guard, plain, text},
    dates::{date, instant},
};

/// The columns of a row, in order. The first 25 are the base facts, which an import reads
/// back; the others are derived and an import ignores them.
pub const CSV_COLUMNS: [&str; 41] = [
    "id",
    "slug",
    "name",
    "kind",
    "kind_as_of",
    "status",
    "closed_on",
    "management",
    "direction",
    "street",
    "postcode",
    "commune",
    "lat",
    "lon",
    "precision",
    "position_source",
    "capacity_places",
    "capacity_as_of",
    "capacity_source",
    "working_hours",
    "workforce_available",
    "statistics_label",
    "created_at",
    "updated_at",
    "version",
    "kind_label",
    "direction_label",
    "commune_name",
    "departement",
    "departement_name",
    "region",
    "region_name",
    "production_area_m2",
    "available_area_m2",
    "storage_area_m2",
    "activities",
    "possible_activities",
    "zone_count",
    "dock_count",
    "demo",
    "url",
];

/// The cells of an establishment, one for each of [`CSV_COLUMNS`], text cells guarded.
#[must_use]
pub fn csv_row(establishment: &Establishment, reference: &Reference, base: &str) -> Vec<String> {
    let derived = derived(EstablishmentItem::new(establishment, reference, base));
    facts(establishment).into_iter().chain(derived).collect()
}

fn facts(establishment: &Establishment) -> [String; 25] {
    let capacity = establishment.capacity.as_ref();
    let point = establishment.position.point;
    [
        establishment.id.to_string(),
        establishment.slug.to_string(),
        guard(establishment.name.as_str()),
        establishment.kind.kind.code().to_owned(),
        date(establishment.kind.as_of),
        establishment.status.code().to_owned(),
        establishment.closed_on.map(date).unwrap_or_default(),
        establishment
            .management
            .map(Code::code)
            .unwrap_or_default()
            .to_owned(),
        establishment.direction.code().to_owned(),
        text(establishment.address.street.as_ref()),
        establishment
            .address
            .postcode
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        establishment.address.commune.to_string(),
        point.lat().to_string(),
        point.lon().to_string(),
        establishment.position.precision.code().to_owned(),
        text(establishment.position_source.as_ref()),
        plain(capacity.map(|capacity| capacity.places.get())),
        capacity
            .map(|capacity| date(capacity.as_of))
            .unwrap_or_default(),
        text(capacity.map(|capacity| &capacity.source)),
        establishment
            .working_hours
            .as_ref()
            .map(WeeklyHours::to_string)
            .unwrap_or_default(),
        plain(
            establishment
                .workforce_available
                .map(domain::kernel::Workforce::get),
        ),
        text(establishment.statistics_label.as_ref()),
        instant(establishment.record.created_at),
        instant(establishment.record.updated_at),
        establishment.record.version.to_string(),
    ]
}

fn derived(item: EstablishmentItem) -> [String; 16] {
    let codes = |activities: &[CodedActivity]| {
        let codes: Vec<&str> = activities.iter().map(|activity| activity.code).collect();
        codes.join(";")
    };
    [
        guard(item.kind.label),
        guard(item.direction.label),
        guard(&item.address.commune.name),
        item.address.departement.code,
        guard(&item.address.departement.name),
        item.address.region.code,
        guard(&item.address.region.name),
        plain(item.production_area_m2),
        plain(item.available_area_m2),
        plain(item.storage_area_m2),
        codes(&item.activities),
        codes(&item.possible_activities),
        item.zone_count.to_string(),
        item.dock_count.to_string(),
        item.demo.to_string(),
        item.url,
    ]
}

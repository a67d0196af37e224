//! An establishment as the index holds it: what finds it, and its bodies, rendered once.

use std::sync::Arc;

use data::Reference;
use domain::{
    establishments::{Dock, Establishment, VehicleSize, Zone},
    kernel::{Code, Part},
};
use search::{Document, PartFacetId, PartNumberId, Point};

use super::{
    fields::{ActivityFields, DockFields, Fields, ZoneFields},
    payload::{EstablishmentItem, EstablishmentSheet},
};
use crate::catalogue::resource::{number, seconds};

/// What the index gives back for an establishment.
#[derive(Debug)]
pub(crate) struct EstablishmentBody {
    /// The aggregate itself, for the forms that are rendered when asked.
    pub(crate) establishment: Establishment,
    /// The item of a list.
    pub(crate) item: EstablishmentItem,
    /// The same as JSON, a whole object.
    pub(crate) item_json: String,
    /// The whole sheet, a JSON object.
    pub(crate) sheet: String,
}

/// Prepares an establishment for the index.
pub(crate) fn document(
    establishment: Establishment,
    reference: &Reference,
    fields: &Fields,
    base: &str,
) -> Result<Document<Arc<EstablishmentBody>>, serde_json::Error> {
    let item = EstablishmentItem::new(&establishment, reference, base);
    let item_json = serde_json::to_string(&item)?;
    let sheet = serde_json::to_string(&EstablishmentSheet::new(&establishment, reference))?;
    let position = establishment.position.point;
    Ok(Document {
        id: establishment.id.uuid(),
        position: Some(Point {
            lat: position.lat(),
            lon: position.lon(),
        }),
        facets: facets(&establishment, reference, fields),
        numbers: numbers(&establishment, &item, fields),
        parts: parts(&establishment, fields),
        text: texts(&establishment, reference, fields),
        sort_key: establishment.name.to_string(),
        body: Arc::new(EstablishmentBody {
            establishment,
            item,
            item_json,
            sheet,
        }),
    })
}

fn facets(
    establishment: &Establishment,
    reference: &Reference,
    fields: &Fields,
) -> Vec<(search::FacetId, String)> {
    let (commune, direction) = (&establishment.address.commune, establishment.direction);
    let common = &fields.common;
    let mut facets = common.facets(commune, Some(direction), reference);
    facets.extend([
        (common.demo, establishment.has_demo_parts().to_string()),
        (fields.slug, establishment.slug.to_string()),
        (fields.status, establishment.status.code().to_owned()),
        (fields.kind, establishment.kind.kind.code().to_owned()),
    ]);
    if let Some(management) = establishment.management {
        facets.push((fields.management, management.code().to_owned()));
    }
    let all = &fields.all;
    for part in &establishment.parts().activities {
        let code = part.value.activity.code();
        let here = [all.activity, fields.any_activity, all.any_activity];
        facets.extend(here.map(|field| (field, code.to_owned())));
    }
    for part in &establishment.parts().possible_activities {
        let code = part.value.activity.code();
        let there = [
            fields.possible_activity,
            all.possible_activity,
            fields.any_activity,
            all.any_activity,
        ];
        facets.extend(there.map(|field| (field, code.to_owned())));
    }
    facets
}

fn numbers(
    establishment: &Establishment,
    item: &EstablishmentItem,
    fields: &Fields,
) -> Vec<(search::NumberId, f64)> {
    let places = establishment
        .capacity
        .as_ref()
        .map(|c| f64::from(c.places.get()));
    let known = [
        (fields.production_area, item.production_area_m2.map(number)),
        (fields.available_area, item.available_area_m2.map(number)),
        (fields.storage_area, item.storage_area_m2.map(number)),
        (fields.places, places),
        (fields.zone_count, Some(f64::from(item.zone_count))),
        (fields.dock_count, Some(f64::from(item.dock_count))),
        (
            fields.common.updated_at,
            Some(seconds(establishment.record.updated_at)),
        ),
    ];
    known
        .into_iter()
        .filter_map(|(id, number)| Some((id, number?)))
        .collect()
}

fn parts(establishment: &Establishment, fields: &Fields) -> Vec<search::Part> {
    let parts = establishment.parts();
    let zones = parts
        .zones
        .iter()
        .map(|zone| zone_part(zone, &fields.zones));
    let docks = parts
        .docks
        .iter()
        .map(|dock| dock_part(dock, &fields.docks));
    let activities = parts.activities.iter().map(|activity| {
        let ActivityFields {
            part,
            activity: code,
            regime,
        } = fields.activities;
        search::Part {
            kind: part,
            id: activity.id.uuid(),
            facets: vec![
                (code, activity.value.activity.code().to_owned()),
                (regime, activity.value.regime.code().to_owned()),
            ],
            numbers: Vec::new(),
        }
    });
    zones.chain(docks).chain(activities).collect()
}

fn zone_part(zone: &Part<Zone>, fields: &ZoneFields) -> search::Part {
    let mut facets = vec![
        (fields.kind, zone.value.kind.code().to_owned()),
        (fields.status, zone.value.status.code().to_owned()),
    ];
    for item in &zone.value.equipment {
        facets.push((fields.equipment, item.equipment.code().to_owned()));
        facets.push((fields.equipment_all, item.equipment.code().to_owned()));
    }
    let available = zone
        .value
        .available_area_m2
        .map(|area| f64::from(area.get()));
    let numbers = [
        (fields.area, Some(f64::from(zone.value.area_m2.get()))),
        (fields.available, available),
        (
            fields.height,
            zone.value.clear_height_m.map(domain::kernel::HeightM::get),
        ),
        (
            fields.power,
            zone.value.power_kva.map(domain::kernel::PowerKva::get),
        ),
    ];
    part(fields.part, zone.id.uuid(), facets, &numbers)
}

fn dock_part(dock: &Part<Dock>, fields: &DockFields) -> search::Part {
    let mut facets = vec![(fields.kind, dock.value.kind.code().to_owned())];
    if let Some(leveller) = dock.value.leveller {
        facets.push((fields.leveller, leveller.to_string()));
    }
    for size in dock
        .value
        .max_vehicle
        .into_iter()
        .flat_map(VehicleSize::and_smaller)
    {
        facets.push((fields.vehicle, size.code().to_owned()));
    }
    let numbers = [
        (
            fields.height,
            dock.value.height_cm.map(|height| f64::from(height.get())),
        ),
        (
            fields.clearance,
            dock.value
                .clearance_cm
                .map(|height| f64::from(height.get())),
        ),
    ];
    part(fields.part, dock.id.uuid(), facets, &numbers)
}

fn part(
    kind: search::PartId,
    id: uuid::Uuid,
    facets: Vec<(PartFacetId, String)>,
    numbers: &[(PartNumberId, Option<f64>)],
) -> search::Part {
    search::Part {
        kind,
        id,
        facets,
        numbers: numbers
            .iter()
            .filter_map(|(id, number)| Some((*id, (*number)?)))
            .collect(),
    }
}

fn texts(
    establishment: &Establishment,
    reference: &Reference,
    fields: &Fields,
) -> Vec<(search::TextId, String)> {
    let (commune, direction) = (&establishment.address.commune, establishment.direction);
    let mut texts = fields.common.texts(commune, Some(direction), reference);
    texts.push((fields.text.name, establishment.name.to_string()));
    texts.push((fields.text.kind, establishment.kind.kind.label().to_owned()));
    for part in &establishment.parts().activities {
        texts.push((
            fields.text.activities,
            part.value.activity.label().to_owned(),
        ));
    }
    for part in &establishment.parts().possible_activities {
        texts.push((
            fields.text.activities,
            part.value.activity.label().to_owned(),
        ));
    }
    texts
}

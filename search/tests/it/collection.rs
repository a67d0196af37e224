//! The collection the tests speak of: a schema with every sort of attribute, and short ways to
//! write documents and questions for it.

use search::{
    Answer, Document, FacetId, FacetRequest, Filter, Index, NumberId, Part, PartCriteria,
    PartFacetId, PartId, PartNumberId, Point, Question, Schema, Selection, Sort, TextId,
};
use uuid::Uuid;

pub(crate) const NAME_WEIGHT: u32 = 3;
pub(crate) const NOTE_WEIGHT: u32 = 1;

#[derive(Clone, Debug)]
pub(crate) struct Collection {
    pub(crate) schema: Schema,
    pub(crate) kind: FacetId,
    pub(crate) activity: FacetId,
    pub(crate) area: NumberId,
    pub(crate) power: NumberId,
    pub(crate) name: TextId,
    pub(crate) note: TextId,
    pub(crate) zones: PartId,
    pub(crate) equipment: PartFacetId,
    pub(crate) status: PartFacetId,
    pub(crate) height: PartNumberId,
    pub(crate) docks: PartId,
    pub(crate) vehicle: PartFacetId,
    pub(crate) quay: PartNumberId,
}

pub(crate) fn collection() -> Collection {
    let mut schema = Schema::new();
    let zones = schema.part("zones");
    let docks = schema.part("docks");
    Collection {
        kind: schema.facet("kind"),
        activity: schema.facet("activity"),
        area: schema.number("area_m2"),
        power: schema.number("power_kva"),
        name: schema.text("name", NAME_WEIGHT),
        note: schema.text("note", NOTE_WEIGHT),
        zones,
        equipment: schema.part_facet(zones, "equipment"),
        status: schema.part_facet(zones, "status"),
        height: schema.part_number(zones, "height_m"),
        docks,
        vehicle: schema.part_facet(docks, "vehicle"),
        quay: schema.part_number(docks, "quay_cm"),
        schema,
    }
}

impl Collection {
    pub(crate) fn index(&self) -> Index<u64> {
        Index::new(self.schema.clone())
    }

    pub(crate) fn zone(&self, id: u128, equipment: &[&str], height: f64) -> Part {
        let facets = equipment
            .iter()
            .map(|code| (self.equipment, (*code).to_owned()));
        Part {
            kind: self.zones,
            id: Uuid::from_u128(id),
            facets: facets.collect(),
            numbers: vec![(self.height, height)],
        }
    }

    pub(crate) fn dock(&self, id: u128, vehicle: &str) -> Part {
        Part {
            kind: self.docks,
            id: Uuid::from_u128(id),
            facets: vec![(self.vehicle, vehicle.to_owned())],
            numbers: Vec::new(),
        }
    }

    pub(crate) fn named(&self, id: u128, name: &str) -> Document<u64> {
        Document {
            text: vec![(self.name, name.to_owned())],
            sort_key: name.to_owned(),
            ..document(id)
        }
    }

    pub(crate) fn noted(&self, id: u128, note: &str) -> Document<u64> {
        Document {
            text: vec![(self.note, note.to_owned())],
            ..document(id)
        }
    }
}

/// A document with an id and a body, and nothing else.
pub(crate) fn document(id: u128) -> Document<u64> {
    Document {
        id: Uuid::from_u128(id),
        position: None,
        facets: Vec::new(),
        numbers: Vec::new(),
        parts: Vec::new(),
        text: Vec::new(),
        sort_key: String::new(),
        body: u64::try_from(id).expect("test ids are small"),
    }
}

pub(crate) fn at(id: u128, lat: f64, lon: f64) -> Document<u64> {
    Document {
        position: Some(Point { lat, lon }),
        ..document(id)
    }
}

/// The first hundred by key.
pub(crate) fn everything(selection: Selection) -> Question {
    Question {
        selection,
        sort: Sort::Key,
        after: None,
        limit: 100,
        facets: Vec::new(),
    }
}

pub(crate) fn counting(selection: Selection, facet: FacetRequest) -> Question {
    Question {
        facets: vec![facet],
        ..everything(selection)
    }
}

pub(crate) fn with_parts(parts: Vec<PartCriteria>) -> Selection {
    Selection {
        filter: Filter {
            parts,
            ..Filter::default()
        },
        ..Selection::default()
    }
}

pub(crate) fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}

pub(crate) fn bodies(answer: &Answer<u64>) -> Vec<u64> {
    answer.hits.iter().map(|hit| hit.body).collect()
}

//! What clients write: a part, or a change of the sheet, against what is kept.

use data::Reference;
use domain::{
    establishments::{
        ActivityInPlace, Contact, Dock, Establishment, Parts, PossibleActivity, StorageArea, Zone,
    },
    kernel::{Part, Refusal},
};

use super::{
    input::{SheetInput, read_new_facts},
    input_parts::{self, PartsInput},
    output::EstablishmentSheet,
    parts::{
        ActivityOutput, ContactOutput, DockOutput, PossibleActivityOutput, StorageAreaOutput,
        ZoneOutput,
    },
    resolve::resolve,
};
use crate::{
    kernel::{
        body::{
            Fields, Node, Refusals, Value,
            patch::{all, an_object, member, merge, read_only, tree, without},
        },
        clock::Making,
    },
    territories::{OF_AN_ADDRESS, read_only_of_address},
};

/// What the platform gives to every part.
const OF_A_PART: [&str; 5] = ["id", "demo", "version", "created_at", "updated_at"];
/// What the platform gives to a sheet, and the parts, which are written at their own addresses.
const OF_A_SHEET: [&str; 18] = [
    "id",
    "version",
    "created_at",
    "updated_at",
    "status",
    "closed_on",
    "production_area_m2",
    "available_area_m2",
    "storage_area_m2",
    "source",
    "url",
    "demo",
    "zones",
    "storage_areas",
    "docks",
    "activities",
    "possible_activities",
    "contacts",
];

/// A kind of part as clients write it.
pub(crate) trait WrittenPart: Clone + PartialEq + Sized + Send + 'static {
    /// Its list, as in an address.
    const LIST: &'static str;

    /// The parts of this kind.
    fn list(parts: &Parts) -> &Vec<Part<Self>>;
    /// The same, to be changed.
    fn list_mut(parts: &mut Parts) -> &mut Vec<Part<Self>>;
    /// Reads what a client may say of it.
    fn read(fields: &mut Fields<'_>) -> Option<Self>;
    /// Writes it as it is answered.
    fn render(part: &Part<Self>) -> Result<String, serde_json::Error>;
}

macro_rules! written_part {
    ($($part:ty: $list:literal, $field:ident, $read:ident, $output:ty;)+) => {$(
        impl WrittenPart for $part {
            const LIST: &'static str = $list;

            fn list(parts: &Parts) -> &Vec<Part<Self>> {
                &parts.$field
            }

            fn list_mut(parts: &mut Parts) -> &mut Vec<Part<Self>> {
                &mut parts.$field
            }

            fn read(fields: &mut Fields<'_>) -> Option<Self> {
                input_parts::$read(fields)
            }

            fn render(part: &Part<Self>) -> Result<String, serde_json::Error> {
                serde_json::to_string(&<$output>::from(part))
            }
        }
    )+};
}

written_part! {
    Zone: "zones", zones, zone, ZoneOutput;
    StorageArea: "storage-areas", storage_areas, storage_area, StorageAreaOutput;
    Dock: "docks", docks, dock, DockOutput;
    ActivityInPlace: "activities", activities, activity, ActivityOutput;
    PossibleActivity: "possible-activities", possible_activities, possible_activity, PossibleActivityOutput;
    Contact: "contacts", contacts, contact, ContactOutput;
}

/// Reads a whole part: a new one, or what one is replaced by.
pub(crate) fn read_part<T: WrittenPart>(body: &Node) -> Result<T, Vec<Refusal>> {
    let refusals = Refusals::default();
    let read = Value::root(body, &refusals).object(|fields| {
        let part = T::read(fields);
        for name in OF_A_PART {
            fields.read_only(name);
        }
        part
    });
    refusals.into_result(read)
}

/// What a part becomes under a merge patch.
pub(crate) fn patch_part<T: WrittenPart>(kept: &Part<T>, patch: Node) -> Result<T, Vec<Refusal>> {
    let told = T::render(kept).unwrap_or_default();
    let target = without(tree(&told), &OF_A_PART);
    read_part(&merge(target, an_object(patch)?))
}

/// What an establishment becomes under a merge patch of its sheet.
pub(crate) fn patch_sheet(
    kept: &Establishment,
    patch: Node,
    reference: &Reference,
    making: Making<'_>,
) -> Result<Establishment, Vec<Refusal>> {
    let fixed = read_only(&patch, "slug");
    let sheet = EstablishmentSheet::new(kept, reference);
    let told = serde_json::to_string(&sheet).unwrap_or_default();
    let target = writable_sheet(tree(&told), &patch);
    let merged = merge(target, an_object(patch)?);
    let facts = read_sheet_facts(&merged);
    let read = facts.and_then(|mut facts| {
        facts.keep_status(kept);
        let sheet = SheetInput {
            id: Some(kept.id),
            record: None,
            facts,
            parts: PartsInput::default(),
        };
        resolve(sheet, Some(kept), reference, making)
    });
    all(fixed, read)
}

/// The establishment that a client describes, open and without parts.
pub(crate) fn new_sheet(
    body: &Node,
    reference: &Reference,
    making: Making<'_>,
) -> Result<Establishment, Vec<Refusal>> {
    let sheet = SheetInput {
        id: None,
        record: None,
        facts: read_sheet_facts(body)?,
        parts: PartsInput::default(),
    };
    resolve(sheet, None, reference, making)
}

fn read_sheet_facts(body: &Node) -> Result<super::input::FactsInput, Vec<Refusal>> {
    let refusals = Refusals::default();
    let read = Value::root(body, &refusals).object(|fields| {
        let facts = read_new_facts(fields);
        for name in OF_A_SHEET {
            fields.read_only(name);
        }
        facts
    });
    for refusal in read_only_of_address(body) {
        refusals.push(refusal);
    }
    refusals.into_result(read)
}

/// The sheet without what no client writes, and without the date of a kind that is replaced.
fn writable_sheet(sheet: Node, patch: &Node) -> Node {
    let replaced = member(patch, "kind").is_some_and(|kind| member(kind, "code").is_some());
    let Node::Object(members) = without(sheet, &OF_A_SHEET) else {
        return Node::Null;
    };
    let members = members.into_iter().map(|(name, node)| {
        let node = match name.as_str() {
            "address" => without(node, &OF_AN_ADDRESS),
            "kind" if replaced => without(node, &["as_of"]),
            _ => node,
        };
        (name, node)
    });
    Node::Object(members.collect())
}

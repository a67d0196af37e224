//! What both directions share: names of territories, and codes that travel with a label.

use data::Reference;
use domain::{
    kernel::{Code, RefusalCode},
    territories::CommuneCode,
};

use super::output::PlaceOutput;
use crate::kernel::body::{Node, Value};

/// The commune, its département and its region, with their names.
pub(super) fn places(
    code: &CommuneCode,
    reference: &Reference,
) -> (PlaceOutput, PlaceOutput, PlaceOutput) {
    let territories = reference.territories();
    let place = |code: &str, name: Option<&String>| PlaceOutput {
        code: code.to_owned(),
        name: name.map_or_else(|| code.to_owned(), Clone::clone),
    };
    let Some(commune) = territories.commune(code) else {
        let unknown = place(code.as_str(), None);
        return (unknown.clone(), unknown.clone(), unknown);
    };
    let departement = territories.departement(&commune.departement);
    let region = territories.region(&commune.region);
    (
        place(commune.code.as_str(), Some(&commune.name)),
        place(commune.departement.as_str(), departement.map(|it| &it.name)),
        place(commune.region.as_str(), region.map(|it| &it.name)),
    )
}

/// A code, bare or as it was written out: with its label, which says nothing new.
pub(super) fn coded<T: Code>(value: &Value<'_>) -> Option<T> {
    match value.node() {
        Node::Object(_) => value.object(|fields| {
            fields.ignore("label");
            fields.required("code", |code| code.code())
        }),
        Node::Text(_) => value.code(),
        _ => value.refuse(
            RefusalCode::Type,
            "the value is a code, or an object that holds a code",
        ),
    }
}

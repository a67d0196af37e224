//! NDJSON: a sheet a line, empty lines left aside.

use super::{
    Located,
    place::{Place, PlacedRefusal, told},
};
use crate::{
    establishments::payload::read_sheet,
    kernel::body::{BodyError, Bounds, Refusals, Value, parse},
};

/// Every sheet that could be read, and every refusal.
pub(super) fn read(file: &[u8]) -> (Vec<Located>, Vec<PlacedRefusal>) {
    let (mut sheets, mut refusals) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(file.split(|byte| *byte == b'\n')) {
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = Place::Line(line);
        match parse(text, Bounds::default()) {
            Ok(tree) => {
                let refused = Refusals::default();
                let sheet = read_sheet(&Value::root(&tree, &refused));
                match refused.into_result(sheet) {
                    Ok(sheet) => sheets.push(Located { place, sheet }),
                    Err(refused) => refusals.extend(told(place, refused)),
                }
            }
            Err(error) => refusals.push(unreadable(place, &error)),
        }
    }
    (sheets, refusals)
}

fn unreadable(place: Place, error: &BodyError) -> PlacedRefusal {
    match error {
        BodyError::Malformed { what, column, .. } => PlacedRefusal::within(
            place,
            format!("column {column}"),
            format!("this is not JSON: {what}"),
        ),
        BodyError::Duplicate { pointer } => {
            PlacedRefusal::within(place, pointer, "the member is named twice")
        }
        other => PlacedRefusal::at(place, other.to_string()),
    }
}

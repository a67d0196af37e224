//! NDJSON: a sheet a line, empty lines left aside.

use super::{LineRefusal, Located, told};
use crate::{
    establishments::payload::read_sheet,
    kernel::body::{BodyError, Bounds, Refusals, Value, parse},
};

/// Every sheet that could be read, and every refusal.
pub(super) fn read(file: &[u8]) -> (Vec<Located>, Vec<LineRefusal>) {
    let (mut sheets, mut refusals) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(file.split(|byte| *byte == b'\n')) {
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match parse(text, Bounds::default()) {
            Ok(tree) => {
                let refused = Refusals::default();
                let sheet = read_sheet(&Value::root(&tree, &refused));
                match refused.into_result(sheet) {
                    Ok(sheet) => sheets.push(Located {
                        line,
                        csv: false,
                        sheet,
                    }),
                    Err(refused) => refusals.extend(told(line, false, refused)),
                }
            }
            Err(error) => refusals.push((line, unreadable(&error))),
        }
    }
    (sheets, refusals)
}

fn unreadable(error: &BodyError) -> String {
    match error {
        BodyError::Malformed { what, column, .. } => {
            format!(", column {column}: this is not JSON: {what}")
        }
        BodyError::Duplicate { pointer } => format!(", {pointer}: the member is named twice"),
        other => format!(": {other}"),
    }
}

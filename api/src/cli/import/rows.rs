//! CSV: a row an establishment, for its base facts; its parts are left as they are.

use csv::{Reader, StringRecord};

use super::{
    Located,
    place::{Place, PlacedRefusal, told},
};
use crate::{
    establishments::payload::{check_columns, read_sheet, row_tree},
    kernel::body::{Refusals, Value},
};

/// Every row that could be read, and every refusal.
pub(super) fn read(file: &[u8]) -> (Vec<Located>, Vec<PlacedRefusal>) {
    let mut lines = Lines {
        file,
        at: 0,
        line: 1,
    };
    let mut reader = Reader::from_reader(file);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return (Vec::new(), vec![lines.unreadable(&error)]),
    };
    let columns: Vec<&str> = header.iter().collect();
    let wrong = check_columns(&columns);
    if !wrong.is_empty() {
        let refusals = wrong.into_iter();
        let refusals = refusals.map(|refusal| PlacedRefusal::at(Place::Row(1), refusal));
        return (Vec::new(), refusals.collect());
    }
    let (mut sheets, mut refusals) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) => match sheet(&header, &record, lines.of(record.position())) {
                Ok(sheet) => sheets.push(sheet),
                Err(refused) => refusals.extend(refused),
            },
            Err(error) => refusals.push(lines.unreadable(&error)),
        }
    }
    (sheets, refusals)
}

fn sheet(
    header: &StringRecord,
    record: &StringRecord,
    line: u64,
) -> Result<Located, Vec<PlacedRefusal>> {
    let tree = row_tree(header.iter().zip(record.iter()));
    let refused = Refusals::default();
    let sheet = read_sheet(&Value::root(&tree, &refused));
    let place = Place::Row(line);
    match refused.into_result(sheet) {
        Ok(sheet) => Ok(Located { place, sheet }),
        Err(refused) => Err(told(place, refused).collect()),
    }
}

/// Counts lines: the reader gives the place of a row before the line break it begins after,
/// so that its own count is one short when lines end with CRLF.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line a row begins on; rows are asked for in order.
    fn of(&mut self, row: Option<&csv::Position>) -> u64 {
        let row = row
            .and_then(|row| usize::try_from(row.byte()).ok())
            .unwrap_or(self.at);
        let breaks = self.file.get(row..).unwrap_or_default().iter();
        let to = row
            + breaks
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        for byte in self.file.get(self.at..to).unwrap_or_default() {
            self.line += u64::from(*byte == b'\n');
        }
        self.at = self.at.max(to);
        self.line
    }

    fn unreadable(&mut self, error: &csv::Error) -> PlacedRefusal {
        let what = match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => {
                format!("the row has {len} cells and the header {expected_len}")
            }
            csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8".to_owned(),
            _ => "this is not CSV".to_owned(),
        };
        PlacedRefusal::at(Place::Row(self.of(error.position())), what)
    }
}

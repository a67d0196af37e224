//! Reading an embedded table, cell by cell, with the place of what is wrong.

use std::{fmt::Display, str::FromStr};

use csv::{Reader, StringRecord};
use domain::kernel::Code;

use crate::DataError;

/// An embedded table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// The name of its file.
    pub(crate) name: &'static str,
    /// The file.
    pub(crate) text: &'static str,
}

/// Embeds a file of `tables/`.
macro_rules! table {
    ($name:literal) => {
        $crate::table::Table {
            name: $name,
            text: include_str!(concat!("../tables/", $name)),
        }
    };
}
pub(crate) use table;

/// A line of a table.
pub(crate) struct Row<'t> {
    table: &'static str,
    headers: &'t StringRecord,
    record: &'t StringRecord,
}

impl Table {
    /// Reads every line with `read`.
    pub(crate) fn read<T>(
        self,
        mut read: impl FnMut(&Row<'_>) -> Result<T, DataError>,
    ) -> Result<Vec<T>, DataError> {
        let failed = |source| DataError::Csv {
            table: self.name,
            source,
        };
        let mut reader = Reader::from_reader(self.text.as_bytes());
        let headers = reader.headers().map_err(failed)?.clone();
        let mut record = StringRecord::new();
        let mut values = Vec::new();
        while reader.read_record(&mut record).map_err(failed)? {
            values.push(read(&Row {
                table: self.name,
                headers: &headers,
                record: &record,
            })?);
        }
        Ok(values)
    }
}

impl Row<'_> {
    /// The cell as written; empty when unknown.
    pub(crate) fn text(&self, column: &'static str) -> Result<&str, DataError> {
        let place = self.headers.iter().position(|header| header == column);
        place
            .and_then(|place| self.record.get(place))
            .ok_or(DataError::Column {
                table: self.table,
                column,
            })
    }

    /// The value of a cell that is never empty.
    pub(crate) fn get<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<T, DataError> {
        self.parse(column, self.text(column)?)
    }

    /// The value of a cell that may be empty.
    pub(crate) fn optional<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, DataError> {
        match self.text(column)? {
            "" => Ok(None),
            text => self.parse(column, text).map(Some),
        }
    }

    /// The values of a cell that holds a list separated by spaces.
    pub(crate) fn list<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<Vec<T>, DataError> {
        let words = self.text(column)?.split_ascii_whitespace();
        words.map(|word| self.parse(column, word)).collect()
    }

    /// A code of a list.
    pub(crate) fn code<C: Code>(&self, column: &'static str) -> Result<C, DataError> {
        self.parse_code(column, self.text(column)?)
    }

    /// Codes of a list, separated by spaces.
    pub(crate) fn codes<C: Code>(&self, column: &'static str) -> Result<Vec<C>, DataError> {
        let words = self.text(column)?.split_ascii_whitespace();
        words.map(|word| self.parse_code(column, word)).collect()
    }

    /// The error of a cell.
    pub(crate) fn wrong(&self, column: &'static str, reason: impl Display) -> DataError {
        DataError::Cell {
            table: self.table,
            line: self.record.position().map_or(0, csv::Position::line),
            column,
            reason: reason.to_string(),
        }
    }

    fn parse<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, DataError> {
        text.parse().map_err(|reason| self.wrong(column, reason))
    }

    fn parse_code<C: Code>(&self, column: &'static str, text: &str) -> Result<C, DataError> {
        let unknown = || self.wrong(column, format!("{text} is not in {}", C::LIST.name));
        C::parse(text).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use domain::{territories::CommuneCode, territories::Direction};

    use super::*;

    const SMALL: Table = Table {
        name: "small.csv",
        text: "code,direction,note\n33063,bordeaux,\n2A004,nowhere,x\n",
    };

    #[test]
    fn a_cell_that_does_not_fit_is_named() {
        let error = SMALL.read(|row| row.code::<Direction>("direction"));
        assert_eq!(
            error.unwrap_err().to_string(),
            "table small.csv, line 3, column direction: nowhere is not in directions"
        );
        let error = SMALL.read(|row| row.get::<CommuneCode>("note"));
        assert!(matches!(error, Err(DataError::Cell { line: 2, .. })));
    }

    #[test]
    fn a_column_that_is_missing_is_named() {
        let error = SMALL.read(|row| row.optional::<u32>("height"));
        assert_eq!(
            error.unwrap_err().to_string(),
            "table small.csv: there is no column height"
        );
    }

    #[test]
    fn an_empty_cell_is_an_absent_value() {
        let notes = SMALL.read(|row| row.optional::<String>("note")).unwrap();
        assert_eq!(notes, [None, Some("x".to_owned())]);
    }

    #[test]
    fn a_table_that_is_not_csv_is_named() {
        let ragged = Table {
            name: "ragged.csv",
            text: "a,b\n1\n",
        };
        assert!(matches!(
            ragged.read(|row| row.get::<u32>("a")),
            Err(DataError::Csv {
                table: "ragged.csv",
                ..
            })
        ));
    }
}

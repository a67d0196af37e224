//! Exporting establishments, in forms that an import reads back unchanged.

use std::io::{self, Write};

use clap::ValueEnum;
use data::Reference;
use domain::establishments::Establishment;
use persistence::{Db, establishments};

use super::CliError;
use crate::establishments::{
    payload::{CSV_COLUMNS, EstablishmentSheet, SheetFeature, csv_row},
    source,
};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A whole sheet a line, with its parts.
    Ndjson,
    /// A row an establishment: base facts and totals, no parts.
    Csv,
    /// A `FeatureCollection` (RFC 7946): a whole sheet a feature, its coordinates the geometry.
    Geojson,
}

/// Every establishment, in the order of the ids, as the API exports them.
pub fn all(db: &Db) -> Result<Vec<Establishment>, CliError> {
    Ok(db.read_blocking(establishments::all)?)
}

/// Writes establishments; `base` is the public address of the API, for links.
pub fn write(
    form: Form,
    all: &[Establishment],
    reference: &Reference,
    base: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    match form {
        Form::Ndjson => {
            for establishment in all {
                serde_json::to_writer(
                    &mut *out,
                    &EstablishmentSheet::new(establishment, reference),
                )?;
                out.write_all(b"\n")?;
            }
        }
        Form::Csv => rows(all, reference, base, out).map_err(system_error)?,
        Form::Geojson => {
            let source = serde_json::to_string(&source())?;
            let total = all.len();
            write!(
                out,
                "{{\"type\":\"FeatureCollection\",\"total\":{total},\"source\":{source},\"features\":["
            )?;
            for (i, establishment) in all.iter().enumerate() {
                out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *out, &SheetFeature::new(establishment, reference)?)?;
            }
            out.write_all(b"\n]}\n")?;
        }
    }
    out.flush()
}

fn rows(
    all: &[Establishment],
    reference: &Reference,
    base: &str,
    out: &mut dyn Write,
) -> csv::Result<()> {
    let terminator = csv::Terminator::CRLF;
    let mut writer = csv::WriterBuilder::new()
        .terminator(terminator)
        .from_writer(out);
    writer.write_record(CSV_COLUMNS)?;
    for establishment in all {
        writer.write_record(csv_row(establishment, reference, base))?;
    }
    Ok(writer.flush()?)
}

/// The error of the system itself, whose kind tells a reader that went away from a full disk.
fn system_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that went away.
    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_known_in_every_form() {
        let reference = Reference::get().unwrap();
        for form in [Form::Ndjson, Form::Csv, Form::Geojson] {
            let all = reference.establishments();
            let error = write(form, all, reference, "", &mut Gone).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{form:?}");
        }
    }
}

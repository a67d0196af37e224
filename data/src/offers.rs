//! The numbers of the law that bound an offer, dated, with their article and their source.

use domain::{
    kernel::{Percent, Validity},
    offers::{
        Dated, HoursBounds, LegalTerms, MinimumWage, MinimumWages, OfferLaw, Overlap, PayFloor,
        PayFloors, TigHours,
    },
};

use crate::{
    DataError,
    table::{Row, Table, table},
};

const TIG_HOURS: Table = table!("tig_hours.csv");
const PAY_CLASSES: Table = table!("pay_classes.csv");
const MINIMUM_WAGES: Table = table!("minimum_wages.csv");
const LEGAL_TERMS: Table = table!("legal_terms.csv");

pub(crate) fn read() -> Result<OfferLaw, DataError> {
    let hours = TIG_HOURS.read(|row| dated(row, hours(row)?))?;
    let floors = PAY_CLASSES.read(|row| dated(row, floor(row)?))?;
    let wages = MINIMUM_WAGES.read(|row| dated(row, wage(row)?))?;
    let terms = LEGAL_TERMS.read(|row| dated(row, (row.get("term")?, row.get("number")?)))?;
    Ok(OfferLaw {
        tig_hours: TigHours::new(hours).map_err(contradiction)?,
        pay_floors: PayFloors::new(floors).map_err(contradiction)?,
        minimum_wages: MinimumWages::new(wages).map_err(contradiction)?,
        terms: LegalTerms::new(terms).map_err(contradiction)?,
    })
}

fn contradiction(Overlap(what): Overlap) -> DataError {
    DataError::Contradiction {
        what: "the law of offers",
        reasons: vec![format!("{what}: two rows are in force on a same day")],
    }
}

fn dated<T>(row: &Row<'_>, value: T) -> Result<Dated<T>, DataError> {
    let validity = Validity::new(Some(row.get("from")?), row.optional("until")?);
    Ok(Dated {
        validity: validity.map_err(|error| row.wrong("until", error))?,
        article: row.get("article")?,
        source: row.get("source")?,
        value,
    })
}

fn hours(row: &Row<'_>) -> Result<HoursBounds, DataError> {
    Ok(HoursBounds {
        framework: row.code("framework")?,
        audience: row.code("audience")?,
        min_hours: row.optional("min_hours")?,
        max_hours: row.get("max_hours")?,
        max_months: row.optional("max_months")?,
        deadline_article: row.optional("deadline_article")?,
    })
}

fn floor(row: &Row<'_>) -> Result<PayFloor, DataError> {
    let percent = Percent::new(row.get("min_smic_percent")?);
    Ok(PayFloor {
        class: row.code("class")?,
        min_smic_percent: percent.map_err(|error| row.wrong("min_smic_percent", error))?,
    })
}

fn wage(row: &Row<'_>) -> Result<MinimumWage, DataError> {
    Ok(MinimumWage {
        zone: row.get("zone")?,
        departements: row.list("departements")?,
        hourly_cents: row.optional("hourly_cents")?,
    })
}

#[cfg(test)]
mod tests;

//! The table: what was measured beside what was to be reached.

use std::{io::Write, time::Duration};

use crate::{
    Outcome,
    load::{Found, count},
    process::Process,
    questions::Sort,
};

/// What one sort of question gave.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) sort: Sort,
    /// The mean size of a body.
    pub(crate) bytes: usize,
    pub(crate) ceiling: Found,
    pub(crate) service: Found,
    pub(crate) ceiling_paced: Found,
    pub(crate) service_paced: Found,
}

impl Row {
    /// The service's rate as a share of the ceiling's.
    fn ratio(&self) -> f64 {
        self.service.rate / self.ceiling.rate
    }

    /// How far its slowest hundredth is above twice the ceiling's, in milliseconds.
    fn slowest_ms(&self) -> f64 {
        ms(self.service_paced.quantile(0.99)) - 2.0 * ms(self.ceiling_paced.quantile(0.99))
    }
}

/// The rows, told one by one.
#[derive(Debug)]
pub(crate) struct Report {
    offers: usize,
    rows: Vec<Row>,
}

impl Report {
    pub(crate) fn new(offers: usize, ready: Duration, resident: u64) -> Outcome<Self> {
        let mut out = std::io::stdout();
        writeln!(
            out,
            "{offers} offers, ready {:.1} s after the start, {} MB resident\n",
            ready.as_secs_f64(),
            resident / 1_000_000
        )?;
        writeln!(
            out,
            "| question | body, B | ceiling, /s | service, /s | ratio | bar | p50, ms | p99, ms \
             | at half: p99, ms | ceiling p99, ms | above twice | bar |"
        )?;
        writeln!(out, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        Ok(Self {
            offers,
            rows: Vec::new(),
        })
    }

    /// Tells a row.
    pub(crate) fn add(&mut self, row: Row) -> Outcome<()> {
        let quantile = |found: &Found, share| ms(found.quantile(share));
        writeln!(
            std::io::stdout(),
            "| {} | {} | {:.0} | {:.0} | {:.3} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
            row.sort.name(),
            row.bytes,
            row.ceiling.rate,
            row.service.rate,
            row.ratio(),
            row.sort.bar(self.is_large()),
            quantile(&row.service, 0.5),
            quantile(&row.service, 0.99),
            quantile(&row.service_paced, 0.99),
            quantile(&row.ceiling_paced, 0.99),
            row.slowest_ms(),
            row.sort.slowest_ms(),
        )?;
        self.rows.push(row);
        Ok(())
    }

    /// Tells what the service holds after all questions.
    pub(crate) fn end(&self, service: &Process) -> Outcome<()> {
        let resident = service.resident()?;
        let each = resident / u64::try_from(self.offers.max(1))?;
        writeln!(
            std::io::stdout(),
            "\n{} MB resident after the questions, {each} bytes an offer all told",
            resident / 1_000_000,
        )?;
        Ok(())
    }

    /// Whether every bar was reached.
    pub(crate) fn holds(&self) -> bool {
        self.rows.iter().all(|row| {
            let slow = !self.is_large() && row.slowest_ms() > row.sort.slowest_ms();
            row.ratio() >= row.sort.bar(self.is_large()) && !slow
        })
    }

    /// Whether the bars of a million are those that count.
    fn is_large(&self) -> bool {
        count(self.offers) > 200_000.0
    }
}

/// A time in milliseconds.
pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

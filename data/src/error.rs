//! Why a table, or a fictitious part, does not fit the domain.

use domain::kernel::Refusal;

/// What is wrong in the embedded data, and where.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A table is not CSV.
    #[error("table {table}: {source}")]
    Csv {
        /// The table.
        table: &'static str,
        /// What the reader said.
        source: csv::Error,
    },
    /// A table lacks a column.
    #[error("table {table}: there is no column {column}")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A cell does not have the form of what it should hold.
    #[error("table {table}, line {line}, column {column}: {reason}")]
    Cell {
        /// The table.
        table: &'static str,
        /// The line, from 1, the header being line 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What was expected.
        reason: String,
    },
    /// Values that are well-formed one by one break a rule together.
    #[error("{what}: {}", describe(refusals))]
    Refused {
        /// What they make.
        what: String,
        /// The rules.
        refusals: Vec<Refusal>,
    },
    /// Rows that are well-formed one by one contradict one another.
    #[error("{what}: {}", reasons.join("; "))]
    Contradiction {
        /// What they make.
        what: &'static str,
        /// The contradictions.
        reasons: Vec<String>,
    },
}

impl DataError {
    /// Refusals of `what`.
    pub(crate) fn refused(what: impl Into<String>, refusals: Vec<Refusal>) -> Self {
        Self::Refused {
            what: what.into(),
            refusals,
        }
    }
}

fn describe(refusals: &[Refusal]) -> String {
    let sentences: Vec<String> = refusals
        .iter()
        .map(|refusal| format!("{} {}", refusal.pointer, refusal.detail))
        .collect();
    sentences.join("; ")
}

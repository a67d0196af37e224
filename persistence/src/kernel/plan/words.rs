//! The words of SQL that each engine has its own of, to make rows by their number `i`.

use domain::kernel::Code;
use uuid::Uuid;

use crate::kernel::Engine;

/// Whose keys these are.
#[derive(Clone, Copy)]
pub(super) enum Family {
    Partner,
    Client,
    Establishment,
    Offer,
    Hold,
    Habilitation,
}

impl Family {
    const fn number(self) -> u8 {
        match self {
            Self::Partner => 1,
            Self::Client => 2,
            Self::Establishment => 3,
            Self::Offer => 4,
            Self::Hold => 5,
            Self::Habilitation => 6,
        }
    }
}

pub(super) fn uuid(family: Family, number: u128) -> Uuid {
    let family = u128::from(family.number());
    Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0000 | (family << 48) | number)
}

/// The words of an engine.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Engine);

impl Words {
    /// So many rows, `i` being the number of each.
    pub(super) fn insert(table: &str, many: u32, columns: &[(&str, String)]) -> String {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<&str> = columns.iter().map(|(_, value)| value.as_str()).collect();
        format!(
            "INSERT INTO {table} ({}) WITH RECURSIVE n (i) AS \
             (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) SELECT {} FROM n",
            names.join(", "),
            values.join(", "),
        )
    }

    pub(super) fn key(self, family: Family, number: &str) -> String {
        let family = family.number();
        match self.0 {
            Engine::Sqlite => {
                format!("printf('00000000-0000-7000-80{family:02x}-%012x', {number})")
            }
            Engine::Postgres => format!(
                "('00000000-0000-7000-80{family:02x}-' || lpad(to_hex({number}), 12, '0'))::uuid"
            ),
        }
    }

    /// A day, so many after the first of 2025.
    pub(super) fn day(self, days: &str) -> String {
        match self.0 {
            Engine::Sqlite => format!("date('2025-01-01', ({days}) || ' days')"),
            Engine::Postgres => format!("(date '2025-01-01' + ({days}))"),
        }
    }

    /// An instant, so many minutes after the first of 2025.
    pub(super) fn instant(self, minutes: &str) -> String {
        match self.0 {
            Engine::Sqlite => format!(
                "strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2025-01-01', ({minutes}) || ' minutes')"
            ),
            Engine::Postgres => {
                format!("(timestamptz '2025-01-01 00:00Z' + ({minutes}) * interval '1 minute')")
            }
        }
    }

    pub(super) fn departement(self, number: &str) -> String {
        match self.0 {
            Engine::Sqlite => format!("printf('%02d', 1 + ({number}) % 95)"),
            Engine::Postgres => format!("lpad((1 + ({number}) % 95)::text, 2, '0')"),
        }
    }

    pub(super) fn record(self) -> [(&'static str, String); 3] {
        [
            ("version", "1".to_owned()),
            ("created_at", self.instant("i")),
            ("updated_at", self.instant("i")),
        ]
    }
}

pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Each code in turn.
pub(super) fn pick<T: Code>(codes: &[T], number: &str) -> String {
    let cases = codes.iter().enumerate();
    let cases: Vec<String> = cases
        .map(|(rank, code)| format!("WHEN {rank} THEN '{}'", code.code()))
        .collect();
    format!("CASE ({number}) % {} {} END", codes.len(), cases.join(" "))
}

/// One code nearly always, and each of the others once in two hundred.
pub(super) fn mostly<T: Code>(common: T, number: &str) -> String {
    let others = T::all().iter().filter(|code| **code != common);
    let cases: Vec<String> = others
        .enumerate()
        .map(|(rank, code)| format!("WHEN {rank} THEN '{}'", code.code()))
        .collect();
    let (cases, common) = (cases.join(" "), common.code());
    format!("CASE ({number}) % 200 {cases} ELSE '{common}' END")
}

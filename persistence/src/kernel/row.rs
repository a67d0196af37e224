//! From a row back to the domain: every value is parsed again, and a misfit names its row.

use std::fmt::Display;
use std::str::FromStr;

use domain::kernel::{Code, Record, Refusal};

use super::error::DbError;
use super::types::{DbInstant, DbKey};

/// A row being read: what it is called when it does not fit.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) table: &'static str,
    pub(crate) id: DbKey,
}

impl Reading {
    pub(crate) fn misfit(self, what: impl Display) -> DbError {
        DbError::inconsistent(self.table, self.id.0, what)
    }

    /// A code of a list.
    pub(crate) fn code<T: Code>(self, code: &str) -> Result<T, DbError> {
        let list = T::LIST.name;
        T::parse(code).ok_or_else(|| self.misfit(format!("{code} is not one of {list}")))
    }

    /// Codes of a list that a column keeps as words.
    pub(crate) fn codes<T: Code, C: FromIterator<T>>(self, words: &str) -> Result<C, DbError> {
        let codes = words.split_whitespace();
        codes.map(|code| self.code(code)).collect()
    }

    /// A value with a written form.
    pub(crate) fn text<T>(self, text: &str) -> Result<T, DbError>
    where
        T: FromStr,
        T::Err: Display,
    {
        text.parse().map_err(|error: T::Err| self.misfit(error))
    }

    /// A value with a written form that may be absent.
    pub(crate) fn maybe_text<T>(self, text: Option<&str>) -> Result<Option<T>, DbError>
    where
        T: FromStr,
        T::Err: Display,
    {
        text.map(|text| self.text(text)).transpose()
    }

    /// A whole quantity.
    pub(crate) fn whole<T, E: Display>(
        self,
        value: i32,
        new: impl FnOnce(u32) -> Result<T, E>,
    ) -> Result<T, DbError> {
        let value = u32::try_from(value).map_err(|error| self.misfit(error))?;
        new(value).map_err(|error| self.misfit(error))
    }

    /// A whole quantity that may be absent.
    pub(crate) fn maybe_whole<T, E: Display>(
        self,
        value: Option<i32>,
        new: impl FnOnce(u32) -> Result<T, E>,
    ) -> Result<Option<T>, DbError> {
        value.map(|value| self.whole(value, new)).transpose()
    }

    /// A decimal quantity that may be absent.
    pub(crate) fn maybe_decimal<T, E: Display>(
        self,
        value: Option<f64>,
        new: impl FnOnce(f64) -> Result<T, E>,
    ) -> Result<Option<T>, DbError> {
        value
            .map(new)
            .transpose()
            .map_err(|error| self.misfit(error))
    }

    /// What the domain made of the values together.
    pub(crate) fn whole_value<T>(self, value: Result<T, Vec<Refusal>>) -> Result<T, DbError> {
        value.map_err(|refusals| {
            let told: Vec<String> = refusals
                .iter()
                .map(|refusal| format!("{}: {}", refusal.pointer, refusal.detail))
                .collect();
            self.misfit(told.join("; "))
        })
    }
}

/// The version and dates kept with a row.
pub(crate) fn record(version: i64, created_at: DbInstant, updated_at: DbInstant) -> Record {
    Record {
        version,
        created_at: created_at.get(),
        updated_at: updated_at.get(),
    }
}

/// A bounded quantity of the domain as the integer that both engines keep; every bound is far
/// below the limit.
pub(crate) fn int(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// Codes as a column keeps them: words.
pub(crate) fn words<'a, T: Code + 'a>(codes: impl IntoIterator<Item = &'a T>) -> String {
    let codes: Vec<&str> = codes.into_iter().map(|code| code.code()).collect();
    codes.join(" ")
}

/// A place in a list, as both engines keep it; no list is nearly as long.
pub(crate) fn rank(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

//! The readers of values: each says what it accepts when it refuses.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use domain::kernel::{Code, folded_words};
use uuid::Uuid;

use super::{
    DEFAULT_LIMIT, MAX_CURSOR, MAX_LIMIT, MAX_LIMIT_WRITTEN, MAX_VALUES, MAX_WORDS, Params,
};
use crate::kernel::{page::Cursor, problem::Fault, text::Text};

impl Params {
    /// `limit`: 20 by default, at most 100; up to a million is read as 100.
    pub fn limit(&mut self) -> usize {
        self.limit_of(DEFAULT_LIMIT, MAX_LIMIT)
    }

    /// `limit`, with a default and a most of its own; up to a million is read as the most.
    pub fn limit_of(&mut self, default: usize, most: usize) -> usize {
        let Some(written) = self.single("limit") else {
            return default;
        };
        let limit = plain(&written).filter(|limit: &usize| (1..=MAX_LIMIT_WRITTEN).contains(limit));
        if let Some(limit) = limit {
            return limit.min(most);
        }
        let digits = written.strip_prefix('-').unwrap_or(&written);
        let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let fault = if whole { Fault::Range } else { Fault::Type };
        self.refuse("limit", fault, whole_number(1, MAX_LIMIT_WRITTEN));
        default
    }

    /// `cursor`, as it was given in `next`; what it holds is read by [`super::Question::open`].
    pub fn cursor(&mut self) -> Option<Cursor> {
        self.text("cursor", 1..=MAX_CURSOR).map(Cursor)
    }

    /// A text, of so many characters.
    pub fn text(&mut self, name: &'static str, length: RangeInclusive<usize>) -> Option<String> {
        let value = self.single(name)?;
        if length.contains(&value.chars().count()) {
            return Some(value);
        }
        let (min, max) = length.into_inner();
        let detail = Text::made(
            format!("a text of {min} to {max} characters"),
            format!("un texte de {min} à {max} caractères"),
        );
        self.refuse(name, Fault::Length, detail);
        None
    }

    /// What somebody searches: a text of so many characters, which has 1 to 10 words.
    pub fn words_of(
        &mut self,
        name: &'static str,
        length: RangeInclusive<usize>,
    ) -> Option<String> {
        let text = self.text(name, length)?;
        if (1..=MAX_WORDS).contains(&folded_words(&text).len()) {
            return Some(text);
        }
        let detail = Text::made(
            format!("1 to {MAX_WORDS} words, made of letters or digits"),
            format!("1 à {MAX_WORDS} mots, faits de lettres ou de chiffres"),
        );
        self.refuse(name, Fault::Length, detail);
        None
    }

    /// A number within bounds.
    pub fn number(&mut self, name: &'static str, bounds: RangeInclusive<f64>) -> Option<f64> {
        let detail = || {
            Text::made(
                format!("a number from {} to {}", bounds.start(), bounds.end()),
                format!("un nombre de {} à {}", bounds.start(), bounds.end()),
            )
        };
        let value = self.single(name)?;
        self.within(
            name,
            plain(&value).filter(|n: &f64| n.is_finite()),
            &bounds,
            detail,
        )
    }

    /// A whole number within bounds.
    pub fn integer(&mut self, name: &'static str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let detail = || whole_number(*bounds.start(), *bounds.end());
        let value = self.single(name)?;
        self.within(name, plain(&value), &bounds, detail)
    }

    /// `min_revision`: the revision that the answer must have seen.
    pub fn min_revision(&mut self) -> Option<u64> {
        let revision = self.integer("min_revision", 0..=9_007_199_254_740_991)?;
        u64::try_from(revision).ok()
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let detail = || Text::new("true or false", "true ou false");
        self.parsed(name, Fault::Type, detail, |value| value.parse().ok())
    }

    /// A day, `2026-11-22`.
    pub fn date(&mut self, name: &'static str) -> Option<NaiveDate> {
        let detail = || Text::new("a date, as 2026-11-22", "une date, comme 2026-11-22");
        self.parsed(name, Fault::Type, detail, |value| {
            // chrono alone would also read `2026-1-2` and signed years.
            let shape = value.len() == 10 && value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            NaiveDate::from_str(value).ok().filter(|_| shape)
        })
    }

    /// An instant, `2026-11-22T09:30:00Z`.
    pub fn instant(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        let detail = || {
            Text::new(
                "an instant of RFC 3339, as 2026-11-22T09:30:00Z",
                "un instant RFC 3339, comme 2026-11-22T09:30:00Z",
            )
        };
        self.parsed(name, Fault::Type, detail, |value| {
            DateTime::parse_from_rfc3339(value)
                .ok()
                .map(|instant| instant.with_timezone(&Utc))
        })
    }

    /// An identifier.
    pub fn uuid(&mut self, name: &'static str) -> Option<Uuid> {
        let detail = || Text::new("an identifier (UUID)", "un identifiant (UUID)");
        self.parsed(name, Fault::Format, detail, |value| {
            Uuid::try_parse(value).ok()
        })
    }

    /// One code of a list of the domain.
    pub fn code<T: Code>(&mut self, name: &'static str) -> Option<T> {
        self.parsed(name, Fault::Code, || one_of(&codes_of::<T>()), T::parse)
    }

    /// Any of the codes of a list of the domain, separated by commas; empty when absent.
    pub fn codes<T: Code>(&mut self, name: &'static str) -> Vec<T> {
        self.each(name, Fault::Code, || any_of(&codes_of::<T>()), T::parse)
    }

    /// One word among those given, with what it stands for.
    pub fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let accepted = || one_of(&words.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        self.parsed(name, Fault::Code, accepted, |value| {
            words
                .iter()
                .find(|(word, _)| *word == value)
                .map(|(_, meaning)| *meaning)
        })
    }

    /// Any of the words given, at most `max` of them, separated by commas.
    pub fn words(
        &mut self,
        name: &'static str,
        words: &[&'static str],
        max: usize,
    ) -> Vec<&'static str> {
        let find = |value: &str| words.iter().copied().find(|word| *word == value);
        let found = self.each(name, Fault::Code, || any_of(words), find);
        if found.len() > max {
            self.refuse(name, Fault::Length, at_most(max));
            return Vec::new();
        }
        found
    }

    /// Values separated by commas, as they are written; empty when absent.
    pub fn list(&mut self, name: &'static str) -> Vec<String> {
        let detail = || {
            Text::new(
                "values separated by commas, of 1 to 200 characters each",
                "des valeurs séparées par des virgules, de 1 à 200 caractères chacune",
            )
        };
        let fits = |value: &str| (1..=200).contains(&value.chars().count());
        self.each(name, Fault::Length, detail, |value| {
            fits(value).then(|| value.to_owned())
        })
    }

    /// One value that `parse` understands; `accepted` says which, and is asked only when the value
    /// is refused: most requests are right, and have no parameter at all of most names.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        fault: Fault,
        accepted: impl FnOnce() -> Text,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.single(name)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.refuse(name, fault, accepted());
        }
        parsed
    }

    /// Values separated by commas, each of which `parse` understands; empty when absent. Said
    /// twice, a value counts once.
    pub fn each<T: PartialEq>(
        &mut self,
        name: &'static str,
        fault: Fault,
        accepted: impl FnOnce() -> Text,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let Some(written) = self.single(name) else {
            return Vec::new();
        };
        if written.split(',').count() > MAX_VALUES {
            self.refuse(name, Fault::Length, at_most(MAX_VALUES));
            return Vec::new();
        }
        let mut values = Vec::new();
        for value in written.split(',') {
            match parse(value) {
                Some(value) if !values.contains(&value) => values.push(value),
                Some(_) => {}
                None => {
                    self.refuse(name, fault, accepted());
                    return Vec::new();
                }
            }
        }
        values
    }

    fn within<T: PartialOrd>(
        &mut self,
        name: &'static str,
        value: Option<T>,
        bounds: &RangeInclusive<T>,
        detail: impl FnOnce() -> Text,
    ) -> Option<T> {
        match value {
            Some(value) if bounds.contains(&value) => Some(value),
            refused => {
                let fault = if refused.is_some() {
                    Fault::Range
                } else {
                    Fault::Type
                };
                self.refuse(name, fault, detail());
                None
            }
        }
    }
}

/// A number as JSON writes it: without a leading `+`.
fn plain<T: FromStr>(written: &str) -> Option<T> {
    let written = Some(written).filter(|text| !text.starts_with('+'))?;
    written.parse().ok()
}

fn codes_of<T: Code>() -> Vec<&'static str> {
    T::all().iter().map(|value| value.code()).collect()
}

fn one_of(words: &[&str]) -> Text {
    let words = words.join(", ");
    Text::made(format!("one of: {words}"), format!("un parmi : {words}"))
}

fn any_of(words: &[&str]) -> Text {
    let words = words.join(", ");
    Text::made(
        format!("any of these, separated by commas: {words}"),
        format!("un ou plusieurs, séparés par des virgules : {words}"),
    )
}

fn at_most(max: usize) -> Text {
    Text::made(
        format!("at most {max} values"),
        format!("au plus {max} valeurs"),
    )
}

fn whole_number(min: impl Display, max: impl Display) -> Text {
    Text::made(
        format!("a whole number from {min} to {max}"),
        format!("un nombre entier de {min} à {max}"),
    )
}

//! One value of a body, and the forms it can be read in.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::kernel::{Code, Id, Point, Refusal, RefusalCode};

use super::{Fields, Node, Refusals, Refuse, tree::child};

/// A value and where it lies. Each reading gives `None` when it refuses, and says why.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    node: &'a Node,
    pointer: String,
    refusals: &'a Refusals,
}

impl<'a> Value<'a> {
    /// The whole body.
    #[must_use]
    pub fn root(node: &'a Node, refusals: &'a Refusals) -> Self {
        Self::at(node, String::new(), refusals)
    }

    pub(super) const fn at(node: &'a Node, pointer: String, refusals: &'a Refusals) -> Self {
        Self {
            node,
            pointer,
            refusals,
        }
    }

    /// The value itself.
    #[must_use]
    pub const fn node(&self) -> &'a Node {
        self.node
    }

    /// Whether it is an object with this member.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let Node::Object(members) = self.node else {
            return false;
        };
        members.iter().any(|(member, _)| member == name)
    }

    /// Refuses the value.
    pub fn refuse<T>(&self, code: RefusalCode, detail: impl Into<String>) -> Option<T> {
        self.refusals
            .push(Refusal::new(self.pointer.clone(), code, detail));
        None
    }

    /// Adds the domain's refusals of what was made of this value.
    pub fn check<T>(&self, outcome: Result<T, Vec<Refusal>>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refusals) => {
                for refusal in refusals {
                    self.refusals.push(refusal.under(&self.pointer));
                }
                None
            }
        }
    }

    /// Adds the domain's refusal of this value.
    pub fn accept<T, E: Refuse>(&self, outcome: Result<T, E>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => self.refuse(error.refusal_code(), error.to_string()),
        }
    }

    /// A text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        match self.node {
            Node::Text(text) => Some(text),
            _ => self.mistyped("a text"),
        }
    }

    /// A text that has the form of a `T`.
    #[must_use]
    pub fn parsed<T: FromStr<Err: Refuse>>(&self) -> Option<T> {
        self.accept(self.text()?.parse())
    }

    /// A whole number; one that is written `12.0` is whole.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        /// The largest whole number that every reader of JSON gives back unchanged: 2⁵³.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let Node::Number(number) = self.node else {
            return self.mistyped("a whole number");
        };
        let written_with_a_point = || {
            let value = number.as_f64().filter(|value| value.fract() == 0.0)?;
            (value.abs() <= EXACT)
                .then(|| format!("{value:.0}"))?
                .parse()
                .ok()
        };
        match number.as_i64().or_else(written_with_a_point) {
            Some(value) => Some(value),
            None => self.mistyped("a whole number"),
        }
    }

    /// A whole number of 0 or more, checked by the domain.
    #[must_use]
    pub fn whole<T, E: Refuse>(&self, check: impl FnOnce(u32) -> Result<T, E>) -> Option<T> {
        let number = self.integer()?;
        match u32::try_from(number) {
            Ok(number) => self.accept(check(number)),
            Err(_) if number < 0 => self.refuse(RefusalCode::Range, "the number is 0 or more"),
            // Every bound of the domain is below this one, which it therefore refuses.
            Err(_) => self.accept(check(u32::MAX)),
        }
    }

    /// A number.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self.node {
            Node::Number(number) => number.as_f64(),
            _ => self.mistyped("a number"),
        }
    }

    /// A number checked by the domain.
    #[must_use]
    pub fn decimal<T, E: Refuse>(&self, check: impl FnOnce(f64) -> Result<T, E>) -> Option<T> {
        self.accept(check(self.number()?))
    }

    /// A latitude, in decimal degrees.
    #[must_use]
    pub fn latitude(&self) -> Option<f64> {
        let lat = self.number()?;
        self.accept(Point::new(lat, 0.0)).map(Point::lat)
    }

    /// A longitude, in decimal degrees.
    #[must_use]
    pub fn longitude(&self) -> Option<f64> {
        let lon = self.number()?;
        self.accept(Point::new(0.0, lon)).map(Point::lon)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match self.node {
            Node::Bool(value) => Some(*value),
            _ => self.mistyped("true or false"),
        }
    }

    /// A code of a list.
    #[must_use]
    pub fn code<T: Code>(&self) -> Option<T> {
        let code = self.text()?;
        T::parse(code).or_else(|| {
            let list = T::LIST.name;
            self.refuse(
                RefusalCode::Code,
                format!("{} is no code of /v1/code-lists/{list}", shown(code)),
            )
        })
    }

    /// A code, bare or as it was written out: with its label, which says nothing new.
    #[must_use]
    pub fn coded<T: Code>(&self) -> Option<T> {
        match self.node {
            Node::Object(_) => self.object(|fields| {
                fields.ignore("label");
                fields.required("code", |code| code.code())
            }),
            Node::Text(_) => self.code(),
            _ => self.refuse(
                RefusalCode::Type,
                "the value is a code, or an object that holds a code",
            ),
        }
    }

    /// Codes of a list, each once.
    #[must_use]
    pub fn codes<T: Code>(&self, max: usize) -> Option<Vec<T>> {
        let mut seen: Vec<T> = Vec::new();
        self.list(max, |value| {
            let code = value.coded::<T>()?;
            if seen.contains(&code) {
                return value.refuse(RefusalCode::Duplicate, "the code is given twice");
            }
            seen.push(code);
            Some(code)
        })
    }

    /// A date, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        let text = self.text()?;
        let date = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        date.flatten().or_else(|| {
            self.refuse(
                RefusalCode::Format,
                "a date is written YYYY-MM-DD: 2026-07-01",
            )
        })
    }

    /// A time of day, `HH:MM`.
    #[must_use]
    pub fn time(&self) -> Option<NaiveTime> {
        let text = self.text()?;
        let time = (text.len() == 5).then(|| NaiveTime::parse_from_str(text, "%H:%M").ok());
        time.flatten()
            .or_else(|| self.refuse(RefusalCode::Format, "a time is written HH:MM: 08:30"))
    }

    /// An instant (RFC 3339).
    #[must_use]
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        let instant = DateTime::parse_from_rfc3339(self.text()?).ok();
        instant
            .map(|instant| instant.with_timezone(&Utc))
            .or_else(|| {
                self.refuse(
                    RefusalCode::Format,
                    "an instant is written as in RFC 3339: 2026-07-01T09:30:00Z",
                )
            })
    }

    /// The identifier of a `T`.
    #[must_use]
    pub fn id<T>(&self) -> Option<Id<T>> {
        self.parsed()
    }

    /// An object; its members that `read` does not ask for are refused.
    pub fn object<T>(&self, read: impl FnOnce(&mut Fields<'a>) -> Option<T>) -> Option<T> {
        let Node::Object(members) = self.node else {
            return self.mistyped("an object");
        };
        let mut fields = Fields::new(members, self.pointer.clone(), self.refusals);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// An array of at most `max` elements; every element is read, even after a refusal.
    pub fn list<T>(
        &self,
        max: usize,
        mut read: impl FnMut(Value<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::Array(elements) = self.node else {
            return self.mistyped("an array");
        };
        if elements.len() > max {
            return self.refuse(
                RefusalCode::Length,
                format!("the array has at most {max} elements"),
            );
        }
        let read: Vec<Option<T>> = elements
            .iter()
            .enumerate()
            .map(|(i, node)| {
                read(Value::at(
                    node,
                    child(&self.pointer, &i.to_string()),
                    self.refusals,
                ))
            })
            .collect();
        read.into_iter().collect()
    }

    fn mistyped<T>(&self, expected: &str) -> Option<T> {
        match self.node {
            Node::Null => self.refuse(RefusalCode::Null, format!("null is not {expected}")),
            _ => self.refuse(RefusalCode::Type, format!("the value is {expected}")),
        }
    }
}

/// A text of the caller as it is quoted back: not longer than a code.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut quoted: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        quoted.push('…');
    }
    format!("“{quoted}”")
}

//! The strict reader of query strings: a name is accepted because it was asked for.

pub mod documents;
mod question;
mod territories;
mod values;

use actix_web::{HttpRequest, http::header};

pub use question::Question;

use super::{
    context::text,
    encoding::decode_query,
    negotiate::{Format, choose_format},
    problem::{ApiError, Fault, FieldError, Kind},
    text::Text,
};

/// The number of items of a page unless the caller says otherwise.
pub const DEFAULT_LIMIT: usize = 20;
/// The largest page.
pub const MAX_LIMIT: usize = 100;
/// The largest `limit` that is read as [`MAX_LIMIT`] rather than refused.
pub const MAX_LIMIT_WRITTEN: usize = 1_000_000;
/// The most values that a list may hold.
pub const MAX_VALUES: usize = 100;
/// The most words that a search may have.
pub const MAX_WORDS: usize = 10;
/// The longest cursor.
pub const MAX_CURSOR: usize = 1024;

/// The query string of one request, read name by name.
///
/// Each reader takes the name of a parameter, which it makes acceptable; what is wrong is
/// remembered, and [`Params::finish`] gives every refusal at once. Values read before it must
/// not be used without it.
#[derive(Debug)]
pub struct Params {
    path: String,
    raw: String,
    pairs: Vec<(String, String)>,
    /// The marks of the names given: of some forty names that are asked for, most are not there.
    given: u64,
    asked: Vec<&'static str>,
    errors: Vec<FieldError>,
    accept: Option<String>,
    not_acceptable: Option<ApiError>,
}

impl Params {
    /// Reads the query string; `malformed-request` when it cannot be decoded.
    pub fn read(req: &HttpRequest) -> Result<Self, ApiError> {
        let raw = req.query_string().to_owned();
        let pairs = question::pairs(&raw)?;
        Ok(Self {
            path: req.path().to_owned(),
            given: pairs.iter().fold(0, |all, (name, _)| all | mark(name)),
            pairs,
            raw,
            asked: Vec::with_capacity(NAMES),
            errors: Vec::new(),
            accept: text(req.headers(), header::ACCEPT.as_str()).map(str::to_owned),
            not_acceptable: None,
        })
    }

    /// Refuses any query string at all, for an operation that has no parameter.
    pub fn none(req: &HttpRequest) -> Result<Question, ApiError> {
        Self::read(req)?.finish()
    }

    /// Whether the caller gave this parameter.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.given & mark(name) != 0 && self.pairs.iter().any(|(given, _)| given == name)
    }

    /// Remembers a refusal that the operation itself found.
    pub fn refuse(&mut self, name: &str, fault: Fault, detail: Text) {
        let parameter = name.to_owned();
        self.errors.push(FieldError {
            parameter,
            fault,
            detail,
        });
    }

    /// The form of the answer, from `format` or else from `Accept`; the first offer by default.
    pub fn format(&mut self, offers: &[Format]) -> Format {
        let default = offers.first().copied().unwrap_or(Format::Json);
        if self.has("format") {
            let codes: Vec<_> = offers.iter().map(|f| (f.code(), *f)).collect();
            return self.choice("format", &codes).unwrap_or(default);
        }
        self.asked.push("format");
        choose_format(self.accept.as_deref(), offers).unwrap_or_else(|| {
            let types: Vec<&str> = offers.iter().map(|offer| offer.media_type()).collect();
            self.not_acceptable = Some(not_acceptable(&types.join(", ")));
            default
        })
    }

    /// Gives every refusal at once, those of names never asked for included; then the refusal
    /// of `Accept`, if any.
    pub fn finish(mut self) -> Result<Question, ApiError> {
        self.refuse_unknown();
        if !self.errors.is_empty() {
            return Err(ApiError::parameters(self.errors));
        }
        match self.not_acceptable {
            Some(error) => Err(error),
            None => Ok(Question::new(self.path, self.raw)),
        }
    }

    fn refuse_unknown(&mut self) {
        let asked = &self.asked;
        let mut unknown: Vec<String> = Vec::new();
        for (name, _) in &self.pairs {
            if !asked.contains(&name.as_str()) && !unknown.contains(name) {
                unknown.push(name.clone());
            }
        }
        if unknown.is_empty() {
            return;
        }
        let detail = accepted_names(asked);
        for name in unknown {
            let shown: String = name.chars().take(100).collect();
            self.refuse(&shown, Fault::Unknown, detail.clone());
        }
    }

    /// The value of a parameter that is given at most once.
    fn single(&mut self, name: &'static str) -> Option<String> {
        self.asked.push(name);
        if self.given & mark(name) == 0 {
            return None;
        }
        let mut values = self.pairs.iter().filter(|(given, _)| given == name);
        let first = values.next().map(|(_, value)| value.clone());
        if values.next().is_some() {
            let detail = Text::new("given more than once", "donné plus d'une fois");
            self.refuse(name, Fault::Multiple, detail);
            return None;
        }
        first
    }
}

/// Room for the names that an operation asks for.
const NAMES: usize = 64;

/// One bit of 64, by the length and the ends of a name: two names may share it, one has only one.
fn mark(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let ends = bytes.first().zip(bytes.last());
    let ends = ends.map_or(0, |(first, last)| u32::from(*first) * 7 + u32::from(*last));
    let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
    1 << (ends.wrapping_add(length.wrapping_mul(11)) % u64::BITS)
}

/// The refusal of an `Accept` that names nothing this operation can answer.
#[must_use]
pub fn not_acceptable(types: &str) -> ApiError {
    ApiError::new(Kind::NotAcceptable).detail(Text::made(
        format!("This operation answers {types}."),
        format!("Cette opération répond en {types}."),
    ))
}

fn accepted_names(asked: &[&'static str]) -> Text {
    if asked.is_empty() {
        return Text::new(
            "not a parameter of this operation, which takes none",
            "inconnu de cette opération, qui n'a pas de paramètre",
        );
    }
    let names = asked.join(", ");
    Text::made(
        format!("not a parameter of this operation; accepted: {names}"),
        format!("inconnu de cette opération ; acceptés : {names}"),
    )
}

#[cfg(test)]
mod tests;
